"""How visitors ask for things in German; the notation is that of `pattern`."""
# ruff: noqa: E501 - a phrase stays on one line, so that it reads as one

from __future__ import annotations

from slabot.domain.dialogue.intent import Intent

GROUPS = {
    "person": "mensch menschen person mitarbeiter mitarbeiterin mitarbeitern berater beraterin jemand jemanden jemandem "
    "ansprechpartner ansprechpartnerin kollege kollegin kollegen agent agenten support kundenservice kundendienst "
    "techniker echten richtigen team supportmitarbeiter kundenberater",
    "reply": "antwort antworten antwortet antwortest beantwortet reagiert reagieren reaktion rückmeldung meldet meldest melden "
    "rückruf zurückmelden bescheid",
    "solve": "gelöst lösen löst lösung behoben beheben behebt repariert reparieren repariert erledigt gefixt behebung",
    "ticket": "ticket tickets fall anfrage anfragen vorgang meldung fallnummer ticketnummer",
    "you": "ihr sie du euch ihnen dich man jemand support kundendienst kundenservice helpdesk hotline büro chat team "
    "mitarbeiter leute menschen",
    "open": "offen geöffnet auf erreichbar besetzt da verfügbar geschlossen zu online ansprechbar",
}

PHRASES: dict[Intent, tuple[str, ...]] = {
    Intent.PERSON: (
        "mit|zu einem|einer|nem|ner|dem|der? echten|richtigen|echter|menschlichen? <person> .. sprechen|reden|chatten|schreiben|verbinden|"
        "verbunden|telefonieren|verbinde|bitte",
        "sprechen|reden|chatten|schreiben|verbinde|verbinden|weiterleiten|durchstellen .. <person>",
        "brauche|möchte|will|hätte|wünsche|benötige|suche .. mensch|menschen|person|mitarbeiter|mitarbeiterin|berater|ansprechpartner|"
        "jemand|jemanden|agent|agenten|echten|richtigen|kollegen",
        "gib|geben|hol|holen|schick|schicken .. mensch|menschen|person|mitarbeiter|jemand|jemanden|ansprechpartner",
        "kann|könnte|könnten|soll .. jemand|mitarbeiter|mensch|kollege|person .. helfen|anrufen|melden|ansehen|anschauen|kümmern|zurückrufen|schauen|"
        "kontaktieren",
        "echter|echten|richtiger|richtigen|menschlicher|menschlichen mensch|menschen|person|mitarbeiter|ansprechpartner|support|kontakt",
        "^ bitte|mit|zu? einen|ein|eine|einem|ner|nem? mensch|menschen|mitarbeiter|mitarbeiterin|agent|agenten|berater|person|ansprechpartner bitte|jetzt? $",
        "kein|keinen|keine|nicht mit? einem|dem? bot|roboter|maschine|automaten",
        "ruft|rufen|ruf|rückruf mich|sie_mich|uns? bitte? an|zurück",
        "rückruf",
        "^ bitte? verbinde|verbinden|verbindet sie? mich bitte? $",
        "mich|uns|sie .. zurückrufen|zurückruft",
        "^ <person> sprechen|reden",
        "brauche|suche .. support|hilfe .. von? einem|einer? <person>",
        "ticket|fall|anfrage|vorgang .. öffnen|aufmachen|erstellen|anlegen|eröffnen|aufgeben",
        "öffne|öffnen|erstelle|erstellen|eröffne|eröffnen|lege .. ticket|fall|anfrage",
        "weiterleiten|weitergeben|übergeben|übergib|durchstellen",
        "ist da|hier jemand|wer",
    ),
    Intent.CONTACTS: (
        "wen|wem|wer .. anrufen|kontaktieren|anschreiben|schreiben|erreichen|erreiche|wenden|fragen|ansprechen|rufe|kontaktiere|zuständig",
        "an|bei wen|wem .. wenden|wende|schreiben|melden|melde|schreibe",
        "telefonnummer|rufnummer|telefon|nummer|hotline|notfallnummer|servicenummer|telefonnummern|supportnummer",
        "kontakt|kontakte|kontaktdaten|kontaktinfo|kontaktadresse|kontaktinformationen|kontaktmöglichkeiten|ansprechpartner",
        "email|mail|e_mail|mailadresse|emailadresse|adresse .. support|ihr|euch|eure|ihre|lautet|habt|haben|wie",
        "eure|ihre|welche|die|deine email|mail|e_mail|mailadresse|emailadresse|e_mail_adresse|adresse",
        "wie .. erreiche|erreichen|kontaktiere|kontaktieren .. <you>|den|die|meinen|unseren|jemanden",
        "kann|könnte|können|darf .. anrufen|telefonisch|telefonieren|mailen",
        "wer ist mein|unser|unsere|meine .. ansprechpartner|csm|betreuer|account|kundenbetreuer|manager",
        "telefonisch|per_telefon|per_mail|per_e_mail erreichbar|erreichen|kontaktieren",
        "anrufen",
        "habt|haben|gibt|hat|gibts ihr|sie|es|man|euch .. mailadresse|emailadresse|e_mail|email|mail|nummer|telefonnummer|adresse|hotline",
        "wohin .. schreiben|schreibe|mailen|wenden|wende|melden|anrufen",
        "nummer|telefonnummer|telefon|mail|mailadresse|kontakt vom|von|des|der .. account_manager|csm|support|helpdesk|betreuer",
    ),
    Intent.HOURS: (
        "seid|sind|bist|ist|habt|haben|hat|wann|wann_ist|wann_sind|bis_wann|ab_wann|wie_lange|noch <you> .. <open>",
        "wann|ab_wann|bis_wann|wie_lange .. <open>|arbeitet|arbeiten|öffnet|öffnen|schließt|schliesst|schließen|macht|feierabend",
        "öffnungszeiten|öffnungszeit|geschäftszeiten|servicezeiten|supportzeiten|sprechzeiten|arbeitszeiten|bürozeiten|supportstunden|zeiten|"
        "betriebszeiten|erreichbarkeit|bürostunden",
        "habt|haben|hat|seid|sind ihr|sie|der_support|support|du|man .. auf|offen|geöffnet|geschlossen|zu|feiertag|feiertags|samstag|samstags|"
        "sonntag|sonntags|wochenende|morgen|heute|montag|dienstag|mittwoch|donnerstag|freitag|erreichbar|da",
        "arbeitet|arbeiten ihr|sie|der|euer .. am|an|heute|morgen|samstag|sonntag|wochenende|feiertagen|weihnachten|über",
        "jemand da|erreichbar|online|verfügbar|im_büro",
        "geöffnet|offen|erreichbar|geschlossen|besetzt|zu am|an|heute|jetzt|morgen|samstags|sonntags|feiertags|gerade|momentan|über",
        "heute|jetzt|gerade|morgen|momentan|noch|samstags|sonntags|feiertags|wochenende|weihnachten|ostern noch|überhaupt? <open>",
        "welche|eure|ihre zeitzone|zeiten|feiertage|stunden",
        "zeitzone",
        "ist heute|morgen feiertag|ein_feiertag",
        "rund um die uhr",
        "bis_wann|ab_wann|wann kann|können|darf ich|wir? .. anrufen|erreichen|telefonieren|anrufe|erreiche",
        "ab_wann|wann|bis_wann|bis wie? viel? uhr? .. jemand|<you> .. <open>|zurück",
        "arbeitet|arbeiten|seid|sind ihr|sie .. nachts|abends|wochenende|feiertags|sonntags|samstags",
        "jemand|wer .. wochenende|feiertag|feiertagen|samstag|sonntag|nachts",
        "wochenende|feiertag|feiertagen|samstag|sonntag|nachts .. jemand|wer",
        "bis wie_viel|wieviel|welche uhr",
        "feierabend|dienstschluss",
        "^ offen|geöffnet $",
        "^ jemand da $",
        "trefft|macht|habt ihr .. am_wochenende|wochenende|feiertags",
    ),
    Intent.DEADLINES: (
        "wie|wann schnell|lange|bald|rasch|viel_zeit|zügig .. <reply>|<solve>|dauert|dauert_es|warten|warte|jemand|priorität|stufe|ticket|hilfe|bekomme|"
        "kriege|reagiert|hört|höre|tier|p1|p2|p3|p4|helft|kümmert",
        "wann|bis_wann|ab_wann .. <reply>|<solve>|meldet|meldest|melden|jemand|höre|hört|hören|hilfe|bescheid|rechnen|bekomme|kriege",
        "antwortzeit|antwortzeiten|reaktionszeit|reaktionszeiten|lösungszeit|lösungszeiten|bearbeitungszeit|bearbeitungsdauer|bearbeitungszeiten|"
        "wartezeit|wartezeiten|frist|fristen|servicelevel|bestätigungszeit",
        "innerhalb|binnen welcher|welchem|wie_vieler",
        "bis wann",
        "garantiert|garantieren|garantie|garantierst",
        "wie lange .. auf|für|bei .. <reply>|<solve>|<ticket>|priorität|stufe|tier|p1|p2|p3|p4",
    ),
    Intent.STATUS: (
        "status|stand|neues|neuigkeiten|fortschritt|zwischenstand .. <ticket>|problem|problems|tickets|falls|vorgangs|anfrage",
        "<ticket> .. status|stand",
        "was ist|wurde mit|aus .. <ticket>",
        "wo|wie steht|ist|bleibt|weit .. <ticket>",
        "gibt es|schon? schon|etwas|was? neues|neuigkeiten|was_neues|news",
        "mein|meine|meinem|meinen|meiner|unser|unserem|unsere <ticket> .. status|offen|stand|bearbeitet|wo|schon|nummer|neues",
        "hat|haben|wurde|schaut|kümmert .. jemand|mein|meine|sich .. angesehen|angeschaut|bearbeitet|gekümmert|daran|darum|<ticket>",
        "^ status|stand bitte? $",
        "warte immer noch",
        "nichts gehört",
        "ist|kommt jemand|wer noch? dran|unterwegs|endlich",
    ),
    Intent.ESCALATION: (
        "eskalieren|eskalation|eskaliert|eskaliere|eskalationsstufe|eskalationsweg",
        "dauert|braucht schon? viel|alles|mir|uns|das|einfach? zu|ewig|schon|so|viel_zu lange|ewig|ewigkeiten|tagen|wochen|lang?",
        "dauert ewig",
        "wer .. über|vorgesetzte|vorgesetzter|verantwortlich|chef|chefin|beschweren",
        "chef|chefin|vorgesetzten|vorgesetzte|vorgesetzter|geschäftsführung|geschäftsführer|leitung|abteilungsleiter|teamleiter",
        "niemand|keiner|kein_mensch .. antwortet|geantwortet|meldet|gemeldet|hilft|geholfen|reagiert|kümmert",
        "immer_noch|noch|noch_immer|weiterhin keine|nicht|kein|nichts .. antwort|gelöst|behoben|rückmeldung|lösung|gehört|reaktion|beantwortet",
        "seit .. tagen|wochen|stunden|tage|woche|gestern|ewigkeiten .. warte|warten|keine|nichts|ungelöst|offen",
        "warte|warten .. seit|schon|ewig .. tagen|wochen|stunden|ewigkeiten|lange|gestern|ewig",
        "bleibt|ist ungelöst",
        "höhere|höherer|nächste|nächsthöhere stelle|ebene|instanz|stufe",
        "frist .. überschritten|abgelaufen|verpasst|vorbei|gerissen|verstrichen",
        "beschweren|beschwere",
        "inakzeptabel|unzumutbar",
    ),
    Intent.SOLVED: (
        "funktioniert|klappt|geht|läuft|gelöst|behoben|erledigt|lädt|tut jetzt|wieder|nun|inzwischen|mittlerweile|es",
        "jetzt|wieder|nun|inzwischen|mittlerweile|schon|bereits|hat_sich .. funktioniert|klappt|geht|läuft|gelöst|behoben|erledigt|lädt",
        "problem|fehler|fall|sache|es|das|alles|hat|sich|ist .. gelöst|behoben|erledigt|geklärt|ok|gut",
        "hat|das_hat geholfen|geklappt|funktioniert|gewirkt",
        "schließ|schließe|schließen|schliess|schliesse|schliessen|beende|beenden .. ticket|fall|es|anfrage|das|chat|den|die",
        "ticket|fall|anfrage|chat .. schließen|schliessen|zumachen|beenden|geschlossen_werden",
        "kann|können .. zu|geschlossen|geschlossen_werden|zumachen $",
        "hat sich erledigt",
        "alles gut|klar|bestens|okay|in_ordnung",
        "^ gelöst|erledigt|behoben|geht|funktioniert|klappt|läuft .. danke|jetzt|wieder|super? $",
        "brauche|brauchen keine|nicht hilfe|mehr",
        "vergiss|vergessen sie|es|das",
    ),
    Intent.BACK_AGAIN: (
        "wieder|erneut|schon_wieder|nochmal|noch_einmal|abermals .. da|kaputt|weg|fehler|problem|aufgetreten|auf|passiert|down|nicht|kein|keine|"
        "hängt|langsam|defekt|leer|abgestürzt|ausgefallen|los|dasselbe|das_gleiche",
        "problem|fehler|störung|es|ist|tritt|taucht .. wieder|erneut|zurück da|auf|zurück|kaputt|aufgetreten",
        "das|der|dasselbe|derselbe|gleiche|selbe problem|fehler wieder|erneut|noch_immer|immer_noch|weiterhin|besteht|wie",
        "besteht|tritt|funktioniert|geht immer_noch|noch_immer|weiterhin|wieder|noch auf|nicht|?",
        "geht|funktioniert|klappt|läuft|lädt .. wieder|erneut|schon_wieder nicht|kein",
        "doch|immer_noch nicht gelöst|behoben|erledigt|repariert",
        "wieder aufmachen|öffnen|eröffnen",
        "ist zurück",
    ),
    Intent.THANKS: ("danke|dankeschön|dank|merci|danken|bedanke|dankbar|thx|vielen_dank",),
    Intent.GREETING: (
        "^ hallo|hi|hey|moin|servus|grüezi|hallöchen|tag|grüß_gott|gruss_gott|morgen|na $",
        "^ hallo|hi|hey|moin|servus|grüezi|hallöchen",
        "guten|schönen|gute morgen|tag|abend|nachmittag",
        "grüß|gruss gott|dich|euch|sie",
        "jemand|wer da|hier $",
    ),
    Intent.GOODBYE: (
        "tschüss|tschüs|tschuss|ciao|tschau|ade|wiedersehen|auf_wiedersehen|bis_bald|bis_dann|bis_später|wiederhören|bye",
        "schönen|schönes|gute|guten tag|abend|wochenende|nacht|feierabend $",
        "das war alles|es",
    ),
    Intent.YES: (
        "^ ja|jo|jep|jup|jawohl|klar|gerne|gern|sicher|natürlich|okay|ok|richtig|genau|stimmt|bitte|unbedingt|selbstverständlich|passt|einverstanden|"
        "mach_das|machen_sie|auf_jeden_fall|jaa|super|perfekt|doch|freilich",
    ),
    Intent.NO: (
        "^ nein|nö|nee|ne|nicht|leider|keine|keines|keiner|nichts|negativ|lieber_nicht|auf_keinen_fall|kein|niemals",
        "hat|das|war .. nicht geholfen|hilfreich|weiter|gemeint|beantwortet|die_antwort",
        "hilft|half .. nicht",
        "keines|keiner|keine|nichts davon|von_diesen|der|dergleichen",
        "etwas|was anderes",
    ),
    Intent.FEEDBACK: (
        "feedback|beschwerde|kritik|verbesserungsvorschlag|reklamation|lob_und_kritik",
        "unzufrieden|enttäuscht|enttäuschend|frustriert|frustrierend|verärgert|ärgerlich|sauer|katastrophal|unverschämt|furchtbar|schrecklich",
        "schlechter|schlechte|mieser|miese|katastrophaler|lausiger service|support|erfahrung|kundenservice|produkt",
        "nicht zufrieden|glücklich|begeistert",
    ),
    Intent.PRAISE: (
        "super|toll|tolle|tolles|großartig|grossartige|klasse|spitze|hervorragend|fantastisch|genial|prima|ausgezeichnet|geil arbeit|service|support|"
        "produkt|tool|gemacht|team|plattform|funktion|hilfe|ist",
        "gefällt mir|uns",
        "liebe|lieben euer|eure|ihr|ihre|das|die|den",
        "gut|super|toll|klasse gemacht",
        "begeistert|weiter_so",
        "ist|sind echt|wirklich|richtig|total super|toll|klasse|spitze|genial|großartig|fantastisch",
    ),
    Intent.FEATURE: (
        "funktionswunsch|feature|verbesserungsvorschlag|funktionsvorschlag|wunschfunktion|änderungswunsch",
        "wäre|wär .. schön|toll|super|gut|cool|hilfreich|praktisch|nett|klasse .. wenn|falls|könnte|hätte",
        "könntet|könnten|könnt|würdet|können ihr|sie .. hinzufügen|einbauen|ergänzen|entwickeln|implementieren|anbieten|einführen",
        "bitte .. hinzufügen|einbauen|ergänzen|einführen",
        "wünsche|wünschen|wünschte .. mir|uns|wir|ich .. funktion|dass|eine|einen|option|möglichkeit",
        "vorschlag|idee .. funktion|neue|einen|für",
        "ist|gibt .. geplant",
    ),
    Intent.BESPOKE: (
        "maßgeschneidert|massgeschneiderte|maßgeschneiderte|massgeschneiderten|individualentwicklung|sonderentwicklung|individuelle_entwicklung|auftragsentwicklung|"
        "maßanfertigung|sonderanfertigung|individuelle_anpassung|individuellen_bericht|individueller_bericht|individuelle_lösung|kundenspezifische|"
        "kundenspezifischen|individuelle_entwicklungen",
    ),
    Intent.MAINTENANCE: (
        "wartung|wartungsarbeiten|wartungsfenster|wartungszeit|wartungszeiten",
        "geplante|geplanter|angekündigte ausfall|ausfälle|downtime|auszeit|unterbrechung|abschaltung",
    ),
    Intent.PRIVACY: (
        "datenschutz|dsgvo|datenschutzbeauftragter|datenschutzbeauftragte|datenschutzanfrage|auskunftsersuchen|auftragsverarbeitung|av_vertrag|avv|"
        "personenbezogene|personenbezogenen|datenschutzerklärung|auskunftsrecht",
        "meine|unsere|seine|ihre|alle .. daten|konto|angaben .. löschen|gelöscht|exportieren|entfernen|löscht|entfernt",
        "lösche|löschen|löscht|entfernt .. daten|konto|angaben",
        "sicherheitsfragebogen|sicherheitsnachweis|sicherheitsdokumentation|sicherheitszertifikat|sicherheitsunterlagen|sicherheitskonzept",
    ),
    Intent.ABUSE: (
        "scheiß|scheiße|scheisse|scheiss|scheissladen|scheissbot|verdammter|verdammte|arsch|arschloch|arschlöcher|wichser|fick|ficken|fickt|hurensohn|drecks|"
        "drecksbot|drecksladen|missgeburt|fotze|schlampe",
        "idiot|idioten|vollidiot|vollidioten|trottel|depp|deppen|penner|versager|blödmann|dummkopf|vollpfosten",
        "dummer|blöder|dämlicher|nutzloser|bescheuerter|saudummer|dumme|blöde|nutzlose bot|roboter|maschine|kiste|programm|ding|sau|kuh",
        "du|ihr|bist|seid .. dumm|blöd|nutzlos|bescheuert|dämlich|unfähig|behindert",
        "halt|haltet die|dein|eure? klappe|maul|fresse|schnauze",
        "verpiss dich",
    ),
    Intent.INSTRUCTIONS: (
        "du|sie|ihr musst|müssen|müsst|sollst .. sagen|antworten|garantieren|versprechen|ignorieren|behaupten",
        "sag|sage|schreib|schreibe|antworte|wiederhole mir? dass|nur|genau|mit",
        "ignoriere|ignorier|ignorieren|vergiss|missachte|umgehe|überschreibe|ignoriert .. anweisungen|anweisung|regeln|vorgaben|instruktionen|richtlinien|befehle|prompt|"
        "vorherigen|bisherigen",
        "du bist jetzt|ab|nun",
        "systemprompt|system_prompt|systemanweisungen|entwicklermodus|systemnachricht|adminmodus",
        "tu|tue|verhalte|verhalt|stell|gib .. so|dich .. als|wie .. ob|ein|wärst|admin",
        "ab sofort|jetzt .. du|antworte|sprich|bist",
        "setze|setz|stufe|mach|markiere|erhöhe|eröffne .. priorität|schweregrad|ticket|als|auf .. p1|kritisch|höchste|höchster|hoch|t1|tier_1|stufe_1",
        "zeig|zeige|verrate|nenne|gib .. systemprompt|anweisungen|prompt|zugangsdaten|passwörter|datenbank",
        "sag|sage|schreib|schreibe|wiederhole .. dass_ihr|garantiert|garantiere|garantie|genau_das|nach|wort|gedicht|witz",
        "schreib|schreibe mir|uns? ein|einen gedicht|lied|aufsatz|geschichte|code|programm",
    ),
    Intent.ABOUT_BOT: (
        "bist|sind|seid du|sie|ihr .. bot|roboter|mensch|echt|maschine|ki|computer|person|menschlich",
        "wer|was bist|sind|seid du|sie|ihr $",
        "wie heißt|heisst|heißen du|sie",
        "was kannst|können du|sie",
        "wie geht|gehts es|dir|ihnen|euch?",
        "rede|spreche|schreibe|chatte ich .. mit .. bot|mensch|maschine|menschen|roboter",
    ),
    Intent.FOLLOW_UP: ("^ und|was_ist_mit|wie_ist_es|wie_sieht_es|oder|auch|wie_siehts|aber|sowie|gilt_das",),
}

