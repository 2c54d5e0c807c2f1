"""`slabot ask`: what the bot would do with each message, without server and database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slabot.cli.batch import for_workspace

if TYPE_CHECKING:
    from slabot.domain.conversation import Conversation
    from slabot.domain.dialogue.plan import Plan
    from slabot.domain.dialogue.turn import Search
    from slabot.domain.support import Support
    from slabot.wire.batch_ask import AskLine

EXAMPLE = """\b
Example:
  echo '{"id": 1, "text": "are you open now?"}' \\
    | slabot ask velsoft --at 2026-03-09T12:00:00Z
"""
_SEARCHING = ("answer", "clarify", "offer_handoff")
"""Actions that rest on a search; the others are computed."""


def _instant(context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    from slabot.wire.batch_due import read_instant

    if value is None:
        return None
    try:
        return read_instant(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx=context, param=option) from None


@click.command(epilog=EXAMPLE)
@for_workspace
@click.option("--at", callback=_instant, metavar="INSTANT", help="When it is asked; default: now.")
def ask(workspace: str, at: datetime | None, policies: Path, kb: Path) -> None:
    """What the bot of WORKSPACE would answer to each message.

    Reads one JSON object a line from standard input, {id, text, context}, where context holds the visitor's
    earlier turns, oldest first, and writes {id, action, article, score, reply, candidates} a line. A line that
    cannot be read is told on standard error: exit 2. An unknown workspace or a bad file: exit 3.
    """
    from datetime import UTC

    from slabot.cli.lines import BadFile, answer_lines
    from slabot.config import vectors_folder
    from slabot.domain.calendar.errors import BeyondHorizon
    from slabot.domain.dialogue.phrases import phrase_book
    from slabot.knowledge.articles import NotReadable
    from slabot.knowledge.encoder import installed_encoder
    from slabot.knowledge.library import Library
    from slabot.knowledge.weights import WrongWeights
    from slabot.policies.cues import load_cues
    from slabot.policies.loader import load_workspace
    from slabot.policies.problems import PolicyError
    from slabot.policies.voice import load_voice
    from slabot.wire.batch_ask import AskLine

    now = at or datetime.now(UTC)
    try:
        support = load_workspace(policies, workspace, today=now.date())
        voice, cues = load_voice(policies, support.policy), load_cues(support.policy)
        library = Library(kb, installed_encoder(vectors_folder()), workspace)
    except (PolicyError, NotReadable, WrongWeights, OSError, LookupError, BeyondHorizon) as error:
        raise BadFile(str(error)) from None
    talk = Talk(support, now, library.find, {"cues": cues, "phrases": phrase_book(), "voice": voice})
    raise SystemExit(answer_lines(AskLine, talk.answer))


class Talk:
    """Plays the earlier turns, each decided in its turn, and tells what the last one leads to."""

    def __init__(self, support: Support, now: datetime, find: Search, wits: Mapping[str, Any]) -> None:
        self._support = support
        self._now = now
        self._find = find
        self._wits = wits

    def answer(self, line: AskLine) -> dict[str, Any]:
        from slabot.domain.conversation import Conversation

        conversation = Conversation(
            "ask", self._support.policy.workspace, locale=self._support.policy.language, started_at=self._now
        )
        for earlier in line.context:
            conversation = self._after(conversation, earlier, self._plan(conversation, earlier))
        plan = self._plan(conversation, line.text)
        leading = next(iter(plan.utterances), None)
        article = next((said.article for said in plan.utterances if said.article), None)
        candidates: list[dict[str, Any]] = []
        if article is not None or (leading is not None and leading.action.value in _SEARCHING):
            found = self._find(conversation.workspace, line.text, conversation.visitor_turns)
            candidates = [{"slug": each.slug, "score": round(each.score, 4)} for each in found.candidates]
            candidates.sort(key=lambda each: each["slug"] != article)
        winner = candidates[0] if candidates else None
        return {
            "id": line.id,
            "action": leading.action.value if leading else "smalltalk",
            "article": article,
            "score": winner["score"] if winner else None,
            "reply": "\n".join(said.text for said in plan.utterances),
            "candidates": candidates[:3],
        }

    def _plan(self, conversation: Conversation, text: str) -> Plan:
        from slabot.domain.dialogue.plan import Moment
        from slabot.domain.dialogue.reply import reply_to

        moment = Moment(self._now, f"{self._support.policy.ticket_prefix}1")
        return reply_to(
            conversation, text, support=self._support, search=self._find, moment=moment, **self._wits
        )

    def _after(self, conversation: Conversation, text: str, plan: Plan) -> Conversation:
        from slabot.domain.conversation import fold
        from slabot.domain.dialogue.outcome import happenings
        from slabot.domain.timeline import Actor, append

        happened = tuple(
            happenings(
                plan, conversation, text, support=self._support, now=self._now, visitor=Actor.visitor("ask"),
                client_id="", ticket_number=f"{self._support.policy.ticket_prefix}1",
            )
        )  # fmt: skip
        events = append(
            conversation.id, conversation.head, happened, self._now, (bytes(16) for _ in happened)
        )
        return fold(conversation, events)
