"""The post: hands letters to a mail server over SMTP, and tells a refusal for good from one for now."""

from __future__ import annotations

import asyncio

import aiosmtplib
import structlog
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from slabot.mail.address import MailServer, mail_server, sender
from slabot.mail.form import message
from slabot.services.mailer import Letter, Undelivered

log = structlog.get_logger(__name__)

PATIENCE = 30.0
"""Seconds for one letter, from the connection to the server's word that it has it."""


class SmtpMailer:
    """Satisfies `services.mailer.Mailer`. A connection a letter: they are few, and none can spoil the next."""

    def __init__(self, server: MailServer, mail_from: str, patience: float = PATIENCE) -> None:
        self._server = server
        self._sender = sender(mail_from)
        self._patience = patience

    @classmethod
    def of(cls, url: str, mail_from: str) -> SmtpMailer:
        """From the settings. Raises BadMailSettings."""
        return cls(mail_server(url), mail_from)

    async def send(self, letter: Letter) -> None:
        mail = message(letter, self._sender)
        try:
            async with asyncio.timeout(self._patience):
                refused, _ = await aiosmtplib.send(
                    mail,
                    sender=self._sender.addr_spec,
                    recipients=list(letter.to),
                    hostname=self._server.host,
                    port=self._server.port,
                    username=self._server.user or None,
                    password=self._server.password or None,
                    use_tls=self._server.is_tls,
                    start_tls=True if self._server.needs_starttls else None,
                    timeout=self._patience,
                )
        except TimeoutError as slow:
            raise Undelivered(f"no answer within {self._patience:g} s") from slow
        except SMTPRecipientsRefused as nobody:
            codes = sorted({each.code for each in nobody.recipients})
            raise Undelivered(f"recipient refused: {_listed(codes)}", for_good=min(codes) >= 500) from nobody
        except SMTPDataError as unwanted:
            raise Undelivered(f"mail refused: {unwanted.code}", for_good=unwanted.code >= 500) from unwanted
        except SMTPNotSupported as unable:
            for_good = not _is_ascii(letter)
            raise Undelivered("the mail server does not take such an address", for_good=for_good) from unable
        except SMTPResponseException as refusal:
            # Greeting, login or sender: our settings or the server's mood, not this letter's fault.
            raise Undelivered(f"{type(refusal).__name__}: {refusal.code}") from refusal
        except (SMTPException, OSError) as failure:
            raise Undelivered(type(failure).__name__) from failure
        if refused:
            # Taken for the others: sent again it would reach them twice.
            log.warning("recipients_refused", id=letter.id, codes=[each[0] for each in refused.values()])


def _is_ascii(letter: Letter) -> bool:
    return all(to.isascii() for to in letter.to)


def _listed(codes: list[int]) -> str:
    return ", ".join(map(str, codes))
