"""Who comes in as which visitor: one gatekeeper for the socket and for REST."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from slabot.domain.conversation import Conversation
from slabot.services.front_desk import FrontDesk
from slabot.services.identification import AlreadyUsed, Identification
from slabot.services.ids import Ids
from slabot.services.reception import Guest
from slabot.services.supports import Supports
from slabot.services.turns import Refused
from slabot.web.tokens import Session, SessionEnded, VisitorTokens
from slabot.wire.visitor import Connect


@dataclass(frozen=True, slots=True)
class Admitted:
    """A visitor with the session they have from now on."""

    guest: Guest
    session: Session
    token: str
    is_known: bool
    """They were here before, or have just become somebody who may have been."""
    joined: str | None = None
    """The anonymous visitor that they were until now."""


class Admission:
    def __init__(
        self,
        identification: Identification,
        supports: Supports,
        front_desk: FrontDesk,
        tokens: VisitorTokens,
        ids: Ids,
    ) -> None:
        self._identification = identification
        self._supports = supports
        self._front_desk = front_desk
        self._tokens = tokens
        self._ids = ids

    async def admit(self, asked: Connect) -> Admitted:
        """Raises UnknownWorkspace, or Refused `identity`."""
        workspace = asked.workspace
        policy = self._supports.current(workspace).policy
        before = await self._session(workspace, asked.token, is_replaced=asked.identity is not None)
        session = before
        if asked.identity is not None:
            session = await self._vouched(workspace, asked.identity, asked.attempt, before)
        if policy.identity_required and (session is None or session.identity is None):
            raise Refused("identity", "Sign in on the host page first.")
        is_known = session is not None
        session = session or self._tokens.anonymous(self._ids.visitor())
        guest = self._guest(asked, session)
        joined = None
        is_anonymous = before is not None and before.identity is None and before.only is None
        if session.identity is not None and before is not None and is_anonymous:
            await self._identification.join(guest, before.visitor)
            joined = before.visitor
        token = asked.token if session is before and asked.token else self._tokens.issue(workspace, session)
        return Admitted(guest, session, token, is_known, joined)

    async def bearer(self, request: web.Request, workspace: str) -> Guest | None:
        """Whoever the request's `Authorization: Bearer` names; None for nobody. Raises Refused `identity`."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        session = await self._session(workspace, token) if scheme.lower() == "bearer" else None
        if session is None:
            if self._supports.current(workspace).policy.identity_required:
                raise Refused("identity", "Sign in on the host page first.")
            return None
        return Guest(session.visitor, workspace, identity=session.identity, only=session.only)

    def by_link(self, conversation: Conversation) -> str:
        """A session's token for whoever came by the link of a mail."""
        session = self._tokens.linked(conversation.visitor, conversation.id)
        return self._tokens.issue(conversation.workspace, session)

    async def end(self, workspace: str, session: Session) -> None:
        """Nobody comes in with this session again."""
        await self._identification.end(workspace, session.id, session.expires_at)

    async def _session(
        self, workspace: str, token: str | None, *, is_replaced: bool = False
    ) -> Session | None:
        """Raises Refused `identity` for one that was ended, unless the page vouches for somebody now."""
        try:
            session = self._tokens.session_of(workspace, token)
            if session is not None and session.id and await self._is_ended(workspace, session):
                raise SessionEnded
        except SessionEnded:
            if is_replaced:
                return None
            raise Refused("identity", "You were signed out. Sign in on the host page again.") from None
        return session

    async def _is_ended(self, workspace: str, session: Session) -> bool:
        if session.identity is None:
            return False  # Nothing ends these but the browser that holds them.
        return await self._identification.is_ended(workspace, session.id)

    async def _vouched(
        self, workspace: str, token: str, attempt: str | None, before: Session | None
    ) -> Session:
        try:
            identity = await self._identification.identify(workspace, token, attempt or self._ids.message())
        except AlreadyUsed as used:
            # A page that was reloaded sends the same token; its browser has the session that came of it.
            who = before.identity if before is not None else None
            if before is None or who is None or who.subject != used.identity.subject:
                raise
            return before
        return self._tokens.verified(workspace, identity)

    def _guest(self, asked: Connect, session: Session) -> Guest:
        zone = self._front_desk.known_zone(asked.zone)
        return Guest(session.visitor, asked.workspace, asked.locale, zone, session.identity, session.only)
