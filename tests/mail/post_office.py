"""A real mail server for tests, on a free port, in a mood that the test chooses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """What arrived, and how the next letters are met."""

    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    says_to_recipient: list[str] = field(default_factory=list)
    """Answers to RCPT, used up one a letter; then it takes everything."""
    says_to_mail: list[str] = field(default_factory=list)
    """The same for the mail itself."""
    is_silent: bool = False
    """Hears the mail and never answers."""
    port: int = 0
    got_stuck: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(
        self,
        server: SMTP,  # noqa: ARG002 - the server's library passes all five
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        if self.says_to_recipient:
            return self.says_to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002
        if self.is_silent:
            self.got_stuck.set()
            await asyncio.Event().wait()
        if self.says_to_mail:
            return self.says_to_mail.pop(0)
        content: Any = envelope.content
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.arrived.append(mail)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    loop = asyncio.get_running_loop()
    open_lines: set[SMTP] = set()

    def line() -> SMTP:
        served = SMTP(office, hostname="post.example", loop=loop, enable_SMTPUTF8=True)
        open_lines.add(served)
        return served

    server = await loop.create_server(line, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for served in open_lines:
            if served.transport is not None:
                served.transport.close()
        # Each connection has a task of its own; it ends with its transport.
        await asyncio.gather(
            *(s._handler_coroutine for s in open_lines if s._handler_coroutine), return_exceptions=True
        )


def parts(mail: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()
