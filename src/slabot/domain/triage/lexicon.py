"""Finding cue phrases in words: phrases are compiled once and looked up by their first word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from slabot.domain.words import fold, tokens


def word_set(words: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(words.split())


GAP = "~"
NUMBER = "<n>"
_MOST_SKIPPED = 2
_REMEMBERED = 20_000
_BEARING = word_set("thanking none_of_that fright turn closing foreign planning drama denied_case no_report")
"""What a whole message is about: beside whatever else its words say."""
_MODEST = _BEARING | {"praise", "privacy", "see", "surprise", "private"}
"""Swallow nothing: "great" is praise, "a great many students" is not; "read my" may ask about privacy or report a leak."""
_STATES = word_set(
    "late wrong slow exposed security corrupt turns_up lost nobody everyone part team users alone one_user"
)
_NOUNS = frozenset(("data", "component", "core"))
"""A noun inside a phrase that tells its state, or whose it is, is still the thing that is in that state."""
_SCOPES = frozenset(("nobody", "everyone", "part", "alone", "team", "users", "me", "one_user"))
_HARMS = word_set(
    "late wrong slow exposed security corrupt turns_up lost locked_out down fail error_page blocked"
    " lost_phrase missing login works do see"
)
"""Whom it touches is read out of these phrases too: "everyone logged out"."""
_KEPT = _BEARING | {"ours", "still"}
"""Never swallowed: "your tool" is a platform, and ours; "can still" tells a way round, or who should not."""
_NUMBER_WORDS = word_set(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred"
    " thousand zwei drei vier funf sechs sieben acht neun zehn zwanzig hundert dos tres cuatro cinco"
    " seis siete ocho nueve diez veinte cien deux trois quatre cinq huit neuf dix vingt cent"
)

Element = frozenset[str] | None
"""The words that may stand at a place of a phrase; None is a gap of up to two words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in words `start` to `end` (exclusive)."""

    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying a cue."""

    cue: str
    elements: tuple[Element, ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for element in self.elements if element for word in element)


class _Starts:
    """The phrases that begin with one word: those of it alone, those by their second word, those with a gap."""

    __slots__ = ("alone", "by_second", "gapped")

    def __init__(self) -> None:
        self.alone: list[str] = []
        self.by_second: dict[str, list[tuple[tuple[Element, ...], str]]] = {}
        self.gapped: list[tuple[tuple[Element, ...], str]] = []

    def copied(self) -> _Starts:
        copy = _Starts()
        copy.alone = list(self.alone)
        copy.by_second = {word: list(entries) for word, entries in self.by_second.items()}
        copy.gapped = list(self.gapped)
        return copy

    def add(self, cue: str, rest: tuple[Element, ...]) -> None:
        if not rest:
            self.alone.append(cue)
        elif rest[0] is None:
            self.gapped.append((rest, cue))
        else:
            for word in rest[0]:
                self.by_second.setdefault(word, []).append((rest[1:], cue))

    def ends(
        self, symbols: list[frozenset[str]], following: frozenset[str], at: int
    ) -> Iterator[tuple[int, str, bool]]:
        """Where phrases that begin at word `at` end, their cue, and whether they have a gap."""
        for cue in self.alone:
            yield at + 1, cue, False
        for symbol in following:
            for rest, cue in self.by_second.get(symbol, ()):
                end = _end_of(rest, symbols, at + 2) if rest else at + 2
                if end:
                    yield end, cue, None in rest
        for rest, cue in self.gapped:
            if end := _end_of(rest, symbols, at + 1):
                yield end, cue, True


