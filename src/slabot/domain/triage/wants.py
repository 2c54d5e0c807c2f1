"""What a message without live trouble wants: an answer, something done, privacy, or nothing of us at all."""

from __future__ import annotations

from dataclasses import dataclass

from slabot.domain.triage.assessment import Kind
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.mood import Mood
from slabot.domain.triage.reading import Reading
from slabot.domain.words import is_small

_OPEN_QUESTION = word_set(
    "how where when what which who whom why wie wo wann was welche welcher welches wer warum wieviel"
    " como donde cuando que cual cuales quien cuanto cuantos cuanta comment ou quand quel quelle quels"
    " quelles qui combien quoi pourquoi"
)
_PRODUCT = ("integration", "minor_part", "password")
_THANKS = word_set("thanks thank thx ty cheers danke dank dankeschon merci mercis gracias")
_SAYS_MORE = word_set(
    "component minor_part integration minor_integration data platform login password privacy third not cannot nobody"
    " nothing fail down wrong missing slow late lost vague_trouble error_page intent forgot"
)
_SOCIAL = ("smalltalk", "praise")


@dataclass(frozen=True, slots=True)
class Want:
    """The kind with its ground: the cue hits it rests on. `topic` is "bespoke", "wish", "account" … or empty."""

    kind: Kind
    topic: str
    hits: tuple[Hit, ...]
    sure: float


def want_of(reading: Reading, mood: Mood, elsewhere: bool) -> Want:
    """The kind of a message that reports no live trouble of ours; `elsewhere`: it tells of another system's."""
    found = {
        cue: [hit for hit in reading.hits if hit.cue == cue] for cue in {hit.cue for hit in reading.hits}
    }
    asking = _asks_openly(reading, mood.opening)
    if "report_it" in found:  # "I found a bug where does it go" asks in the middle
        asking = _asks_openly(reading, tuple(found.get("howto", ())))

    def want(kind: Kind, topic: str, sure: float, *cues: str) -> Want:
        return Want(kind, topic, tuple(hit for cue in cues for hit in found.get(cue, ())), sure)

    if "injection" in found:
        return want(Kind.OUT_OF_SCOPE, "injection", 0.9, "injection")
    if mood.recovered and not asking:
        return Want(Kind.RESOLVED, "", mood.recovered, 0.85)
    if "privacy" in found:
        return want(Kind.PRIVACY, "", 0.85, "privacy")
    if "bespoke" in found and (not asking or found.keys() & {"wish", "ask_people", "intent"}):
        return want(Kind.REQUEST, "bespoke", 0.85, "bespoke")
    if mood.hypothetical and not elsewhere:
        return want(Kind.QUESTION, "hypothetical", 0.85, "hypothetical", "if")
    if elsewhere and _turns_to_us(reading):
        return want(Kind.QUESTION, "", 0.7, "howto", "login", "platform", "component")
    if elsewhere:
        return want(Kind.OUT_OF_SCOPE, "third_party", 0.8, "third")
    if "out_of_scope" in found and not found.keys() & {"component", "integration", "ours"}:
        return want(Kind.OUT_OF_SCOPE, "off_topic", 0.8, "out_of_scope")
    if _is_about_a_third_party(reading, found):
        return want(Kind.OUT_OF_SCOPE, "third_party", 0.7, "third")
    if "report_it" in found:
        kind = Kind.QUESTION if asking else Kind.REQUEST
        return want(kind, "report", 0.8, "report_it")
    if not asking:
        for topic, cue in (("wish", "wish"), ("account", "ask_people"), ("person", "person")):
            if cue in found:
                return want(Kind.REQUEST, topic, 0.8, cue)
    if "howto" in found or "forgot" in found:
        return want(Kind.QUESTION, "", 0.85, "howto", "forgot")
    if "abuse" in found:
        return want(Kind.ABUSE, "", 0.85, "abuse")
    if _is_social(reading):
        return want(Kind.SMALLTALK, "", 0.85, *_SOCIAL)
    asks = any(sentence.asks for sentence in reading.sentences)
    if not asks and _is_thankful(reading, found):
        return want(Kind.SMALLTALK, "", 0.6, *_SOCIAL)
    return Want(Kind.QUESTION, "", (), 0.6 if asks else 0.35)


def _turns_to_us(reading: Reading) -> bool:
    """ "My computer died and I have a new one. Can I sign in there?": the question is about ours alone."""
    *told, last = reading.sentences
    asked = {hit.cue for hit in reading.hits if last.start <= hit.start < last.end}
    return (
        bool(told) and last.asks and bool(asked & {"login", "platform", "component"}) and "third" not in asked
    )


def _is_thankful(reading: Reading, found: dict[str, list[Hit]]) -> bool:
    """Thanks or praise with more said in it than a formula, and nothing that could be searched for or amiss."""
    thanks = [
        hit
        for hit in found.get("smalltalk", ())
        if not _THANKS.isdisjoint(reading.words[hit.start : hit.end])
    ]
    return bool(thanks or "praise" in found) and not found.keys() & _SAYS_MORE


def _asks_openly(reading: Reading, howtos: tuple[Hit, ...]) -> bool:
    return any(reading.words[hit.start] in _OPEN_QUESTION for hit in howtos)


def _is_about_a_third_party(reading: Reading, found: dict[str, list[Hit]]) -> bool:
    if "third" not in found or found.keys() & {"ours", "integration", "minor_integration"}:
        return False
    if "platform" in found or "wish" in found:
        return False
    linked = [
        any(other.cue == "third_link" for other in reading.hits_before(hit.start, 2))
        for hit in found["third"]
    ]
    if "howto" in found and all(linked) and found.keys() & {"component", "data", "platform"}:
        return False  # "how do I hide a module in Canvas" may well be about ours in it
    return "component" not in found or not all(linked)


def _is_social(reading: Reading) -> bool:
    covered = {at for hit in reading.hits if hit.cue in _SOCIAL for at in range(hit.start, hit.end)}
    if not covered:
        return not reading.words
    rest = [word for at, word in enumerate(reading.words) if at not in covered and not is_small(word)]
    praised = any(hit.cue == "praise" for hit in reading.hits)
    return len(rest) <= (4 if praised else max(1, len(covered) // 2)) and not reading.has(*_PRODUCT)
