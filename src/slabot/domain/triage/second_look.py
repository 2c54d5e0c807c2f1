"""The second look: where judged messages speak clearly against what the rules made of a message, their verdict holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slabot.domain.policy import Impact
from slabot.domain.triage.assessment import Assessment, Kind
from slabot.domain.triage.cues import Cues
from slabot.domain.triage.experience import SURE
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.mood import Mood
from slabot.domain.triage.reading import Reading, Segment
from slabot.domain.triage.scope import scope_of
from slabot.domain.triage.statement import Statement, Trouble
from slabot.domain.triage.verdict import INCIDENTS, WANTS, Verdict, verdict_of
from slabot.domain.triage.wants import Want
from slabot.domain.triage.way_round import rest_works

_FEWEST_WORDS = 5
"""Shorter messages are greetings, answers and searches; the rules know those."""
_FEWEST_KNOWN = 0.6
"""Share of words that were met before; of a text in another language hardly any was."""
_LEFT_TO_THE_RULES = frozenset({"injection"})
_NO_LEVEL = frozenset(
    {Verdict.QUESTION, Verdict.RESOLVED, Verdict.OUT_OF_SCOPE, Verdict.SMALLTALK, Verdict.ABUSE}
)
_MOST_SURE = 0.85
_FEWEST_SHARE = 0.4
"""What the likeliest verdict must reach to stand against the rules'."""
_TO_RAISE = 0.6
"""How likely it must be that a message reports something grave in which the rules saw no report."""
_TO_RAISE_FURTHER = 0.75
"""How likely it must be critical where the rules found it major."""
_GRAVE = (Impact.CRITICAL, Impact.MAJOR)
_TO_LOWER = 0.8
"""How likely it must be that what the rules take for an important function is a trifle or has a way round."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The verdict that holds instead, how likely it is, and the words that speak for it."""

    verdict: Verdict
    share: float
    words: Hit

    @property
    def impact(self) -> Impact:
        return INCIDENTS[self.verdict].impact if self.verdict in INCIDENTS else Impact.LOW

    def trouble(self, reading: Reading) -> Trouble:
        """What is wrong; raises KeyError unless the verdict is an incident's."""
        criterion = INCIDENTS[self.verdict]
        segment = next(each for each in reading.segments if each.start <= self.words.start < each.end)
        statement = Statement(reading, segment, scope_of(reading, segment))
        words = _within(self.words, segment)
        sure = min(_MOST_SURE, self.share)
        return statement.trouble(criterion.signal, criterion.impact, [words], sure, *criterion.more)

    def want(self) -> Want:
        """What is wanted; raises KeyError unless the verdict is no incident's."""
        kind, topic = WANTS[self.verdict]
        return Want(kind, topic, (self.words,), min(_MOST_SURE, self.share))


def second_look(found: Assessment, reading: Reading, mood: Mood, cues: Cues) -> SecondLook | None:
    """Another verdict than the rules', or None where theirs stands."""
    experience = cues.experience
    told = sum(1 for word in reading.words if not word.isdigit())
    if experience is None or told < _FEWEST_WORDS or _LEFT_TO_THE_RULES & found.signals:
        return None
    if cues.own and cues.own.find(list(reading.words)):
        return None  # what a workspace says about its own product is not for others' experience to overrule
    spelt = [place.word for place in reading.places]
    opinion = experience.opinion(spelt, reading.text)
    if opinion.known < _FEWEST_KNOWN * len(spelt):
        return None
    said = verdict_of(found)
    if said in _NO_LEVEL and reading.has("abuse"):
        return None  # an insult is answered as one, whatever else it resembles
    likely = experience.together(opinion, said, found.confidence)
    share = max(likely)
    verdict = experience.verdicts[likely.index(share)]
    if verdict is said or {verdict, said} <= _NO_LEVEL or share < _FEWEST_SHARE:
        return None
    likelihoods = dict(zip(experience.verdicts, likely, strict=True))
    if said in _NO_LEVEL and _is(verdict, *_GRAVE) and _sum(likelihoods, *_GRAVE) < _TO_RAISE:
        return None
    raised = _is(said, Impact.MAJOR) and _is(verdict, Impact.CRITICAL)
    if raised and _sum(likelihoods, Impact.CRITICAL) < _TO_RAISE_FURTHER:
        return None
    if verdict is Verdict.OUT_OF_SCOPE and reading.has("ours"):
        return None
    if verdict is Verdict.MINOR and _is(said, *_GRAVE) and share < _TO_LOWER:
        return None
    if verdict is Verdict.DOWN and (rest_works(reading) or _gets_in(reading)):
        return None
    if verdict is Verdict.DOWN and found.confidence >= SURE and _is_up_for_some(found, reading):
        return None
    if verdict in INCIDENTS and found.kind is Kind.QUESTION and _tells_no_trouble(reading):
        return None
    if mood.hypothetical and verdict in INCIDENTS and found.kind is Kind.QUESTION:
        return None
    start, end = experience.telling(spelt, verdict, said)
    return SecondLook(verdict, share, Hit(verdict.value, start, end))


