"""From the fact to the mailbox, over a real mail server that may be slow, refuse, put off or be gone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from slabot.mail.address import mail_server
from slabot.mail.smtp import SmtpMailer
from slabot.services.accounts import Agent
from slabot.services.courier import LEASE
from slabot.services.links import Links
from tests.mail.post_office import PostOffice, parts, post_office
from tests.services.watched import (
    LINK_SECRET,
    MONDAY,
    House,
    JumpingClock,
    aidan,
    house,
    letters,
    opens_a_ticket,
    vera,
)

FROM = "Help <help@example.org>"
WORDS = "nobody in my course can log in, please write to vera@example.org"


@asynccontextmanager
async def served(
    store_url: str, folder: Path, clock: JumpingClock, url: str, patience: float = 20.0, page: str = ""
) -> AsyncIterator[House]:
    mailer = SmtpMailer(mail_server(url), FROM, patience)
    async with house(store_url, folder, clock, mailer=mailer, page=page) as running:
        for id, role in (("aidan", "agent"), ("leah", "lead")):
            if await running.store.agents.by_id(id) is None:
                account = Agent(id, f"{id}@example.org", id.title(), role, (), "-")
                await running.store.agents.add(account, clock.now())
        yield running


async def deliver(running: House) -> int:
    assert running.courier is not None
    return await running.courier.deliver()


async def visitor_leaves(running: House, conversation: str) -> None:
    await running.reception.leave(vera(), conversation)


def subjects(office: PostOffice) -> list[str]:
    return [str(mail["Subject"]) for mail in office.arrived]


async def test_a_ticket_is_confirmed_by_mail_with_its_deadline_in_words_and_time(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        await opens_a_ticket(running, words=WORDS)
        assert await deliver(running) == 1
        assert office.recipients == [["vera@example.org"]]
        mail = office.arrived[0]
        assert mail["From"] == "Human eSources <help@example.org>"
        for form in parts(mail):
            for fact in ("HES-1", "High priority", "four hours", "Mon 9 Mar, 14:00"):
                assert fact in form
        assert await deliver(running) == 0, "sent once"


async def test_an_address_given_after_the_ticket_opened_gets_the_confirmation_too(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        conversation = await opens_a_ticket(running)
        assert await deliver(running) == 0, "nobody knows where to"
        await running.reception.say(vera(), conversation, "client-200", "my address is vera@example.org")
        assert await deliver(running) == 1
        assert "HES-1" in subjects(office)[0]


async def test_a_visitor_who_left_gets_reply_and_resolution_in_one_thread_with_the_talk_below(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        conversation = await opens_a_ticket(running, words=WORDS)
        await deliver(running)
        await running.desk.reply(aidan(), conversation, "client-200", "Seen in the chat.", seen=99)
        assert await deliver(running) == 0, "she is there and reads it in the chat"
        await visitor_leaves(running, conversation)
        await running.desk.reply(aidan(), conversation, "client-201", "Please try <again> now.", seen=99)
        await running.desk.resolve(aidan(), conversation, "client-202")
        assert await deliver(running) == 2
        reply = next(mail for mail in office.arrived if "reply" in mail["Subject"])
        text, html = parts(reply)
        assert "Aidan" in text
        assert "Please try <again> now." in text
        assert "Please try &lt;again&gt; now." in html
        assert text.index("Please try") < text.index("> Seen in the chat.")
        assert len({mail["References"] for mail in office.arrived}) == 1
        assert len({mail["Message-ID"] for mail in office.arrived}) == 3
        assert conversation not in reply.as_string(), "the conversation's id is a secret"


async def test_a_visitor_who_left_hears_of_a_likely_miss_before_it_happens_and_of_the_new_time(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        conversation = await opens_a_ticket(running, words=WORDS)
        await visitor_leaves(running, conversation)
        await deliver(running)
        clock.at = MONDAY + timedelta(hours=3)
        await running.watch.fire()
        clock.at += timedelta(minutes=1)
        await running.desk.commit_to_time(aidan(), conversation, "client-200", MONDAY + timedelta(hours=6))
        await deliver(running)
        hers = [
            mail for mail, to in zip(office.arrived, office.recipients, strict=True)
            if to == ["vera@example.org"]
        ]  # fmt: skip
        at_risk, new_time = hers[1:]
        assert "late" in at_risk["Subject"]
        assert "14:00" in parts(at_risk)[0]
        assert "16:00" in parts(new_time)[0]
        assert "14:00" in parts(new_time)[0], "the time first given stays on record"


async def test_a_mail_is_in_the_language_of_the_talk(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        await opens_a_ticket(
            running, words="Niemand in meinem Kurs kann sich anmelden, schreiben Sie mir an vera@example.org"
        )
        await deliver(running)
        text, html = parts(office.arrived[0])
        assert "wir haben Ihre Meldung" in text
        assert 'lang="de"' in html


async def test_warnings_reach_the_holder_and_breaches_the_lead_as_well(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        conversation = await opens_a_ticket(running)
        await running.desk.claim(aidan(), conversation, "client-200")
        clock.at = MONDAY + timedelta(hours=5)
        await running.watch.fire()
        await deliver(running)
        heard = {
            (str(mail["Subject"]).partition(":")[0], *to)
            for mail, to in zip(office.arrived, office.recipients, strict=True)
        }
        assert heard == {
            ("Due soon", "aidan@example.org"),
            ("Escalation", "aidan@example.org"),
            ("Escalation", "leah@example.org"),
            ("Missed", "aidan@example.org"),
            ("Missed", "leah@example.org"),
        }
        assert not any("nobody in my course" in parts(mail)[0] for mail in office.arrived)


async def test_a_greylisted_letter_arrives_later_under_the_same_message_id(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        office.says_to_recipient = ["451 try again later"]
        await opens_a_ticket(running, words=WORDS)
        assert await deliver(running) == 0
        waiting = (await letters(running))[0]
        assert (waiting["sent"], waiting["failed"], waiting["error"]) == (
            False,
            False,
            "recipient refused: 451",
        )
        assert await deliver(running) == 0, "not before its pause is over"
        clock.at += timedelta(minutes=1)
        assert await deliver(running) == 1
        assert office.arrived[0]["Message-ID"] == f"<{waiting['id']}@example.org>"


async def test_a_letter_refused_for_good_is_kept_with_its_reason_and_not_tried_again(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        office.says_to_recipient = ["550 no such person"]
        await opens_a_ticket(running, words=WORDS)
        await deliver(running)
        clock.at += timedelta(days=2)
        assert await deliver(running) == 0
        kept = (await letters(running))[0]
        assert (kept["failed"], kept["error"]) == (True, "recipient refused: 550")


async def test_a_mail_server_that_is_down_loses_nothing(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        nowhere = f"smtp://127.0.0.1:{unheard.getsockname()[1]}"
        async with served(store_url, tmp_path, clock, nowhere) as running:
            await opens_a_ticket(running, words=WORDS)
            assert await deliver(running) == 0
    clock.at += timedelta(minutes=1)
    async with post_office() as office, served(store_url, tmp_path, clock, office.url) as running:
        assert await deliver(running) == 1
        assert len(office.arrived) == 1


async def test_a_mail_server_that_falls_silent_is_given_up_and_tried_again(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with (
        post_office() as office,
        served(store_url, tmp_path, clock, office.url, patience=0.3) as running,
    ):
        office.is_silent = True
        await opens_a_ticket(running, words=WORDS)
        assert await deliver(running) == 0
        assert office.got_stuck.is_set()
    clock.at += timedelta(minutes=1)
    async with post_office() as again, served(store_url, tmp_path, clock, again.url) as running:
        assert await deliver(running) == 1


async def test_a_refused_login_blames_the_settings_and_no_letter(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office:
        url = office.url.replace("smtp://", "smtp://user:wrong@")
        async with served(store_url, tmp_path, clock, url) as running:
            await opens_a_ticket(running, words=WORDS)
            assert await deliver(running) == 0
            assert not (await letters(running))[0]["failed"]


async def test_two_couriers_deliver_a_letter_once_and_a_dead_one_s_is_taken_over(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with (
        post_office() as office,
        served(store_url, tmp_path, clock, office.url) as one,
        served(store_url, tmp_path, clock, office.url) as two,
    ):
        for n in range(10):
            await opens_a_ticket(one, vera(f"vera-{n}"), WORDS)
        assert sum(await asyncio.gather(deliver(one), deliver(two))) == 10
        assert len({mail["Message-ID"] for mail in office.arrived}) == len(office.arrived) == 10
        await opens_a_ticket(one, vera("last"), WORDS)
        left = await one.store.outbox.claim("mail", clock.now(), LEASE, 1)
        assert len(left) == 1, "claimed, and the courier is gone"
        assert await deliver(two) == 0
        clock.at += LEASE
        assert await deliver(two) == 1


async def test_without_anybody_to_tell_a_reminder_is_void_and_says_why(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with post_office() as office:
        mailer = SmtpMailer(mail_server(office.url), FROM)
        async with house(store_url, tmp_path, clock, mailer=mailer) as running:
            await opens_a_ticket(running)
            clock.at = MONDAY + timedelta(hours=5)
            await running.watch.fire()
            assert await deliver(running) == 0
            assert all(letter["failed"] for letter in await letters(running))
            assert "nobody with an address" in (await letters(running))[0]["error"]


async def test_every_letter_to_a_visitor_leads_back_and_none_to_the_team_does(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    page = "https://support.example.org"
    async with (
        post_office() as office,
        served(store_url, tmp_path, clock, office.url, page=page) as running,
    ):
        conversation = await opens_a_ticket(running, words=WORDS)
        await visitor_leaves(running, conversation)
        clock.at = MONDAY + timedelta(hours=5)
        await running.watch.fire()
        await running.desk.reply(aidan(), conversation, "client-200", "Try **this** now.", seen=99)
        await running.desk.resolve(aidan(), conversation, "client-201", "solved")
        await deliver(running)
        hers = [
            mail for mail, to in zip(office.arrived, office.recipients, strict=True)
            if to == ["vera@example.org"]
        ]  # fmt: skip
        theirs = [mail for mail in office.arrived if mail not in hers]
        assert len(hers) >= 3
        for mail in hers:
            text, html = parts(mail)
            token = text.partition(f"{page}/talk/human-esources#")[2].split()[0]
            assert f"#{token}" in html
            opened = Links("", LINK_SECRET).conversation_of("human-esources", token, clock.now())
            assert opened == conversation
        assert theirs
        assert not any("/talk/" in parts(mail)[0] for mail in theirs)
