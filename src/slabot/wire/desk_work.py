"""The desk's side of the wire, what helps an agent work: several acts in one turn, tags, what is put aside."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from slabot.wire.command import Act, Command
from slabot.wire.texts import Id, Line, Seq, Text, Words

Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20)]


class Handle(Act):
    """Severity, tags, a reply and what comes after it (`wait`, `resolve`) in one turn: all of it, or nothing."""

    text: Words | None = None
    seen_seq: Seq = 0
    anyway: bool = False
    article: Id | None = None
    level: Id | None = None
    reason: Line = ""
    tags: Tags = ()
    then: Literal["", "wait", "resolve"] = ""
    wait_reason: Line = ""
    follow_up: AwareDatetime | None = None
    code: Line = ""


class TagIt(Act):
    """Add and remove tags."""

    add: Tags = ()
    remove: Tags = ()


class Snooze(Act):
    """Put it aside until an instant, or until the visitor writes; its clocks run on."""

    until: AwareDatetime | None = None


class Wake(Act):
    """Back in the lists before its time."""


class Canned(Command):
    """The canned replies that this conversation's composer offers, each text filled as it would be sent now."""

    conversation: Id


class CannedKept(Command):
    """The canned replies of a workspace as they were written, with the variables they may use."""

    workspace: Id


class KeepCanned(Command):
    """Keep a canned reply in place of an earlier one of the same key; for leads."""

    workspace: Id
    key: Id
    title: Line
    text: Text = ""
    level: Id | None = None
    reason: Line = ""
    tags: Tags = ()
    then: Literal["", "wait", "resolve"] = ""
    wait_reason: Line = ""
    code: Line = ""


class DropCanned(Command):
    """Forget a canned reply; for leads."""

    workspace: Id
    key: Id


class Find(Command):
    """Conversations in which every word begins some word: of what was said, the visitor, ticket, severity, tag or article."""

    words: Line


class SaveView(Command):
    """Name what the list shows, in place of an earlier view of the same `id`. With `words` it is a search of everything."""

    id: Id
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    view: Literal["open", "mine", "unassigned", "waiting", "due", "breached", "aside", "bot", "all"] = "open"
    words: Line = ""
    order: Literal["due", "severity"] = "due"


class DropView(Command):
    """Forget a view that was saved."""

    id: Id


class FindArticles(Command):
    """Articles to put into a reply, by their words or, without any, by the visitor's own."""

    conversation: Id
    words: Line = ""


class Preview(Command):
    """A reply's Markdown as the visitor will see it; null where they see the words as they are."""

    text: Text


COMMANDS: dict[str, type[Command]] = {
    "handle": Handle,
    "tag": TagIt,
    "snooze": Snooze,
    "wake": Wake,
    "canned": Canned,
    "canned_kept": CannedKept,
    "keep_canned": KeepCanned,
    "drop_canned": DropCanned,
    "find": Find,
    "save_view": SaveView,
    "drop_view": DropView,
    "find_articles": FindArticles,
    "preview": Preview,
}
