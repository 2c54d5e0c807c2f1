"""The one place that knows everyone: makes the rooms, hands them their ports, opens and closes the house."""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from slabot.config import BadSettings, Config
from slabot.domain.support import Support
from slabot.files.inspection import Inspection
from slabot.files.vault import FolderVault
from slabot.knowledge.enclosures import EnclosureFolder
from slabot.knowledge.encoder import Encoder, installed_encoder
from slabot.knowledge.exports import packed
from slabot.knowledge.folder import Folder
from slabot.knowledge.imports.reading import read_files
from slabot.knowledge.library import Library
from slabot.knowledge.manuscript import read_fields, with_fields
from slabot.knowledge.markdown import message_html
from slabot.knowledge.trials import LibraryTrials
from slabot.knowledge.weights import WrongWeights
from slabot.mail.address import BadMailSettings
from slabot.mail.smtp import SmtpMailer
from slabot.policies.folder import PolicyFolder
from slabot.policies.in_force import PoliciesInForce, Version
from slabot.policies.ordinary_words import read_ordinary_words
from slabot.policies.wits import WitsFiles
from slabot.services.accounts import Accounts
from slabot.services.administration import Administration
from slabot.services.arranging import Arranging
from slabot.services.attachments import Attachments
from slabot.services.board import Board
from slabot.services.bot import Bot
from slabot.services.bulletin import Bulletin
from slabot.services.casebook import Casebook
from slabot.services.clock import Clock, SteppedClock, SystemClock
from slabot.services.courier import Courier
from slabot.services.desk import Desk
from slabot.services.dispatch import Dispatch
from slabot.services.enclosures import Enclosures
from slabot.services.exports import Exports
from slabot.services.finding import Finder
from slabot.services.forwarding import Forwarder
from slabot.services.front_desk import FrontDesk
from slabot.services.gaps import Gaps
from slabot.services.holds import Holds
from slabot.services.identification import Identification
from slabot.services.ids import RandomIds
from slabot.services.imports import Imports
from slabot.services.keyring import Keyring
from slabot.services.letterbox import Letterbox
from slabot.services.links import Links
from slabot.services.merging import Merging
from slabot.services.offers import Offers
from slabot.services.privacy import Privacy
from slabot.services.reception import Guest, Reception
from slabot.services.rehearsal import Rehearsal
from slabot.services.replies import ReplyBook
from slabot.services.roster import Roster
from slabot.services.saved_views import SavedViews
from slabot.services.shared_incidents import SharedIncidents
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.sweeping import Sweep
from slabot.services.tally import Tally
from slabot.services.turns import Turns
from slabot.services.watch import Watch
from slabot.services.webhooks import Webhooks
from slabot.services.workshop import Workshop
from slabot.services.workshop_ports import Form
from slabot.store.engine import Store, open_store
from slabot.web.app import House
from slabot.web.tokens import SECRET_BYTES
from slabot.webhooks.post import HttpPost

log = structlog.get_logger(__name__)

ROWS_AT_START = 10_000
"""Inbox rows read once, so that the waiting line and the held conversations are known from the first turn on."""


COLLECTED_AFTER = (20_000, 20, 20)
"""Objects that are made before the collector looks for cycles: turns leave few behind, and its rounds were a
twentieth of a message's cost."""


@dataclass(frozen=True, slots=True)
class Slabot:
    """A slabot with everything but its web server."""

    house: House
    turns: Turns
    watch: Watch
    courier: Courier | None
    """None where no mail server is set: mail waits in the outbox."""
    forwarder: Forwarder
    sweep: Sweep
    tally: Tally
    store: Store
    policies: PoliciesInForce
    library: Library
    encoder: Encoder | None
    wits: WitsFiles
    secret: bytes
    """Signs visitors' tokens; kept in the store so that they outlive a restart."""


