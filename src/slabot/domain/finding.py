"""What a conversation is found by: the words of each utterance and what it is about, and how a query asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slabot.domain.conversation import Conversation
from slabot.domain.timeline import Event, Kind
from slabot.domain.words.tokens import Token, tokenise, tokens

ABOUT = 0
"""The place of what a conversation is about, which is no utterance: name, address, tickets, severity, tags."""

LONGEST_TOKEN = 60
MOST_ASKED = 8
"""Words of a query; more narrow nothing down."""

SHOWN = 160
"""Characters of an utterance from shortly before its hit."""

LEAD = 16
"""Characters before the hit, so that it is seen in a narrow list."""

_SPOKEN = frozenset({Kind.VISITOR_WROTE, Kind.AGENT_WROTE, Kind.NOTE_WRITTEN})
_JOINED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-_@.+][^\W_]++)+")
"""What people take for one word: `HES-12`, `e-mail`, `vera@example.org`, `report_2.pdf`. Starts where a word starts and never
goes back: else a word of 8,000 letters costs two seconds."""
_JOINTS = re.compile(r"[-_@.+]")


@dataclass(frozen=True, slots=True)
class Findable:
    """Words of one place of a timeline; kept again for the same place they replace the earlier ones."""

    seq: int
    words: str
    """Separated by single spaces, each once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance in which the query was found, for the eyes of an agent."""

    seq: int
    """`ABOUT`: found by what the conversation is about."""
    role: str = ""
    """`visitor`, `bot`, `agent` or `note`."""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Start and end in `text` of what was found."""
    article: str | None = None


def findables(before: Conversation, after: Conversation, events: Iterable[Event]) -> Iterator[Findable]:
    """What a turn adds to the index. The bot's own sentences are left out but for the article they show.

    From `Conversation(id, workspace)` and all events: everything that the index holds of it.
    """
    for event in events if after.erased_at is None else ():
        words = _words_of(event)
        if words:
            yield Findable(event.seq, words)
    if _basis(after) != _basis(before):
        yield about(after)


def about(conversation: Conversation) -> Findable:
    parts = [
        part for value in _basis(conversation) for part in ([value] if isinstance(value, str) else value)
    ]
    return Findable(ABOUT, in_index(" ".join(parts)))


def in_index(text: str) -> str:
    """The words of a text as they are looked up, each once; of those with joints ("e-mail") the whole as well."""
    words = [*tokens(text), *(_together(match.group()) for match in _JOINED.finditer(text))]
    return " ".join(dict.fromkeys(word[:LONGEST_TOKEN] for word in words))


def asked_for(query: str) -> tuple[str, ...]:
    """The words that have to begin some word of what is found, all of them; a joined one counts as one."""
    joined = [_together(match.group()) for match in _JOINED.finditer(query)]
    words = [*joined, *tokens(_JOINED.sub(" ", query))]
    return tuple(dict.fromkeys(word[:LONGEST_TOKEN] for word in words))[:MOST_ASKED]


def without_name(asked: Sequence[str], name: str) -> tuple[str, ...] | None:
    """The other words of a query that says this name, of several words the last ones perhaps only begun; None: it
    does not say it."""
    named = tokens(name)
    if not named:
        return None
    for start in range(len(asked) - len(named) + 1):
        end = start + len(named)
        said = asked[start:end]
        if said[0] == named[0] and all(_is_begun(word, one) for word, one in zip(named, said, strict=True)):
            return (*asked[:start], *asked[end:])
    return None


def has_all(indexed: Iterable[str], asked: Sequence[str]) -> bool:
    """Whether each of the words asked for begins one of these."""
    known = tuple(indexed)
    return all(any(_is_begun(word, one) for word in known) for one in asked)


def is_whole(asked: str) -> bool:
    """A single letter begins too much to be looked for like that: it stands for itself."""
    return len(asked) == 1


def hit(event: Event, asked: Sequence[str]) -> Hit:
    """The part of what was said in which most of the query stands, with the places to mark."""
    role = "note" if event.kind is Kind.NOTE_WRITTEN else event.actor.role
    found = _found(event.text, asked)
    start = _start(event.text, found)
    end = min(len(event.text), start + SHOWN)
    before, after = "…" * (start > 0), "…" * (end < len(event.text))
    shift = len(before) - start
    marks = tuple(
        (token.start + shift, token.end + shift)
        for token in found
        if start <= token.start and token.end <= end
    )
    text = before + event.text[start:end] + after
    return Hit(event.seq, role, text, marks, event.data.get("article"))


def _words_of(event: Event) -> str:
    article = event.data.get("article") or ""
    if event.kind in _SPOKEN:
        names = " ".join(file["name"] for file in (event.content or {}).get("files", ()))
        return in_index(f"{event.text} {names} {article}")
    return in_index(article) if event.kind is Kind.BOT_WROTE and article else ""


def _basis(conversation: Conversation) -> tuple[str | tuple[str, ...], ...]:
    """What `about` is made of; compared, so that it is kept again when any of it changes."""
    ticket = conversation.ticket
    standing = (ticket.number, ticket.level, ticket.queue, ticket.third_party) if ticket is not None else ()
    known = (conversation.name, conversation.email or "", conversation.customer or "")
    tickets = (*conversation.earlier_tickets, *conversation.merged_tickets)
    return (*known, tickets, conversation.tags, standing)


def _together(joined: str) -> str:
    return "".join(tokens(_JOINTS.sub(" ", joined)))


def _is_begun(word: str, asked: str) -> bool:
    return word == asked if is_whole(asked) else word.startswith(asked)


def _found(text: str, asked: Sequence[str]) -> list[Token]:
    """The words that were asked for, each with its place; of a joined one that fits its parts are not told again."""

    def fits(token: Token) -> bool:
        return any(_is_begun(token.word, one) for one in asked)

    joined = [Token(_together(match.group()), match.start(), match.end()) for match in _JOINED.finditer(text)]
    whole = list(filter(fits, joined))
    single = [
        token
        for token in filter(fits, tokenise(text))
        if not any(other.start <= token.start and token.end <= other.end for other in whole)
    ]
    return sorted([*whole, *single], key=lambda token: token.start)


def _start(text: str, found: Sequence[Token]) -> int:
    """Where to cut, at the beginning of a word, so that as many hits as possible are seen."""
    if not found:
        return 0
    best = max(
        found, key=lambda first: sum(first.start <= other.start < first.start + SHOWN for other in found)
    )
    wanted = best.start - LEAD
    return 0 if wanted <= 0 else text.find(" ", wanted, best.start) + 1 or best.start
