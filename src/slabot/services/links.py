"""The link in a mail that leads back into one conversation: signed, good for a while and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

import jwt

from slabot.services.turns import NotFound, Refused

LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Link:
    """The token stands behind `#`: browsers keep that part to themselves, so no log and no referrer has it."""

    url: str
    until: datetime


class LinkExpired(Refused):
    def __init__(self) -> None:
        super().__init__("link_expired", "This link has expired.")


class Links:
    """`page`: where browsers reach this server, without a slash at the end."""

    def __init__(self, page: str, secret: bytes) -> None:
        self._page = page.rstrip("/")
        self._secret = secret

    def to(self, workspace: str, conversation: str, now: datetime) -> Link | None:
        """None where nobody knows the address of this server."""
        if not self._page:
            return None
        token = self.token(workspace, conversation, now)
        return Link(f"{self._page}/talk/{quote(workspace, safe='')}#{token}", now + LASTS)

    def token(self, workspace: str, conversation: str, now: datetime) -> str:
        """Opens this conversation and is good for nothing else."""
        claims = {"sub": conversation, "aud": _purpose(workspace), "exp": now + LASTS}
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def conversation_of(self, workspace: str, token: str, now: datetime) -> str:
        """Raises LinkExpired, or NotFound for anything that we did not sign for this workspace and purpose."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=_purpose(workspace),
                options={"require": ["sub", "aud", "exp"], "verify_exp": False},
            )
        except jwt.InvalidTokenError:
            raise NotFound from None
        if claims["exp"] <= now.timestamp():
            raise LinkExpired
        return str(claims["sub"])


def _purpose(workspace: str) -> str:
    return f"link:{workspace}"
