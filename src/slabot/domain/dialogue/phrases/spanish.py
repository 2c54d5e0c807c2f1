"""How visitors ask for things in Spanish; the notation is that of `pattern`."""
# ruff: noqa: E501 - a phrase stays on one line, so that it reads as one

from __future__ import annotations

from slabot.domain.dialogue.intent import Intent

GROUPS = {
    "person": "persona personas humano humana humanos agente agentes alguien representante operador operadora asesor asesora "
    "especialista compañero colega empleado soporte técnico equipo persona_real ser_humano atención_al_cliente",
    "reply": "responder respondéis responden responde responderán responderéis respuesta respuestas contestar contestan "
    "contestáis contestarán contesta contestación reaccionar reacción contactan contactarán responderme contestarme",
    "solve": "solucionar solucionan soluciona solución solucionado resolver resuelven resuelve resolución resuelto "
    "arreglar arreglan arreglado arreglo resolverán solucionarán arreglarán arregláis resolvéis",
    "ticket": "ticket tickets caso casos solicitud incidencia consulta tique petición",
    "you": "ustedes vosotros usted alguien soporte el_soporte oficina la_oficina equipo atención_al_cliente chat el_chat gente agentes "
    "personas servicio línea mesa",
    "open": "abierto abierta abiertos abiertas disponible disponibles cerrado cerrada cerrados cerradas conectado conectados en_línea "
    "atendiendo trabajando operativos",
}

