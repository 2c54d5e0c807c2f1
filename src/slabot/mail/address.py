"""Where mail goes out and in whose name: the two settings, read and refused in words."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

EXPECTED = "expected smtp://user:password@host:port or smtps://…"


class BadMailSettings(ValueError):
    """The mail server's address or the sender cannot be used."""


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    is_tls: bool
    """From the first byte on (`smtps`); otherwise STARTTLS where the server offers it."""
    user: str = ""
    password: str = ""

    @property
    def needs_starttls(self) -> bool:
        """A password never crosses a network in the clear; on this machine it may."""
        return bool(self.password) and not self.is_tls and not _is_loopback(self.host)


def mail_server(url: str) -> MailServer:
    """`smtp://…` (port 587 with a user, else 25) or `smtps://…` (465).

    Raises BadMailSettings, which never shows a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadMailSettings(f"SLABOT_SMTP_URL: {EXPECTED}; {error}") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadMailSettings(f"SLABOT_SMTP_URL: {EXPECTED}, found the scheme {parts.scheme!r}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadMailSettings(
            f"SLABOT_SMTP_URL: {EXPECTED}, found more after it; percent-encode the password"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    usual = 465 if parts.scheme == "smtps" else 587 if user else 25
    return MailServer(parts.hostname, port or usual, parts.scheme == "smtps", user, password)


def sender(text: str) -> Address:
    """`Support <support@example.org>`. Raises BadMailSettings."""
    name, spec = parseaddr(text)
    try:
        address = recipient(spec)
    except ValueError:
        raise BadMailSettings(
            f"SLABOT_MAIL_FROM: expected a sender as Support <support@example.org>, got {text!r}"
        ) from None
    return Address(name, address.username, address.domain)


def recipient(spec: str) -> Address:
    """A plain address, as people type it. Raises ValueError for what is none, line breaks included."""
    try:
        address = Address(addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError):
        raise ValueError("no mail address") from None
    if not address.username or not address.domain or any(sign.isspace() for sign in spec):
        raise ValueError("no mail address")
    return address


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