def _tells_no_trouble(reading: Reading) -> bool:
    """ "Are you open on Monday", or an opinion announced as feedback; and nothing in it is amiss or anybody else's."""
    marked = all(sentence.asks for sentence in reading.sentences)
    if marked and reading.words[0] in _MIGHT and not reading.has(*_TOLD):
        return True  # "Could a video ever end up with another client?"
    asks = marked or reading.words[0] in _ASKS
    return (asks or reading.has("feedback")) and not reading.has(*_AMISS)


_MIGHT = word_set("could would might will can may konnte konnten podria podrian pourrait pourraient")
_TOLD = ("surprise", "why", "nobody", "not", "cannot", "fail", "down", "lost", "exposed", "me", "team")
_ASKS = word_set("are is do does can could may will would when where what which how who")
_AMISS = (
    *(
        "not",
        "cannot",
        "nobody",
        "nothing",
        "fail",
        "down",
        "dead_service",
        "unstable",
        "error_page",
        "vague_trouble",
    ),
    *(
        "lost",
        "lost_phrase",
        "missing",
        "wrong",
        "late",
        "slow",
        "corrupt",
        "security",
        "exposed",
        "locked_out",
    ),
    *(
        "other",
        "outsider",
        "private",
        "peers",
        "forbidden",
        "departed",
        "surprise",
        "why",
        "blocked",
        "intermittent",
    ),
    *("everyone", "identity", "still"),
)


def _gets_in(reading: Reading) -> bool:
    """ "Logging in works", "on se connecte très bien"."""
    return not reading.has("locked_out") and any(
        not _WELL.isdisjoint(reading.words[hit.end : hit.end + 2])
        for hit in reading.hits
        if hit.cue == "login"
    )


_WELL = word_set(
    "works work fine ok okay well geht klappt funktioniert gut funciona va bien marche fonctionne tres"
)


def _is_up_for_some(found: Assessment, reading: Reading) -> bool:
    """ "It isn't down, just slow", "the others are fine"."""
    if found.kind is not Kind.INCIDENT:
        return False
    denied = reading.has("nobody")  # "none of my colleagues can" holds "my colleagues can"
    if reading.has("others_ok") and not denied:
        return True
    for segment in reading.segments:
        statement = Statement(reading, segment, scope_of(reading, segment))
        if any(statement.negator(hit, 2, denies=True) for hit in segment.all("down", "dead_service")):
            return True
    return False


def _within(words: Hit, segment: Segment) -> Hit:
    return Hit(words.cue, words.start, min(words.end, segment.end))


def _is(verdict: Verdict, *impacts: Impact) -> bool:
    """Whether it is an incident of one of these impacts."""
    return verdict in INCIDENTS and INCIDENTS[verdict].impact in impacts


def _sum(likelihoods: Mapping[Verdict, float], *impacts: Impact) -> float:
    return sum(share for verdict, share in likelihoods.items() if _is(verdict, *impacts))
