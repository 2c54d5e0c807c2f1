"""From the host page's signed token to who a visitor is: checked with the workspace's keys, believed once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import jwt
import structlog

from slabot.domain.conversation import Conversation, Status
from slabot.domain.identity import Identity
from slabot.domain.policy import Policy
from slabot.domain.support import Support
from slabot.domain.timeline import Happening, Kind
from slabot.services.clock import Clock
from slabot.services.keyring import IdentityKey, IdentityKeys
from slabot.services.reception import Guest, vouched
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.turns import Decision, Refused, Turns

log = structlog.get_logger(__name__)

SKEW = timedelta(seconds=30)
"""How far the host's clock may be from ours."""

JOINED_AT_MOST = 20
"""Talks of an anonymous visitor that are looked through when they sign in; more are not under way at once."""

LONGEST_ID = 255
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class SpentTokens(Protocol):
    """What may be used once, until it could not be used anyway."""

    async def spend(self, workspace: str, id: str, spender: str, until: datetime) -> str:
        """Who spent it first: the spender given, or somebody before."""
        ...

    async def is_spent(self, workspace: str, id: str) -> bool: ...


class BadIdentity(Refused):
    """The host page's token is not believed; `message` says why, for whoever builds that page."""

    def __init__(self, why: str) -> None:
        super().__init__("identity", why)


class AlreadyUsed(BadIdentity):
    """The token is right but was used before, by another browser or page."""

    def __init__(self, identity: Identity) -> None:
        super().__init__("This sign-in was used before. Ask the page for a new one.")
        self.identity = identity


class Identification:
    def __init__(
        self,
        keys: IdentityKeys,
        spent: SpentTokens,
        turns: Turns,
        timelines: Timelines,
        supports: Supports,
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._spent = spent
        self._turns = turns
        self._timelines = timelines
        self._supports = supports
        self._clock = clock

    async def identify(self, workspace: str, token: str, attempt: str) -> Identity:
        """Who this token vouches for; it counts as used from here on, but for a repetition of the same attempt.

        Raises AlreadyUsed or BadIdentity.
        """
        claims = _believed(token, await self._key_for(workspace, token), workspace)
        identity = _identity(claims, self._supports.current(workspace).policy)
        until = datetime.fromtimestamp(claims["exp"], UTC) + 2 * SKEW
        if await self._spent.spend(workspace, f"jti:{claims['jti']}", attempt, until) != attempt:
            raise AlreadyUsed(identity)
        return identity

    async def join(self, guest: Guest, anonymous: str) -> None:
        """The talks that this anonymous visitor has under way become the guest's own, who has now signed in."""

        def decide(before: Conversation, _: Support) -> Decision:
            if before.visitor != anonymous or guest.identity is None:
                return Decision()
            facts, content = vouched(guest.identity)
            joined = Happening(Kind.IDENTIFIED, guest.actor, self._clock.now(), facts, content)
            return Decision((joined,), moves_visitor=True)

        for row in await self._timelines.conversations_of(guest.workspace, anonymous, JOINED_AT_MOST):
            if row.status != Status.RESOLVED:
                await self._turns.take(row.conversation, decide)

    async def end(self, workspace: str, session: str, expires_at: datetime) -> None:
        """Nobody comes in with this session again."""
        await self._spent.spend(workspace, f"session:{session}", "ended", expires_at)

    async def is_ended(self, workspace: str, session: str) -> bool:
        return await self._spent.is_spent(workspace, f"session:{session}")

    async def _key_for(self, workspace: str, token: str) -> IdentityKey:
        """The key that the token's header names; without a name the only one there is. Raises BadIdentity."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
        except jwt.InvalidTokenError:
            raise BadIdentity("The sign-in that this page sent is no signed token (JWT).") from None
        in_use = [key for key in await self._keys.of(workspace) if key.retired_at is None]
        named = [key for key in in_use if key.kid == kid] if kid is not None else in_use
        if len(named) != 1:
            log.info("identity_refused", workspace=workspace, because="no such key")
            raise BadIdentity(
                "The sign-in that this page sent names no key in use here (`kid` in its header)."
            )
        return named[0]


def _believed(token: str, key: IdentityKey, workspace: str) -> dict[str, Any]:
    """The claims. The key alone says which algorithm counts; the token's own word for it is never asked."""
    required = ["exp", "sub", "jti"]
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.material,
            algorithms=[key.algorithm.value],
            leeway=SKEW,
            options={"require": required, "verify_aud": False},
        )
    except jwt.ExpiredSignatureError:
        raise BadIdentity("The sign-in that this page sent has expired.") from None
    except jwt.ImmatureSignatureError:
        raise BadIdentity(
            "The sign-in that this page sent is not valid yet; the page's clock is ahead."
        ) from None
    except jwt.MissingRequiredClaimError as missing:
        raise BadIdentity(f"The sign-in that this page sent lacks `{missing.claim}`.") from None
    except jwt.InvalidTokenError as error:
        log.info("identity_refused", workspace=workspace, because=type(error).__name__)
        raise BadIdentity("The sign-in that this page sent could not be checked with our key.") from None
    audience = claims.get("aud", workspace)
    if workspace not in (audience if isinstance(audience, list) else [audience]):
        raise BadIdentity("The sign-in that this page sent is meant for somebody else (`aud`).")
    for name in ("sub", "jti"):
        if not isinstance(claims[name], str) or not 0 < len(claims[name]) <= LONGEST_ID:
            raise BadIdentity(f"`{name}` of a sign-in is a text of at most {LONGEST_ID} characters.")
    return claims


def _identity(claims: dict[str, Any], policy: Policy) -> Identity:
    """What is vouched for; a field that makes no sense is left out, for the person is still who they are."""
    plan = _line(claims.get("plan"), LONGEST_ID) or None
    if plan is not None and plan not in {known.key for known in policy.plans}:
        log.warning("unknown_plan", workspace=policy.workspace, plan=plan)
        plan = None
    email = _line(claims.get("email"), LONGEST_ADDRESS)
    return Identity(
        subject=claims["sub"],
        name=_line(claims.get("name"), LONGEST_NAME),
        email=email if _ADDRESS.fullmatch(email) else None,
        plan=plan,
        customer=_line(claims.get("customer"), LONGEST_ID) or None,
    )


def _line(value: object, longest: int) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", value).split())[:longest] if isinstance(value, str) else ""