@asynccontextmanager
async def slabot(
    config: Config, clock: Clock | None = None, only: str | None = None, *, patient: bool = False
) -> AsyncIterator[Slabot]:
    """Opens everything that the settings name; closes it so that every acknowledged turn is on disk.

    `only` is the one workspace to serve. `patient`: search by meaning from the first question on; a server does
    not wait for it and learns while it serves (see `tended`). Raises BadSettings, PolicyError, BadAddress or
    StoreUnavailable, each in words for the person who starts it.
    """
    clock = clock or SystemClock()
    mailer = _mailer(config)
    today = clock.now().date()
    policies = await asyncio.to_thread(PoliciesInForce, config.policies_folder, today, only)
    config.data.mkdir(parents=True, exist_ok=True)
    encoder = await asyncio.to_thread(_encoder, config)
    library = await asyncio.to_thread(Library, config.kb_folder, encoder if patient else None, only)
    wits = await asyncio.to_thread(WitsFiles, config.policies_folder, policies)
    post = HttpPost(allow_private=config.webhooks_private)
    async with await open_store(config.database_url) as store, post:
        bulletin, staff, ids = Bulletin(), Staff(), RandomIds()
        supports = Supports(policies, store.policies)
        for workspace in supports.workspaces():
            await supports.keep_current(workspace)
            for row in await store.timelines.inbox(workspace, ROWS_AT_START):
                staff.saw(row)
        turns = Turns(store.writer, store.timelines, supports, bulletin, clock, ids)
        bot = Bot(wits, library)
        desk = Desk(turns, bot, staff, clock, message_html)
        watch = Watch(turns, store.timelines, bot, staff, clock)
        team = Accounts(store.agents, store.sessions, clock, supports.workspaces())
        roster = Roster(team)
        await roster.refresh()
        offers = Offers(turns, store.timelines, supports, staff)
        holds = Holds(turns, bot, supports, staff, roster, clock)
        dispatch = Dispatch(staff, offers, holds, roster, store.attendance, clock)
        casebook = Casebook(desk, store.timelines, supports, staff, roster, clock)
        finder = Finder(store.timelines, casebook, supports, wits)
        bulletin.join(staff.listen)
        bulletin.join(dispatch.listen)
        bulletin.join(watch.listen)
        links = Links(
            config.public_url, await store.secrets.keep("mail-links", secrets.token_bytes(SECRET_BYTES))
        )
        courier = None
        if mailer is not None:
            courier = Courier(
                store.outbox, mailer, turns, store.timelines, supports, store.agents, bot, links, clock
            )
            bulletin.join(courier.listen)
        forwarder = Forwarder(store.webhooks, store.outbox, store.timelines, supports, team, post, clock)
        bulletin.join(forwarder.listen)
        sweep = Sweep(store.outbox, clock, config.sent_kept_days)
        vault = FolderVault(config.data / "files")
        attachments = Attachments(store.files, vault, Inspection(), supports, ids, clock)
        tally = Tally(store.tallies, store.timelines, supports)
        bulletin.join(tally.listen)
        folder, enclosures = Folder(config.kb_folder), EnclosureFolder(config.kb_folder)
        workshop = Workshop(
            folder,
            LibraryTrials(library),
            store.manuscripts,
            library,
            bot,
            supports,
            Form(read_fields, with_fields),
            clock,
            store.tallies,
        )

        def put_in_force(workspace: str, support: Support, source: str) -> None:
            policies.put_in_force(Version(workspace, support, source))
            wits.reload(workspace)

        gaps = Gaps(workshop, store.tallies, store.timelines, library.alike, clock)
        house = House(
            accounts=team,
            administration=Administration(
                team,
                Keyring(store.identity_keys, clock),
                Webhooks(store.webhooks, store.timelines, clock, post.check),
                Letterbox(store.letters, clock),
                store.deeds,
                supports,
                sends_mail=mailer is not None,
            ),
            arranging=Arranging(
                PolicyFolder(config.policies_folder, is_packaged=config.is_packaged_policies),
                supports,
                team,
                store.timelines,
                store.deeds,
                put_in_force,
                clock,
            ),
            attachments=attachments,
            board=Board(casebook, store.timelines, supports, staff, offers, roster, clock),
            bulletin=bulletin,
            casebook=casebook,
            clock=clock,
            desk=desk,
            dispatch=dispatch,
            finder=finder,
            enclosures=Enclosures(workshop, enclosures, Inspection()),
            exports=Exports(folder, store.manuscripts),
            front_desk=FrontDesk(bot, supports, staff, store.timelines, clock),
            identification=Identification(
                store.identity_keys, store.spent_tokens, turns, store.timelines, supports, clock
            ),
            ids=ids,
            links=links,
            merging=Merging(turns, bot, staff, store.timelines, casebook, finder, clock),
            reply_book=ReplyBook(store.replies, desk, supports, bot, clock),
            privacy=Privacy(turns, bot, supports, store.timelines, attachments, clock),
            reception=Reception(
                turns, bot, supports, staff, store.writer, clock, SharedIncidents(turns, store.timelines)
            ),
            roster=roster,
            saved_views=SavedViews(store.saved_views),
            search=library,
            gaps=gaps,
            imports=Imports(folder, enclosures, Inspection(), store.manuscripts, clock),
            pack=packed,
            read_files=read_files,
            workshop=workshop,
            staff=staff,
            supports=supports,
            timelines=store.timelines,
            turns=turns,
        )
        secret = await store.secrets.keep("visitor-tokens", secrets.token_bytes(SECRET_BYTES))
        yield Slabot(
            house,
            turns,
            watch,
            courier,
            forwarder,
            sweep,
            tally,
            store,
            policies,
            library,
            encoder,
            wits,
            secret,
        )


