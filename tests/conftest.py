"""Fixtures that every room's tests may use."""

from collections.abc import Iterator

import pytest
from aiohttp import web_app
from hypothesis import settings

pytest_plugins = ["tests.databases"]

# A machine that is busy elsewhere makes a slow example, not a wrong one.
settings.register_profile("slabot", deadline=None)
settings.load_profile("slabot")


@pytest.fixture(autouse=True)
def _servers_that_were_closed_are_let_go() -> Iterator[None]:
    """aiohttp remembers the handlers of the last 1,024 requests' routes and through them hundreds of whole servers.

    Ten million objects later, collecting garbage stops the world for seconds in the middle of somebody's test.
    """
    yield
    web_app._cached_build_middleware.cache_clear()
