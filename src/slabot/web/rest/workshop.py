"""`/api/workspaces/{workspace}/workshop`: articles as editors work on them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import UTC

from aiohttp import web

from slabot.domain.instants import written_finely
from slabot.domain.usefulness import Outcome
from slabot.services.accounts import Accounts
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.sheet import Line
from slabot.services.turns import NotFound
from slabot.services.workshop import Workshop
from slabot.services.workshop_ports import Draft, Fields, Version
from slabot.web.rest.operation import Operation, body_of
from slabot.web.rest.session import agent_of
from slabot.wire import rest
from slabot.wire import workshop as wire

ROOT = "/api/workspaces/{workspace}/workshop"
ONE = f"{ROOT}/articles/{{slug}}"


class WorkshopRoutes:
    def __init__(self, workshop: Workshop, accounts: Accounts, clock: Clock) -> None:
        self._workshop = workshop
        self._accounts = accounts
        self._clock = clock

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                f"{ROOT}/articles",
                self.list,
                wire.ArticleLines,
                "Published articles and drafts.",
                needs_agent=True,
            ),
            Operation("GET", ONE, self.open, wire.SheetFacts, "One article to edit.", needs_agent=True),
            Operation(
                "PUT",
                f"{ONE}/draft",
                self.save,
                wire.Saved,
                "Keep a draft.",
                wire.SaveDraft,
                needs_agent=True,
            ),
            Operation(
                "DELETE",
                f"{ONE}/draft",
                self.drop,
                rest.Done,
                "Throw a draft away.",
                wire.DropDraft,
                needs_agent=True,
            ),
            Operation(
                "POST",
                f"{ONE}/publish",
                self.publish,
                wire.Published,
                "Publish a draft now or at a time.",
                wire.Publish,
                needs_agent=True,
            ),
            Operation(
                "POST",
                f"{ONE}/preview",
                self.preview,
                wire.Preview,
                "An article as the widget would show it.",
                wire.Written,
                needs_agent=True,
            ),
            Operation(
                "POST", f"{ONE}/editing", self.edits, wire.Editing, "Say who is editing.", needs_agent=True
            ),
            Operation(
                "GET",
                f"{ONE}/versions",
                self.versions,
                wire.Versions,
                "What was published, newest first.",
                needs_agent=True,
            ),
            Operation(
                "GET",
                f"{ONE}/versions/{{number}}",
                self.version,
                wire.OneVersion,
                "One published text and what it changed.",
                needs_agent=True,
            ),
            Operation(
                "POST",
                f"{ROOT}/try",
                self.try_out,
                wire.TriedOut,
                "Ask as a visitor would, and see why.",
                wire.TryOut,
                needs_agent=True,
            ),
        )

    async def list(self, request: web.Request) -> web.Response:
        editor, workspace = await self._editor(request), request.match_info["workspace"]
        lines = await self._workshop.list(editor, workspace)
        today = self._clock.now().date()
        shown = {one.slug: one for one in await self._workshop.numbers(editor, workspace, 30)}
        originals = {line.slug: line.published for line in lines if line.published}
        articles = []
        for line in lines:
            facts = _line(line, self._workshop)
            if (seen := shown.get(line.slug)) is not None:
                facts.last_shown = written_finely(seen.last_at)
                facts.shown = sum(seen.outcomes.values())
                facts.solved = seen.outcomes[Outcome.SOLVED]
                facts.asked_for_person = seen.outcomes[Outcome.PERSON]
                facts.left = seen.outcomes[Outcome.LEFT]
            article = line.published
            if article is not None:
                facts.review_is_due = article.review_by is not None and article.review_by < today
                original = originals.get(article.translates)
                marks = article.translated_from, original.mark if original else ""
                facts.is_stale = all(marks) and marks[0] != marks[1]
            articles.append(facts)
        return web.json_response(wire.ArticleLines(articles=articles).model_dump())

    async def open(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        sheet = await self._workshop.open(editor, workspace, slug)
        fields = self._workshop.fields(sheet.text)
        original = self._workshop.original(workspace, fields)
        facts = wire.SheetFacts(
            slug=slug,
            file=sheet.file.file if sheet.file else None,
            digest=sheet.file.digest if sheet.file else None,
            published=sheet.file.text if sheet.file else None,
            text=sheet.text,
            form=_form(fields),
            draft=_draft(sheet.draft) if sheet.draft else None,
            editing=[*sheet.editing],
            problem=sheet.problem,
            original=original,
        )
        return web.json_response(facts.model_dump(mode="json"))

    async def save(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        asked = await body_of(request, wire.SaveDraft)
        draft = await self._workshop.save(
            editor, workspace, slug, _written(asked), asked.base, asked.revision
        )
        return web.json_response(wire.Saved(draft=_draft(draft)).model_dump())

    async def drop(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        asked = await body_of(request, wire.DropDraft)
        await self._workshop.drop(editor, workspace, slug, asked.revision)
        return web.json_response({"ok": True})

    async def publish(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        asked = await body_of(request, wire.Publish)
        if asked.at is not None:
            at = asked.at.astimezone(UTC)
            await self._workshop.schedule(editor, workspace, slug, asked.revision, at, asked.reason)
            return web.json_response(wire.Published(digest=None).model_dump())
        file = await self._workshop.publish(editor, workspace, slug, asked.revision, asked.reason)
        return web.json_response(wire.Published(digest=file.digest).model_dump())

    async def preview(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        asked = await body_of(request, wire.Written)
        trial = await self._workshop.preview(editor, workspace, slug, _written(asked))
        article = trial.article
        seen = wire.Preview(
            title=article.title if article else "",
            html=article.html if article else "",
            problems=[*trial.problems],
        )
        return web.json_response(seen.model_dump())

    async def edits(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        others = self._workshop.edits(editor, workspace, slug)
        return web.json_response(wire.Editing(others=[*others]).model_dump())

    async def versions(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        versions = await self._workshop.versions(editor, workspace, slug)
        names = await self._accounts.names()
        facts = [_version(version, names) for version in versions]
        return web.json_response(wire.Versions(versions=facts).model_dump())

    async def version(self, request: web.Request) -> web.Response:
        editor, workspace, slug = await self._article(request)
        versions = await self._workshop.versions(editor, workspace, slug)
        asked = request.match_info["number"]
        at = next((at for at, version in enumerate(versions) if str(version.number) == asked), None)
        if at is None:
            raise NotFound
        version, before = versions[at], versions[at + 1] if at + 1 < len(versions) else None
        changes = [*_changes(before.text if before else "", version.text)]
        whole = wire.OneVersion(
            version=_version(version, await self._accounts.names()), text=version.text, changes=changes
        )
        return web.json_response(whole.model_dump())

    async def try_out(self, request: web.Request) -> web.Response:
        editor, workspace = await self._editor(request), request.match_info["workspace"]
        asked = await body_of(request, wire.TryOut)
        tried = await self._workshop.try_out(editor, workspace, asked.text)
        explained = tried.explained
        facts = wire.TriedOut(
            verdict=explained.verdict.value,
            searched_for=[*explained.searched_for],
            evidence=round(explained.evidence, 3),
            answers_from=round(explained.answers_from, 3),
            candidates=[
                wire.TriedCandidate(slug=one.slug, title=one.title, score=one.score, why=[*one.why])
                for one in explained.candidates
            ],
            action=tried.action,
            replies=[*tried.replies],
        )
        return web.json_response(facts.model_dump())

    async def _editor(self, request: web.Request) -> Colleague:
        return await agent_of(request, self._accounts)

    async def _article(self, request: web.Request) -> tuple[Colleague, str, str]:
        return await self._editor(request), request.match_info["workspace"], request.match_info["slug"]


def _written(asked: wire.Written) -> Fields | str:
    if asked.form is None:
        return asked.text or ""
    form = asked.form
    return Fields(
        title=" ".join(form.title.split()),
        body=form.body,
        questions=tuple(form.questions),
        tags=tuple(form.tags),
        audience=form.audience,
        language=form.language,
        review_by=form.review_by,
        translates=form.translates,
        translated_from=form.translated_from,
        owner=form.owner,
    )


def _form(fields: Fields) -> wire.Form:
    return wire.Form.model_construct(
        title=fields.title,
        body=fields.body,
        questions=[*fields.questions],
        tags=[*fields.tags],
        audience=fields.audience,
        language=fields.language,
        review_by=fields.review_by,
        translates=fields.translates,
        translated_from=fields.translated_from,
        owner=fields.owner,
    )


def _line(line: Line, workshop: Workshop) -> wire.ArticleLine:
    article, draft = line.published, line.draft
    fields = workshop.fields(draft.text) if draft is not None and article is None else None
    state = "published" if draft is None else "changed" if article is not None else "draft"
    if draft is not None and draft.publish_at is not None:
        state = "scheduled"
    source = article or fields
    assert source is not None, "a line is published, drafted or both"
    return wire.ArticleLine(
        slug=line.slug,
        title=source.title or line.slug,
        state=state,
        language=source.language,
        translates=source.translates,
        is_stale=False,
        owner=source.owner,
        tags=[*source.tags],
        review_by=source.review_by.isoformat() if source.review_by else None,
        review_is_due=False,
        editing=[*line.editing],
    )


def _draft(draft: Draft) -> wire.DraftFacts:
    return wire.DraftFacts(
        text=draft.text,
        base=draft.base,
        revision=draft.revision,
        editor=draft.editor,
        saved_at=written_finely(draft.saved_at) or "",
        publish_at=written_finely(draft.publish_at),
        failed=draft.failed,
    )


def _version(version: Version, names: Mapping[str, str]) -> wire.VersionFacts:
    return wire.VersionFacts(
        number=version.number,
        editor=names.get(version.editor, version.editor),
        at=written_finely(version.at) or "",
        reason=version.reason,
    )


def _changes(before: str, after: str) -> Iterator[wire.Change]:
    """The changed lines with three of the unchanged around each."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    for line in lines:
        if not line.startswith(("+++", "---", "@@")):
            yield wire.Change(sign=line[0], line=line[1:])
