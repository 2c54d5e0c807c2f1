"""What REST takes and gives, as models that validate and document."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LogIn(Body):
    """E-mail address and password of an agent."""

    email: str = Field(min_length=3, max_length=254, pattern=r"^[^\x00-\x1f]+$")
    password: str = Field(min_length=1, max_length=1_000)


class FollowLink(Body):
    """What stood behind `#` in the link of a mail."""

    token: str = Field(min_length=1, max_length=4_000)


class Followed(BaseModel):
    """A visitor's session token that opens this one conversation."""

    ok: bool = True
    token: str
    conversation: str


class AgentFacts(BaseModel):
    """Who is logged in."""

    id: str
    name: str
    role: str
    workspaces: list[str]


class LoggedIn(BaseModel):
    ok: bool = True
    agent: AgentFacts


class Done(BaseModel):
    ok: bool = True


class Health(BaseModel):
    """`ok` while the process serves."""

    ok: bool
    version: str


class Readiness(BaseModel):
    """`ok` once the store answers and every workspace has a policy and articles."""

    ok: bool
    store: bool
    workspaces: dict[str, int]
    """Articles by workspace."""


class ArticleFacts(BaseModel):
    slug: str
    title: str
    language: str
    review_by: str | None = None


class Articles(BaseModel):
    ok: bool = True
    articles: list[ArticleFacts]


class Article(ArticleFacts):
    html: str
    """Sanitised."""


class WholeArticle(BaseModel):
    ok: bool = True
    article: Article


class TicketFacts(BaseModel):
    """A ticket as lists and other systems read it; instants in UTC."""

    number: str
    workspace: str
    conversation: str
    severity: str
    queue: str
    state: str
    opened_at: str
    resolved_at: str | None
    acknowledge: str | None
    first_response: str | None
    next_response: str | None
    resolution: str | None
    rating: int | None


class OneTicket(BaseModel):
    ok: bool = True
    ticket: TicketFacts


class FileFacts(BaseModel):
    """A file that was taken in; its `id` goes into `files` of a message."""

    id: str
    name: str
    type: str
    """What it was found to be."""
    size: int
    width: int
    height: int
    """Of an image, in pixels; else 0."""


class TakenFile(BaseModel):
    ok: bool = True
    file: FileFacts


class Phone(BaseModel):
    """Digits exactly as published."""

    country: str
    number: str


class CallNow(BaseModel):
    name: str
    phones: list[Phone]
    email: str | None
    when: str
    hours: str
    open: bool | None
    """None: its hours are not published."""


class ExplanationLine(BaseModel):
    label: str
    detail: str


class TalkToPerson(BaseModel):
    """By when a person would reply if asked now."""

    due: str | None
    when: str
    line: str
    explanation: list[ExplanationLine]


class Hours(BaseModel):
    open: bool
    line: str
    """The one line that is always true, in the visitor's language."""
    next_change: str | None
    zone: str
    zone_words: str


class WidgetBrand(BaseModel):
    accent: str
    corner: str
    bot_name: str


class Maintenance(BaseModel):
    starts: str
    ends: str
    what: str
    line: str
    """The window in one sentence, in the visitor's language and time."""


class Welcome(BaseModel):
    """What the widget shows before its socket connects."""

    ok: bool = True
    workspace: str
    name: str
    brand: WidgetBrand
    ticket_noun: str
    consent: str | None
    """What to agree to before the first message."""
    files: list[str]
    """Types that may be sent along; none: no files here."""
    hours: Hours
    talk_to_person: TalkToPerson
    call_now: list[CallNow]
    help_words: str
    """What to tell where `call_now` is empty because nothing is published; else empty."""
    maintenance: list[Maintenance]
