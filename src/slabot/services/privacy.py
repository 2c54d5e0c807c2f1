"""What belongs to the visitor alone: their talk to take away, and everything personal to be erased."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Moment
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.support import Support
from slabot.domain.timeline import Happening, Kind
from slabot.services.attachments import Attachments
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.reception import Guest, check_owner
from slabot.services.supports import Supports
from slabot.services.transcript import transcript
from slabot.services.turn import Signature, Timelines
from slabot.services.turns import Decision, NotFound, Refused, Turns
from slabot.services.whole_talk import merged_into

AT_ONCE = 100
"""Conversations read in one go; of more the rest follows."""


class Privacy:
    def __init__(
        self,
        turns: Turns,
        bot: Bot,
        supports: Supports,
        timelines: Timelines,
        attachments: Attachments,
        clock: Clock,
    ) -> None:
        self._turns = turns
        self._bot = bot
        self._supports = supports
        self._timelines = timelines
        self._attachments = attachments
        self._clock = clock

    async def transcript(self, guest: Guest, id: str) -> str:
        """The whole talk in its own language, with what was merged into it. Raises NotFound."""
        conversation = await self._turns.conversation(id)
        check_owner(conversation, guest)
        support = await self._supports.of(conversation.workspace, conversation.ticket)
        voice = self._bot.wits(conversation.workspace).voice
        language = language_of_talk(conversation, support.policy)
        speaker = Speaker(conversation, support, voice, Moment(self._clock.now(), ""), language)
        merged = await merged_into(conversation.merged, self._timelines)
        return transcript(await self._timelines.events(id), merged, speaker)

    async def mail_transcript(self, guest: Guest, id: str, client_id: str) -> None:
        """To the address that is known, and to no other: nobody can have mail sent to a stranger.

        Raises NotFound, or Refused `no_email`.
        """

        def decide(before: Conversation, _: Support) -> Decision:
            check_owner(before, guest)
            if before.email is None:
                raise Refused("no_email", "Write your e-mail address in the chat first.")
            return Decision((Happening(Kind.TRANSCRIPT_ASKED, guest.actor, self._clock.now()),))

        body = hashlib.sha256(f"transcript {id}".encode()).digest()
        await self._turns.take(id, decide, Signature(guest.visitor, client_id, body))

    async def erase(self, guest: Guest) -> int:
        """Content and salt of all that the guest's conversations hold; an open ticket ends with it. How many there were.

        Who came by a link to one conversation erases that one, and what was merged into it.
        A conversation that cannot be erased now is told as an error; those before it stay erased.
        """

        def decide(before: Conversation, _: Support) -> Decision:
            check_owner(before, anywhere)
            now = self._clock.now()
            ends = [Happening(Kind.ERASED, guest.actor, now)]
            if before.open_ticket is not None or before.holder is not None:
                ends.insert(0, Happening(Kind.RESOLVED, guest.actor, now, {"code": "erased_by_visitor"}))
            return Decision(tuple(ends), moves_visitor=True, erases=True)

        anywhere = replace(guest, only=None)
        count = 0
        while True:
            before = count
            for id in await self._erasable(guest):
                # The files first: what fails half-way is asked for again, and finds them gone and the words still there.
                await self._attachments.erase(guest.workspace, id, guest.visitor)
                # In another tab the same may have been asked for, and that one was quicker.
                with suppress(NotFound):
                    await self._turns.take(id, decide)
                    count += 1
            if count == before:
                return count

    async def _erasable(self, guest: Guest) -> list[str]:
        if guest.only is None:
            theirs = await self._timelines.conversations_of(guest.workspace, guest.visitor, AT_ONCE)
            return [row.conversation for row in theirs]
        conversation = await self._turns.conversation(guest.only)
        return [guest.only, *await merged_into(conversation.merged, self._timelines)]
