"""What the visitor's words mean after a question of the bot's: yes, no, a choice, an address, a rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from slabot.domain.answers import Verdict
from slabot.domain.device import Consent
from slabot.domain.dialogue.answers import next_candidate, pick
from slabot.domain.dialogue.closing import may_be_rated, rated, solved
from slabot.domain.dialogue.contacts import urgent
from slabot.domain.dialogue.deadlines import stated
from slabot.domain.dialogue.device import Question, still_asked, told_whether
from slabot.domain.dialogue.handoff import details, hand_off, offer
from slabot.domain.dialogue.incidents import next_question
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.language import is_like_address
from slabot.domain.dialogue.plan import Action, Asking, Plan, Utterance
from slabot.domain.dialogue.scope import instead
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Turn
from slabot.domain.dialogue.word_lists import words
from slabot.domain.policy import Impact, Level
from slabot.domain.triage.assessment import Kind
from slabot.domain.triage.severity import severity_of
from slabot.domain.words import fold, tokens

_CLOSE_ENOUGH = 84
"""Of 100: how like a button's words must be to count as the tap."""
_SHORT = 6
"""Words up to which "yes" and "no" answer the question that was asked."""


def about_question_asked(turn: Turn) -> Plan | None:
    """The visitor answers what the bot asked last; None where the message is about something else."""
    if turn.heard.rating is not None and may_be_rated(turn):
        return rated(turn, turn.heard.rating)
    shares = shares_device(turn)
    if shares is not None:
        return told_whether(turn, shares)
    asks = turn.conversation.asks
    if asks is not None and asks.get("options"):
        separated = _to_separating(turn, asks)
        if separated is not None:
            return separated
    if turn.heard.email is not None and not turn.is_serious:
        return _address(turn, turn.heard.email, asks)
    if _refuses_address(turn):
        return _without_address(turn, asks)
    if (asks or {}).get("kind") == Asking.EMAIL.value and is_like_address(turn.text):
        return Plan((Utterance(turn.say("email.unreadable"), Action.CLARIFY, asks=asks),))
    if asks is None:
        return None
    match asks.get("kind"):
        case Asking.HANDOFF.value:
            return _to_offer(turn, asks)
        case Asking.HELPED.value:
            return _to_helped(turn, asks)
        case Asking.WHICH_ARTICLE.value:
            return _to_candidates(turn, asks)
        case Asking.SCOPE.value:
            return _to_scope(turn, asks)
        case Asking.EMAIL.value if _says_yes(turn):
            return Plan((Utterance(turn.say("email.which"), Action.CLARIFY, asks=asks),))
        case Asking.EMAIL.value if _says_no(turn):
            return _without_address(turn, asks)
        case Asking.RATING.value if _says_no(turn):
            return Plan((Utterance(turn.say("fine"), Action.CLOSE),), owes_nothing=True)
    return None


def _address(turn: Turn, email: str, asks: Mapping[str, Any] | None) -> Plan | None:
    ticket = turn.conversation.open_ticket
    if ticket is not None and not turn.is_incident:
        owed = ticket.promise(turn.support)
        following = _after_address(turn, asks)
        text = paragraphs(
            [turn.say("email.added", email=email, noun=turn.noun, number=ticket.number)],
            [stated(turn, owed)],
            [urgent(turn, turn.policy.level(ticket.level))],
            [following.text],
        )
        said = Utterance(text, Action.STATUS, choices=following.choices, asks=following.asks)
        return Plan((said,), email=email)
    if ticket is None and asks is not None and asks.get("kind") == Asking.HANDOFF.value:
        plan = hand_off(turn, _offered(turn, asks), "email_given")
        return replace(plan, assessment=turn.assessment if turn.is_incident else None)
    if ticket is None and (asks or {}).get("kind") in (
        Asking.SEPARATING.value,
        Asking.SCOPE.value,
        Asking.HELPED.value,
        Asking.WHICH_ARTICLE.value,
    ):
        return hand_off(turn, turn.level, "email_given")
    if ticket is None and not turn.is_incident and turn.heard.words <= _SHORT:
        text = turn.say("email.kept", email=email)
        return Plan((Utterance(text, Action.SMALLTALK),), email=email)
    return None


def _without_address(turn: Turn, asks: Mapping[str, Any] | None) -> Plan:
    following = _after_address(turn, asks)
    text = paragraphs([turn.say("email.declined", noun=turn.noun)], [following.text])
    return Plan((Utterance(text, Action.STATUS, choices=following.choices, asks=following.asks),))


