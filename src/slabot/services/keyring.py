"""The keys that host pages sign identities with: made or taken in, listed, retired. Each fixes its own algorithm."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from slabot.services.clock import Clock
from slabot.services.deeds import CLI, Deed

SECRET_BYTES = 32
SMALLEST_RSA = 2048
"""Bits."""


class Algorithm(StrEnum):
    HS256 = "HS256"
    RS256 = "RS256"


@dataclass(frozen=True, slots=True)
class IdentityKey:
    """One key of a workspace. `kid` names it in a token's header."""

    workspace: str
    kid: str
    algorithm: Algorithm
    material: str
    """The shared secret, or the public key in PEM."""
    created_at: datetime
    retired_at: datetime | None = None


class IdentityKeys(Protocol):
    async def add(self, key: IdentityKey, deed: Deed) -> None:
        """Raises ValueError when the workspace has a key of this name, retired ones included."""
        ...

    async def of(self, workspace: str) -> tuple[IdentityKey, ...]:
        """Oldest first, retired ones included."""
        ...

    async def retire(self, workspace: str, kid: str, deed: Deed) -> bool:
        """Whether there was such a key in use."""
        ...


class Keyring:
    def __init__(self, keys: IdentityKeys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def add(
        self,
        workspace: str,
        *,
        kid: str | None = None,
        public_key: str | None = None,
        by: str = CLI,
    ) -> IdentityKey:
        """A fresh shared secret for HS256, or with a public key in PEM a key for RS256. Raises ValueError."""
        now = self._clock.now()
        kid = kid or f"{now:%Y-%m-%d}-{secrets.token_hex(3)}"
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", kid):
            raise ValueError(f"a key's name has letters, digits, `.`, `_` and `-`, at most 64; got {kid!r}")
        if public_key is None:
            material = secrets.token_urlsafe(SECRET_BYTES)
            key = IdentityKey(workspace, kid, Algorithm.HS256, material, now)
        else:
            key = IdentityKey(workspace, kid, Algorithm.RS256, _checked(public_key), now)
        facts = {"algorithm": key.algorithm.value}
        await self._keys.add(key, Deed(by, now, "key.add", kid, workspace, after=facts))
        return key

    async def of(self, workspace: str) -> tuple[IdentityKey, ...]:
        return await self._keys.of(workspace)

    async def retire(self, workspace: str, kid: str, *, by: str = CLI) -> None:
        """From now on nothing signed with it is believed. Raises ValueError when there is no such key in use."""
        deed = Deed(by, self._clock.now(), "key.retire", kid, workspace)
        if not await self._keys.retire(workspace, kid, deed):
            raise ValueError(
                f"{workspace} has no key {kid!r} in use; `slabot keys list {workspace}` shows them"
            )


def _checked(pem: str) -> str:
    """Raises ValueError for anything but an RSA public key that is large enough."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("expected an RSA public key in PEM (-----BEGIN PUBLIC KEY-----)") from None
    if not isinstance(key, RSAPublicKey):
        raise ValueError(f"expected an RSA public key, got {type(key).__name__}")
    if key.key_size < SMALLEST_RSA:
        raise ValueError(f"expected an RSA key of at least {SMALLEST_RSA} bits, got {key.key_size}")
    return pem.strip()
