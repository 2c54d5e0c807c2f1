"""What the widget shows beside the talk: hours, contacts, the promise of a reply, own tickets, articles. Queries only."""

from __future__ import annotations

from typing import Any, get_args

from slabot.domain.calendar.zones import UnknownZone, zone
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.contacts import channels, contacts_card, none_published
from slabot.domain.dialogue.deadlines import clock_data, promised, reply_by
from slabot.domain.dialogue.hours import desk_calendar, header_line
from slabot.domain.dialogue.maintenance import window_line, window_now, window_soon
from slabot.domain.dialogue.plan import Moment
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.instants import written_if_any
from slabot.domain.policy import Level, Policy
from slabot.domain.projection import is_running
from slabot.domain.target import Metric
from slabot.domain.words import Language
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.reception import Guest
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turn import Timelines

LISTED = 20
"""Conversations on a visitor's home; older ones are found by their ticket."""


class FrontDesk:
    def __init__(
        self, bot: Bot, supports: Supports, staff: Staff, timelines: Timelines, clock: Clock
    ) -> None:
        self._bot = bot
        self._supports = supports
        self._staff = staff
        self._timelines = timelines
        self._clock = clock

    def known_zone(self, name: str | None) -> str | None:
        """The zone if there is one of this name; a browser may send anything."""
        try:
            return zone(name).key if name else None
        except UnknownZone:
            return None

    def welcome(self, guest: Guest) -> dict[str, Any]:
        """Everything for the first look. Raises UnknownWorkspace."""
        support = self._supports.current(guest.workspace)
        policy, now = support.policy, self._clock.now()
        speaker = self._speaker(guest, None)
        calendar = desk_calendar(speaker)
        change = calendar.next_change(now)
        reachable = [
            contact for contact in speaker.contacts if channels(contact) and not contact.only_after_unresolved
        ]
        return {
            "ok": True,
            "workspace": policy.workspace,
            **self.face(policy),
            "ticket_noun": policy.ticket_noun,
            "consent": speaker.voice.policy_words("consent", speaker.language, policy.consent_words) or None,
            "files": sorted(policy.attaching.types),
            "hours": {
                "open": calendar.is_open(now),
                "line": header_line(speaker, calendar),
                "next_change": written_if_any(change),
                "zone": policy.zone,
                "zone_words": policy.zone_words,
            },
            "talk_to_person": self.talk_to_person(guest, None),
            "call_now": contacts_card(speaker, reachable).data["contacts"],
            "help_words": none_published(speaker),
            "maintenance": [
                {
                    "starts": written_if_any(window.starts),
                    "ends": written_if_any(window.ends),
                    "what": window.what,
                    "line": window_line(speaker, window),
                }
                for window in (window_now(speaker), window_soon(speaker))
                if window is not None
            ],
        }

    def face(self, policy: Policy) -> dict[str, Any]:
        """Name and looks: what everybody who sees the button knows anyway."""
        brand = policy.brand
        looks = {"accent": brand.accent, "corner": brand.corner, "bot_name": brand.bot_name}
        return {"name": policy.name, "brand": looks}

    def talk_to_person(self, guest: Guest, conversation: Conversation | None) -> dict[str, Any]:
        """By when a person replies: what the open ticket still owes, else what one would promise if asked now."""
        speaker = self._speaker(guest, conversation)
        ticket = conversation.open_ticket if conversation is not None else None
        owed = ticket.promise(speaker.support) if ticket else promised(speaker, _level(speaker, conversation))
        responses = (owed.clocks[Metric.FIRST_RESPONSE], owed.clocks[Metric.NEXT_RESPONSE])
        running = [clock for clock in responses if clock.due is not None and is_running(clock)]
        if ticket is not None and not running:
            return {"due": None, "when": "", "line": "", "explanation": []}
        shown = clock_data(speaker, running[0] if running else responses[0])
        return {
            "due": shown["due"],
            "when": shown["line"],
            "line": reply_by(speaker, owed),
            "explanation": shown["explanation"],
        }

    async def conversations_of(self, guest: Guest) -> list[dict[str, Any]]:
        """The guest's own, newest first, as their home lists them."""
        rows = await self._timelines.conversations_of(guest.workspace, guest.visitor, LISTED)
        return [
            {
                "id": row.conversation,
                "status": row.status,
                "ticket": row.ticket,
                "first_words": row.first_words,
                "last_words": row.last_words,
                "last_role": row.last_role,
                "last_at": written_if_any(row.last_at),
            }
            for row in rows
            if guest.may_see(row.conversation)
        ]

    async def tickets_of(self, guest: Guest) -> list[dict[str, Any]]:
        """The guest's own, newest first, with the next deadline of the open ones."""
        rows = await self._timelines.tickets_of(guest.workspace, guest.visitor)
        policy = self._supports.current(guest.workspace).policy
        speaker = self._speaker(guest, None)
        now = self._clock.now()
        shown = []
        for row in rows:
            if not guest.may_see(row.conversation):
                continue
            known = next((level for level in policy.levels if level.key == row.level), None)
            # The row knows which clocks still run; the ticket's record keeps those that were met as well.
            case = await self._timelines.inbox_row(row.conversation)
            owed = case.next_due if case is not None and row.state != "resolved" else None
            upcoming = owed if owed is not None and owed >= now else None
            shown.append(
                {
                    "number": row.number,
                    "noun": speaker.noun,
                    "severity": known.name if known else row.level,
                    "state": row.state,
                    "conversation": row.conversation,
                    "opened_at": written_if_any(row.opened_at),
                    "next_due": written_if_any(upcoming),
                    "next_due_line": speaker.time(upcoming) if upcoming else "",
                }
            )
        return shown

    def search(self, guest: Guest, text: str) -> list[dict[str, Any]]:
        """Titles with the passage that fits, as the visitor types."""
        return [
            {"slug": found.slug, "title": found.title, "snippet": found.passage.text}
            for found in self._bot.search.find(guest.workspace, text).candidates
        ]

    def article(self, guest: Guest, slug: str) -> dict[str, Any] | None:
        article = self._bot.search.article(guest.workspace, slug)
        if article is None:
            return None
        return {
            "slug": article.slug,
            "title": article.title,
            "html": article.html,
            "language": article.language,
        }

    def _speaker(self, guest: Guest, conversation: Conversation | None) -> Speaker:
        support = self._supports.current(guest.workspace)
        now = self._clock.now()
        talk = conversation or Conversation("", guest.workspace, locale=guest.locale, zone=guest.zone)
        moment = Moment(now, "", self._staff.of(support.policy, now, talk.id))
        return Speaker(talk, support, self._bot.wits(guest.workspace).voice, moment, spoken_in(guest.locale))


def spoken_in(locale: str) -> Language:
    """The language of a browser's locale ("de-AT" → de), English where we do not speak it."""
    primary = locale.replace("_", "-").partition("-")[0].lower()
    return next((language for language in get_args(Language) if language == primary), "en")


def _level(speaker: Speaker, conversation: Conversation | None) -> Level:
    policy = speaker.policy
    if conversation is not None and conversation.open_ticket is not None:
        return policy.level(conversation.open_ticket.level)
    assessed = (conversation.assessed or {}).get("severity") if conversation is not None else None
    if assessed:
        return policy.level(assessed)
    return policy.level(policy.question_level) if policy.question_level else policy.lowest
