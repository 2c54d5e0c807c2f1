"""The editors' workshop: drafts, trials, publications and history of articles; what visitors read is always the file."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.plan import Moment
from slabot.domain.usefulness import Outcome
from slabot.services.at_work import AtWork
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.search import ArticleSearch
from slabot.services.sheet import Conflict, Line, LosesQuestions, Sheet, Tried
from slabot.services.supports import Supports
from slabot.services.tally import Shown, Tallies
from slabot.services.turns import NotFound, Refused
from slabot.services.workshop_ports import (
    ArticleFile,
    ArticleFiles,
    BadSlug,
    Draft,
    DraftMoved,
    Fields,
    Form,
    Manuscripts,
    Overwritten,
    Trial,
    Trials,
    UnusableFile,
    Version,
)

log = structlog.get_logger(__name__)

LONGEST_SLEEP = 60.0
"""Seconds between looks at the schedule: another process may have added to it, or the clock jumped."""

ROLES = frozenset({"editor", "lead", "admin"})


class Workshop:
    """Every verb checks that the colleague is an editor of the workspace."""

    def __init__(
        self,
        files: ArticleFiles,
        trials: Trials,
        manuscripts: Manuscripts,
        search: ArticleSearch,
        bot: Bot,
        supports: Supports,
        form: Form,
        clock: Clock,
        tallies: Tallies,
    ) -> None:
        self._files = files
        self._trials = trials
        self._manuscripts = manuscripts
        self._search = search
        self._bot = bot
        self._supports = supports
        self._form = form
        self._clock = clock
        self._tallies = tallies
        self._at_work = AtWork(clock)
        self._scheduled = asyncio.Event()

    async def list(self, editor: Colleague, workspace: str) -> tuple[Line, ...]:
        """Published articles and drafts of new ones, by slug. Raises NotFound."""
        self.admit(editor, workspace)
        drafts = dict(await self._manuscripts.drafts(workspace))
        published = {article.slug: article for article in self._search.articles(workspace)}
        return tuple(
            Line(slug, published.get(slug), drafts.get(slug), self._at_work.others(workspace, slug, editor))
            for slug in sorted(published.keys() | drafts.keys())
        )

    async def open(self, editor: Colleague, workspace: str, slug: str) -> Sheet:
        """Raises NotFound."""
        self.admit(editor, workspace)
        draft, problem, file = await self._manuscripts.draft(workspace, slug), None, None
        try:
            file = await asyncio.to_thread(self._files.read, workspace, slug)
        except UnusableFile as error:
            problem = str(error)
        if file is None and draft is None and problem is None:
            raise NotFound
        return Sheet(slug, file, draft, self._at_work.others(workspace, slug, editor), problem)

    def edits(self, editor: Colleague, workspace: str, slug: str) -> tuple[str, ...]:
        """The page is open at this article; returns the names of the others. Raises NotFound."""
        self.admit(editor, workspace)
        self._at_work.sits_down(workspace, slug, editor)
        return self._at_work.others(workspace, slug, editor)

    def fields(self, text: str) -> Fields:
        """A text as the form shows it."""
        return self._form.read(text)

    async def save(
        self,
        editor: Colleague,
        workspace: str,
        slug: str,
        written: Fields | str,
        base: str | None,
        revision: int,
    ) -> Draft:
        """Keeps a draft that follows `revision` (0: there is none); a schedule is lost, for it was for other words.

        `written` is the form or the whole text; `base` the digest of the file that it was written over. Raises
        NotFound, Conflict or Refused.
        """
        self.admit(editor, workspace)
        text = written if isinstance(written, str) else await self._filled_in(workspace, slug, written)
        draft = Draft(workspace, slug, text, base, revision + 1, editor.agent, self._clock.now())
        await self._save(draft, text)
        return draft

    async def begin(self, editor: Colleague, workspace: str, slug: str, fields: Fields) -> Draft:
        """A draft of a new article under this name, or the next that is free. Raises like `save`."""
        lines = {line.slug for line in await self.list(editor, workspace)}
        names = itertools.chain((slug,), (f"{slug}-{number}" for number in itertools.count(2)))
        free = next(name for name in names if name not in lines)
        return await self.save(editor, workspace, free, fields, None, 0)

    async def numbers(self, editor: Colleague, workspace: str, days: int) -> tuple[Shown, ...]:
        """What became of each article shown in the last days. Raises NotFound."""
        self.admit(editor, workspace)
        return await self._tallies.shown(workspace, self._clock.now() - timedelta(days=days))

    async def numbers_by_day(
        self, editor: Colleague, workspace: str, slug: str | None, days: int
    ) -> tuple[tuple[datetime, Outcome, int], ...]:
        """Showings a UTC day and outcome, of one article or of all. Raises NotFound."""
        self.admit(editor, workspace)
        return await self._tallies.by_day(workspace, self._clock.now() - timedelta(days=days), slug)

    async def _filled_in(self, workspace: str, slug: str, fields: Fields) -> str:
        """The form over what it was filled in from. Raises Refused for a name that no article can have."""
        draft = await self._manuscripts.draft(workspace, slug)
        try:
            file = await asyncio.to_thread(self._files.read, workspace, slug)
            if file is None:
                await asyncio.to_thread(self._files.check_name, workspace, slug)
        except (BadSlug, UnusableFile) as error:
            raise Refused("invalid", str(error), slug=str(error)) from None
        before = draft.text if draft else file.text if file else ""
        return self._form.write(before, fields)

    async def _save(self, draft: Draft, mine: str) -> None:
        try:
            await self._manuscripts.save(draft)
        except DraftMoved as moved:
            theirs = moved.now
            raise Conflict(
                "draft", mine, theirs.text if theirs else None, theirs.editor if theirs else ""
            ) from None

    async def drop(self, editor: Colleague, workspace: str, slug: str, revision: int) -> None:
        """Throws the draft away; the published article stays. Raises NotFound or Conflict."""
        self.admit(editor, workspace)
        try:
            await self._manuscripts.drop(workspace, slug, revision)
        except DraftMoved as moved:
            theirs = moved.now
            if theirs is not None:
                raise Conflict("draft", "", theirs.text, theirs.editor) from None

    async def preview(self, editor: Colleague, workspace: str, slug: str, written: Fields | str) -> Trial:
        """Exactly what the widget would show. Raises NotFound."""
        self.admit(editor, workspace)
        text = written if isinstance(written, str) else self._form.write("", written)
        return await asyncio.to_thread(self._trials.preview, workspace, slug, text)

    async def try_out(self, editor: Colleague, workspace: str, text: str) -> Tried:
        """The question's way through search and decision. Raises NotFound."""
        self.admit(editor, workspace)
        explained = await asyncio.to_thread(self._trials.explain, workspace, text)
        support = self._supports.current(workspace)
        now = self._clock.now()
        visitor = Conversation("tried", workspace, locale=support.policy.language, started_at=now)
        number = f"{support.policy.ticket_prefix}1"
        plan = self._bot.plan(visitor, text, support, Moment(now, number))
        action = plan.utterances[0].action.value if plan.utterances else ""
        return Tried(explained, action, tuple(said.text for said in plan.utterances))

    def original(self, workspace: str, fields: Fields) -> str | None:
        """The mark of the article that this one translates, as it is now."""
        article = self._search.article(workspace, fields.translates) if fields.translates else None
        return article.mark if article else None

    async def publish(
        self, editor: Colleague, workspace: str, slug: str, revision: int, reason: str | None = None
    ) -> ArticleFile:
        """The draft becomes the file. Raises NotFound, Conflict, LosesQuestions (without a reason) or Refused."""
        self.admit(editor, workspace)
        draft = await self._draft(workspace, slug, revision)
        return await self._publish(replace(draft, editor=editor.agent, reason=reason))

    async def schedule(
        self,
        editor: Colleague,
        workspace: str,
        slug: str,
        revision: int,
        at: datetime,
        reason: str | None = None,
    ) -> Draft:
        """The draft becomes the file at that instant, if it still may. Raises like `publish`."""
        self.admit(editor, workspace)
        draft = await self._draft(workspace, slug, revision)
        if at <= self._clock.now():
            raise Refused("invalid", "The time to publish has passed. Choose a later one, or publish now.")
        await self._try(draft, reason)
        scheduled = replace(
            draft, revision=revision + 1, editor=editor.agent, publish_at=at, reason=reason, failed=None
        )
        await self._save(scheduled, draft.text)
        self._scheduled.set()
        return scheduled

    async def versions(self, editor: Colleague, workspace: str, slug: str) -> tuple[Version, ...]:
        """Newest first; what stands on disk now comes first where no editor published it here. Raises NotFound."""
        self.admit(editor, workspace)
        kept = await self._manuscripts.versions(workspace, slug)
        file = await asyncio.to_thread(self._files.read, workspace, slug)
        if file is not None and (not kept or kept[0].digest != file.digest):
            number = kept[0].number + 1 if kept else 1
            kept = (Version(number, file.digest, file.text, "", self._clock.now()), *kept)
        return kept

    async def publish_due(self) -> int:
        """Publishes what is scheduled until now; one that cannot be keeps its draft, with the reason. Returns how many."""
        published = 0
        for draft in await self._manuscripts.due(self._clock.now()):
            try:
                await self._publish(draft)
                published += 1
            except Refused as error:
                kept = replace(draft, revision=draft.revision + 1, publish_at=None, failed=str(error))
                await self._save(kept, draft.text)
        return published

    async def run(self) -> None:
        """Publishes what is scheduled, until cancelled. A failure is logged and tried again after a pause."""
        while True:
            self._scheduled.clear()
            try:
                await self.publish_due()
                pause = await self._pause()
            except Exception:
                log.exception("publication_failed")
                pause = 5.0
            try:
                await asyncio.wait_for(self._scheduled.wait(), pause)
            except TimeoutError:
                continue

    async def _pause(self) -> float:
        upcoming = await self._manuscripts.next_due()
        if upcoming is None:
            return LONGEST_SLEEP
        return min(max((upcoming - self._clock.now()).total_seconds(), 0.01), LONGEST_SLEEP)

    async def _draft(self, workspace: str, slug: str, revision: int) -> Draft:
        draft = await self._manuscripts.draft(workspace, slug)
        if draft is None:
            raise NotFound
        if draft.revision != revision:
            raise Conflict("draft", "", draft.text, draft.editor)
        return draft

    async def _try(self, draft: Draft, reason: str | None) -> None:
        """Raises LosesQuestions unless there is a reason, and Refused where the text is no article."""
        since = self._clock.now() - timedelta(days=30)
        asked = await self._tallies.asked(draft.workspace, draft.slug, since)
        texts = tuple(one.text for one in asked)
        trial = await asyncio.to_thread(self._trials.publish, draft.workspace, draft.slug, draft.text, texts)
        if trial.article is None:
            raise Refused("invalid", " ".join(trial.problems))
        if (trial.lost or trial.unheard) and not reason:
            raise LosesQuestions(trial.lost, len({asked[number].visitor for number in trial.unheard}))

    async def _publish(self, draft: Draft) -> ArticleFile:
        await self._try(draft, draft.reason)
        workspace, slug = draft.workspace, draft.slug
        try:
            before = await asyncio.to_thread(self._files.read, workspace, slug)
            written = await asyncio.to_thread(self._files.write, workspace, slug, draft.text, draft.base)
            # The folder is followed anyway; but who reads "visitors see it now" may look at the list at once.
            await asyncio.to_thread(self._search.catch_up)
        except Overwritten as moved:
            theirs = moved.now
            raise Conflict("file", draft.text, theirs.text if theirs else None, "") from None
        except (BadSlug, UnusableFile) as error:
            raise Refused("invalid", str(error)) from None
        now = self._clock.now()
        kept = await self._manuscripts.versions(workspace, slug)
        number = kept[0].number if kept else 0
        if before is not None and (not kept or kept[0].digest != before.digest):
            number += 1
            await self._manuscripts.add_version(
                workspace, slug, Version(number, before.digest, before.text, "", now)
            )
        version = Version(number + 1, written.digest, written.text, draft.editor, now, draft.reason)
        await self._manuscripts.add_version(workspace, slug, version)
        try:
            await self._manuscripts.drop(workspace, slug, draft.revision)
        except DraftMoved as moved:
            # Somebody saved while it was being published: their draft goes on, over the file as it is now.
            if moved.now is not None:
                await self._manuscripts.save(
                    replace(moved.now, base=written.digest, revision=moved.now.revision + 1)
                )
        return written

    def admit(self, editor: Colleague, workspace: str) -> None:
        """Raises NotFound, the same for a workspace that is missing and one that is not theirs; or Refused."""
        if workspace not in editor.workspaces:
            raise NotFound
        if editor.role not in ROLES:
            raise Refused("forbidden", "This is for editors. Ask an administrator for the role.")
