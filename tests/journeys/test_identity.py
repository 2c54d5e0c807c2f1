"""Who a visitor is by the host page's word: believed when it is signed, once, and on every device."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from slabot.services.audit import audit
from slabot.services.keyring import IdentityKey, Keyring
from tests.cast import Fact, Visitor, refusal_of, visitor
from tests.house import Server, Start, with_policy

WORKSPACE = "human-esources"
INCIDENT = "nobody in my course can log in"
counter = itertools.count(1)


async def a_key(server: Server, workspace: str = WORKSPACE, **how: Any) -> IdentityKey:
    return await Keyring(server.running.store.identity_keys, server.clock).add(workspace, **how)


def token(key: IdentityKey, secret: Any = None, algorithm: str | None = None, **changes: Any) -> str:
    """What a host page signs; a change to None leaves the claim out."""
    claims = {"sub": "vera-7", "jti": f"once-{next(counter)}", "exp": int(time.time()) + 60, **changes}
    return jwt.encode(
        {name: value for name, value in claims.items() if value is not None},
        secret if secret is not None else key.material,
        algorithm=algorithm or key.algorithm.value,
        headers={"kid": key.kid},
    )


async def signed_in(server: Server, identity: str, kept: str | None = None, **more: Any) -> Visitor:
    vera = Visitor(server.url)
    vera.token = kept
    await vera.arrives(WORKSPACE, "Europe/Berlin", identity=identity, **more)
    server.stack.push_async_callback(vera.leaves)
    return vera


async def refused(server: Server, identity: str, **more: Any) -> Fact:
    fact = await refusal_of(server.url, "/visitor", {"workspace": WORKSPACE, "identity": identity, **more})
    assert fact["data"]["code"] == "identity"
    return fact


async def test_a_verified_visitor_has_their_conversations_on_every_device(server: Server) -> None:
    key = await a_key(server)
    subject = f"vera-{next(counter)}"
    laptop = await signed_in(server, token(key, sub=subject))
    first = await laptop.says("how long does the LMS integration take?")
    second = await laptop.says(INCIDENT, new=True)
    phone = await signed_in(server, token(key, sub=subject))
    hello = await phone.does("hello")
    assert hello["verified"] is True
    assert {talk["id"] for talk in hello["conversations"]} == {first["conversation"], second["conversation"]}
    assert [ticket["conversation"] for ticket in hello["tickets"]] == [second["conversation"]]
    entered = await phone.does("enter", conversation=first["conversation"])
    assert "how long" in entered["conversation"]["messages"][1]["text"]
    said = await phone.says("and who helps with it?")
    assert said["conversation"] == first["conversation"]
    await laptop.hears(lambda event: event.get("text") == "and who helps with it?")
    stranger = await signed_in(server, token(key, sub=f"vera-{next(counter)}"))
    assert (await stranger.does("hello"))["conversations"] == []
    assert (await stranger.asks("enter", conversation=first["conversation"]))["error"]["code"] == "not_found"


async def test_an_anonymous_talk_under_way_becomes_theirs_who_sign_in(server: Server) -> None:
    key = await a_key(server)
    vera = await server.vera()
    tab = await server.vera(token=vera.token)
    talk = (await vera.says(INCIDENT))["conversation"]
    aidan = await server.desk()
    subject = f"vera-{next(counter)}"
    identity = token(key, sub=subject, name="Vera Visitor", email="vera@course.example")
    verified = await signed_in(server, identity, kept=vera.token)
    await tab.gone.wait()
    hello = await verified.does("hello")
    assert hello["conversation"]["id"] == talk
    number = hello["tickets"][0]["number"]
    facts = (await aidan.does("open", conversation=talk))["visitor"]
    assert (facts["name"], facts["email"], facts["verified"]) == ("Vera Visitor", "vera@course.example", True)
    report = await audit(number, server.running.store.timelines, server.running.house.supports)
    assert report.findings == ()
    # The anonymous token opens nothing of it any more, and joining again changes nothing.
    before = await server.vera(token=vera.token)
    assert (await before.does("hello"))["conversation"] is None
    assert (await before.asks("resume", conversation=talk))["error"]["code"] == "not_found"
    again = await signed_in(server, token(key, sub=subject), kept=vera.token)
    kinds = [event["kind"] for event in (await aidan.does("open", conversation=talk))["timeline"]]
    assert kinds.count("identified") == 1
    assert (await again.does("hello"))["conversation"]["id"] == talk


async def test_a_talk_that_was_over_stays_with_the_browser_it_was_held_in(server: Server) -> None:
    key = await a_key(server)
    vera = await server.vera()
    talk = (await vera.says(INCIDENT))["conversation"]
    await vera.says("it works again, solved, thank you")
    hello = await vera.does("hello")
    assert hello["conversation"]["status"] == "resolved"
    verified = await signed_in(server, token(key, sub=f"vera-{next(counter)}"), kept=vera.token)
    assert (await verified.does("hello"))["conversations"] == []
    assert (await verified.asks("enter", conversation=talk))["error"]["code"] == "not_found"


async def test_a_sign_in_is_believed_once_and_its_repetition_is_no_second_use(server: Server) -> None:
    identity = token(await a_key(server))
    vera = await signed_in(server, identity, attempt="attempt-1")
    assert (await refused(server, identity))["message"].startswith("This sign-in was used before")
    await refused(server, identity, attempt="attempt-2")
    # No answer came, so the same page asks again; and a page that was reloaded has the session that came of it.
    await signed_in(server, identity, attempt="attempt-1")
    await signed_in(server, identity, attempt="attempt-3", kept=vera.token)
    stranger = await server.vera()
    await refused(server, identity, attempt="attempt-4", token=stranger.token)


async def test_a_sign_in_outlives_no_restart_as_unused(start: Start, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/slabot.db"
    server = await start(url)
    identity = token(await a_key(server))
    vera = await signed_in(server, identity)
    kept = vera.token
    await server.stack.aclose()
    again = await start(url)
    await refused(again, identity)
    async with visitor(again.url, WORKSPACE, token=kept) as back:
        assert (await back.does("hello"))["verified"] is True


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"exp": 1_000_000_000}, "has expired"),
        ({"exp": None}, "lacks `exp`"),
        ({"jti": None}, "lacks `jti`"),
        ({"sub": None}, "lacks `sub`"),
        ({"sub": ""}, "`sub`"),
        ({"jti": "x" * 256}, "`jti`"),
        ({"aud": "velsoft"}, "`aud`"),
        ({"nbf": int(time.time()) + 3_600}, "not valid yet"),
        ({"secret": "somebody else's secret, long enough"}, "could not be checked"),
        ({"algorithm": "HS512", "secret": "x" * 64}, "could not be checked"),
        ({"secret": "", "algorithm": "none"}, "could not be checked"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_a_sign_in_that_is_not_right_is_refused_and_says_why(
    house: Server, changes: Fact, says: str
) -> None:
    fact = await refused(house, token(await a_key(house), **changes))
    assert says in fact["message"]


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "é.é.é", "e30.e30.", "." * 7_000])
async def test_what_is_no_token_is_refused(house: Server, nonsense: str) -> None:
    await refused(house, nonsense)


async def test_a_clock_that_is_a_little_off_does_no_harm(house: Server) -> None:
    key = await a_key(house)
    now = int(time.time())
    await signed_in(house, token(key, exp=now - 20, iat=now - 100))
    await signed_in(house, token(key, iat=now + 20, nbf=now + 20))
    await refused(house, token(key, exp=now - 40))


async def test_the_key_alone_says_which_algorithm_counts(house: Server) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key = await a_key(house, public_key=public)
    await signed_in(house, token(key, private))
    # Signed with the public key, which everybody may know, as if it were a shared secret.
    head, body = (
        part.rstrip("=")
        for part in (
            _encoded({"alg": "HS256", "typ": "JWT", "kid": key.kid}),
            _encoded({"sub": "vera-7", "jti": "forged", "exp": int(time.time()) + 60}),
        )
    )
    signature = _signed(f"{head}.{body}", public.strip())
    await refused(house, f"{head}.{body}.{signature}")


def _encoded(value: Fact) -> str:
    import base64
    import json

    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _signed(text: str, secret: str) -> str:
    import base64
    import hashlib
    import hmac

    mark = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


async def test_keys_are_rotated_without_a_gap_and_a_retired_one_is_not_believed(
    start: Start, tmp_path: Path
) -> None:
    server = await start(f"sqlite:///{tmp_path}/slabot.db")
    old = await a_key(server)
    await signed_in(
        server, jwt.encode(jwt.decode(token(old), options={"verify_signature": False}), old.material)
    )
    new = await a_key(server, kid="next")
    await signed_in(server, token(old))
    await signed_in(server, token(new))
    ring = Keyring(server.running.store.identity_keys, server.clock)
    await ring.retire(WORKSPACE, old.kid)
    await refused(server, token(old))
    await signed_in(server, token(new))
    with pytest.raises(ValueError, match="has no key"):
        await ring.retire(WORKSPACE, old.kid)
    with pytest.raises(ValueError, match="already"):
        await ring.add(WORKSPACE, kid="next")


async def test_a_key_of_another_workspace_opens_nothing_here(house: Server) -> None:
    await refused(house, token(await a_key(house, "velsoft")))


@pytest.fixture
async def strict(start: Start, tmp_path: Path) -> Server:
    """Human eSources serves only whom the host page vouches for."""
    policies = with_policy(tmp_path, WORKSPACE, "identity_required: true")
    return await start(f"sqlite:///{tmp_path}/slabot.db", policies=policies)


async def test_where_identity_is_required_everybody_else_is_refused_at_the_socket_and_at_rest(
    strict: Server,
) -> None:
    auth = {"workspace": WORKSPACE}
    assert (await refusal_of(strict.url, "/visitor", auth))["data"]["code"] == "identity"
    forged = {**auth, "token": "forged"}
    assert (await refusal_of(strict.url, "/visitor", forged))["data"]["code"] == "identity"
    paths = (f"/api/widget/{WORKSPACE}", f"/api/workspaces/{WORKSPACE}/articles")
    vera = await signed_in(strict, token(await a_key(strict)))
    page = {"Origin": "https://courses.example"}
    async with aiohttp.ClientSession(strict.url) as browser:
        for path in paths:
            async with browser.get(path, headers=page) as response:
                assert response.status == 401
                assert response.headers["Access-Control-Allow-Origin"] == page["Origin"]
                answer = await response.json()
                assert answer["error"]["code"] == "identity"
                assert "hours" not in str(answer)
            async with browser.get(
                path, headers={**page, "Authorization": f"Bearer {vera.token}"}
            ) as response:
                assert response.status == 200
        async with browser.get(paths[0]) as response:
            drawn_with = (await response.json())["error"]["fields"]
            assert (drawn_with["name"], set(drawn_with)) == ("Human eSources", {"name", "brand"})


async def test_logging_out_on_the_host_page_ends_the_session_on_every_tab(server: Server) -> None:
    key = await a_key(server)
    subject = f"vera-{next(counter)}"
    vera = await signed_in(server, token(key, sub=subject))
    await vera.says(INCIDENT)
    tab = await server.vera(token=vera.token)
    elsewhere = await signed_in(server, token(key, sub=subject))
    assert (await vera.does("sign_out"))["ended"] is True
    await tab.gone.wait()
    assert "signed_out" in [fact["fact"] for fact in tab.heard.facts]
    auth = {"workspace": WORKSPACE, "token": vera.token}
    fact = await refusal_of(server.url, "/visitor", auth)
    assert (fact["data"]["code"], fact["message"]) == (
        "identity",
        "You were signed out. Sign in on the host page again.",
    )
    # Another device has a session of its own.
    assert (await elsewhere.does("hello"))["verified"] is True
    anonymous = await server.vera()
    assert (await anonymous.does("sign_out"))["ended"] is False


async def test_whose_address_is_known_is_not_asked_for_it(server: Server) -> None:
    key = await a_key(server)
    known = await signed_in(
        server, token(key, sub=f"vera-{next(counter)}", email="vera@course.example", name=" Vera\nVisitor ")
    )
    unknown = await server.vera()
    replies = {}
    for who, vera in (("known", known), ("unknown", unknown)):
        said = await vera.says(INCIDENT)
        replies[who] = " ".join(event.get("text", "") for event in said["events"][1:])
    assert "e-mail" in replies["unknown"]
    assert "e-mail" not in replies["known"]
    aidan = await server.desk()
    facts = (await aidan.does("open", conversation=known.conversation))["visitor"]
    assert (facts["name"], facts["email"], facts["verified"]) == ("Vera Visitor", "vera@course.example", True)


async def test_claims_that_make_no_sense_are_left_out_and_the_person_is_let_in(house: Server) -> None:
    key = await a_key(house)
    odd = token(
        key, sub=f"vera-{next(counter)}", name=["x"], email="not an address", plan="platinum", customer=7
    )
    vera = await signed_in(house, odd)
    talk = (await vera.says("hello"))["conversation"]
    [started, *_] = await house.running.store.timelines.events(talk)
    assert (started.data["verified"], started.content) == (True, {})
    assert "plan" not in started.data
