"""Whose trouble is told, when, and whether it is denied: what the same words mean beside others."""

from __future__ import annotations

from pathlib import Path

import pytest

from slabot.domain.policy import Impact
from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment, Kind
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

POLICY = load_workspace(Path(__file__).resolve().parents[3] / "seeds", "prosper-ex").policy
CUES = load_cues(POLICY)


def _found(text: str) -> Assessment:
    return assess(text, POLICY, CUES)


@pytest.mark.parametrize(
    "text",
    [
        "URGENT!! our internet is down, nobody here gets in. Your portal is fine on my phone",
        "Notre wifi est mort, plus personne n'accède à rien. Votre site marche bien en 4G",
        "Bei uns ist der Strom ausgefallen, keiner kommt rein. Euer Portal läuft auf dem Handy gut",
        "Nadie puede entrar, el router de la oficina está caído. Vuestra plataforma funciona bien en el móvil",
    ],
)
def test_where_theirs_is_down_and_ours_is_well_nothing_of_ours_is_reported(text: str) -> None:
    assert _found(text).kind is Kind.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "our wifi is fine and your site is down for everybody",
        "Our VPN was down this morning. Now it is back and nobody can log in to Prosper",
        "Unser Internet ist langsam, aber eure Plattform lädt bei niemandem",
    ],
)
def test_a_network_that_is_named_does_not_excuse_ours(text: str) -> None:
    assert _found(text).kind is Kind.INCIDENT


def test_what_goes_on_about_anothers_system_is_anothers() -> None:
    assert _found("Our VPN is down and the IT people know, but it is dragging on").kind is Kind.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "It isn't that the platform is down. It's that no report can be exported, by anyone",
        "Es ist nicht so, dass keiner reinkommt. Nur der Bericht lässt sich nicht exportieren",
        "No es que esté caído, solo que los informes no se exportan para nadie",
        "Ce n'est pas que la plateforme est tombée, c'est que personne n'arrive à exporter un rapport",
    ],
)
def test_what_it_is_said_not_to_be_does_not_count(text: str) -> None:
    found = _found(text)
    assert (found.kind, found.impact) == (Kind.INCIDENT, Impact.MAJOR)


@pytest.mark.parametrize(
    "text",
    [
        "We haven't been hacked, no emergency. I only want to know how long survey answers are kept",
        "Keine Panik, es ist nichts passiert. Welche personenbezogenen Daten speichert ihr?",
        "No ha pasado nada. Solo quiero saber qué datos personales guardan",
        "Rien de grave, aucune fuite. Combien de temps conservez-vous les données personnelles ?",
    ],
)
def test_that_nothing_leaked_leaves_the_question_of_privacy(text: str) -> None:
    assert _found(text).kind is Kind.PRIVACY


def test_a_leak_beside_the_denial_of_another_is_reported() -> None:
    text = "No breach of passwords, but why do I see the salaries of another company?"
    assert _found(text).impact is Impact.CRITICAL


@pytest.mark.parametrize(
    "text",
    [
        "The reviews don't open for any manager, the rest of the platform works",
        "Die Umfragen starten bei niemandem, der Rest der Plattform läuft",
        "Las encuestas no se abren para nadie, el resto funciona",
        "Les sondages ne s'ouvrent pour personne, le reste marche",
    ],
)
def test_a_function_that_fails_for_all_while_the_rest_works_is_major(text: str) -> None:
    found = _found(text)
    assert (found.impact, found.severity) == (Impact.MAJOR, "T2")


@pytest.mark.parametrize(
    "text",
    [
        "The site was down for all of us on Tuesday, that got fixed and it has been running fine since",
        "Die Seite war am Montag für alle weg, wurde repariert, läuft seitdem",
        "El lunes nadie podía entrar, ya lo arreglaron y desde entonces va bien",
    ],
)
def test_what_was_mended_and_has_run_since_is_resolved(text: str) -> None:
    assert _found(text).kind is Kind.RESOLVED


@pytest.mark.parametrize(
    "text",
    [
        "Every hour or so the site throws an error, then it's back to normal",
        "Alle paar Minuten kommt ein Fehler, danach geht es wieder",
    ],
)
def test_what_comes_back_every_hour_is_not_over(text: str) -> None:
    assert _found(text).impact is Impact.MAJOR


@pytest.mark.parametrize(
    "text",
    [
        "are you open on boxing day",
        "is support staffed over Easter",
        "habt ihr am Freitag auf",
        "estáis abiertos el lunes de Pascua",
        "êtes-vous ouverts le 14 juillet",
    ],
)
def test_whether_support_is_open_is_a_question(text: str) -> None:
    assert _found(text).kind is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "Hope you're having a lovely week!",
        "Schönen guten Tag zusammen",
        "Muchísimas gracias, muy amables",
        "Merci infiniment, l'équipe est ravie",
        "Danke, sehr freundlich von Ihnen",
    ],
)
def test_kind_words_that_are_no_formula_are_smalltalk(text: str) -> None:
    assert _found(text).kind is Kind.SMALLTALK


def test_a_thing_that_is_stuck_stops_nobody_and_a_person_who_is_stuck_is_stopped() -> None:
    assert _found("The sort arrow of my list is stuck").impact is Impact.MINOR
    assert _found("I'm stuck, the survey won't let me go on").impact is Impact.MAJOR


