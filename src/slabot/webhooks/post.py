"""Hands messages to receivers over HTTP: patient for a while, following no redirect, reading no answer but its status."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.resolver import ThreadedResolver

from slabot.services.forwarding import NotTaken
from slabot.webhooks.addresses import Forbidden, PublicResolver, checked

PATIENCE = 10.0
"""Seconds for one message, from the connection to the status."""
GONE = 410


class HttpPost:
    """Satisfies `services.forwarding.Post`."""

    def __init__(self, *, allow_private: bool = False, patience: float = PATIENCE) -> None:
        self._allow_private = allow_private
        self._patience = patience
        self._session: ClientSession | None = None

    def check(self, url: str) -> None:
        """Satisfies `services.webhooks.CheckUrl`."""
        checked(url, allow_private=self._allow_private)

    async def hand_over(self, url: str, headers: dict[str, str], body: bytes) -> None:
        try:
            self.check(url)
            async with self._opened().post(url, data=body, headers=headers, allow_redirects=False) as answer:
                status = answer.status
        except TimeoutError:
            raise NotTaken(f"no answer within {self._patience:g} s") from None
        except ValueError:
            raise NotTaken("this address must not be called") from None
        except (ClientError, OSError) as failure:
            is_inside = isinstance(getattr(failure, "os_error", failure), Forbidden)
            raise NotTaken("not a public address" if is_inside else type(failure).__name__) from failure
        if not 200 <= status < 300:
            raise NotTaken(f"answered {status}", is_gone=status == GONE)

    def _opened(self) -> ClientSession:
        """Each message has a connection of its own: they are few, and a kept one goes stale."""
        if self._session is None:
            resolver = ThreadedResolver() if self._allow_private else PublicResolver()
            self._session = ClientSession(
                connector=TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True, limit=100),
                timeout=ClientTimeout(total=self._patience),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": "slabot-webhooks/1"},
                trust_env=False,
            )
        return self._session

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
