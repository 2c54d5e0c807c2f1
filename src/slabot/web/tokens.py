"""Who a visitor is: our own signed token for anonymous ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt

LASTS = timedelta(days=400)
SECRET_BYTES = 32


class VisitorTokens:
    """Tokens say visitor and workspace, and are worth nothing in another workspace or at another server."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"expected a secret of at least {SECRET_BYTES} bytes, got {len(secret)}")
        self._secret = secret

    def issue(self, workspace: str, visitor: str) -> str:
        claims = {"sub": visitor, "aud": f"visitor:{workspace}", "exp": datetime.now(UTC) + LASTS}
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def visitor_of(self, workspace: str, token: str | None) -> str | None:
        """None for no token, a forged or expired one, or one of another workspace."""
        if not token:
            return None
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=f"visitor:{workspace}",
                options={"require": ["sub", "aud", "exp"]},
            )
        except jwt.InvalidTokenError:
            return None
        return str(claims["sub"])
