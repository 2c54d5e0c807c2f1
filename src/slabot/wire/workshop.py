"""What the editors' workshop takes and gives over REST."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, StringConstraints, model_validator

from slabot.domain.words import Language
from slabot.wire.rest import Body
from slabot.wire.texts import Id, Line, Seq, Words, clean

LONGEST_ARTICLE = 200_000

Manuscript = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LONGEST_ARTICLE)]
Short = Annotated[str, BeforeValidator(clean), StringConstraints(min_length=1, max_length=300)]


class Form(Body):
    """The fields of an article as the form shows them."""

    title: Annotated[str, BeforeValidator(clean), StringConstraints(max_length=300)]
    body: Manuscript
    questions: list[Short] = Field(default=[], max_length=200)
    tags: list[Short] = Field(default=[], max_length=50)
    audience: Line = ""
    language: Language = "en"
    review_by: date | None = None
    translates: Line = ""
    translated_from: Line = ""
    owner: Line = ""


class Written(Body):
    """Either the form, or the whole text of the file for one who would rather edit that."""

    form: Form | None = None
    text: Manuscript | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.form is None) == (self.text is None):
            raise ValueError("expected either form or text")
        return self


class SaveDraft(Written):
    """Follows `revision` (0: there is no draft yet); `base` is the digest of the file it was written over."""

    base: str | None = Field(default=None, max_length=64)
    revision: int = Field(ge=0, le=2**31 - 2)


class DropDraft(Body):
    revision: int = Field(ge=1, le=2**31 - 2)


class Publish(Body):
    """Now, or at `at`. With a `reason` also where a question would no longer find its article."""

    revision: int = Field(ge=1, le=2**31 - 2)
    at: AwareDatetime | None = None
    reason: Line | None = None


class TryOut(Body):
    """A question as a visitor would type it."""

    text: Words


class DraftFacts(BaseModel):
    text: str
    base: str | None
    revision: int
    editor: str
    saved_at: str
    publish_at: str | None
    failed: str | None
    """Why a scheduled publication did not happen."""


class ArticleLine(BaseModel):
    """`state`: published, draft (not published yet), changed (published with a draft over it) or scheduled."""

    slug: str
    title: str
    state: str
    language: str
    translates: str
    is_stale: bool
    """A translation whose original was changed after it."""
    owner: str
    tags: list[str]
    review_by: str | None
    review_is_due: bool
    editing: list[str]
    last_shown: str | None = None
    shown: int = 0
    solved: int = 0
    asked_for_person: int = 0
    left: int = 0


class ArticleLines(BaseModel):
    ok: bool = True
    articles: list[ArticleLine]


class SheetFacts(BaseModel):
    """One article opened. `digest` is the file's; None: it is not published."""

    ok: bool = True
    slug: str
    file: str | None
    digest: str | None
    published: str | None
    """The text of the file."""
    text: str
    form: Form
    draft: DraftFacts | None
    editing: list[str]
    problem: str | None
    original: str | None
    """The mark of the article that this one translates, as it is now."""


class Saved(BaseModel):
    ok: bool = True
    draft: DraftFacts


class Published(BaseModel):
    ok: bool = True
    digest: str | None
    """None: it is scheduled."""


class Preview(BaseModel):
    """The article as the widget shows it, and what is wrong with it."""

    ok: bool = True
    title: str
    html: str
    problems: list[str]


class EnclosureFacts(BaseModel):
    """A file beside the articles; `path` is what an article writes: `![What it shows](path)`."""

    name: str
    path: str
    type: str
    size: int
    width: int
    height: int
    is_picture: bool


class TakenEnclosure(BaseModel):
    ok: bool = True
    file: EnclosureFacts


class Editing(BaseModel):
    """Who else has the article open."""

    ok: bool = True
    others: list[str]


class VersionFacts(BaseModel):
    number: int
    editor: str
    """Empty: written on disk."""
    at: str
    reason: str | None


class Versions(BaseModel):
    ok: bool = True
    versions: list[VersionFacts]


class Change(BaseModel):
    """One line of a difference; `sign` is `+`, `-` or a space."""

    sign: str
    line: str


class OneVersion(BaseModel):
    """A published text, and what it changed in the one before."""

    ok: bool = True
    version: VersionFacts
    text: str
    changes: list[Change]


class TriedCandidate(BaseModel):
    slug: str
    title: str
    score: float
    why: list[str]


class TriedOut(BaseModel):
    """How a question fares, and what the bot would say to a new visitor now."""

    ok: bool = True
    verdict: str
    searched_for: list[str]
    evidence: float
    answers_from: float
    candidates: list[TriedCandidate]
    action: str
    replies: list[str]


class AskedQuestion(BaseModel):
    """`gap`: unanswered, asked_back, not_helped or rated_badly."""

    text: str
    at: str
    gap: str
    ticket: str | None
    conversation: str
    seq: int


class GapGroup(BaseModel):
    """Questions that mean the same, newest first, and the tickets they became."""

    questions: list[AskedQuestion]
    visitors: int
    tickets: list[str]
    gaps: dict[str, int]
    slug: str | None
    """The article that did not help."""


class GapGroups(BaseModel):
    ok: bool = True
    groups: list[GapGroup]


class DraftFromGap(Body):
    """One question of the group to draft from."""

    conversation: Id
    seq: Seq


class Drafted(BaseModel):
    ok: bool = True
    slug: str


class ArticleNumbers(BaseModel):
    """Three honest numbers, and the tickets that an article did not prevent and that missed a deadline."""

    slug: str
    title: str
    shown: int
    solved: int
    asked_for_person: int
    left: int
    last_shown: str
    breached: list[str]


class DayNumbers(BaseModel):
    day: str
    solved: int = 0
    asked_for_person: int = 0
    left: int = 0
    open: int = 0


class Numbers(BaseModel):
    ok: bool = True
    articles: list[ArticleNumbers]
    days: list[DayNumbers]


class Arrival(BaseModel):
    """What becomes of one article: `draft` comes in, `exists` stays out because one of its name is there."""

    slug: str
    title: str
    language: str
    source: str
    fate: str
    pictures: int
    remarks: list[str]


class Unread(BaseModel):
    source: str
    why: str


class Arrivals(BaseModel):
    """What an import brings, or would bring."""

    ok: bool = True
    articles: list[Arrival]
    unread: list[Unread]
    coming: int


class Exported(BaseModel):
    """The answer is the archive itself."""
