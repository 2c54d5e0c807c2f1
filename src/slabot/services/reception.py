"""The visitor's verbs: say, rate, leave, come back. Who the visitor is comes from the session, never from a payload."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slabot.domain.attachment import Attachment, named
from slabot.domain.conversation import Conversation
from slabot.domain.device import Consent as DeviceConsent
from slabot.domain.device import Device
from slabot.domain.dialogue.device import described
from slabot.domain.dialogue.notices import files_received, returned
from slabot.domain.dialogue.outcome import carrying, happenings, spoken
from slabot.domain.dialogue.plan import Moment, Plan
from slabot.domain.identity import Identity
from slabot.domain.shared_incident import Report, is_report, others_who_tell_it, shared, told_of_others
from slabot.domain.support import Support
from slabot.domain.timeline import Actor, Happening, Kind
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.shared_incidents import SharedIncidents
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turn import NumberTaken, Signature, TurnWriter
from slabot.services.turns import Decision, NotFound, Refused, Taken, Turns


@dataclass(frozen=True, slots=True)
class Guest:
    """Who sits in the widget, as the session knows them."""

    visitor: str
    workspace: str
    locale: str = "en"
    zone: str | None = None
    identity: Identity | None = None
    """None for an anonymous visitor."""
    only: str | None = None
    """The one conversation they came back to by the link of a mail; None: all of their own."""

    @property
    def actor(self) -> Actor:
        return Actor.visitor(self.visitor)

    @property
    def is_verified(self) -> bool:
        return self.identity is not None

    def may_see(self, conversation: str) -> bool:
        """Of the visitor's own conversations."""
        return self.only in (None, conversation)


class Reception:
    """Every verb checks that the conversation is the guest's own; a stranger's is as if it did not exist."""

    def __init__(
        self,
        turns: Turns,
        bot: Bot,
        supports: Supports,
        staff: Staff,
        writer: TurnWriter,
        clock: Clock,
        incidents: SharedIncidents,
    ) -> None:
        self._turns = turns
        self._bot = bot
        self._supports = supports
        self._staff = staff
        self._writer = writer
        self._clock = clock
        self._incidents = incidents

    async def conversation(self, guest: Guest, id: str) -> Conversation:
        """Raises NotFound, also for somebody else's."""
        conversation = await self._turns.conversation(id)
        check_owner(conversation, guest)
        return conversation

    async def say(
        self,
        guest: Guest,
        conversation: str | None,
        client_id: str,
        text: str,
        *,
        has_consented: bool = False,
        files: tuple[Attachment, ...] = (),
        page: str = "",
    ) -> Taken:
        """A message of the visitor and what the bot does about it, in one turn; None starts a conversation.

        Refused as `consent` where the workspace asks for it before the first message. A message of files alone has their
        names for words; the bot cannot look into them and asks what they show.
        """
        conversation = conversation or guest.only
        has_words = bool(text)
        text = text or named(files)
        self._supports.current(guest.workspace)
        number = ""
        reports: tuple[Report, ...] | None = None

        def decide(before: Conversation, support: Support) -> Decision:
            now = self._clock.now()
            opening: tuple[Happening, ...] = ()
            current = before
            if before.head.seq:
                check_owner(before, guest)
                if before.merged_into is not None:
                    raise _GoesOn(before.merged_into)
            else:
                consent = support.policy.consent_words
                if consent and not has_consented:
                    raise Refused("consent", consent)
                current, opening = _welcomed(before, guest, now), (_started(guest, now, consent),)
            moment = Moment(now, number, self._staff.of(support.policy, now, before.id))
            if has_words:
                plan = self._bot.plan(current, text, support, moment, carries_files=bool(files))
            else:
                voice = self._bot.wits(before.workspace).voice
                plan = Plan(files_received(current, support=support, voice=voice, moment=moment))
            if plan.ticket is not None and not number:
                raise _NeedsNumber
            together: Happening | None = None
            if is_report(plan):
                if reports is None:
                    raise _NeedsReports
                others = others_who_tell_it(plan, current, text, reports, now)
                together = shared([other.conversation for other in others], before.shared_with, now)
                if together is not None and not before.shared_with:
                    voice = self._bot.wits(before.workspace).voice
                    plan = told_of_others(plan, text, current, support, voice, moment)
            written, *following = happenings(
                plan,
                current,
                text,
                support=support,
                now=now,
                visitor=guest.actor,
                client_id=client_id,
                ticket_number=number,
            )
            facts = (
                *opening,
                carrying(_from(page, before, written), files),
                *((together,) if together else ()),
                *following,
            )
            return Decision(facts)

        # Words and files alone are the body: a visitor who learned the conversation's id between two tries repeats
        # the same message.
        signature = Signature(guest.visitor, client_id, _digest(text, *(file.id for file in files)))
        while True:
            try:
                if conversation is None:
                    taken = await self._turns.start(guest.workspace, decide, signature)
                else:
                    taken = await self._turns.take(conversation, decide, signature)
                await self._note_others(taken)
                return taken
            except _GoesOn as merged:
                conversation, guest = merged.into, _with_merged(guest, merged.into)
            except _NeedsReports:
                reports = await self._incidents.reports(guest.workspace, conversation, self._clock.now())
            except (_NeedsNumber, NumberTaken):
                prefix = self._supports.current(guest.workspace).policy.ticket_prefix
                number = f"{prefix}{await self._writer.next_ticket_number(guest.workspace)}"

    async def _note_others(self, taken: Taken) -> None:
        for event in taken.events:
            if event.kind is Kind.OTHERS_REPORTED:
                await self._incidents.note(event.conversation, event.data["conversations"], event.at)

    async def describe(self, guest: Guest, conversation: str, client_id: str, device: Device) -> Taken:
        """What the widget tells of browser and device, once; refused as `no_consent` unless the visitor allowed it."""

        def decide(before: Conversation, support: Support) -> Decision:
            check_owner(before, guest)
            if before.device_consent is not DeviceConsent.ALLOWED:
                raise Refused("no_consent", "The visitor has not agreed to tell about their device.")
            if before.device is not None:
                return Decision()
            now = self._clock.now()
            moment = Moment(now, "")
            voice = self._bot.wits(before.workspace).voice
            said = described(before, device, support=support, voice=voice, moment=moment)
            noted = Happening(Kind.DEVICE_DESCRIBED, guest.actor, now, content={"device": dict(device)})
            return Decision((noted, *(spoken(utterance, now) for utterance in said)))

        body = _digest(sorted(device.items()))
        return await self._turns.take(conversation, decide, Signature(guest.visitor, client_id, body))

    async def rate(self, guest: Guest, conversation: str, client_id: str, score: int) -> Taken:
        """From 1 to 5, once something was resolved or answered; a later rating replaces the earlier."""
        if not 1 <= score <= 5:
            raise Refused("invalid", f"A rating is a whole number from 1 to 5, got {score}.")

        def decide(before: Conversation, support: Support) -> Decision:  # noqa: ARG001 - every Decide has this shape
            check_owner(before, guest)
            if before.merged_into is not None:
                raise Refused(
                    "merged", "This goes on in another conversation.", conversation=before.merged_into
                )
            if before.rating == score:
                return Decision()
            return Decision((Happening(Kind.RATED, guest.actor, self._clock.now(), {"score": score}),))

        return await self._turns.take(
            conversation, decide, Signature(guest.visitor, client_id, _digest(score))
        )

    async def leave(self, guest: Guest, conversation: str) -> Taken:
        """The visitor closed the page; nothing is resolved by that."""

        def decide(before: Conversation, support: Support) -> Decision:  # noqa: ARG001 - every Decide has this shape
            check_owner(before, guest)
            if not before.is_present:
                return Decision()
            return Decision((Happening(Kind.VISITOR_LEFT, guest.actor, self._clock.now()),))

        guest, conversation = await self.where_it_goes_on(guest, conversation)
        return await self._turns.take(conversation, decide)

    async def come_back(self, guest: Guest, conversation: str) -> Taken:
        """The visitor is here again; the bot says where things stand if there is something to say."""

        def decide(before: Conversation, support: Support) -> Decision:
            check_owner(before, guest)
            if before.is_present:
                return Decision()
            now = self._clock.now()
            moment = Moment(now, "", self._staff.of(support.policy, now, before.id))
            voice = self._bot.wits(before.workspace).voice
            said = returned(before, support=support, voice=voice, moment=moment)
            back = Happening(Kind.VISITOR_RETURNED, guest.actor, now)
            return Decision((back, *(spoken(utterance, now) for utterance in said)))

        guest, conversation = await self.where_it_goes_on(guest, conversation)
        return await self._turns.take(conversation, decide)

    async def where_it_goes_on(self, guest: Guest, id: str) -> tuple[Guest, str]:
        """The conversation that this one was merged into, if it was, with the guest who may see that one.

        Raises NotFound, also for somebody else's.
        """
        while (into := (await self.conversation(guest, id)).merged_into) is not None:
            guest, id = _with_merged(guest, into), into
        return guest, id


