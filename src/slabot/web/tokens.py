"""A visitor's session as our own signed token: for an anonymous visitor, and for one whom the host page vouched for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from slabot.domain.identity import Identity

ANONYMOUS_LASTS = timedelta(days=400)
VERIFIED_LASTS = timedelta(hours=12)
"""After that the host page has to vouch again; until then the browser needs no new token of it."""

LINKED_LASTS = timedelta(days=14)
"""For whoever came by the link of a mail."""

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Who comes with a token. `id` and `expires_at` let it be ended before its time."""

    id: str
    visitor: str
    expires_at: datetime
    identity: Identity | None = None
    only: str | None = None
    """The one conversation that it opens; None: all of the visitor's."""


class VisitorTokens:
    """Tokens say visitor and workspace, and are worth nothing in another workspace or at another server."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"expected a secret of at least {SECRET_BYTES} bytes, got {len(secret)}")
        self._secret = secret

    def anonymous(self, visitor: str) -> Session:
        return Session(secrets.token_urlsafe(9), visitor, datetime.now(UTC) + ANONYMOUS_LASTS)

    def verified(self, workspace: str, identity: Identity) -> Session:
        """The same visitor for the same subject, on every device; the subject itself cannot be read from it."""
        place = f"{workspace}\0{identity.subject}".encode("utf-8", "surrogatepass")
        mark = hmac.new(self._secret, place, hashlib.sha256).digest()[:16]
        visitor = f"u_{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"
        return Session(secrets.token_urlsafe(9), visitor, datetime.now(UTC) + VERIFIED_LASTS, identity)

    def linked(self, visitor: str, conversation: str) -> Session:
        """For one conversation alone: who reads somebody's mail has not become them."""
        until = datetime.now(UTC) + LINKED_LASTS
        return Session(secrets.token_urlsafe(9), visitor, until, only=conversation)

    def issue(self, workspace: str, session: Session) -> str:
        claims: dict[str, Any] = {
            "sub": session.visitor,
            "aud": f"visitor:{workspace}",
            "exp": session.expires_at,
            "sid": session.id,
        }
        if session.identity is not None:
            claims["who"] = asdict(session.identity)
        if session.only is not None:
            claims["only"] = session.only
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def session_of(self, workspace: str, token: str | None) -> Session | None:
        """None for no token, a forged one, an anonymous one that has expired, or one of another workspace.

        Raises SessionEnded for a verified one that has expired: who came with it must not go on as somebody else.
        """
        if not token:
            return None
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=f"visitor:{workspace}",
                options={"require": ["sub", "aud", "exp"], "verify_exp": False},
            )
        except jwt.InvalidTokenError:
            return None
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
        identity = Identity(**claims["who"]) if "who" in claims else None
        if expires_at <= datetime.now(UTC):
            if identity is not None:
                raise SessionEnded
            return None
        return Session(claims.get("sid", ""), claims["sub"], expires_at, identity, claims.get("only"))


class SessionEnded(Exception):
    """The person signed out, or the host page has to vouch for them again."""
