"""How a statement is meant: as a fact, as a question, as a thought, as past, or about somebody else's system."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.reading import Reading, Segment, Sentence
from slabot.domain.words import is_small

_ASKING_FIRST = word_set(
    "has have had will would do does did should could can may hat haben wird werden wurde sollte ha han sera"
    " seria podria aurait serait"
)
_BEFORE_A_QUESTION = word_set(
    "smalltalk praise abuse mild urgency claim_critical claim_high claim_medium claim_low claim_level"
)
_INVERTED = word_set("is are am was were will would does do did should could can may has have")
_SUBJECTS = word_set(
    "two three several multiple many both i we you he she it they there this that these those the my our your any a an"
)
_NAMED = ("users", "component", "minor_part", "data", "integration", "platform")
_OTHERS = word_set("she he they who student colleague manager somebody someone")
_PRESSING = word_set(
    "click clicking press pressing refresh reload scroll hover klicke klick anklicke drucke aktualisiere"
    " clic pulso presiono actualizo recargo clique cliquant appuie rafraichis recharge"
)
_ELSE = word_set(
    "sonst ansonsten otherwise else sinon rest the lo el le la in im en mit with con avec auf on sur demas reste"
)
_TOLD_OF = ("fail", "cannot", "not", "nobody", "nothing", "missing", "wrong", "vague_trouble")
_REST_AFTER = word_set("everything alles todo tout der das")
_THE_REST = word_set("rest else andere anderes ubrige resto demas reste")
_AGAIN = word_set("again now wieder jetzt nun nuevo ahora ya nouveau maintenant since seit desde depuis")
_NOT_ONLY = word_set("not nicht no pas")
"""Before "your": "Canvas is down, not just your tool"."""
_TO_LEARN = word_set("know ask asks asking wonder wondering wissen fragt saber pregunta savoir demande")
_MAY = word_set("may can darf durfen kann konnen puede pueden peut peuvent")
_PRONOUNS = word_set("il ils elle elles on er sie")
_TELL = word_set("tell show explain point")
"""However politely it is led up to: "I was hoping that somebody could tell me how …"."""
_I_CAN = word_set("puedo podemos")
_RELATIVE = word_set("who that which whose where quien que donde qui dont ou")
_SUPPOSE = word_set("say suppose imagine")
"""Orders to think of a case, which open their clause: "she rang to say that …" supposes nothing."""
_NEVER_A_STATEMENT = frozenset(["would", "does", "did", "should", "could"])
_LEVEL_WORDS = word_set("high medium low critical major minor normal urgent")
_ASKING_FIRST_OF_ALL = word_set("is are ist sind es son est sera would ware seria serait")
_ASKING_ABOUT_A_CASE = _ASKING_FIRST_OF_ALL | word_set(
    "do does will would can could am werden wird kann gehen geht sind verliere verlieren se pierde pierdo"
    " perderia puedo est-ce perd perds perdrai vais va"
)
_SUBORDINATES = word_set("that dass ob wenn falls que si if when quand lorsque")
"""A comma before these does not end the question: "Wie verhindere ich, dass …"."""
_TOUCHED = frozenset(("nobody", "everyone", "team", "users", "me", "one_user", "part"))
"""Who is touched is said of what happened, not of a level that one asks about."""
_UNDOES_RECOVERY = word_set(
    "nothing nobody none no niemand keiner nichts nadie nada personne rien aucun not to be get until"
    " when unless if hasnt havent isnt wasnt never before nicht noch bis wenn kein keine werden no aun"
    " todavia cuando hasta si sin pas jamais quand avant sans yet"
)
_LIMITABLE = word_set(
    "works work working fine ok okay back loads opens geht funktioniert va funciona marche fonctionne"
)
_LIMITS_RECOVERY = word_set(
    "in on to at when if with only until without except on's auf mit nur wenn ohne en con solo sin cuando"
    " avec sur sans seulement quand"
)


@dataclass(frozen=True, slots=True)
class Mood:
    """What holds of each place in the message."""

    thought: tuple[bool, ...]
    """By word: part of a hypothetical or of a plain question, so that trouble in it is not reported."""
    recovered: tuple[Hit, ...]
    """Where the visitor says that it works again."""
    hypothetical: bool
    asking: bool
    """Whether a question is put: by its question word, its mark, or the order of its words."""
    opening: tuple[Hit, ...]
    """The question words that open a clause: "who can …?", not "somebody who can"."""


def mood_of(reading: Reading) -> Mood:
    """Reads questions, hypotheticals and recoveries off the cues."""
    thought = [False] * (len(reading.words) + 1)
    hypothetical = False
    announced = False
    asking = any(sentence.asks for sentence in reading.sentences)
    opening: list[Hit] = []
    for sentence in reading.sentences:
        hits = [hit for hit in reading.hits if sentence.start <= hit.start < sentence.end]
        cues = {hit.cue for hit in hits}
        if announced or (hits and _is_hypothetical(reading, hits, cues, sentence.start, sentence.asks)):
            hypothetical = True
            announced = sentence.end - sentence.start <= 2  # "Hypothetical: our admin deletes …"
            thought[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
            continue
        for hit in hits:
            if hit.cue == "denied_case":
                denied = _clause_end(reading, hit.end, sentence.end)
                thought[reading.clause_start(hit.start) : denied] = [True] * (
                    denied - reading.clause_start(hit.start)
                )
        if cues & {"why", "surprise"}:
            continue
        first = reading.words[sentence.start]
        inverted = _is_inverted(reading, sentence)
        asking = asking or inverted
        asked = sentence.asks or inverted or _asks_as_it_begins(reading, sentence, cues)
        if (first in _ASKING_FIRST or _asks_who_may(reading, sentence, cues)) and asked:
            thought[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
            continue
        for hit in hits:
            if hit.cue == "howto" and not _is_denied(hit, hits) and _opens(reading, hit, sentence.asks):
                opening.append(hit)
                end = _clause_end(reading, hit.end, sentence.end)
                thought[hit.start : end] = [True] * (end - hit.start)
    recovered = tuple(_recoveries(reading, thought))
    return Mood(tuple(thought), recovered, hypothetical, asking or bool(opening), tuple(opening))


def _asks_as_it_begins(reading: Reading, sentence: Sentence, cues: set[str]) -> bool:
    """ "Would anybody …" asks without a mark, "Could be me" does not."""
    first, *rest = reading.words[sentence.start : sentence.end]
    return first in _NEVER_A_STATEMENT and rest[:1] != ["be"] and not cues & {"not", "cannot"}


def _asks_who_may(reading: Reading, sentence: Sentence, cues: set[str]) -> bool:
    """ "Dürfen Führungskräfte sehen, wer …?", "les managers peuvent-ils voir …?" ask about a rule."""
    words = reading.words[sentence.start : sentence.end]
    if sentence.asks and words[0] == "se" and not _MAY.isdisjoint(words[1:2]):
        return True  # "¿Se pueden borrar cursos que no usamos?"
    if not sentence.asks or cues & {"nobody", "not", "cannot", "other"}:
        return False
    if words[0] in _MAY:
        return True
    return any(may in _MAY and who in _PRONOUNS for may, who in itertools.pairwise(words))


def _is_inverted(reading: Reading, sentence: Sentence) -> bool:
    """ "Will learners lose progress": English puts the verb first to ask, also where the mark is left out."""
    if sentence.end - sentence.start < 3 or reading.language != "en":
        return False
    first, second = reading.words[sentence.start : sentence.start + 2]
    return first in _INVERTED and (
        second in _SUBJECTS
        or any(hit.start == sentence.start + 1 and hit.cue in _NAMED for hit in reading.hits)
    )


def _is_hypothetical(reading: Reading, hits: list[Hit], cues: set[str], start: int, asks: bool) -> bool:
    if "long_ago" in cues and "past" in cues:
        return True
    if any(
        hit.cue == "hypothetical"
        and not _follows_a_sight(hit, hits, asks)
        and (reading.words[hit.start] not in _SUPPOSE or reading.clause_start(hit.start) >= hit.start - 1)
        for hit in hits
    ):
        return not cues & {"surprise"} or "if" in cues
    if reading.words[start] in _ASKING_FIRST_OF_ALL and (
        "claim_level" in cues or _weighs_levels(reading, start)
    ):
        return True
    if asks and "claim_level" in cues and not cues & _TOUCHED:
        return True
    if asks and "if" in cues and reading.words[start] in _ASKING_ABOUT_A_CASE:
        return True
    if (
        cues & {"other", "exposed"}
        and "would" not in cues
        and not _PRESSING.isdisjoint(reading.words[start:])
    ):
        return False  # "When I click on my report, somebody else's opens?" tells what happened
    opened = any(hit.cue == "if" and hit.start - reading.clause_start(hit.start) <= 1 for hit in hits)
    asked = any(hit.cue == "howto" and _opens(reading, hit, asks) for hit in hits)
    return opened and (asks or "would" in cues or asked)


def _follows_a_sight(thought: Hit, hits: list[Hit], asks: bool) -> bool:
    """ "It shows who said what if you hover" tells what is seen, and supposes nothing."""
    return not asks and any(
        hit.cue in ("see", "exposed", "turns_up") and hit.end <= thought.end for hit in hits
    )


def _weighs_levels(reading: Reading, start: int) -> bool:
    """ "Is it high or medium?" asks about the policy."""
    return len(_LEVEL_WORDS & set(reading.words[start:])) > 1


def _opens(reading: Reading, hit: Hit, asks: bool) -> bool:
    """Whether a question word opens its clause; one word alone ("who", "wo") must come first in it."""
    start = reading.clause_start(hit.start)
    if _is_relative(reading, hit) or (not asks and _tells_a_sight(reading, hit)):
        return False
    if hit.start and reading.words[hit.start - 1] in _TO_LEARN:
        return True
    if hit.end - hit.start > 1:
        return asks or hit.start - start <= (7 if reading.words[hit.start] in _TELL else 4)
    before = {
        at
        for other in reading.hits
        if other.cue in _BEFORE_A_QUESTION
        for at in range(other.start, other.end)
    }
    return all(
        at in before or (is_small(reading.words[at]) and at - start < 2) for at in range(start, hit.start)
    )


def _tells_a_sight(reading: Reading, hit: Hit) -> bool:
    """ "Puedo leer las notas de otros" without a question mark is a report."""
    if reading.words[hit.start] not in _I_CAN or hit.end - hit.start > 1:
        return False
    return any(other.cue in ("other", "exposed") and other.start > hit.start for other in reading.hits)


def _is_relative(reading: Reading, hit: Hit) -> bool:
    """ "There's nobody left who can log in": the pronoun follows those it speaks of."""
    return reading.words[hit.start] in _RELATIVE and any(
        other.end == hit.start and other.cue in ("nobody", "everyone", "users", "one_user", "part", "other")
        for other in reading.hits
    )


def _is_denied(howto: Hit, hits: list[Hit]) -> bool:
    """ "No puedo cambiar" holds "puedo cambiar" and asks nothing, nor does "n'importe qui peut"."""
    return any(
        hit.cue in ("cannot", "exposed", "peers", "lost_phrase") and hit.start < howto.start < hit.end
        for hit in hits
    )


def _clause_end(reading: Reading, start: int, sentence_end: int) -> int:
    """At a comma, or where a contrast begins: "I don't know what you changed but now …"."""
    turns = {segment.start for segment in reading.segments}
    ends = (at for at in range(start, sentence_end) if reading.stops[at] or at in turns)
    return next((at for at in ends if reading.words[at] not in _SUBORDINATES), sentence_end)


def _recoveries(reading: Reading, thought: list[bool]) -> list[Hit]:
    asked = [sentence for sentence in reading.sentences if sentence.asks]
    found = []
    for hit in reading.hits:
        if hit.cue != "recovered" or thought[hit.start]:
            continue
        if any(sentence.start <= hit.start < sentence.end for sentence in asked):
            continue
        before = reading.words[max(0, hit.start - 2) : hit.start]
        after = reading.words[hit.end] if hit.end < len(reading.words) and not reading.stops[hit.end] else ""
        limited = after in _LIMITS_RECOVERY and reading.words[hit.end - 1] in _LIMITABLE
        if reading.words[hit.start] == "found" and not _OTHERS.isdisjoint(before):
            continue
        if reading.words[hit.start] == "came" and _goes_on_telling(reading, hit):
            continue
        if _is_gainsaid(reading, hit) or _is_of_the_rest(reading, hit) or _comes_again(reading, hit):
            continue
        if _UNDOES_RECOVERY.isdisjoint(before) and not limited and not _is_somebody_elses(reading, hit):
            found.append(hit)
    return found


def _is_gainsaid(reading: Reading, recovery: Hit) -> bool:
    """ "The status page says all fine, yet not one of us gets in": what follows the contrast is so now."""
    where = next(other for other in reading.segments if other.start <= recovery.start < other.end)
    return any(
        other.start == where.end
        and other.sentence == where.sentence
        and other.has("nobody")
        and not other.has("past", "recovered")
        for other in reading.segments
    )


def _is_of_the_rest(reading: Reading, recovery: Hit) -> bool:
    """ "…, sonst läuft alles", "SVG ne marche pas, en PNG c'est bon": said of what was never broken."""
    start = reading.clause_start(recovery.start)
    first, following = reading.words[start], reading.words[start + 1 : start + 3]
    of_the_rest = first in _ELSE or (first in _REST_AFTER and not _THE_REST.isdisjoint(following))
    if not of_the_rest or not _AGAIN.isdisjoint(reading.words[start : recovery.end + 2]):
        return False
    return reading.stops[start] == "," and any(
        hit.cue in _TOLD_OF and hit.end <= start for hit in reading.hits
    )


def _comes_again(reading: Reading, recovery: Hit) -> bool:
    """ "Every few hours an error, then back to normal": it comes and goes, and will come again."""
    told = next(each for each in reading.sentences if each.start <= recovery.start < each.end)
    return not _now_or_then(reading, told) and any(
        hit.cue == "intermittent" and told.start <= hit.start and hit.end <= recovery.start
        for hit in reading.hits
    )


def _now_or_then(reading: Reading, told: Sentence) -> bool:
    """The sentence tells of what was, or of what is now otherwise."""
    past = any(hit.cue == "past" and told.start <= hit.start < told.end for hit in reading.hits)
    return past or not {"now", "jetzt", "nun", "ahora", "ya", "maintenant"}.isdisjoint(
        reading.words[told.start : told.end]
    )


def _goes_on_telling(reading: Reading, recovery: Hit) -> bool:
    """ "I made coffee, came back, and …": the one who came back is the visitor."""
    return reading.clause_start(recovery.start) == recovery.start and any(
        hit.cue in ("me", "team", "one_user") and hit.end <= recovery.start for hit in reading.hits
    )


def _is_somebody_elses(reading: Reading, recovery: Hit) -> bool:
    """ "Canvas works fine, it's your module": what works is not what was broken."""
    start = reading.clause_start(recovery.start)
    return any(start <= other.start < recovery.start for other in reading.hits if other.cue == "third")


def is_over(reading: Reading, mood: Mood, segment: Segment, start: int) -> bool:
    """Whether trouble at word `start` is said to be past: it works again since."""
    for hit in mood.recovered:
        where = next(other for other in reading.segments if other.start <= hit.start < other.end)
        if where is segment:
            if _is_told_after(segment, hit, start):
                return False
            # "Chrome works fine, Safari freezes": what comes after a comma is told of now.
            if reading.words[hit.end - 1] not in _LIMITABLE or segment.has("past"):
                return True
            return hit.start > start or reading.clause_start(start) <= hit.start
        if hit.start > start:
            return segment.has("past") or not where.has("component", "integration", "minor_part")
        if segment.has("past"):
            return True
    return False


def _is_told_after(segment: Segment, recovery: Hit, start: int) -> bool:
    """ "The VPN is back and nobody can log in": what follows it is so now."""
    if start < recovery.end:
        return False
    after = {hit.cue for hit in segment.hits if hit.start >= recovery.end}
    return bool(after & {"nobody", "cannot"}) and not after & {"past", "long_ago"}


def _reaches_it(segment: Segment, third: Hit) -> bool:
    """ "Scores reach Canvas late": something of ours is on its way there."""
    people = {hit.start for hit in segment.hits if hit.cue == "users"}
    return any(
        hit.start not in people and hit.end < third.start
        for hit in segment.all("data", "component", "integration")
    )


def is_elsewhere(reading: Reading, segment: Segment, start: int, end: int) -> bool:
    """Whether trouble at these words is that of a system which is not ours (the visitor's wifi, their LMS)."""
    if any(reading.words[max(0, hit.start - 2)] not in _NOT_ONLY for hit in segment.all("ours")):
        return False
    if segment.has("utility") and not reading.has("platform", "component", "ours", "integration"):
        return True
    joined = {hit.start for hit in segment.all("integration")}  # "Teams-Anbindung", "Workday sync"
    for hit in segment.all("third"):
        if hit.end in joined:
            continue
        before = reading.hits_before(hit.start, 2)
        linked = any(other.cue == "third_link" for other in before)
        if hit.start <= start and not linked and not _reaches_it(segment, hit):
            return True
        if hit.start >= end - 1 and hit.start - end <= 3 and not segment.has("component", "platform"):
            return not any(
                reading.words[other.start] not in ("to", "of", "in", "for")
                for other in before
                if other.cue == "third_link"
            )
    return False
