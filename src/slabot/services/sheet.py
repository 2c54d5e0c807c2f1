"""What lies on an editor's table: a line of the list, one article opened, a question tried, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

from slabot.domain.article import Article
from slabot.services.turns import Refused
from slabot.services.workshop_ports import ArticleFile, Draft, Explained, Lost


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the list: as published, as drafted, or both."""

    slug: str
    published: Article | None
    draft: Draft | None
    editing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How a question fares, and what the bot would say to a visitor who asks nothing else."""

    explained: Explained
    action: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article opened: the file, the draft beside it, and who else has it open."""

    slug: str
    file: ArticleFile | None
    draft: Draft | None
    editing: tuple[str, ...]
    problem: str | None = None
    """Why the file cannot be read."""

    @property
    def text(self) -> str:
        return self.draft.text if self.draft else self.file.text if self.file else ""


class Conflict(Refused):
    """Somebody else wrote meanwhile; both texts come with it, and nothing was overwritten."""

    def __init__(self, where: str, mine: str, theirs: str | None, by: str) -> None:
        who = by or "Somebody"
        gone = (
            f"{who} removed or published it meanwhile." if theirs is None else f"{who} changed it meanwhile."
        )
        super().__init__("conflict", f"{gone} Compare both texts and save again.", where=where, mine=mine)
        self.fields["theirs"] = theirs


class LosesQuestions(Refused):
    """Publishing is stopped: these questions would no longer find their article."""

    def __init__(self, lost: tuple[Lost, ...], visitors: int) -> None:
        kept = f"Questions that would no longer find their article: {len(lost)}."
        hit = f"Visitors of the last month who would not be answered: {visitors}."
        rest = "Mend the article, or give a reason to publish all the same."
        super().__init__("loses_questions", f"{kept} {hit} {rest}")
        self.fields["lost"] = [
            {"slug": one.slug, "question": one.question, "finds": one.finds} for one in lost
        ]
        self.fields["visitors"] = visitors
