"""What triage makes of a message, once its wishes are heard: a question about the policy is no outage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.intent import Heard, Intent
from slabot.domain.dialogue.questions import is_question
from slabot.domain.policy import Impact
from slabot.domain.triage.assessment import Assessment, Kind

ABOUT_THE_TALK = frozenset(
    {Intent.ESCALATION, Intent.STATUS, Intent.DEADLINES, Intent.SOLVED, Intent.HOURS, Intent.CONTACTS}
)
"""Wishes about this talk itself."""
_PLAIN = 0.8
"""From this confidence on a problem is plainly told."""
_LIKELY = 0.6
GUESSED = 0.4
"""Below this confidence a problem is a guess."""


def weighed(
    conversation: Conversation,
    heard: Heard,
    weigh: Callable[[str], Assessment],
    weigh_in_context: Callable[[str], Assessment],
) -> Assessment:
    """The assessment to decide by. `weigh_in_context` looks at the turns before as well."""
    assessment = weigh(heard.text)
    if (
        conversation.visitor_turns
        and not heard.intents & ABOUT_THE_TALK
        and (assessment.kind is Kind.INCIDENT or (not heard.intents and heard.email is None))
    ):
        # What was said before adds to a problem; to "yes" or "any news?" it would only lend its severity.
        assessment = weigh_in_context(heard.text)
    is_plain = assessment.confidence >= _PLAIN or "service_down" in assessment.signals
    if Intent.INSTRUCTIONS in heard and assessment.kind is Kind.INCIDENT and not is_plain:
        # A problem counts where it is told beside the instruction, not where the instruction only sounds like one.
        assessment = weigh(heard.told_beside)
    if (
        _is_hardly_told(heard, assessment)
        or _is_asked_not_told(heard, assessment)
        or _asks_how_it_counts(heard.text, heard.levels)
        or _asks_about_plans(heard, assessment)
    ):
        assessment = replace(assessment, kind=Kind.QUESTION, impact=Impact.LOW, severity=None)
    if assessment.kind is Kind.INCIDENT and _asks_to_erase(heard):
        # "Erase the data of a participant": data that goes because somebody wants it to is no loss.
        assessment = replace(assessment, kind=Kind.PRIVACY, impact=Impact.LOW, severity=None)
    return assessment


_WHICH_LEVEL = re.compile(
    r"\b(what|which|welche[rs]?|qu[eé]|quel(le)?|cu[aá]l) (priority|tier|severity|level|priorit[aä]t|stufe|prioridad|nivel|"
    r"gravedad|priorit[eé]|niveau|gravit[eé])\b|\bcounts? as\b|\bconsidered\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\s*(is|are|would|does|do|what|which|when|ist|sind|w[aä]re|gilt|z[aä]hlt|es|son|ser[ií]a|est|sont|serait)\b",
    re.IGNORECASE,
)


def _asks_how_it_counts(text: str, levels: tuple[str, ...]) -> bool:
    """ "Is a data breach tier 1?" asks about the policy; nothing is broken."""
    if _WHICH_LEVEL.search(text):
        return True
    return (
        bool(levels)
        and bool(_WHETHER.match(text))
        and not re.search(r"\b(our|my|us|we|nobody)\b", text, re.IGNORECASE)
    )


def _is_hardly_told(heard: Heard, assessment: Assessment) -> bool:
    """ "Is it too late to reach someone today?": a wish that was heard outweighs a problem that was guessed."""
    asks_for_a_day = Intent.HOURS in heard and heard.day is not None
    return (
        assessment.kind is Kind.INCIDENT
        and assessment.confidence < (_LIKELY if asks_for_a_day else GUESSED)
        and bool(heard.intents & {Intent.PERSON, Intent.HOURS, Intent.CONTACTS, Intent.DEADLINES})
    )


def _is_asked_not_told(heard: Heard, assessment: Assessment) -> bool:
    """ "Will you charge me for changing the platform?": a question that only names things is no problem."""
    return assessment.kind is Kind.INCIDENT and assessment.confidence < GUESSED and is_question(heard.text)


_ERASING = re.compile(
    r"\b(delete|erase|remove|wipe|forget|l[oö]sch\w*|entfern\w*|borr(?:ar|en|e|ad)|elimin(?:ar|en|e|ad)|"
    r"supprim(?:er|ez)|effac(?:er|ez))\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"^\W*(?:delete|erase|remove|wipe|forget|l[oö]sch\w*|borr\w*|elimin\w*|supprimez|effacez)\b|"
    r"\b(please|pls|plz|want|need|like|must|can you|could you|bitte|m[oö]cht\w*|will|wollen|favor|quier\w*|"
    r"quisiera|necesit\w*|veux|voulons|voudrais|souhait\w*|merci de|demand\w*)\b",
    re.IGNORECASE,
)


def _asks_to_erase(heard: Heard) -> bool:
    return (
        Intent.PRIVACY in heard and bool(_ERASING.search(heard.text)) and bool(_ASKED_FOR.search(heard.text))
    )


def _asks_about_plans(heard: Heard, assessment: Assessment) -> bool:
    """ "Is there planned downtime?" is no outage."""
    reason = next(iter(assessment.reasons), None)
    planned = re.compile(r"planned|scheduled|maintenance|geplant|programad|planifi|prévu", re.IGNORECASE)
    return (
        Intent.MAINTENANCE in heard
        and reason is not None
        and bool(_WHETHER.match(heard.text) or planned.search(reason.because))
    )