PHRASES: dict[Intent, tuple[str, ...]] = {
    Intent.PERSON: (
        "hablar|habla|hablo|charlar|chatear|comunicarme|comuníqueme|comunicarse|conectar|conectarme|conécteme|pasar|pasarme|pásame|páseme|pasadme|contactar|transferir|"
        "transfiéreme .. con|a|un|una .. <person>",
        "pásame|páseme|pasadme|pásenme|ponme|póngame|comunícame|comuníqueme con|a",
        "quiero|quisiera|necesito|querría|deseo|prefiero|busco|me_gustaría un|una|a|hablar|que? .. <person>",
        "puede|pueden|podría|podrían|podéis .. alguien|agente|persona|humano .. ayudarme|llamarme|atenderme|ayudar|llamar|mirar|contactarme",
        "puede|podría|hay|está alguien|una_persona|un_agente .. ayudarme|ayudar|atenderme|llamarme|ahí|real",
        "persona|agente|humano|operador real|humano|humana|de_verdad|por_favor|verdadera",
        "^ agente|humano|persona|operador|asesor por_favor|ya|ahora? $",
        "no con? un|el|una? bot|robot|máquina",
        "llámame|llámenme|llamadme|llámeme|que_me_llamen|devolver_la_llamada",
        "abrir|abre|abra|abran|crear|crea|cree|registrar|registre|generar un|una|el .. <ticket>",
        "hay|está alguien $",
        "no quiero|deseo|me_gusta .. con un|el|una? bot|robot|máquina",
        "soporte|atención humano|humana",
    ),
    Intent.CONTACTS: (
        "a|con quién .. llamo|llamar|contacto|contactar|escribo|escribir|dirijo|dirigirme|acudo|acudir|hablo|puedo|debo|tengo|comunicarme",
        "número|numero|teléfono|teléfonos|telefónico .. teléfono|contacto|llamar|soporte|emergencia|emergencias|atención|cuál|vuestro|su|tenéis|tienen|ayuda",
        "cuál|tienen|tenéis|hay|vuestro|su|un|el .. número|teléfono|correo|email|correo_electrónico",
        "número de teléfono|contacto|soporte|emergencia",
        "correo|correo_electrónico|email|mail|dirección .. soporte|contacto|vuestro|cuál|su|ayuda|electrónico",
        "datos|información|formas|medios|canales|lista|página|persona|personas de contacto",
        "cómo .. contacto|contactar|contactarlos|contactaros|comunicarme|comunico|llamo|llamar|llamarlos|localizo|escribo .. ",
        "puedo|podría|se_puede llamar|llamaros|llamarlos|escribir|escribiros|contactar .. ",
        "quién es mi|nuestro|nuestra .. csm|gestor|account|responsable|contacto|gerente|ejecutivo",
        "^ contacto|contactos|teléfono|número por_favor? $",
        "por teléfono|correo",
        "a qué|cuál correo|email|mail|dirección|número|teléfono .. ",
        "dónde llamo|escribo|llamar|escribir",
        "teléfono|correo|número|email|dirección|contacto de|del mi|mis|el|la|su? .. account_manager|csm|gestor|gerente|responsable|soporte|director",
        "me|nos pueden|puede|podrían llamar",
        "llamarme|llamarnos",
    ),
    Intent.HOURS: (
        "están|estáis|está|estás|hay|siguen|seguís|sigue .. <open>",
        "abren|abrís|abre|cierran|cerráis|cierra|atienden|atendéis|atiende|trabajan|trabajáis .. hoy|mañana|sábado|sábados|domingo|domingos|festivo|festivos|"
        "el|los|ahora|navidad|fin_de_semana|fines_de_semana|días|día|lunes|martes|miércoles|jueves|viernes|en|durante",
        "cuándo|a_qué_hora|hasta_cuándo|hasta_qué_hora|desde_qué_hora|qué_días|qué_horas|cuando .. abren|abrís|abre|cierran|cerráis|cierra|atienden|atendéis|trabajan|"
        "trabajáis|están|estáis|disponible|disponibles|abierto|abiertos",
        "horario|horarios|hora_de_apertura|horas_de_apertura|horas_de_atención|horas_de_oficina|horas_de_trabajo|horas_de_servicio|horas_de_soporte",
        "abierto|abiertos|abierta|disponible|disponibles|cerrado|cerrados hoy|ahora|mañana|el|los|en|sábados|domingos|todavía|aún|durante",
        "atienden|atendéis|hay_alguien|hay_soporte|hay_servicio|hay_atención .. hoy|mañana|ahora|sábado|domingo|festivos|noche|fin_de_semana|navidad|el|los|en",
        "alguien disponible|conectado|ahora|ahí|en_línea",
        "zona horaria",
        "es festivo|feriado|fiesta",
        "días festivos|feriados",
        "qué festivos|feriados|horas",
        "las 24 horas",
        "hasta|desde cuándo|cuando|qué_hora puedo|se_puede|podemos .. llamar|llamaros|llamarles|escribir|contactar",
        "hasta|desde qué hora puedo|se_puede|podemos|podría .. ",
        "cuándo|cuando hay|habrá|vuelve|está .. alguien",
        "vuelven|volvéis|vuelve a abrir|atender|estar",
        "cuándo|cuando .. vuelven|abrir|hay_alguien|alguien_disponible",
        "hay|habrá|está alguien .. fin_de_semana|sábado|domingo|festivo|noche|hoy|mañana|ahora|navidad",
        "es|son|será .. festivo|feriado|laborable",
        "abren|abrís|abre|trabajan|trabajáis|atienden|atendéis|cierran|están .. día|viernes|lunes|semana|santa|pascua|festivo",
        "^ hay alguien ahí|ahora|disponible? $",
        "están|estáis atendiendo|trabajando|ahí|disponibles",
    ),
    Intent.DEADLINES: (
        "cuánto|cuanto|cuánta|qué tiempo|tarda|tardan|tardáis|tardará|tardarán|demora|demoran|demorarán|rapidez|rápido|tiempo_tarda|plazo|plazos .. <reply>|<solve>|"
        "nivel|prioridad|ticket|caso|alguien|en|p1|p2|p3|p4|esperar|ayuda|atender|incidencia|para",
        "cuánto|cuanto .. esperar|espera|espero|esperamos",
        "cuánto tiempo .. <reply>|<solve>|esperar|espero",
        "cuánto tarda|tardan|tardáis|tardará|tardarán|demora|demoran",
        "cuándo|cuando|para_cuándo .. <reply>|<solve>|contestáis|responden|respondéis|recibiré|recibo|tendré|sabré|me_llaman|me_llamarán|alguien|contactarán|noticias|dirán",
        "tiempo|tiempos|plazo|plazos|límite de <reply>|<solve>|espera|atención|reacción|primera|acuse|confirmación",
        "tiempo|tiempos máximo|estimado",
        "plazo|plazos|acuerdo_de_nivel",
        "en|con cuánto|qué|cuántas tiempo|plazo|rapidez|horas .. ",
        "qué tan rápido|pronto",
        "garantizan|garantizáis|garantiza|garantía|garantizar",
        "cómo de rápido",
    ),
    Intent.STATUS: (
        "estado|estatus|novedades|noticias|avance|avances|progreso .. <ticket>|problema|mi|reporte",
        "<ticket> .. estado|va|novedades",
        "cómo|dónde|qué va|está|pasa|pasó|sigue|hay|ocurre .. <ticket>|con_mi|con_lo_mío",
        "hay|alguna|tenéis|tienen alguna? novedad|novedades|noticias|noticia|actualización",
        "alguien .. mirando|mirado|revisado|revisando|visto|trabajando .. <ticket>|ello|en|mi",
        "mi <ticket> .. abierto|estado|cerrado|número|dónde|cómo",
        "consultar|ver|revisar mi|el .. <ticket>",
        "^ estado|estatus por_favor? $",
        "sigo esperando",
    ),
    Intent.ESCALATION: (
        "escalar|escalo|escalarlo|escalación|escalamiento|escalado|escale|escalen",
        "tarda|tardando|tardan|tardáis|está_tardando|lleva|demora|demorando .. demasiado|mucho|muchísimo|una_eternidad|días|semanas|tanto",
        "demasiado tiempo|lento|lentos",
        "quién .. encima|superior|por_encima|jefe|responsable|mando|manda|quejarme",
        "jefe|jefa|supervisor|supervisora|director|directora|gerente_general|encargado|encargada|superior|superiores",
        "nadie .. responde|respondido|contesta|contestado|ayuda|ayudado|contacta|contactado|atiende|atendido|caso|llama|llamado",
        "sigo|seguimos|sigue|aún|todavía sin|no .. respuesta|resolver|solución|solucionar|resuelto|responder|noticias|contestación|solucionado|respondido|arreglado",
        "llevo|llevamos|hace .. días|semanas|horas|semana|meses .. esperando|sin|y|que|espero",
        "esperando .. días|semanas|horas|desde|mucho|demasiado|semana",
        "nivel|instancia superior|más_alto|más_alta",
        "plazo .. pasado|vencido|incumplido|terminado|superado|pasó|venció",
        "quejarme|inaceptable|queja_formal|reclamación",
    ),
    Intent.SOLVED: (
        "ya|ahora|por_fin .. funciona|funcionan|va|resuelto|solucionado|arreglado|carga|está|anda|puedo|bien",
        "funciona|funcionan|solucionado|resuelto|arreglado|va_bien|anda .. ya|ahora|gracias|bien|perfecto|perfectamente|de_nuevo|otra_vez",
        "problema|error|está|quedó|todo|se|ha|fue|quedado .. resuelto|solucionado|arreglado|bien|solucionó|resolvió|arregló|listo",
        "ha|eso|esto|me|sí funcionado|ayudado|servido|funcionó|ayudó|sirvió",
        "cerrar|cierra|cierre|cierren|ciérralo|cerradlo|ciérrelo|cerrarlo .. <ticket>|ya|chat|conversación|por_favor|esto? ",
        "puedes|puede|pueden|podéis cerrar|cerrarlo|cerrarla",
        "no necesito más|ya|ayuda",
        "olvídalo|olvídelo|ya_no_hace_falta|ya_está|todo_bien|todo_listo|da_igual",
        "^ resuelto|solucionado|arreglado|funciona|listo .. gracias|ya? $",
    ),
    Intent.BACK_AGAIN: (
        "otra_vez|de_nuevo|nuevamente|vuelve|volvió|ha_vuelto|vuelto|volvieron|vuelven .. fallar|falla|fallando|caer|caído|caída|pasar|pasando|ocurrir|ocurre|error|problema|mal|lo_mismo|"
        "roto|aparecer|aparecido|no|suceder|sucede|igual|bloqueado|lento",
        "problema|error|fallo|falla .. vuelto|volvió|regresó|regresado|sigue|persiste|continúa|de_nuevo|otra_vez",
        "ha|han vuelto",
        "volvió|regresó el|a",
        "mismo problema|error|fallo",
        "sigue|siguen sin|fallando|igual|pasando|ocurriendo|mal|roto funcionar?",
        "no|nunca está|estaba|quedó resuelto|solucionado|arreglado",
        "reabrir|reabra|reabran|reabre",
        "fallando|falla|cae|caído|pasa|pasando|ocurre otra_vez|de_nuevo|nuevamente",
        "otra_vez|de_nuevo lo_mismo|igual",
    ),
    Intent.THANKS: (
        "gracias|agradezco|agradecido|agradecida|agradecemos|mil_gracias|muchas_gracias|se_agradece",
    ),
    Intent.GREETING: (
        "^ hola|buenas|buenos_días|buen_día|buenas_tardes|buenas_noches|saludos|holi|oye|qué_tal|ola",
        "buenos|buenas|buen días|tardes|noches|día",
        "hay|está alguien $",
    ),
    Intent.GOODBYE: (
        "adiós|chao|chau|hasta_luego|hasta_pronto|hasta_mañana|nos_vemos|que_tenga|que_tengas",
        "eso|es es|era? todo",
        "nada más",
    ),
    Intent.YES: (
        "^ sí|si|claro|vale|por_supuesto|de_acuerdo|correcto|exacto|ok|okay|bueno|dale|perfecto|adelante|por_favor|así_es|desde_luego|sip|efectivamente|"
        "está_bien|seguro|cómo_no|hágalo|hazlo",
    ),
    Intent.NO: (
        "^ no|nop|nope|para_nada|negativo|ninguno|ninguna|tampoco|mejor_no|nada|todavía_no|aún_no|qué_va",
        "no me|es|era|fue|ha|sirve|ayuda .. ayudó|ayudado|sirve|sirvió|ayuda|útil|eso|lo_que|respuesta|respondió|servido|esto",
        "ninguno|ninguna|nada de esos|estos|estas|eso|los|las|esas",
        "otra|algo cosa|distinto|diferente|más",
    ),
    Intent.FEEDBACK: (
        "queja|quejas|sugerencia|sugerencias|comentarios_sobre|opinión|reclamo|reclamos|reclamación|feedback",
        "decepcionado|decepcionada|insatisfecho|insatisfecha|frustrado|frustrada|frustrante|molesto|molesta|enfadado|harto|harta|vergüenza|vergonzoso|"
        "pésimo|pésima|terrible|horrible|lamentable",
        "mal|malo|mala servicio|soporte|experiencia|atención",
        "no estoy|estamos satisfecho|contento|contenta|satisfechos|satisfecha",
    ),
    Intent.PRAISE: (
        "me|nos encanta|encantan|encantó|gusta_mucho",
        "excelente|gran|buen|fantástico|estupendo|increíble|maravilloso|genial|magnífico trabajo|servicio|producto|equipo|soporte|herramienta|plataforma|atención",
        "^ genial|excelente|fantástico|estupendo|increíble|maravilloso|enhorabuena|felicidades",
        "está|es|son muy|realmente|súper|super genial|bueno|buena|excelente|útil|fantástico|increíble",
    ),
    Intent.FEATURE: (
        "nueva|solicitud|sugerencia|petición de? funcionalidad|función|mejora|característica|funciones",
        "sería|estaría muy|súper? bueno|genial|útil|bien|estupendo|ideal|práctico|fantástico .. que|si|poder|tener",
        "podrían|podríais|pueden|podéis|podría .. añadir|agregar|incluir|implementar|incorporar",
        "por_favor añadan|agreguen|añadid|incluyan|añadir|agregar",
        "me|nos gustaría que|tener|ver|poder .. función|funcionalidad|opción|añadieran|modo|botón|tuviera|hubiera|exportar",
        "ojalá",
        "tienen|hay planes|previsto",
        "sugiero|propongo|sugerencia|idea .. añadir|agregar|función|una|opción",
    ),
    Intent.BESPOKE: (
        "a_medida|hecho_a_medida|desarrollo_personalizado|personalizada_para|desarrollo_propio|a_la_medida|informe_personalizado|integración_personalizada|"
        "desarrollos_personalizados|personalización",
        "desarrollo|informe|integración|solución|módulo|función personalizado|personalizada|específico|específica|exclusivo",
    ),
    Intent.MAINTENANCE: (
        "mantenimiento",
        "parada|interrupción|caída|corte programada|programado|planificada|planificado|prevista",
    ),
    Intent.PRIVACY: (
        "privacidad|rgpd|protección_de_datos|datos_personales|gdpr|derecho_al_olvido|encargado_del_tratamiento|delegado_de_protección|lopd",
        "borrar|borren|borra|eliminar|eliminen|elimina|exportar|suprimir .. mis|mi|nuestros|sus|los|todos .. datos|cuenta|información",
        "cuestionario|documentación|certificado|política|políticas|auditoría de seguridad",
    ),
    Intent.ABUSE: (
        "mierda|puta|puto|joder|jodido|cabrón|cabrones|gilipollas|imbécil|imbéciles|idiota|idiotas|estúpido|estúpida|estúpidos|pendejo|pendejos|coño|hijo_de_puta|"
        "cretino|capullo|inútil|inútiles|tonto|tontos|subnormal",
        "vete|váyanse a|al la|infierno|carajo|diablo",
        "cállate|cierra la_boca|ya? ",
        "bot|máquina|robot inútil|estúpido|estúpida|tonto|de_mierda|basura",
    ),
    Intent.INSTRUCTIONS: (
        "debes|debe|tienes_que|tiene_que|has_de decir|responder|ignorar|garantizar|prometer|afirmar",
        "di|diga|repite|escribe que|exactamente",
        "ignora|ignore|ignorad|olvida|olvide|desobedece|omite|anula|sáltate .. instrucciones|instrucción|reglas|normas|órdenes|indicaciones|anteriores|prompt|directrices",
        "ahora|desde_ahora|a_partir_de_ahora eres|responde|respondes|actúa|vas|di|habla",
        "eres ahora",
        "actúa|actuar|actúe|compórtate|finge|simula|haz .. como|que|ser|eres",
        "prompt|instrucciones|mensaje del|de sistema",
        "modo desarrollador|administrador|dios|dan",
        "pon|ponle|marca|sube|cambia|establece|clasifica|abre .. prioridad|gravedad|severidad|ticket|como|a .. p1|crítico|crítica|máxima|urgente|alta|más_alta",
        "muestra|muéstrame|revela|dime|imprime|dame .. prompt|instrucciones_internas|instrucciones|contraseñas|base_de_datos|configuración",
        "repite después|conmigo|lo|exactamente|esta",
        "di|diga|escribe|responde que|exactamente|solo|sólo|únicamente .. ",
        "escríbeme|escribe un|una poema|canción|código|cuento|chiste|ensayo|programa",
    ),
    Intent.ABOUT_BOT: (
        "eres|es|usted|tú|esto|sois un|una|usted|realmente|tú? .. bot|robot|humano|humana|persona|real|máquina|ia",
        "quién|qué eres|es_usted|sois",
        "cómo te|se llamas|llama",
        "qué puedes|puede|sabes hacer",
        "cómo estás|está|están|te_va",
        "hablo|hablando|estoy_hablando con un|una .. bot|robot|humano|persona|máquina",
    ),
    Intent.FOLLOW_UP: ("^ y|qué_hay_de|qué_tal|o|también|pero|y_qué|qué_pasa_con|e",),
}

