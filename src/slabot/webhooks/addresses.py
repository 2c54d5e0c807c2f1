"""Which addresses a webhook may be sent to: none inside our own network, unless the operator says so.

An administrator of one workspace must not reach, through this server, what only this server can reach.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

LONGEST = 2_000
_NAT64 = IPv6Network("64:ff9b::/96")


class Forbidden(OSError):
    """The name leads to an address inside."""


def checked(url: str, *, allow_private: bool = False) -> None:
    """Raises ValueError, in words for whoever typed it. Where a name leads to is checked with every call."""
    expected = "expected an address as https://crm.example.org/hooks"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{expected}; {error}") from None
    schemes = ("https", "http") if allow_private else ("https",)
    if parts.scheme not in schemes or not host:
        raise ValueError(f"{expected}, got {url!r}")
    if parts.username or parts.password or parts.fragment or not url.isprintable() or len(url) > LONGEST:
        raise ValueError(
            f"{expected}: without a user, a password or a fragment; the signature says who sends"
        )
    if not allow_private and is_inside(host):
        raise ValueError(f"{host} is not a public address; SLABOT_WEBHOOKS_PRIVATE allows private ones")


def is_inside(host: str) -> bool:
    """Whether a literal address is anything but public. False for a name: `PublicResolver` asks where it leads."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return _is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        within = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if within:
            return _is_public(within)
    return address.is_global and not address.is_multicast


class PublicResolver(AbstractResolver):
    """Gives public addresses only, at the very moment of the call, so that no name can change in between."""

    def __init__(self) -> None:
        self._asked = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._asked.resolve(host, port, family)
        public = [each for each in found if not is_inside(each["host"])]
        if not public:
            raise Forbidden(f"{host} leads to no public address")
        return public

    async def close(self) -> None:
        await self._asked.close()