def _mailer(config: Config) -> SmtpMailer | None:
    """None without a mail server. Raises BadSettings."""
    if not config.smtp_url:
        return None
    try:
        return SmtpMailer.of(config.smtp_url, config.mail_from)
    except BadMailSettings as error:
        raise BadSettings([str(error)]) from None


def _encoder(config: Config) -> Encoder | None:
    """Where it is not to be trusted, words alone find: less well, but as measured."""
    try:
        return installed_encoder(config.vectors_folder) if config.semantic else None
    except WrongWeights as error:
        log.error("meaning_off", because=str(error))
        return None


@asynccontextmanager
async def tended(running: Slabot) -> AsyncIterator[None]:
    """The tasks that keep a server alive: the watches over clocks, people and changed files, the courier, the forwarder."""
    # Articles, cues and phrases stay for good; the collector need not walk through them again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    tasks = [
        asyncio.create_task(running.watch.run(), name="clocks"),
        asyncio.create_task(running.house.dispatch.run(), name="people"),
        asyncio.create_task(running.library.watch(), name="articles"),
        asyncio.create_task(_follow_policies(running), name="policies"),
        asyncio.create_task(running.tally.run(), name="tally"),
        asyncio.create_task(running.forwarder.run(), name="webhooks"),
        asyncio.create_task(running.sweep.run(), name="sweep"),
        asyncio.create_task(running.house.workshop.run(), name="publications"),
        asyncio.create_task(asyncio.to_thread(read_ordinary_words), name="languages"),
    ]
    if running.encoder is not None:
        learning = asyncio.to_thread(running.library.understand, running.encoder)
        tasks.append(asyncio.create_task(learning, name="meaning"))
    if running.courier is not None:
        tasks.append(asyncio.create_task(running.courier.run(), name="mail"))
    else:
        log.info("mail_waits", because="SLABOT_SMTP_URL is not set; mail stays in the outbox until it is")
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _follow_policies(running: Slabot) -> None:
    """A new version is archived before it is in force, so that no ticket can refer to one that is not kept."""
    async for version in running.policies.changes():
        await running.house.supports.keep(version.workspace, version.support, version.source)
        running.policies.put_in_force(version)
        running.wits.reload(version.workspace)


@asynccontextmanager
async def rehearsal(
    config: Config, workspace: str, starts: datetime, *, agents: int, zone: str | None
) -> AsyncIterator[Rehearsal]:
    """A conversation of one workspace under a clock that only its steps move."""
    clock = SteppedClock(starts)
    async with slabot(config, clock, only=workspace, patient=True) as running:
        house = running.house
        yield Rehearsal(
            Guest("visitor", workspace, zone=zone),
            agents,
            reception=house.reception,
            desk=house.desk,
            watch=running.watch,
            staff=house.staff,
            supports=house.supports,
            timelines=house.timelines,
            bulletin=house.bulletin,
            clock=clock,
        )