UNLESS: dict[Intent, tuple[str, ...]] = {
    Intent.PERSON: (
        "wie kann|könnte|muss|erstelle|öffne|eröffne|lege .. ticket|anfrage|fall",
        "kein|keinen menschen|mensch|mitarbeiter",
        "an|bei wen|wem",
    ),
    Intent.CONTACTS: (
        "wann|wie_schnell|wie_lange|bis_wann",
        "ticketnummer|fallnummer",
        "adresse|mailadresse|emailadresse|telefonnummer|nummer|mail|e_mail .. ändern|aktualisieren|löschen|korrigieren",
        "kontakte|adresse importieren|exportieren|ändern|löschen|bearbeiten",
    ),
    Intent.HOURS: (
        "warum|wieso|weshalb",
        "kurs|modul|umfrage|studie|seite|link|datei|lektion .. <open>|auf",
        "fall|ticket|case|anfrage|vorgang|kurs|umfrage .. geschlossen|geöffnet|offen",
        "wann .. wartung|wartungen|wartungsarbeiten",
    ),
    Intent.DEADLINES: (
        "bis_wann|ab_wann|wann kann|können|darf ich|wir? .. anrufen|erreichen|telefonieren",
        "jemand|wer|ihr|sie .. da|erreichbar|zurück|online|im_büro|besetzt",
        "integration|onboarding|einrichtung|einführung|schulung|implementierung|lms_integration",
        "seit .. warte|warten",
    ),
    Intent.SOLVED: (
        "nicht|kein|keine|nie|niemand|nichts|noch|wenig|kaum",
        "wenn|falls|bis|wann|wie|ob|warum|sobald|soll|muss|nachdem|bevor|möchte .. funktioniert|klappt|geht|läuft|gelöst|behoben|erledigt|lädt",
    ),
    Intent.BACK_AGAIN: (
        "wieder gut|gelöst|behoben|da_sein|erreichbar|geöffnet|offen|normal",
        "geht|funktioniert|klappt|läuft wieder $",
        "wann|ab_wann",
    ),
    Intent.PRAISE: ("nicht|kein|keine|aber|niemand|wäre|würde|schon_wieder|mal_wieder|wenn|danke",),
    Intent.FEEDBACK: ("wo|wie|wer|umfrage|sammeln|anonym .. feedback",),
    Intent.FEATURE: (),
    Intent.YES: ("aber .. nicht|kein",),
    Intent.NO: (
        "kein|keine zugriff|zugang|verbindung|daten|ergebnisse|problem|antwort|sorge|internet",
        "niemand|keiner kann|kommt|kommen|mehr",
        "nicht möglich|anmelden|einloggen|öffnen|laden|nur|alle|funktioniert|erreichbar|dringend",
    ),
}
