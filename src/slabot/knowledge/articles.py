"""Article files: from bytes on disk to articles, and what is wrong with them in words an editor can use."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slabot.domain.article import Article, Picture, Question
from slabot.knowledge.front_matter import Complaint, read_front_matter, split_front_matter
from slabot.knowledge.markdown import own_file, read_markdown

LARGEST_BYTES: Final = 256 * 1024
_READS: Final = 3  # a file that changes while it is read is read again
_NOT_ARTICLES: Final = frozenset({"README.md", "CHANGELOG.md"})


@dataclass(frozen=True, slots=True, order=True)
class ArticleProblem:
    """Something wrong with one file. If it is fatal, the file's last good version keeps answering."""

    file: str
    line: int
    what: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: an article, complaints, or both."""

    article: Article | None
    problems: tuple[ArticleProblem, ...] = ()


class NotReadable(Exception):
    """A knowledge base or a file of one that cannot be used; the message says where and what to do."""


def article_files(folder: Path) -> Iterator[Path]:
    """The Markdown files of a workspace in order of name; links to folders are not followed."""
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            if name.endswith(".md") and not name.startswith((".", "_")) and name not in _NOT_ARTICLES:
                yield Path(here) / name


def read_article(path: Path, root: Path) -> Reading:
    """Read one file under the knowledge base `root`; never raises for what a file may hold."""
    file = path.relative_to(root).as_posix()
    content = read_bytes(path, root)
    if isinstance(content, str):
        return Reading(None, (ArticleProblem(file, 1, content, fatal=True),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"not UTF-8 (byte 0x{content[error.start]:02x}). Save the file as UTF-8"
        return Reading(None, (ArticleProblem(file, line, what, fatal=True),))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        what = "holds a NUL character, so it is not a text file. Save it as plain text"
        return Reading(None, (ArticleProblem(file, line, what, fatal=True),))
    return parse_article(text, slug=path.stem, file=file)


def parse_article(text: str, slug: str, file: str) -> Reading:
    """An article from the text of its file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = split_front_matter(text)
    if parts is None:
        opened = text.startswith("---")
        what = (
            "front matter is never closed: a line --- is missing"
            if opened
            else ("no front matter. Start the file with ---, a line title: …, and ---")
        )
        return Reading(None, (ArticleProblem(file, 1, what, fatal=True),))
    yaml, markdown, first_line = parts
    front = read_front_matter(yaml)
    complaints = list(front.complaints)
    if front.slug not in (None, slug):
        what = (
            f"slug should be the file's name, {slug!r}, found {front.slug!r}. Leave it out or rename the file"
        )
        complaints.append(Complaint(1, what))
    problems = tuple(ArticleProblem(file, one.line, one.what, one.fatal) for one in complaints)
    if any(problem.fatal for problem in problems):
        return Reading(None, problems)
    try:
        body = read_markdown(markdown, first_line, workspace=Path(file).parts[0])
    except RecursionError:
        what = "the Markdown is nested too deeply. Flatten its lists and quotes"
        return Reading(None, (*problems, ArticleProblem(file, first_line, what, fatal=True)))
    problems += tuple(ArticleProblem(file, picture.line, what) for picture, what in _unseen(body.pictures))
    article = Article(
        slug=slug,
        title=front.title,
        questions=front.questions,
        passages=body.passages,
        html=body.html,
        language=front.language,
        tags=front.tags,
        audience=front.audience,
        translates=front.translates,
        translated_from=front.translated_from,
        owner=front.owner,
        review_by=front.review_by,
        source=front.source,
        headings=body.headings,
        loose_headings=body.loose_headings,
        links=body.links,
        pictures=body.pictures,
        file=file,
        title_line=front.title_line,
        review_by_line=front.review_by_line,
        digest=hashlib.sha256(f"{slug}\n{text}".encode()).hexdigest(),
    )
    return Reading(article, problems)


def _unseen(pictures: Sequence[Picture]) -> Iterator[tuple[Picture, str]]:
    for picture in pictures:
        if own_file(picture.target) is None:
            what = f"the picture {picture.target[:120]!r} is not shown: only those in files/ are. Upload it"
            yield picture, what
        elif not picture.alt:
            what = f"the picture {picture.target!r} is not shown: say what it shows, as ![The menu]({picture.target})"
            yield picture, what


def read_jsonl(path: Path) -> list[Article]:
    """Articles from lines of `{slug, title, questions, body}`; raises NotReadable naming the line."""
    articles = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            slug, title = str(entry["slug"]), str(entry["title"])
            questions, markdown = entry.get("questions") or [], str(entry.get("body") or "")
            if not isinstance(questions, list):
                raise TypeError("questions should be a list")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotReadable(
                f"{path.name} line {number}: expected {{slug, title, questions, body}}, {error!r}"
            ) from error
        body = read_markdown(markdown)
        articles.append(
            Article(
                slug=slug,
                title=title,
                questions=tuple(Question(str(question), number) for question in questions),
                passages=body.passages,
                html=body.html,
                headings=body.headings,
                file=path.name,
                title_line=number,
                digest=hashlib.sha256(line.encode()).hexdigest(),
            )
        )
    return articles


def read_bytes(path: Path, root: Path) -> bytes | str:
    """The bytes, or in words why there are none."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve()):
            return "is a link to outside the knowledge base. Put the file itself here"
        for _ in range(_READS):
            before = path.stat()
            if not stat.S_ISREG(before.st_mode):
                return "is not a regular file. Remove it"
            if before.st_size > LARGEST_BYTES:
                size, most = before.st_size / 1024, LARGEST_BYTES // 1024
                return f"is {size:,.0f} KB, more than the {most} KB an article may have. Split it"
            with path.open("rb") as opened:
                content = opened.read(LARGEST_BYTES + 1)
            after = path.stat()
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) and len(
                content
            ) == after.st_size:
                return content
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, on Python before 3.13
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"cannot be read: {reason.lower()}"
    return "keeps changing while it is read. It is read again when the writing ends"