class Lexicon:
    """Phrases by first word. Immutable once built, but for a bounded memory of words already looked up."""

    def __init__(self, phrases: Iterable[Phrase], base: Lexicon | None = None) -> None:
        """These phrases, on top of those of `base` if there is one."""
        inherited = base._starts if base is not None else {}
        self._starts: dict[str, _Starts] = dict(inherited)
        written: set[str] = set()
        for phrase in phrases:
            first, *rest = phrase.elements
            for word in first or ():
                self._own(word, inherited).add(phrase.cue, tuple(rest))
            for element in phrase.elements:
                written.update(element or ())
        prefixes = {word[:-1] for word in written if word.endswith("*")}
        endings = {word[1:] for word in written if word.startswith("*")}
        literals = {word for word in written if "*" not in word} - {NUMBER}
        self.literals: frozenset[str] = frozenset(literals | base.literals if base else literals)
        self.prefixes: frozenset[str] = frozenset(prefixes | base.prefixes if base else prefixes)
        self.endings: frozenset[str] = frozenset(endings | base.endings if base else endings)
        self._shortest = min((len(prefix) for prefix in self.prefixes), default=0)
        self._longest = max((len(prefix) for prefix in self.prefixes), default=0)
        self._symbols: dict[str, frozenset[str]] = {}

    def _own(self, word: str, inherited: Mapping[str, _Starts]) -> _Starts:
        """The phrases that begin with a word, to be added to: the base's are copied before that, and stay as they are."""
        mine, theirs = self._starts.get(word), inherited.get(word)
        if mine is None or mine is theirs:
            mine = self._starts[word] = theirs.copied() if theirs is not None else _Starts()
        return mine

    def symbols(self, word: str) -> frozenset[str]:
        """What a word may match as: itself, the prefixes it begins with, a number."""
        known = self._symbols.get(word)
        if known is None:
            found = {word, NUMBER} if word.isdigit() or word in _NUMBER_WORDS else {word}
            if self.endings:
                for start in range(1, len(word) - 2):
                    if word[start:] in self.endings:
                        found.add("*" + word[start:])
            for length in range(self._shortest, min(len(word), self._longest) + 1):
                if word[:length] in self.prefixes:
                    found.add(word[:length] + "*")
            if len(self._symbols) >= _REMEMBERED:
                self._symbols.clear()
            known = self._symbols[word] = frozenset(found)
        return known

    def knows(self, word: str) -> bool:
        return word in self.literals or len(self.symbols(word)) > 1

    def find(self, words: list[str]) -> list[Hit]:
        """Every cue in these words, in order; one that lies inside a longer phrase without a gap is dropped."""
        symbols = [self.symbols(word) for word in words]
        longest: dict[tuple[str, int], int] = {}
        reach = [0] * len(words)
        reach_of_nouns = [0] * len(words)
        reach_of_scopes = [0] * len(words)
        for at, here in enumerate(symbols):
            following = symbols[at + 1] if at + 1 < len(symbols) else frozenset()
            for symbol in here:
                starts = self._starts.get(symbol)
                if starts is None:
                    continue
                for end, cue, gapped in starts.ends(symbols, following, at):
                    if end > longest.get((cue, at), 0):
                        longest[cue, at] = end
                    if gapped or cue in _MODEST:
                        continue  # what stands in a gap keeps its own meaning
                    if end > reach[at]:
                        reach[at] = end
                    if end > reach_of_nouns[at] and cue not in _STATES:
                        reach_of_nouns[at] = end
                    if end > reach_of_scopes[at] and cue not in _HARMS:
                        reach_of_scopes[at] = end
        hits = []
        for (cue, at), end in longest.items():
            # Longer phrases that begin earlier or here and end later or here swallow this one.
            far = reach_of_nouns if cue in _NOUNS else reach_of_scopes if cue in _SCOPES else reach
            swallowed = far[at] > end or any(far[before] >= end for before in range(max(0, at - 8), at))
            if not swallowed or cue in _KEPT:
                hits.append(Hit(cue, at, end))
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits


def _end_of(rest: tuple[Element, ...], symbols: list[frozenset[str]], at: int) -> int:
    """Where the rest of a phrase ends when it goes on at `at`; 0 if it does not."""
    for place, element in enumerate(rest):
        if element is None:
            for skipped in range(_MOST_SKIPPED + 1):
                end = _end_of(rest[place + 1 :], symbols, at + skipped)
                if end:
                    return end
            return 0
        if at >= len(symbols) or element.isdisjoint(symbols[at]):
            return 0
        at += 1
    return at


def compile_phrases(written: Mapping[str, Iterable[str]]) -> list[Phrase]:
    """Phrases from how they are written: `lock* out`, `*daten`, `a|an error`, `where did ~ go`. Raises `BadPhrase`."""
    return [compile_phrase(cue, line) for cue, lines in written.items() for line in lines]


def compile_phrase(cue: str, written: str) -> Phrase:
    """One phrase. Words are folded as messages are, so accents and apostrophes may stand or not."""
    elements: list[Element] = []
    for place in written.split():
        if place == GAP:
            elements.append(None)
            continue
        alternatives = place.split("|")
        cut = [_written_words(alternative) for alternative in alternatives]
        if len(cut) == 1:
            elements.extend(frozenset({word}) for word in cut[0])
        else:
            elements.append(frozenset(word for words in cut for word in words[:1]))
    if (
        not elements
        or elements[0] is None
        or any(element is not None and not element for element in elements)
    ):
        raise BadPhrase(cue, written)
    return Phrase(cue, tuple(elements))


class BadPhrase(ValueError):
    """A cue phrase that no message could match."""

    def __init__(self, cue: str, written: str) -> None:
        super().__init__(
            f"cue {cue!r}: expected words, found {written!r}; write at least one word before a ~"
        )


def _written_words(written: str) -> list[str]:
    if written == NUMBER:
        return [NUMBER]
    if written.startswith("*"):
        return [f"*{last}" for last in tokens(written[1:])[:1]]
    if written.endswith("*"):
        *before, last = tokens(fold(written[:-1])) or [""]
        return [*before, f"{last}*"] if last else []
    return tokens(written)
