"""The desk's side of the wire: what agents may do on `/desk`, as models that validate and document."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from slabot.wire.command import Command
from slabot.wire.texts import ClientId, Id, Line, Position, Seq, Words


class Inbox(Command):
    """The conversations of the agent's workspaces, with the positions to catch up from."""

    workspace: Id | None = None
    view: Literal["all", "mine", "unassigned", "waiting", "due", "breached", "resolved"] = "all"


class CatchUp(Command):
    """What happened after these positions, by workspace."""

    positions: dict[Id, Position] = Field(max_length=200)


class Open(Command):
    """One conversation, whole: timeline, ticket, clocks, visitor."""

    conversation: Id


class Act(Command):
    """What every verb on a conversation carries."""

    conversation: Id
    client_id: ClientId


class Claim(Act):
    """Take the conversation; with a reason also from a colleague."""

    reason: Line = ""


class Release(Act):
    """Give it back to the bot and its queue."""


class Reply(Act):
    """A public message. Refused as `newer_message` when the visitor wrote after `seen_seq`, unless `anyway`."""

    text: Words
    seen_seq: Seq
    anyway: bool = False


class Note(Act):
    """A line that only agents see."""

    text: Words


class Resolve(Act):
    """Done; the visitor is asked for a rating."""

    code: Line = ""


class ChangeSeverity(Act):
    """Another level, with a reason; due instants are computed anew."""

    level: Id
    reason: Words


class Wait(Act):
    """The ticket waits on the visitor."""

    reason: Line = ""


class WaitEnded(Act):
    """It no longer waits on the visitor."""


class RecordFormalReport(Act):
    """The visitor reported by the channel that the policy asks for."""

    channel: Line = ""


class CommitToTime(Act):
    """A new time the agent commits to, an instant with an offset; the promise itself stays and is counted."""

    until: AwareDatetime


class NameThirdParty(Act):
    """Somebody else's system is the cause; stops a clock only where the policy says so."""

    name: Line = Field(min_length=1)


class ClearThirdParty(Act):
    """The third party is no longer the cause."""


class Transfer(Act):
    """To a colleague or a queue, with a note for the desk."""

    agent: Id | None = None
    queue: Id | None = None
    note: Line = ""


class SetPresence(Command):
    """Also the desk's heartbeat: repeat it within a minute."""

    state: Literal["online", "away", "offline"]


class Typing(Command):
    conversation: Id
    on: bool


COMMANDS: dict[str, type[Command]] = {
    "inbox": Inbox,
    "catch_up": CatchUp,
    "open": Open,
    "claim": Claim,
    "release": Release,
    "reply": Reply,
    "note": Note,
    "resolve": Resolve,
    "change_severity": ChangeSeverity,
    "wait": Wait,
    "wait_ended": WaitEnded,
    "record_formal_report": RecordFormalReport,
    "commit_to_time": CommitToTime,
    "name_third_party": NameThirdParty,
    "clear_third_party": ClearThirdParty,
    "transfer": Transfer,
    "presence": SetPresence,
    "typing": Typing,
}

FACTS = {
    "changed": "A conversation changed: its row, its new events and the workspace's position.",
    "typing": "A visitor is typing, or stopped.",
    "seen": "A visitor has read up to this `seq`.",
    "presence": "A colleague came, went or stepped away.",
}
