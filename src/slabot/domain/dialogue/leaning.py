"""What a message leans to where no phrase fits: two kinds of words that together tell a wish, in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from slabot.domain.dialogue.intent import DayAsked, Intent
from slabot.domain.dialogue.word_lists import words

MOST_WORDS = 12
"""Longer messages tell a story, and single words of it say little."""

_OPEN = words(
    """
    open opens opened closed close closes closing hours hrs staffed shift off holiday holidays overnight nights
    offen geoffnet geschlossen offnungszeiten feiertag feiertage frei nachts abends erreichbar besetzt dienst
    abren abrir abierto abiertos cerrado cerrados cierran horario horarios festivo festivos atienden trabajan
    ouvert ouverts ouvre ouvrez ouvrir rouvre rouvrez ferme fermez fermes horaires ferie feries nuit joignables
    """
)
_PEOPLE = words(
    """
    you u guys yall support desk helpdesk office team anyone anybody someone somebody people humans staff
    ihr euch sie jemand leute menschen buro jmd ustedes vosotros alguien gente equipo oficina
    vous quelqu quelquun bureau equipe monde
    """
)
_WHEN = words(
    """
    now rn currently when until till late early 24 noon midnight 3am night weekend weekends wann jetzt gerade bis ab noch spat
    cuando ahora hasta desde todavia quand maintenant encore jusqu tard hora heure uhr time
    """
)
_AT_NIGHT = words("24 3am midnight noon night nights nachts mitternacht noche noches medianoche nuit minuit")
_THERE = words(
    """
    there here in back around available online reachable reach work working off da hier erreichbar online zuruck
    disponible disponibles ahi aqui la dispo joignable disponibles present
    """
)
_HUMAN = words(
    """
    human humans person agent rep representative operator advisor adviser mensch menschen mitarbeiter mitarbeiterin
    ansprechpartner berater humano humana persona agente asesor operador humain conseiller conseillere operateur
    interlocuteur
    """
)
_REACHING = words(
    """
    connect thru transfer pass put get want wanna need prefer rather pls please verbinden brauche will mochte gib bitte
    pasame ponme quiero necesito prefiero favor passez veux voudrais besoin prefere svp
    """
)
_SOMEBODY = words("somebody someone jemand jemanden jemandem alguien quelquun")
_TALKING = words("talk speak chat sprechen reden hablar parler discuter")
_ASKING = words(
    "how what where why which who wie was wo warum wer como que donde por quien comment quoi ou pourquoi qui"
)
"""First words of a question about the product: it asks for no person."""
_WAY = words(
    """
    number phone telephone hotline email mail adress address mailadresse emailadresse adresse telefon
    telefonnummer rufnummer correo telefono numero direccion courriel
    """
)
_GIVEN = words(
    """
    your there have got is whats what which give ring call write prefer you u habt haben gibt eure ihre welche wie lautet
    schreiben anrufen hay tienen teneis tiene cual escribir escribo llamar llamo su vuestro avez quel quelle votre est
    ecrire appeler
    """
)
_SPAN = words(
    "long fast quick quickly soon slow lange schnell bald rasch tarda tardan demora tiempo rapido vite rapidement temps"
)
_HOW = words("how what whats when wie wann cuanto cuanta cual que como combien quel quelle quand and")
_ANSWERED = words(
    """
    hear back answer reply respond response answered replied wait someone somebody antwort melden meldet gemeldet
    ruckmeldung warten responden respuesta contestan esperar espera repondre reponse repondez attendre attente
    """
)
_NEITHER = words(
    """
    course module survey study lesson page dashboard link file assessment quiz button report password login
    kurs umfrage datei seite passwort bericht curso encuesta archivo pagina contrasena informe cours enquete fichier
    rapport integration onboarding export import
    invite add adding delete remove assign change update upload einladen hinzufugen loschen andern anadir cambiar
    ajouter supprimer
    """
)
"""Words of the product: then "open", "person" and "number" are about it and not about us."""

_TICKET = words("ticket case request fall anfrage vorgang caso solicitud dossier demande")

_SIGNS: Mapping[Intent, Sequence[tuple[Set[str], Set[str]]]] = {
    Intent.PERSON: ((_HUMAN, _REACHING | _TALKING), (_SOMEBODY, _TALKING)),
    Intent.HOURS: ((_OPEN, _PEOPLE), (_OPEN, _WHEN), (_PEOPLE, _AT_NIGHT)),
    Intent.CONTACTS: ((_WAY, _GIVEN),),
    Intent.DEADLINES: ((_SPAN, _ANSWERED),),
}


def names_how_long(spoken: Sequence[str]) -> bool:
    """ "How long for …": with a severity beside it, a question for its deadline."""
    said = set(spoken)
    return bool(said & _SPAN and said & _HOW) and not said & _NEITHER


def leaning(spoken: Sequence[str], day: DayAsked | None) -> frozenset[Intent]:
    """The wishes that single words of a short message point to."""
    said = set(spoken)
    if not said or len(spoken) > MOST_WORDS or said & _NEITHER:
        return frozenset()
    found = {
        intent for intent, signs in _SIGNS.items() if any(said & one and said & other for one, other in signs)
    }
    if day is not None and (said & _OPEN or (said & _PEOPLE and said & _THERE)):
        found.add(Intent.HOURS)
    if day is not None and day.holiday is not None and len(spoken) <= MOST_WORDS - 4:
        found.add(Intent.HOURS)
    if said & _TICKET:
        found.discard(Intent.HOURS)  # "when is my case closed"
    if spoken[0] in _ASKING or Intent.HOURS in found:
        found.discard(Intent.PERSON)  # "is somebody there on Sunday" asks when, not for whom
    return frozenset(found)
