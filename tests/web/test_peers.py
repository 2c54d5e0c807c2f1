"""Whose address counts: what a trusted proxy says, never what a client says of itself."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from slabot.web.peers import address

PROXY, CLIENT, LIAR = "10.0.0.1", "198.51.100.7", "203.0.113.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (CLIENT, [], CLIENT),
        (CLIENT, [LIAR], CLIENT),
        (PROXY, [CLIENT], CLIENT),
        (PROXY, [f"{LIAR}, {CLIENT}"], CLIENT),
        (PROXY, [LIAR, CLIENT], CLIENT),
        (PROXY, [f"{CLIENT}, 10.0.0.2"], CLIENT),
        (PROXY, ["unknown"], PROXY),
        (PROXY, [f"{LIAR}, unknown"], PROXY),
        (PROXY, [], PROXY),
        (PROXY, ["2001:db8::1"], "2001:db8::1"),
    ],
)
def test_the_nearest_address_that_no_proxy_of_ours_wrote_for_itself(
    peer: str, forwarded: list[str], expected: str
) -> None:
    headers = CIMultiDict([("X-Forwarded-For", line) for line in forwarded])
    request = make_mocked_request("GET", "/", headers).clone(remote=peer)
    assert address(request, (PROXY, "10.0.0.2")) == expected