def _after_address(turn: Turn, asks: Mapping[str, Any] | None) -> Question:
    """The next thing to ask, where the address was what was asked for; a question for the device stands."""
    ticket = turn.conversation.open_ticket
    if (asks or {}).get("kind") == Asking.DEVICE.value:
        return still_asked(turn)
    if ticket is None or (asks or {}).get("kind") != Asking.EMAIL.value:
        return Question()
    return details(turn, turn.policy.level(ticket.level))


def shares_device(turn: Turn) -> bool | None:
    """The answer to whether the widget may tell about browser and device: its buttons at any time, else a plain yes or no."""
    if turn.conversation.device_consent is not Consent.ASKED:
        return None
    for key, said in (("device.yes", True), ("device.no", False)):
        if _is_tap(turn, turn.say(key)):
            return said
    if (turn.conversation.asks or {}).get("kind") != Asking.DEVICE.value or turn.is_incident:
        return None
    if turn.heard.words > _SHORT or _says_yes(turn) == _says_no(turn):
        return None
    return _says_yes(turn)


def _to_offer(turn: Turn, asks: Mapping[str, Any]) -> Plan | None:
    if _says_yes(turn) or _is_tap(turn, turn.say("choice.person")):
        # What the talk was about is what the ticket is for, also where this word alone says nothing of it.
        return hand_off(turn, _offered(turn, asks), "agreed")
    if turn.wants(Intent.PERSON) or is_like_address(turn.text):
        return hand_off(turn, _offered(turn, asks), "asked_for_person")
    if _says_no(turn):
        return Plan((Utterance(turn.say("offer.declined"), Action.SMALLTALK),), owes_nothing=True)
    return None


def _to_helped(turn: Turn, asks: Mapping[str, Any]) -> Plan | None:
    if _is_mere_ok(turn):
        return None
    if _says_yes(turn) or (turn.wants(Intent.SOLVED) and not turn.is_incident and turn.heard.words <= _SHORT):
        return solved(turn)
    if _says_no(turn) or _is_displeased(turn):
        for other in asks.get("others", ()):
            following = next_candidate(turn, other["slug"])
            if following is not None:
                return following
        level = turn.level if turn.level_before else turn.question_level
        return Plan((offer(turn, level, turn.say("helped.no")),))
    return None


def _to_candidates(turn: Turn, asks: Mapping[str, Any]) -> Plan | None:
    candidates: Sequence[Mapping[str, str]] = asks.get("candidates", ())
    picked = turn.heard.picked
    if picked is not None and picked <= len(candidates):
        return pick(turn, candidates[picked - 1]["slug"], candidates[picked - 1]["title"])
    chosen = _likest(turn.heard.text, [each["title"] for each in candidates])
    if chosen is not None:
        return pick(turn, candidates[chosen]["slug"], candidates[chosen]["title"])
    if _says_no(turn) or _is_tap(turn, turn.say("choice.none")):
        return Plan((offer(turn, turn.question_level, turn.say("helped.no")),))
    if _says_yes(turn) and len(candidates) == 1:
        return pick(turn, candidates[0]["slug"], candidates[0]["title"])
    return None


def _to_separating(turn: Turn, asks: Mapping[str, Any]) -> Plan | None:
    options: Sequence[Mapping[str, str]] = asks.get("options", ())
    chosen = _likest(turn.heard.text, [each["label"] for each in options])
    if chosen is None and turn.heard.picked is not None and turn.heard.picked <= len(options):
        chosen = turn.heard.picked - 1
    if chosen is None:
        return None
    option = options[chosen]
    impact = Impact(option["impact"])
    level = _level_by_answer(turn, impact, option["criterion"], _offered(turn, asks))
    assessment = replace(
        turn.assessment,
        kind=Kind.INCIDENT,
        impact=impact,
        severity=level.key,
        signals=turn.assessment.signals | {option["criterion"]},
    )
    decided = replace(turn, assessment=assessment)
    if impact is Impact.CRITICAL:
        opening = turn.say("critical.opening")
        return replace(
            hand_off(decided, level, "critical", action=Action.OFFER_HANDOFF, opening=opening),
            assessment=assessment,
        )
    following = next_question(decided)
    if following is not None and (following.asks or {}).get("key") != asks.get("key"):
        again = offer(decided, level, turn.say("separated"), with_reason=True)
        following = replace(following, asks={**(following.asks or {}), **(again.asks or {})})
        return Plan((again, following), assessment=assessment)
    return Plan((offer(decided, level, turn.say("separated"), with_reason=True),), assessment=assessment)