UNLESS: dict[Intent, tuple[str, ...]] = {
    Intent.PERSON: (
        "cómo abro|creo|abrir|crear|registro|puedo|se",
        "no quiero|necesito|hace_falta hablar|un|una .. <person>",
        "a quién|con_quién",
    ),
    Intent.CONTACTS: (
        "cuándo|cuánto|en_cuánto",
        "número de|del|mi <ticket>",
        "importar|exportar|editar|borrar contactos",
        "cambiar|actualizar|modificar|borrar|corregir .. correo|teléfono|dirección|número|email",
        "mi <ticket>",
        "número de|del|mi|un? <ticket>",
        "dan|recibo|tendré|tengo .. número_de_caso|número_de_ticket",
    ),
    Intent.HOURS: (
        "por_qué|curso|módulo|encuesta|estudio|página|enlace|archivo|tarea",
        "por qué",
        "alguien disponible para|en|dentro",
    ),
    Intent.DEADLINES: (
        "cuándo|cuando hay|habrá|vuelve|está .. alguien",
        "integración|onboarding|incorporación|implementación|configuración|formación",
        "llevo|llevamos",
    ),
    Intent.SOLVED: (
        "no|nunca|sin|nadie|nada|tampoco|todavía|aún|apenas",
        "si|cuando|cuándo|cómo|hasta|por_qué|para_que|cuánto .. funciona|resuelto|solucionado|arreglado|funcione",
    ),
    Intent.BACK_AGAIN: (
        "funciona|va|anda|funcionando de_nuevo|otra_vez|nuevamente",
        "cuándo|cómo|volver_a_llamar",
    ),
    Intent.PRAISE: ("no|pero|nadie|gustaría|sería|otra_vez|de_nuevo|encantaría",),
    Intent.FEEDBACK: ("dónde|cómo|quién|encuesta|anónimo .. comentarios|feedback|sugerencias",),
    Intent.YES: ("pero no",),
    Intent.NO: (
        "no puedo|podemos|puede|pueden|funciona|carga|abre|entra|deja|hay|sé|tengo|tenemos|funcionan|aparece|responde|solo|sólo|veo|es_urgente",
        "nadie puede",
    ),
}
