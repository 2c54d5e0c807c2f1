"""The fold: who has the conversation and what is owed, read from the timeline alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from slabot.domain.clocks.facts import FactKind, ordered
from slabot.domain.conversation import REMEMBERED, Conversation, Status, fold
from slabot.domain.projection import owes_reply
from slabot.domain.ticket import TicketState
from slabot.domain.timeline import BOT, WATCH, Actor, Happening, Kind, append

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
VERA, AIDAN, ANNA = Actor.visitor("vera"), Actor.agent("aidan"), Actor.agent("anna")
OPENED: dict[str, object] = {
    "number": "HES-1",
    "level": "high",
    "queue": "CustomerCare",
    "policy_version": "v1",
    "calendars": {},
}

Step = tuple[Kind, Actor, Mapping[str, object]]

STARTED: Step = (Kind.CONVERSATION_STARTED, VERA, {"locale": "de", "zone": "Europe/Berlin"})
ASKED: Step = (Kind.VISITOR_WROTE, VERA, {"client_id": "x"})
ANSWERED: Step = (Kind.BOT_WROTE, BOT, {"action": "answer", "article": "lms"})
TICKET: Step = (Kind.TICKET_OPENED, BOT, OPENED)
CLAIMED: Step = (Kind.CLAIMED, AIDAN, {})
REPLIED: Step = (Kind.AGENT_WROTE, AIDAN, {"seen": 1})
RESOLVED: Step = (Kind.RESOLVED, AIDAN, {"code": "fixed"})
REOPENED: Step = (Kind.REOPENED, VERA, {})


def told(*steps: Step) -> Conversation:
    happenings = [
        Happening(kind, actor, NOON + timedelta(minutes=minute), data, {"text": f"{kind} {minute}"})
        for minute, (kind, actor, data) in enumerate(steps)
    ]
    start = Conversation("c_1", "human-esources")
    return fold(start, append("c_1", start.head, happenings, NOON, [b"s" * 16] * len(happenings)))


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((STARTED, ASKED, ANSWERED), Status.BOT),
        ((STARTED, ASKED, TICKET), Status.WAITING),
        ((STARTED, ASKED, TICKET, CLAIMED), Status.HELD),
        ((STARTED, ASKED, CLAIMED), Status.HELD),
        ((STARTED, ASKED, TICKET, CLAIMED, (Kind.RELEASED, AIDAN, {})), Status.WAITING),
        ((STARTED, ASKED, TICKET, CLAIMED, RESOLVED), Status.RESOLVED),
        ((STARTED, ASKED, TICKET, CLAIMED, RESOLVED, REOPENED), Status.WAITING),
        ((STARTED, ASKED, ANSWERED, (Kind.SOLVED_CONFIRMED, VERA, {})), Status.RESOLVED),
        ((STARTED, ASKED, ANSWERED, (Kind.VISITOR_LEFT, VERA, {})), Status.LEFT),
        ((STARTED, ASKED, TICKET, (Kind.VISITOR_LEFT, VERA, {})), Status.WAITING),
        ((STARTED, ASKED, (Kind.VISITOR_LEFT, VERA, {}), (Kind.VISITOR_RETURNED, VERA, {})), Status.BOT),
        ((STARTED, ASKED, TICKET, CLAIMED, (Kind.TRANSFERRED, AIDAN, {"agent": "anna"})), Status.HELD),
        ((STARTED, ASKED, TICKET, CLAIMED, (Kind.TRANSFERRED, AIDAN, {"queue": "x"})), Status.WAITING),
    ],
)
def test_who_has_the_conversation(steps: tuple[Step, ...], status: Status) -> None:
    assert told(*steps).status is status


def test_a_transfer_names_the_new_holder() -> None:
    moved = told(STARTED, ASKED, TICKET, CLAIMED, (Kind.TRANSFERRED, AIDAN, {"agent": "anna"}))
    assert moved.holder == "anna"


def test_replies_of_one_side_in_a_row_are_one_fact() -> None:
    talk = told(STARTED, ASKED, TICKET, REPLIED, REPLIED, ASKED, ASKED, REPLIED)
    assert talk.ticket is not None
    assert [fact.kind for fact in talk.ticket.facts] == [
        FactKind.AGENT_RESPONSE,
        FactKind.CUSTOMER_REPLY,
        FactKind.AGENT_RESPONSE,
    ]


def test_a_clock_set_back_makes_nothing_earlier_than_what_came_before() -> None:
    steps: tuple[Step, ...] = (
        STARTED,
        ASKED,
        TICKET,
        (Kind.WAITING_ON_VISITOR, AIDAN, {}),
        (Kind.WAITING_ENDED, VERA, {}),
    )
    happenings = [
        Happening(kind, actor, NOON - timedelta(minutes=number), data)
        for number, (kind, actor, data) in enumerate(steps)
    ]
    start = Conversation("c_1", "human-esources")
    talk = fold(start, append("c_1", start.head, happenings, NOON, [b"s" * 16] * len(happenings)))
    assert talk.ticket is not None
    facts = ordered(talk.ticket.facts, talk.ticket.opened_at)
    assert [fact.kind for fact in facts] == [FactKind.PAUSE, FactKind.RESUME]
    assert {fact.at for fact in facts} == {talk.ticket.opened_at}


def test_a_bare_thanks_starts_nothing() -> None:
    thanks: Step = (Kind.VISITOR_WROTE, VERA, {"client_id": "x", "owes_nothing": True})
    talk = told(STARTED, ASKED, TICKET, REPLIED, thanks)
    assert talk.ticket is not None
    assert [fact.kind for fact in talk.ticket.facts] == [FactKind.AGENT_RESPONSE]


def test_words_after_the_resolution_are_owed_nothing_until_it_is_reopened() -> None:
    talk = told(STARTED, ASKED, TICKET, REPLIED, RESOLVED, ASKED)
    assert talk.ticket is not None
    assert [fact.kind for fact in talk.ticket.facts] == [FactKind.AGENT_RESPONSE, FactKind.SOLVED]


def test_a_warning_is_remembered_once_for_its_metric_and_generation() -> None:
    warned: Step = (Kind.WARNED, WATCH, {"metric": "first_response", "generation": 1})
    talk = told(STARTED, ASKED, TICKET, warned, warned)
    assert talk.ticket is not None
    assert len(talk.ticket.told) == 1


def test_an_agents_severity_stands_for_a_decision() -> None:
    claimed = {**OPENED, "claimed": "P1"}
    waiting = told(STARTED, ASKED, (Kind.TICKET_OPENED, BOT, claimed))
    decided = told(
        STARTED,
        ASKED,
        (Kind.TICKET_OPENED, BOT, claimed),
        (Kind.SEVERITY_CHANGED, AIDAN, {"level": "normal"}),
    )
    assert waiting.ticket is not None
    assert waiting.ticket.claim_differs
    assert decided.ticket is not None
    assert not decided.ticket.claim_differs
    assert decided.ticket.level == "normal"


def test_waiting_on_the_visitor_is_a_state_of_the_ticket() -> None:
    waiting = told(STARTED, ASKED, TICKET, REPLIED, (Kind.WAITING_ON_VISITOR, AIDAN, {}))
    over = told(
        STARTED, ASKED, TICKET, REPLIED, (Kind.WAITING_ON_VISITOR, AIDAN, {}), (Kind.WAITING_ENDED, VERA, {})
    )
    assert waiting.ticket is not None
    assert over.ticket is not None
    assert (waiting.ticket.state, over.ticket.state) == (TicketState.WAITING_ON_VISITOR, TicketState.OPEN)


def test_people_owe_a_reply_only_while_they_have_the_conversation() -> None:
    assert not owes_reply(told(STARTED, ASKED))
    assert owes_reply(told(STARTED, ASKED, TICKET))
    assert not owes_reply(told(STARTED, ASKED, TICKET, REPLIED))
    assert owes_reply(told(STARTED, ASKED, TICKET, REPLIED, ASKED))


def test_the_fold_stays_small_however_long_the_talk() -> None:
    talk = told(STARTED, *([ASKED, ANSWERED] * 100))
    assert len(talk.said) == REMEMBERED
    assert talk.said[-1].action == "answer"


def test_an_event_out_of_its_place_is_refused() -> None:
    start = Conversation("c_1", "human-esources")
    events = append(
        "c_1", start.head, [Happening(Kind.RATED, VERA, NOON, {"score": 5})] * 2, NOON, [b"s" * 16] * 2
    )
    with pytest.raises(ValueError, match="does not follow"):
        fold(start, events[1:])