def test_who_took_over_a_role_is_no_intruder() -> None:
    assert _found("I took over from Jan last week, how do I invite my team?").kind is Kind.QUESTION
    assert _found("hackers took over our admin account").impact is Impact.CRITICAL


def test_an_empty_page_tells_of_no_loss_and_missing_results_do() -> None:
    assert _found("The dashboard has been blank for everyone since Monday").impact is Impact.MAJOR
    assert _found("All results of every employee are missing").impact is Impact.CRITICAL


def test_a_wish_to_have_it_back_reports_a_fault() -> None:
    found = _found("birthday reminders don't arrive any more. Not urgent, would be nice to have them back")
    assert (found.kind, found.impact) == (Kind.INCIDENT, Impact.MINOR)


def test_what_is_wanted_of_ones_own_is_not_anothers() -> None:
    text = "We need a dashboard built just for our company, with our own KPIs. Let me know what you need"
    assert _found(text).severity == "bespoke"


@pytest.mark.parametrize(
    "text",
    [
        "The goals page says 'acheivement'",
        "Auf der Startseite steht »Mitarbieter«",
        "en el menú pone 'Guadar' en vez de 'Guardar'",
        "Sur le bouton il est écrit « Envoyyer » au lieu de « Envoyer »",
    ],
)
def test_a_slip_in_our_wording_is_cosmetic(text: str) -> None:
    found = _found(text)
    assert (found.kind, found.impact) == (Kind.INCIDENT, Impact.LOW)


@pytest.mark.parametrize(
    "text", ["The page says 'unavailable' for all of us", "Auf der Seite steht »Fehler«"]
)
def test_a_word_that_tells_a_fault_is_no_slip(text: str) -> None:
    assert _found(text).impact is not Impact.LOW


@pytest.mark.parametrize(
    "text",
    [
        "one survey in five stops halfway",
        "Etwa jede fünfte Umfrage bricht ab",
        "una de cada cinco encuestas se corta",
        "une enquête sur cinq s'interrompt",
    ],
)
def test_what_fails_one_time_in_five_is_intermittent(text: str) -> None:
    found = _found(text)
    assert found.impact is Impact.MAJOR
    assert "partial" in found.signals


@pytest.mark.parametrize(
    "text",
    [
        "can't drag the cards with the mouse, the arrow buttons do it",
        "Die Karten lassen sich nicht ziehen, mit den Pfeilen geht es",
        "on ne peut pas faire glisser les cartes, avec les flèches ça va",
    ],
)
def test_what_can_be_done_with_another_thing_is_minor(text: str) -> None:
    assert _found(text).impact is Impact.MINOR


def test_another_part_that_works_is_no_way_round_for_what_fails_for_everybody() -> None:
    assert _found("Reports can't be created for anybody, the surveys run fine").impact is Impact.MAJOR


def test_a_deed_that_ends_in_an_error_for_all_is_a_function() -> None:
    assert _found("creating a goal ends in an error for the whole company").impact is Impact.MAJOR


@pytest.mark.parametrize(
    "text",
    [
        "Seven people in the store can't see their reviews, everyone else can",
        "Sieben Leute im Lager sehen ihre Beurteilung nicht, alle anderen schon",
    ],
)
def test_whoever_does_not_see_their_own_is_shown_nothing_of_others(text: str) -> None:
    assert _found(text).impact is Impact.MAJOR


@pytest.mark.parametrize(
    "text",
    [
        "an employee asks to see all personal data we hold about him",
        "un salarié demande à consulter toutes ses données personnelles",
        "un empleado pide que se borre su perfil",
        "quiero que eliminen mi cuenta y todas mis respuestas",
    ],
)
def test_who_demands_their_data_reports_no_leak(text: str) -> None:
    assert _found(text).kind is Kind.PRIVACY


def test_an_opinion_announced_as_feedback_is_no_fault_and_a_fault_told_so_is_one() -> None:
    assert _found("Some feedback for your team: the new menu is confusing").impact is Impact.LOW
    assert _found("Feedback from our managers: the reports crash every time").impact is Impact.MAJOR


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared of losing my answers, does it save by itself?",
        "J'ai peur de perdre mes objectifs, est-ce que ça s'enregistre ?",
        "Tengo miedo de perder mis objetivos, ¿se guardan solos?",
        "could one employee's review ever end up with another company?",
        "¿se pueden borrar encuestas que no usamos?",
    ],
)
def test_what_is_feared_or_asked_after_has_not_happened(text: str) -> None:
    assert _found(text).impact is Impact.LOW


@pytest.mark.parametrize(
    "text",
    [
        "it was us, the survey was closed. Nothing is missing",
        "c'était nous, le sondage était fermé, rien ne manque",
        "Vergessen Sie meine Nachricht, die Umfrage lag im falschen Ordner",
    ],
)
def test_who_takes_a_report_back_has_none(text: str) -> None:
    assert _found(text).kind is Kind.RESOLVED


def test_who_is_afraid_that_it_happened_reports_it() -> None:
    assert _found("I'm afraid nobody here can log in").impact is Impact.CRITICAL
    assert _found("I'm afraid all our survey results were deleted").impact is Impact.CRITICAL
