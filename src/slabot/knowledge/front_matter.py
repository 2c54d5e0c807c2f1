"""What stands above an article between two `---` lines: read as YAML 1.2, every complaint with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, cast, get_args

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from slabot.domain.article import Question
from slabot.domain.words import Language

_KEYS: Final = (
    "title", "slug", "questions", "tags", "audience", "language", "translates", "translated_from",
    "owner", "review_by", "source",
)  # fmt: skip
_LANGUAGES: Final = get_args(Language)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something an editor should mend; a fatal one keeps the article from answering."""

    line: int
    what: str
    fatal: bool = False


@dataclass(slots=True)
class FrontMatter:
    title: str = ""
    slug: str | None = None
    questions: tuple[Question, ...] = ()
    tags: tuple[str, ...] = ()
    audience: str = ""
    language: Language = "en"
    translates: str = ""
    translated_from: str = ""
    owner: str = ""
    review_by: date | None = None
    source: tuple[str, ...] = ()
    title_line: int = 1
    review_by_line: int = 1
    complaints: list[Complaint] = field(default_factory=list)


def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """The YAML, the Markdown, and the Markdown's first line; None if there is no closed front matter."""
    lines = text.split("\n")
    if not lines or lines[0].rstrip() != "---":
        return None
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]), at + 2
    return None


def read_front_matter(text: str) -> FrontMatter:
    """Never raises: what is wrong comes back as complaints, lines counted from the opening `---` as 1."""
    found = FrontMatter()
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 2
        found.complaints.append(
            Complaint(line, f"front matter is not YAML: {_first_line(error)}", fatal=True)
        )
        return found
    except (YAMLError, ValueError, RecursionError) as error:
        found.complaints.append(Complaint(1, f"front matter is not YAML: {_first_line(error)}", fatal=True))
        return found
    if not isinstance(data, CommentedMap):
        what = 'front matter should be keys and values. Write at least: title: "…"'
        found.complaints.append(Complaint(1, what, fatal=True))
        return found
    _Reader(data, found).read()
    return found


class _Reader:
    """Takes one front matter apart key by key."""

    def __init__(self, data: CommentedMap, found: FrontMatter) -> None:
        self._data = data
        self._found = found

    def read(self) -> None:
        found = self._found
        for key in self._data:
            if key not in _KEYS:
                self._complain(key, f"unknown key {key!r}. Known are: {', '.join(_KEYS)}")
        found.title_line = self._line("title")
        found.title = self._text("title", fatal=True)
        if not found.title and not any(one.fatal for one in found.complaints):
            self._complain("title", "title is missing. Write title: and what the article answers", fatal=True)
        found.slug = self._text("slug") or None
        found.audience = self._text("audience")
        found.translates = self._text("translates")
        found.translated_from = self._text("translated_from")
        found.owner = self._text("owner")
        found.questions = tuple(Question(text, line) for text, line in self._texts("questions"))
        found.tags = tuple(text for text, _ in self._texts("tags"))
        found.source = tuple(text for text, _ in self._texts("source"))
        self._read_language()
        self._read_review_by()

    def _read_language(self) -> None:
        language = self._text("language") or "en"
        if language in _LANGUAGES:
            self._found.language = cast(Language, language)
        else:
            self._complain("language", f"language should be {', '.join(_LANGUAGES)}, found {language!r}")

    def _read_review_by(self) -> None:
        value = self._data.get("review_by")
        self._found.review_by_line = self._line("review_by")
        if value is None:
            return
        try:
            if isinstance(value, datetime):
                value = value.date()
            self._found.review_by = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self._complain("review_by", f"review_by should be a date such as 2027-01-31, found {value!r}")

    def _text(self, key: str, fatal: bool = False) -> str:
        value = self._data.get(key)
        if value is None:
            return ""
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return " ".join(str(value).split())
        kind = "a list" if isinstance(value, CommentedSeq) else f"{value!r}"
        self._complain(key, f"{key} should be one line of text, found {kind}", fatal)
        return ""

    def _texts(self, key: str) -> Iterator[tuple[str, int]]:
        value = self._data.get(key)
        if value is None:
            return
        if not isinstance(value, CommentedSeq):
            shown = " ".join(str(value).split())[:60]
            self._complain(key, f"{key} should be a list, found {shown!r}. Write {key}: [{shown}]")
            return
        for at, entry in enumerate(value):
            line = int(value.lc.item(at)[0]) + 2 if value.lc.data else self._line(key)
            if isinstance(entry, str | int | float) and not isinstance(entry, bool) and str(entry).strip():
                yield " ".join(str(entry).split()), line
            else:
                what = f"{key} should hold texts, found {type(entry).__name__}. Put quotes around it"
                self._found.complaints.append(Complaint(line, what))

    def _line(self, key: Any) -> int:
        if key not in self._data:
            return 1
        return int(self._data.lc.key(key)[0]) + 2

    def _complain(self, key: Any, what: str, fatal: bool = False) -> None:
        self._found.complaints.append(Complaint(self._line(key), what, fatal))


def _first_line(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error)
    return str(problem).strip().splitlines()[0] if str(problem).strip() else type(error).__name__
