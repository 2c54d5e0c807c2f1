"""The desk's side of the wire: what agents may do on `/desk`, as models that validate and document."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from slabot.wire import desk_work
from slabot.wire.carrying import Carrying
from slabot.wire.command import Act, Command
from slabot.wire.texts import Id, Line, Position, Seq, Words

Availability = Literal["online", "away", "offline"]


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


class Claim(Act):
    """Take the conversation; with a reason also from a colleague."""

    reason: Line = ""


class Release(Act):
    """Give it back to the bot and its queue."""


class Reply(Carrying, Act):
    """A public message, with `files` that were taken in by REST. Refused as `newer_message` when the visitor wrote after
    `seen_seq`, unless `anyway`."""

    seen_seq: Seq
    anyway: bool = False
    article: Id | None = None


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


class SetPlan(Act):
    """Whose contract this is; due instants are computed anew. Without a `plan`: as for everybody."""

    plan: Id | None = None


class Wait(Act):
    """The ticket waits on the visitor; the desk is reminded at `follow_up`."""

    reason: Line = ""
    follow_up: AwareDatetime | None = None


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


class Merge(Act):
    """The conversation ends and goes on `into` another of the same visitor; both timelines say so, or neither."""

    into: Id


class MergeInto(Command):
    """Conversations to merge this one into, each with what stands against it: the visitor's others, or those that the
    words find."""

    conversation: Id
    words: Line = ""


class ForeseeMerge(Command):
    """What `merge` would do if it were done now; nothing happens."""

    conversation: Id
    into: Id


class Arrive(Command):
    """What a desk sends as `auth` when it connects: what the agent has chosen, and whether anybody touches the page.

    Without `state` what another desk of theirs says holds, or they are online."""

    state: Availability | None = None
    idle: bool = False


class SetPresence(Command):
    """The desk's heartbeat: repeat it within a minute. `state` where the agent chooses; `idle`: nobody touches the page."""

    state: Availability | None = None
    idle: bool = False


class DeclineOffer(Command):
    """Not now: the ticket is offered to the next."""

    conversation: Id


class View(Command):
    """Which conversation this desk has open; without one, none."""

    conversation: Id | None = None


class Typing(Command):
    """Shown to colleagues, and to the visitor unless somebody else holds the conversation or it is a note."""

    conversation: Id
    on: bool
    note: bool = False


class ShowBoard(Command):
    """For leads: who is on, how long the lines are, what is due next, what was breached today."""


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
    "set_plan": SetPlan,
    "wait": Wait,
    "wait_ended": WaitEnded,
    "record_formal_report": RecordFormalReport,
    "commit_to_time": CommitToTime,
    "name_third_party": NameThirdParty,
    "clear_third_party": ClearThirdParty,
    "transfer": Transfer,
    "merge": Merge,
    "merge_into": MergeInto,
    "foresee_merge": ForeseeMerge,
    "presence": SetPresence,
    "decline_offer": DeclineOffer,
    "view": View,
    "typing": Typing,
    "board": ShowBoard,
    **desk_work.COMMANDS,
}

FACTS = {
    "changed": "A conversation changed: its row, its new events and the workspace's position.",
    "typing": "A visitor or a colleague is typing, or stopped.",
    "seen": "A visitor has read up to this `seq`.",
    "presence": "A colleague came, went or stepped away; `chosen` by hand; `colleague` is their entry in `agents`.",
    "viewing": "Who has this conversation open now.",
    "offered": "A ticket is offered to this agent until `until`; a claim takes it.",
    "views_saved": "The agent saved or removed a view at another of their desks; all of them.",
    "offer_ended": "It no longer is: `taken`, `passed`, `late` or `gone`.",
}
