"""What works beside a fault makes it minor, and what a message denies or tells of one person raises nothing."""

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
        "The report export as Word is broken, PDF ok",
        "Der Export als Word klappt nicht, die PDF-Ansicht funktioniert aber",
        "La exportación a Word no funciona, con PDF sí",
        "L'export Word ne marche pas, en PDF c'est bon",
        "The report stays empty but the table underneath has everything I need",
    ],
)
def test_a_sibling_that_works_in_the_same_breath_makes_a_fault_minor(text: str) -> None:
    found = _found(text)
    assert (found.kind, found.impact) == (Kind.INCIDENT, Impact.MINOR)


@pytest.mark.parametrize(
    "text",
    [
        "All our survey results were deleted, the export works",
        "Nobody can log in, the website is fine",
    ],
)
def test_what_is_critical_stays_so_whatever_works_beside_it(text: str) -> None:
    assert _found(text).impact is Impact.CRITICAL


def test_that_the_rest_works_does_not_say_that_the_fault_is_over() -> None:
    assert _found("Der Dunkelmodus lässt sich nicht einschalten, sonst läuft alles").impact is Impact.MINOR


@pytest.mark.parametrize(
    "text",
    [
        "I can't pin a survey to the top of the list",
        "The star rating doesn't count my vote",
        "Das Anheften von Umfragen geht nicht",
        "No funciona el zoom con la rueda del ratón",
        "Impossible d'épingler un sondage",
    ],
)
def test_a_trifle_that_fails_is_minor(text: str) -> None:
    assert _found(text).impact is Impact.MINOR


def test_where_the_others_are_fine_the_service_is_not_down() -> None:
    assert (
        _found("Everyone who joined after 1 June can't sign in, the others are fine").impact is Impact.MAJOR
    )


def test_that_nobody_is_blocked_reports_no_block() -> None:
    found = _found("Nobody's blocked and it isn't down, only everything crawls")
    assert "function_fails" not in found.signals
    assert "partial" in found.signals


@pytest.mark.parametrize(
    "text",
    [
        "the csv download doesn't start, excel works so we use that",
        "the charts don't fit on the slide, we resize them first",
        "the print view doesn't open in Chrome, in Firefox it works",
        "no rush, but the filter by date doesn't work for me",
        "Die Sortierung klappt nicht, Kleinkram",
        "el botón de compartir informes no funciona, los mando yo",
        "le filtre par date ne marche pas, rien d'indispensable",
    ],
)
def test_whoever_says_how_they_manage_or_that_it_can_wait_has_a_minor_fault(text: str) -> None:
    assert _found(text).impact is Impact.MINOR
