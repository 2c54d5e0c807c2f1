"""The one decision: what to do about a visitor's message, in the order that the design fixes. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from slabot.domain.answers import Found
from slabot.domain.conversation import Conversation, Status
from slabot.domain.dialogue.answers import about_question
from slabot.domain.dialogue.asked import about_question_asked, found_something
from slabot.domain.dialogue.closing import solved
from slabot.domain.dialogue.contacts import about_contacts, asks_for_phone
from slabot.domain.dialogue.deadlines import about_deadlines
from slabot.domain.dialogue.files import with_incident
from slabot.domain.dialogue.handoff import hand_off, offer, yes_or_no
from slabot.domain.dialogue.hearing import hear
from slabot.domain.dialogue.held import while_held
from slabot.domain.dialogue.hours import about_hours, asks_about_hours, last_bot_action
from slabot.domain.dialogue.incidents import about_known_incident
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.language import language_of_talk, without_addresses
from slabot.domain.dialogue.maintenance import about_maintenance, window_known
from slabot.domain.dialogue.phrases import Phrases
from slabot.domain.dialogue.plan import Action, Asking, Moment, Plan, Utterance
from slabot.domain.dialogue.questions import is_question
from slabot.domain.dialogue.requests import (
    about_bespoke,
    about_escalation,
    about_feature,
    about_feedback,
    about_privacy,
    about_request,
)
from slabot.domain.dialogue.scope import about_scope
from slabot.domain.dialogue.smalltalk import calmly, declined, small_talk, unclear
from slabot.domain.dialogue.status import about_status, reopen
from slabot.domain.dialogue.supposed import about_supposed
from slabot.domain.dialogue.turn import Search, Turn
from slabot.domain.dialogue.voice import Voice
from slabot.domain.dialogue.weighing import ABOUT_THE_TALK, GUESSED, weighed
from slabot.domain.dialogue.word_lists import words
from slabot.domain.policy import Impact
from slabot.domain.support import Support
from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment, Kind
from slabot.domain.triage.cues import Cues
from slabot.domain.words import is_small, tokens

_SAME = 88
"""Of 100: how like an earlier message one must be to count as the same problem."""
_SHORT = 8


def reply_to(
    conversation: Conversation,
    text: str,
    *,
    support: Support,
    cues: Cues,
    phrases: Phrases,
    voice: Voice,
    search: Search,
    moment: Moment,
    carries_files: bool = False,
) -> Plan:
    """The plan for this message; reads no clock, makes no id, writes nothing."""
    before = language_of_talk(conversation, support.policy)
    heard = hear(text, before, support.policy, phrases)

    @cache
    def look() -> Found:
        before_this = tuple(without_addresses(said) for said in conversation.visitor_turns)
        return search(conversation.workspace, without_addresses(heard.text), before_this)

    contract = support.policy.known_plan(conversation.plan)

    @cache
    def weigh(told: str) -> Assessment:
        return assess(told, support.policy, cues, plan=contract)

    assessment = weighed(
        conversation,
        heard,
        weigh,
        lambda told: assess(told, support.policy, cues, conversation.visitor_turns, contract),
    )
    language = heard.language or before
    turn = Turn(
        conversation,
        support,
        voice,
        moment,
        language,
        heard.text,
        heard,
        assessment,
        search,
        look,
        weigh,
        carries_files,
    )
    if conversation.status is Status.HELD:
        plan = while_held(turn)
    else:
        plan = _decided(turn)
        plan = _with_address(turn, _with_notice(turn, _with_standing_offer(turn, plan)))
    return replace(plan, text=heard.text) if heard.masked_secrets else plan


def _decided(turn: Turn) -> Plan:
    """The order: manners, what was asked, people, closing, what is computed, the problem, articles."""
    says_nothing_else = not turn.is_incident and not _asks_something(turn)
    if turn.wants(Intent.INSTRUCTIONS) and not turn.is_serious:
        return declined(turn)
    if _is_abusive(turn) and says_nothing_else:
        return calmly(turn)
    if _only_shows_secret(turn):
        return Plan((Utterance(turn.say("go_on"), Action.SMALLTALK),))
    answered = about_question_asked(turn)
    if answered is not None:
        return answered
    if _is_back(turn):
        reopened = reopen(turn)
        if reopened is not None:
            return reopened
        if turn.conversation.said and not turn.is_incident:
            return _not_solved(turn)
    if _wants_a_person(turn) and not _asks_whether_open(turn):
        return _person(turn)
    if _is_solved(turn):
        return solved(turn)
    if turn.wants(Intent.ESCALATION) and turn.assessment.impact is not Impact.CRITICAL:
        explained = _asks_how_it_works(turn)
        if explained and _article_names_the_contact(turn):
            return about_question(turn)
        return about_escalation(turn, is_explained=explained)
    if _asks_status(turn):
        return about_status(turn)
    scoped = about_scope(turn)
    if scoped is not None and (turn.is_incident or not turn.wants(Intent.HOURS, Intent.DEADLINES)):
        return scoped
    if turn.is_serious:
        return about_known_incident(turn)
    computed = _computed(turn) or about_supposed(turn)
    if computed is not None:
        return computed
    if _only_claims(turn):
        return about_status(turn) if turn.conversation.open_ticket is not None else unclear(turn)
    leaned = _leaned(turn)
    if leaned is not None:
        return leaned
    requested = _requested(turn)
    if requested is not None:
        return requested
    if turn.is_incident:
        return about_known_incident(turn)
    if turn.carries_files:
        shown = with_incident(turn)
        if shown is not None:
            return Plan((shown,))
    if turn.heard.is_bare or (turn.assessment.kind is Kind.SMALLTALK and not found_something(turn)):
        talk = small_talk(turn)
        if talk is not None:
            return talk
    if turn.wants(Intent.GREETING) and _introduces_themselves(turn):
        return small_talk(turn) or unclear(turn)
    if _says_too_little(turn):
        return unclear(turn)
    if turn.wants(Intent.ABOUT_BOT) or (turn.wants(Intent.PRAISE) and not found_something(turn)):
        talk = small_talk(turn)
        if talk is not None:
            return talk
    if (
        turn.wants(Intent.GREETING, Intent.THANKS, Intent.GOODBYE)
        and turn.heard.words <= 4
        and not found_something(turn)
    ):
        talk = small_talk(turn)
        if talk is not None:
            return talk
    return about_question(turn)


_CALLS = words(
    "help hilfe ayuda socorro aide aidez hm hmm hmmm mmm eh ehm um uh huh hä lol haha test testing please bitte svp "
    "need brauche brauch benotige necesito besoin question frage pregunta problem problema probleme hi hello hey hallo "
    "guten tag morgen hola buenos buenas dias tardes bonjour bonsoir salut"
)


def _says_too_little(turn: Turn) -> bool:
    """A picture of a cat, "hmm", a bare cry for help: nothing that could be searched for."""
    said = [word for word in tokens(turn.heard.text) if not is_small(word)]
    return set(said) <= _CALLS and bool(said) and not turn.is_incident


_NAMES_SELF = re.compile(
    r"\b(i'?m|i am|this is|my name is|mein name ist|ich bin|hier ist|me llamo|mi nombre es|soy|je suis|je m'appelle|"
    r"mon nom est)\b",
    re.IGNORECASE,
)


def _introduces_themselves(turn: Turn) -> bool:
    """ "Good afternoon, I'm Dr Hernandez from the psychology department": nothing is asked yet."""
    return (
        bool(_NAMES_SELF.search(turn.text))
        and not is_question(turn.text)
        and not turn.is_incident
        and not _asks_something(turn)
        and not found_something(turn)
    )


def _only_shows_secret(turn: Turn) -> bool:
    """A password or card number and hardly a word beside it: what was done with it is all there is to say."""
    plain = turn.heard.words <= _SHORT and (not turn.is_incident or turn.assessment.confidence < GUESSED)
    return bool(turn.heard.masked_secrets) and plain and not _asks_something(turn)


def _computed(turn: Turn) -> Plan | None:
    """Contacts, hours and deadlines; a message may ask for several."""
    said: list[Utterance] = []
    follows_contacts = last_bot_action(turn) == Action.CONTACTS and turn.heard.words <= _SHORT
    if (
        turn.wants(Intent.DEADLINES)
        or _asks_how_long_this_takes(turn)
        or (
            turn.heard.levels
            and turn.wants(Intent.FOLLOW_UP)
            and last_bot_action(turn) == Action.STATUS
            and turn.heard.words <= _SHORT
        )
    ):
        said.append(about_deadlines(turn))
    if asks_about_hours(turn):
        said.append(about_hours(turn))
    names_country = turn.heard.country is not None and (follows_contacts or asks_for_phone(turn))
    if turn.wants(Intent.CONTACTS) or (names_country and not said):
        said.append(about_contacts(turn))
    if not said and turn.wants(Intent.MAINTENANCE) and (window_known(turn) or not found_something(turn)):
        said.append(about_maintenance(turn))
    return Plan(tuple(said), assessment=turn.assessment if turn.is_incident else None) if said else None


def _asks_how_long_this_takes(turn: Turn) -> bool:
    """ "How long will it take?" with a ticket open or offered is about that."""
    offered = (turn.conversation.asks or {}).get("kind") in (Asking.HANDOFF.value, Asking.EMAIL.value)
    return (
        turn.heard.asks_how_long
        and turn.heard.words <= _SHORT
        and (turn.conversation.open_ticket is not None or offered)
        and not found_something(turn)
    )


_CLAIMS = 6
"""Words up to which a severity that is named is all that is said: "this is a P1!!"."""


def _only_claims(turn: Turn) -> bool:
    return (
        turn.assessment.claimed is not None
        and turn.assessment.kind is not Kind.INCIDENT
        and turn.heard.words <= _CLAIMS
        and not is_question(turn.text)
        and not set(tokens(turn.heard.text)) & _MEANING
        and not turn.heard.intents & ABOUT_THE_TALK
    )


_MEANING = words("definition define meaning explain bedeutung erklarung definicion significado signification")


def _leaned(turn: Turn) -> Plan | None:
    """What single words point to, where no phrase was heard and no article answers."""
    leaning = turn.heard.leaning
    if not leaning or turn.is_incident or turn.assessment.kind is Kind.PRIVACY or found_something(turn):
        return None
    hinted = replace(turn, heard=replace(turn.heard, intents=turn.heard.intents | leaning))
    return _person(hinted) if Intent.PERSON in leaning else _computed(hinted)


def _requested(turn: Turn) -> Plan | None:
    """Requests to people, by what triage made of the message and by what was heard."""
    kind = turn.assessment.kind
    if kind is Kind.PRIVACY or (turn.wants(Intent.PRIVACY) and kind is not Kind.INCIDENT):
        return about_privacy(turn)
    if turn.wants(Intent.BESPOKE) and not turn.is_incident:
        return about_bespoke(turn)
    if (turn.wants(Intent.FEATURE) and not turn.is_incident) or (
        kind is Kind.REQUEST and "wish" in turn.assessment.signals
    ):
        return about_feature(turn)
    if kind is Kind.REQUEST:
        return about_request(turn)
    if turn.wants(Intent.FEEDBACK) and not turn.is_incident and not found_something(turn):
        return about_feedback(turn)
    return None


def _person(turn: Turn) -> Plan:
    """Asking for a person opens the ticket right away; a second time says how the first one stands."""
    if turn.conversation.open_ticket is not None:
        if turn.is_incident:
            return about_known_incident(turn)
        return about_status(turn)
    named = [turn.policy.level(key) for key in turn.heard.levels if turn.policy.level(key).is_request]
    level = named[0] if named and not turn.is_incident and turn.level_before is None else turn.level
    plan = hand_off(turn, level, "asked_for_person")
    return replace(plan, assessment=turn.assessment if turn.assessment.severity else None)


def _not_solved(turn: Turn) -> Plan:
    if turn.conversation.open_ticket is not None:
        return about_known_incident(turn)
    return Plan((offer(turn, turn.level, turn.say("helped.no")),))


def _is_abusive(turn: Turn) -> bool:
    return turn.wants(Intent.ABUSE) or turn.assessment.kind is Kind.ABUSE


def _asks_something(turn: Turn) -> bool:
    wanted = (
        Intent.PERSON,
        Intent.CONTACTS,
        Intent.HOURS,
        Intent.DEADLINES,
        Intent.STATUS,
        Intent.ESCALATION,
        Intent.PRIVACY,
    )
    return turn.wants(*wanted) or turn.assessment.kind in (Kind.REQUEST, Kind.PRIVACY)


def _is_back(turn: Turn) -> bool:
    ticket = turn.conversation.ticket
    if turn.wants(Intent.BACK_AGAIN) and (ticket is None or not ticket.is_open):
        return True
    if ticket is None or ticket.is_open or not turn.is_incident:
        return False
    said = turn.heard.text.lower()
    return any(
        fuzz.token_set_ratio(said, earlier.lower()) >= _SAME for earlier in turn.conversation.visitor_turns
    )


def _is_solved(turn: Turn) -> bool:
    if turn.is_incident:
        return False
    if not turn.conversation.said:
        return turn.assessment.kind is Kind.RESOLVED and not _asks_something(turn)
    if turn.wants(Intent.SOLVED) and not turn.wants(
        Intent.BACK_AGAIN, Intent.HOURS, Intent.DEADLINES, Intent.CONTACTS
    ):
        return True
    return turn.assessment.kind is Kind.RESOLVED and not turn.wants(Intent.BACK_AGAIN)


_HOW = words("how wie como comment explain erklaren explicar expliquer")


def _asks_how_it_works(turn: Turn) -> bool:
    """Whoever waits for nothing and asks how a thing works wants it explained."""
    return bool(_HOW & set(tokens(turn.heard.text)[:2])) and turn.conversation.ticket is None


def _article_names_the_contact(turn: Turn) -> bool:
    """Whether the article that answers says itself whom to turn to."""
    key = turn.policy.escalation_contact
    if key is None or not found_something(turn) or turn.found.best is None:
        return False
    return all(number in turn.found.best.passage.text for number in turn.policy.contact(key).phones.values())


def _is_new_serious(turn: Turn) -> bool:
    return turn.is_serious and turn.conversation.open_ticket is None


def _asks_status(turn: Turn) -> bool:
    if turn.heard.ticket_numbers and not turn.is_serious:
        return True
    return turn.wants(Intent.STATUS) and not _is_new_serious(turn)


def _wants_a_person(turn: Turn) -> bool:
    """By its phrases, or by what triage made of a misspelt one ("connect me to an agant")."""
    return turn.wants(Intent.PERSON) or (
        turn.assessment.kind is Kind.REQUEST
        and "person" in turn.assessment.signals
        and not turn.heard.intents & ABOUT_THE_TALK
    )


def _asks_whether_open(turn: Turn) -> bool:
    """ "Is somebody there now?" asks about hours; "can somebody help me now?" asks for somebody."""
    day = turn.heard.day
    return turn.wants(Intent.HOURS) and day is not None and ("?" in turn.text or day.offset != 0)


_BESIDE_THE_OFFER = (Action.HOURS, Action.CONTACTS, Action.STATUS)


def _with_standing_offer(turn: Turn, plan: Plan) -> Plan:
    """What is computed in between takes back no offer: the question for a yes stands, and is put again."""
    asks = turn.conversation.asks or {}
    if asks.get("kind") != Asking.HANDOFF.value or plan.ticket is not None or not plan.utterances:
        return plan
    *before, last = plan.utterances
    if last.asks is not None or last.action not in _BESIDE_THE_OFFER or turn.wants(Intent.NO):
        return plan
    text = f"{last.text}\n{turn.say('offer.ask', noun=turn.noun)}"
    asked = replace(last, text=text, asks=asks, choices=last.choices or yes_or_no(turn))
    return replace(plan, utterances=(*before, asked))


def _with_address(turn: Turn, plan: Plan) -> Plan:
    """An address is kept whatever else the message was about."""
    if turn.heard.email is None or plan.email is not None:
        return plan
    return replace(plan, email=turn.heard.email)


def _with_notice(turn: Turn, plan: Plan) -> Plan:
    """Tells the visitor that a secret was taken out before anything was stored."""
    if not turn.heard.masked_secrets or not plan.utterances:
        return plan
    notice = " ".join(turn.say(f"secret.{kind}") for kind in turn.heard.masked_secrets)
    first, *rest = plan.utterances
    return replace(plan, utterances=(replace(first, text=f"{notice} {first.text}"), *rest))