def _level_by_answer(turn: Turn, impact: Impact, criterion: str, before: Level) -> Level:
    signals = {criterion, *(turn.conversation.assessed or {}).get("signals", ())}
    if impact is Impact.CRITICAL and criterion == "everyone":
        signals.add("whole_service_down")
    level = turn.policy.bounded(severity_of(turn.policy, impact, signals), turn.plan, Kind.INCIDENT.value)
    # One person who cannot do the essential task stays what triage made of it: the answer only adds.
    return before if impact is Impact.MAJOR and before.rank < level.rank else level


def _to_scope(turn: Turn, asks: Mapping[str, Any]) -> Plan | None:
    choices = [str(asks.get("ours", "")), str(asks.get("theirs", ""))]
    chosen = _likest(turn.heard.text, choices)
    if chosen is None:
        chosen = 0 if set(tokens(turn.heard.text)) & _YOURS else 1 if _says_no(turn) else None
    if chosen is None:
        chosen = 0 if _says_yes(turn) else None
    if chosen is None:
        return None
    if chosen == 1:
        scope = next(each for each in turn.policy.out_of_scope if each.key == asks["scope"])
        return instead(turn, scope)
    return Plan((offer(turn, turn.level, turn.say("sorry")),))


def _offered(turn: Turn, asks: Mapping[str, Any]) -> Level:
    """The level that was offered, unless this very message tells something heavier."""
    offered = turn.policy.level(str(asks["level"])) if asks.get("level") else turn.level
    if turn.assessment.severity is not None and turn.is_incident and turn.heard.words > 1:
        told = turn.policy.level(turn.assessment.severity)
        return told if told.rank < offered.rank else offered
    return offered


def _likest(text: str, labels: Sequence[str]) -> int | None:
    said = fold(text).strip(" .!?")
    scores = [fuzz.ratio(said, fold(label).strip(" .!?")) for label in labels]
    best = max(range(len(scores)), key=lambda at: scores[at], default=None)
    return best if best is not None and scores[best] >= _CLOSE_ENOUGH else None


def _is_tap(turn: Turn, label: str) -> bool:
    return _likest(turn.heard.text, [label]) is not None


def _says_yes(turn: Turn) -> bool:
    return (
        Intent.YES in turn.heard
        and Intent.NO not in turn.heard
        and not turn.is_serious
        and turn.heard.words <= 2 * _SHORT
    )


_MAIL = words("mail email e_mail adresse address mailadresse correo direccion courriel")
_NONE = words(
    "no not dont without rather wont kein keine keinen nicht ohne ningun ninguno sin non pas sans aucune"
)


def _refuses_address(turn: Turn) -> bool:
    """ "No mail, I'll stay here", whether or not it was just asked for."""
    said = set(tokens(turn.heard.text))
    return (
        turn.conversation.open_ticket is not None
        and turn.conversation.email is None
        and turn.heard.words <= 2 * _SHORT
        and bool(said & _MAIL)
        and bool(said & _NONE)
        and not turn.is_incident
        and not turn.wants(Intent.CONTACTS)
    )


def _is_displeased(turn: Turn) -> bool:
    """ "That's rubbish", said of an answer."""
    return turn.wants(Intent.ABUSE, Intent.FEEDBACK) and not turn.is_incident and turn.heard.words <= _SHORT


_YOURS = words(
    "your yours product ours euer eure ihre ihr produkt vuestro vuestra su producto votre vos produit inside"
)
"""In an answer to "the LMS or our product?" these mean our product."""
_OK = words(
    "ok okay okey oki k kk fine alright right got it thanks thank you thx danke gracias merci vale gut bien bueno"
)


def _is_mere_ok(turn: Turn) -> bool:
    """ "Ok, thanks" is manners: it says neither that it helped nor that it did not."""
    said = tokens(turn.heard.text)
    return bool(said) and all(word in _OK for word in said)


def _says_no(turn: Turn) -> bool:
    return Intent.NO in turn.heard and turn.heard.words <= 2 * _SHORT and not turn.is_serious


def found_something(turn: Turn) -> bool:
    """Whether the articles have an answer to this message."""
    return turn.found.verdict is Verdict.ANSWER
