"""`/api/workspaces/{workspace}/workshop/gaps` and `…/numbers`: what the articles did and what they did not."""

from __future__ import annotations

from aiohttp import web

from slabot.domain.instants import written_finely
from slabot.domain.usefulness import Outcome
from slabot.services.accounts import Accounts
from slabot.services.clock import Clock
from slabot.services.gaps import Gaps, Group
from slabot.services.tally import Shown
from slabot.services.turns import Refused
from slabot.services.workshop import Workshop
from slabot.web.rest.operation import Operation, body_of
from slabot.web.rest.session import agent_of
from slabot.web.rest.workshop import ROOT
from slabot.wire import workshop as wire

_FIELD = {
    Outcome.SOLVED: "solved",
    Outcome.PERSON: "asked_for_person",
    Outcome.LEFT: "left",
    Outcome.OPEN: "open",
}
_MOST_DAYS = 366


class GapRoutes:
    def __init__(self, workshop: Workshop, gaps: Gaps, accounts: Accounts, clock: Clock) -> None:
        self._workshop = workshop
        self._gaps = gaps
        self._accounts = accounts
        self._clock = clock

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                f"{ROOT}/gaps",
                self.list,
                wire.GapGroups,
                "Questions without a good answer, grouped by meaning.",
                needs_agent=True,
            ),
            Operation(
                "POST",
                f"{ROOT}/gaps/draft",
                self.draft,
                wire.Drafted,
                "Draft an article from a group of questions.",
                wire.DraftFromGap,
                needs_agent=True,
            ),
            Operation(
                "GET",
                f"{ROOT}/numbers",
                self.numbers,
                wire.Numbers,
                "What became of the articles shown.",
                needs_agent=True,
                query=(
                    ("days", "how many days back, 30 unless told, 366 at most"),
                    ("article", "the slug of one article"),
                ),
            ),
        )

    async def list(self, request: web.Request) -> web.Response:
        editor = await agent_of(request, self._accounts)
        groups = await self._gaps.list(editor, request.match_info["workspace"])
        return web.json_response(wire.GapGroups(groups=[*map(_group, groups)]).model_dump())

    async def draft(self, request: web.Request) -> web.Response:
        editor = await agent_of(request, self._accounts)
        asked = await body_of(request, wire.DraftFromGap)
        workspace = request.match_info["workspace"]
        draft = await self._gaps.draft(editor, workspace, asked.conversation, asked.seq)
        return web.json_response(wire.Drafted(slug=draft.slug).model_dump())

    async def numbers(self, request: web.Request) -> web.Response:
        editor = await agent_of(request, self._accounts)
        workspace, slug = request.match_info["workspace"], request.query.get("article")
        days = _days(request.query.get("days", "30"))
        titles = {
            line.slug: line.published.title
            for line in await self._workshop.list(editor, workspace)
            if line.published
        }
        shown = await self._workshop.numbers(editor, workspace, days)
        by_day: dict[str, wire.DayNumbers] = {}
        for day, outcome, count in await self._workshop.numbers_by_day(editor, workspace, slug, days):
            name = day.date().isoformat()
            setattr(by_day.setdefault(name, wire.DayNumbers(day=name)), _FIELD[outcome], count)
        articles = [_numbers(one, titles) for one in shown if slug in (None, one.slug)]
        return web.json_response(wire.Numbers(articles=articles, days=[*by_day.values()]).model_dump())


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_DAYS:
        raise Refused("invalid", f"days: expected a number from 1 to {_MOST_DAYS}, got {text[:20]!r}.")
    return int(text)


def _numbers(shown: Shown, titles: dict[str, str]) -> wire.ArticleNumbers:
    outcomes = shown.outcomes
    return wire.ArticleNumbers(
        slug=shown.slug,
        title=titles.get(shown.slug, shown.slug),
        shown=sum(outcomes.values()),
        solved=outcomes[Outcome.SOLVED],
        asked_for_person=outcomes[Outcome.PERSON],
        left=outcomes[Outcome.LEFT],
        last_shown=written_finely(shown.last_at) or "",
        breached=[*shown.breached],
    )


def _group(group: Group) -> wire.GapGroup:
    questions = [
        wire.AskedQuestion(
            text=one.text,
            at=written_finely(one.at) or "",
            gap=one.gap.value,
            ticket=one.ticket,
            conversation=one.conversation,
            seq=one.seq,
        )
        for one in group.questions
    ]
    return wire.GapGroup(
        questions=questions,
        visitors=group.visitors,
        tickets=[*group.tickets],
        gaps={gap.value: count for gap, count in group.gaps},
        slug=group.slug,
    )
