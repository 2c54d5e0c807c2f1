"""No webhook reaches what only this server can reach."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from slabot.services.forwarding import NotTaken
from slabot.webhooks.addresses import PublicResolver, checked, is_inside
from slabot.webhooks.post import HttpPost
from tests.webhooks.receiver import receiver


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.5.4", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[::]",
    ],
)  # fmt: skip
def test_an_address_inside_is_refused_when_it_is_typed(host: str) -> None:
    with pytest.raises(ValueError, match="not a public address"):
        checked(f"https://{host}/hooks")
    checked(f"http://{host}/hooks", allow_private=True)


@pytest.mark.parametrize("host", ["93.184.216.34", "[2606:2800:220:1::]", "crm.example.org"])
def test_a_public_address_is_taken(host: str) -> None:
    checked(f"https://{host}:8443/hooks?for=us")


@pytest.mark.parametrize(
    "url",
    ["http://crm.example.org/", "ftp://crm.example.org/", "crm.example.org", "https://", "https://u:p@crm.example.org/",
     "https://crm.example.org/#part", "https://crm.example.org:99999/", "https://crm.example.org/\n", ""],
)  # fmt: skip
def test_what_is_no_https_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match=r"expected an address as https://crm\.example\.org/hooks"):
        checked(url)


def test_numbers_that_only_some_read_as_an_address_are_checked_where_they_lead() -> None:
    assert not is_inside("2130706433"), "a name to us; the resolver sees the address behind it"


async def test_a_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def leads_inside(host: str, port: Any, *_: Any, **__: Any) -> Any:
        assert host == "rebound.example.org"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    async with receiver() as inside, HttpPost() as post:
        monkeypatch.setattr(socket, "getaddrinfo", leads_inside)
        with pytest.raises(NotTaken, match="not a public address"):
            await post.hand_over(f"https://rebound.example.org:{inside.port}/hooks", {}, b"{}")
        assert inside.asked == 0


async def test_of_several_addresses_only_the_public_ones_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def leads_to_both(host: str, port: Any, *_: Any, **__: Any) -> Any:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in ("10.0.0.1", "93.184.216.34")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", leads_to_both)
    found = await PublicResolver().resolve("crm.example.org", 443)
    assert [each["host"] for each in found] == ["93.184.216.34"]


async def test_an_address_that_was_taken_while_private_ones_were_allowed_is_not_called_any_more() -> None:
    async with receiver() as inside, HttpPost() as post:
        with pytest.raises(NotTaken, match="must not be called"):
            await post.hand_over(inside.url, {}, b"{}")
        assert inside.asked == 0