class _GoesOn(Exception):
    """The conversation was merged into another one of the same visitor: it is said there."""

    def __init__(self, into: str) -> None:
        super().__init__(into)
        self.into = into


class _NeedsNumber(Exception):
    """The plan opens a ticket: draw a number first, then decide again."""


class _NeedsReports(Exception):
    """Something grave was told: fetch what others told lately, then decide again."""


def check_owner(conversation: Conversation, guest: Guest) -> None:
    if (conversation.workspace, conversation.visitor) != (guest.workspace, guest.visitor):
        raise NotFound
    if not guest.may_see(conversation.id):
        raise NotFound


def _with_merged(guest: Guest, into: str) -> Guest:
    """Whoever came by a link to one conversation may see the one that it goes on in."""
    return guest if guest.only is None else replace(guest, only=into)


def _welcomed(blank: Conversation, guest: Guest, now: datetime) -> Conversation:
    """The conversation as its first message finds it; the start is written in the same turn."""
    identity = guest.identity or Identity("")
    return blank.altered(
        visitor=guest.visitor,
        name=identity.name,
        email=identity.email,
        is_verified=guest.is_verified,
        plan=identity.plan,
        customer=identity.customer,
        locale=guest.locale,
        zone=guest.zone,
        started_at=now,
    )


def _from(page: str, before: Conversation, written: Happening) -> Happening:
    """With the page of the host's site where it is another one than before; it is erased with the words."""
    if not page or page == before.page:
        return written
    return replace(written, content={**written.content, "page": page})


def _started(guest: Guest, now: datetime, consent: str) -> Happening:
    """With a digest of the words that were agreed to; the policy's version has the words themselves."""
    data: dict[str, Any] = {"locale": guest.locale, "zone": guest.zone, "verified": guest.is_verified}
    if consent:
        data["consent"] = hashlib.sha256(consent.encode()).hexdigest()
    facts, content = vouched(guest.identity)
    return Happening(Kind.CONVERSATION_STARTED, guest.actor, now, data | facts, content)


def vouched(identity: Identity | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the host page vouches for: facts that deadlines may rest on, and what is personal and can be erased."""
    if identity is None:
        return {}, {}
    facts = {"plan": identity.plan, "customer": identity.customer}
    content = {"name": identity.name, "email": identity.email}
    return _given(facts), _given(content)


def _given(values: Mapping[str, str | None]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()
