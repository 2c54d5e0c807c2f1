"""What a message is about although troubles are told in it, and where the same words report them after all."""

from __future__ import annotations

from pathlib import Path

import pytest

from slabot.domain.policy import Impact
from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Kind
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

POLICY = load_workspace(Path(__file__).resolve().parents[3] / "seeds", "prosper-ex").policy
CUES = load_cues(POLICY)


def _kind(text: str) -> Kind:
    return assess(text, POLICY, CUES).kind


@pytest.mark.parametrize(
    "text",
    [
        "No problems, no complaints, I just came to say thanks for the new reports",
        "Keine Fehler, keine Abstürze, wollte nur danke sagen",
        "Ningún error, ninguna queja, solo quería dar las gracias",
        "Aucun bug, aucune panne, je voulais juste vous remercier",
    ],
)
def test_denied_troubles_beside_thanks_are_no_incident(text: str) -> None:
    assert _kind(text) is Kind.SMALLTALK


@pytest.mark.parametrize(
    "text",
    [
        "no bugs, no errors, nothing loads, thanks",
        "No error message, just a white page for everybody. Thanks",
        "Just wanted to say thanks for losing all our survey results",
    ],
)
def test_thanks_do_not_hide_a_trouble(text: str) -> None:
    assert _kind(text) is Kind.INCIDENT


@pytest.mark.parametrize(
    "text",
    [
        "We feared the results were gone, but they were in another folder. Sorry for the scare",
        "Wir dachten, die Ergebnisse wären gelöscht, sie waren nur im Archiv. Nichts zu tun",
        "Pensábamos que se habían perdido los resultados, resulta que estaban en el archivo. Nada que hacer",
        "On pensait avoir perdu les résultats, en fait ils étaient dans les archives. Rien à faire",
    ],
)
def test_a_fright_that_is_over_is_resolved(text: str) -> None:
    assert _kind(text) is Kind.RESOLVED


@pytest.mark.parametrize(
    "text",
    [
        "Thought we'd lost one survey. Turns out we lost all of them",
        "Turns out your update deleted all our surveys",
        "I thought my results were deleted and they are still missing",
    ],
)
def test_a_fear_that_came_true_is_an_incident(text: str) -> None:
    assert _kind(text) is Kind.INCIDENT


@pytest.mark.parametrize(
    "text",
    [
        "Our previous provider lost all our results. How often do you back up?",
        "Unser letzter Anbieter hat alle unsere Daten verloren. Macht ihr Backups?",
        "Nuestro anterior proveedor perdió todos los datos. ¿Hacéis copias de seguridad?",
        "Notre ancien fournisseur a perdu toutes nos données. Faites-vous des sauvegardes ?",
    ],
)
def test_what_happened_with_anothers_product_leads_to_a_question(text: str) -> None:
    assert _kind(text) is Kind.QUESTION


def test_anothers_product_that_is_down_is_out_of_scope() -> None:
    text = "Our HR software from another vendor is down and no one can log in to it. Do you support that too?"
    assert _kind(text) is Kind.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "Your tool, unlike our last vendor, lost our data",
        "Since we imported from our old tool all our surveys are gone",
        "The other platform is down. What's going on?",
        "our old platform never lost data, this one did: all results are gone",
    ],
)
def test_beside_anothers_product_ours_is_still_reported(text: str) -> None:
    found = assess(text, POLICY, CUES)
    assert (found.kind, found.impact) == (Kind.INCIDENT, Impact.CRITICAL)


def test_a_case_that_is_planned_for_is_a_question() -> None:
    assert (
        _kind("We are drafting our emergency plan. If nobody could log in, whom would we call?")
        is Kind.QUESTION
    )


@pytest.mark.parametrize(
    "text",
    [
        "A participant requested to have his recordings erased",
        "Eine Teilnehmerin möchte ihre Daten gelöscht haben",
        "Quiero que mis datos sean borrados",
        "Je veux que mes enregistrements soient supprimés",
    ],
)
def test_who_wants_personal_data_deleted_has_lost_none(text: str) -> None:
    assert _kind(text) is Kind.PRIVACY


@pytest.mark.parametrize(
    "text",
    [
        "the records were erased by your update",
        "I want to know why my records were erased",
        "She asked us to have her answers removed, but they are visible to everyone",
    ],
)
def test_what_was_deleted_unasked_is_lost(text: str) -> None:
    assert assess(text, POLICY, CUES).impact is Impact.CRITICAL


@pytest.mark.parametrize(
    "text",
    [
        "Red alert: the logo is blurry",
        "STOP EVERYTHING. There is a typo on the welcome page",
        "Alarmstufe Rot! Auf der Startseite ist ein Tippfehler",
    ],
)
def test_shouting_makes_a_trifle_no_graver(text: str) -> None:
    assert assess(text, POLICY, CUES).impact is Impact.LOW


def test_shouting_makes_what_is_grave_no_milder() -> None:
    assert assess("Stop everything! All our results are gone", POLICY, CUES).impact is Impact.CRITICAL


@pytest.mark.parametrize(
    "text",
    [
        "another company can see our survey results",
        "Ein anderes Unternehmen kann unsere Ergebnisse sehen",
        "otra empresa puede ver nuestros resultados",
        "une autre entreprise peut voir nos résultats",
    ],
)
def test_what_others_see_of_ours_is_exposed_and_not_a_question_of_privacy(text: str) -> None:
    assert "data_exposed" in assess(text, POLICY, CUES).signals


def test_whether_others_could_see_it_is_a_question() -> None:
    assert _kind("can another company see our survey results?") is not Kind.INCIDENT
