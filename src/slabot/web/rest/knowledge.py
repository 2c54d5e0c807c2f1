"""`/api/{workspace}/articles`: what the knowledge base publishes, readable by anyone who may embed the widget."""

from __future__ import annotations

from aiohttp import web

from slabot.services.search import ArticleSearch
from slabot.services.supports import Supports
from slabot.services.turns import Refused
from slabot.web.admission import Admission
from slabot.web.origins import check_origin
from slabot.web.rest.operation import Operation
from slabot.wire import rest as wire


class KnowledgeRoutes:
    def __init__(self, search: ArticleSearch, supports: Supports, admission: Admission) -> None:
        self._search = search
        self._supports = supports
        self._admission = admission

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/workspaces/{workspace}/articles",
                self.list,
                wire.Articles,
                "The published articles of a workspace.",
            ),
            Operation(
                "GET",
                "/api/workspaces/{workspace}/articles/{slug}",
                self.read,
                wire.WholeArticle,
                "One article, whole, as sanitised HTML.",
            ),
        )

    async def list(self, request: web.Request) -> web.Response:
        workspace = await self._embedded_by(request)
        articles = [
            wire.ArticleFacts(
                slug=article.slug,
                title=article.title,
                language=article.language,
                review_by=article.review_by.isoformat() if article.review_by else None,
            )
            for article in self._search.articles(workspace)
        ]
        return web.json_response(wire.Articles(articles=articles).model_dump())

    async def read(self, request: web.Request) -> web.Response:
        workspace = await self._embedded_by(request)
        article = self._search.article(workspace, request.match_info["slug"])
        if article is None:
            raise Refused("not_found", "There is no such article here.")
        whole = wire.Article(
            slug=article.slug,
            title=article.title,
            language=article.language,
            review_by=article.review_by.isoformat() if article.review_by else None,
            html=article.html,
        )
        return web.json_response(wire.WholeArticle(article=whole).model_dump())

    async def _embedded_by(self, request: web.Request) -> str:
        """The workspace asked for. Raises UnknownWorkspace, or Refused where page or person may not see it."""
        policy = self._supports.current(request.match_info["workspace"]).policy
        check_origin(request, policy)
        await self._admission.bearer(request, policy.workspace)
        return policy.workspace
