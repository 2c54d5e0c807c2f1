"""The house rules of an article: front matter, passages that stand alone, and nothing invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from slabot.domain.article import Article
from tests.knowledge_base.shelf import KB, WORKSPACES, Shelf

DOCUMENTS = {
    "human-esources": ("000_05c8c516968e5e58.txt", 59),
    "element-human": ("001_43ad006ffe4dfc2d.txt", 77),
    "prosper-ex": ("003_294143be16d262b4.txt", 321),
    "velsoft": ("004_e9e4790fbabeb09b.txt", 34),
}
"""The support document of each workspace, and how many lines it has."""

PUBLISHED = {
    "human-esources": set[str](),
    "element-human": {"support@elementhuman.com"},
    "prosper-ex": {"1300 529 909", "+61 1300 529 909"},
    "velsoft": {"support@velsoft.com"},
}
"""What articles repeat because a rule they explain rests on it; other contacts come from the policy."""

FORBIDDEN = (
    "guarantee",
    "shortly",
    "[email",
    "applejack",
    "rectangle",
    "group 5",
    "http",
    "www.",
    "5 minutes",
)
ALWAYS_ON = {("element-human", "elliebot"), ("prosper-ex", "uptime")}
BROWSERS = ("chrome", "firefox", "safari", "edge", "explorer", "opera")


def articles(shelf: Shelf) -> Iterator[tuple[str, Article]]:
    return ((workspace, article) for workspace in WORKSPACES for article in shelf[workspace].values())


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def file_text(article: Article) -> str:
    return (KB / article.file).read_text(encoding="utf-8")


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_workspace_has_articles(shelf: Shelf, workspace: str) -> None:
    assert len(shelf[workspace]) >= 9


def test_a_file_is_named_by_a_slug_in_kebab_case(shelf: Shelf) -> None:
    for _, article in articles(shelf):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article.slug), article.file


def test_front_matter_is_complete(shelf: Shelf) -> None:
    for _, article in articles(shelf):
        assert article.title, article.file
        assert article.tags, article.file
        assert article.audience, article.file
        assert article.language == "en", article.file
        asked = len(article.questions)
        # Eight and more in English, two and more in each of the three other languages of the bot.
        assert 14 <= asked <= 26, f"{article.file} has {asked} questions"


def test_a_question_and_a_title_belong_to_one_article_of_the_workspace(shelf: Shelf) -> None:
    for workspace in WORKSPACES:
        asked = Counter(
            text
            for article in shelf[workspace].values()
            for text in {plain(text) for text in (article.title, *(one.text for one in article.questions))}
        )
        assert [text for text, times in asked.items() if times > 1] == []


def test_every_source_is_a_line_of_the_workspaces_own_document(shelf: Shelf) -> None:
    for workspace, article in articles(shelf):
        document, lines = DOCUMENTS[workspace]
        assert article.source, article.file
        for source in article.source:
            place = re.fullmatch(rf"{re.escape(document)}:(\d+)(?:-(\d+))?", source)
            assert place, f"{article.file}: {source} should be {document}:line or {document}:from-to"
            first, last = int(place[1]), int(place[2] or place[1])
            assert 1 <= first <= last <= lines, f"{article.file}: {source}"


def test_every_passage_stands_under_a_heading_and_is_short_enough_for_a_chat(shelf: Shelf) -> None:
    for _, article in articles(shelf):
        assert article.passages, article.file
        for passage in article.passages:
            assert passage.heading, f"{article.file}: {passage.text[:60]}"
            sentences = len(re.findall(r"[.!?](?:\"|\))?(?=\s|$)", passage.text))
            assert 1 <= sentences <= 5, f"{article.file}: {passage.heading}"
            assert len(passage.text) <= 420, f"{article.file}: {passage.heading}"


def test_no_forbidden_word_occurs(shelf: Shelf) -> None:
    for workspace, article in articles(shelf):
        text = file_text(article).casefold()
        assert [word for word in FORBIDDEN if word in text] == [], article.file
        if (workspace, article.slug) not in ALWAYS_ON:
            assert "24/7" not in text, article.file


def test_addresses_and_numbers_are_published_ones(shelf: Shelf) -> None:
    for workspace, article in articles(shelf):
        text = file_text(article)
        found = re.findall(r"[\w.+-]+@[\w.-]+\w", text) + re.findall(r"\+?\d[\d ]{7,}\d", text)
        assert set(found) <= PUBLISHED[workspace], article.file


def test_no_browser_is_named_as_supported(shelf: Shelf) -> None:
    for _, article in articles(shelf):
        words = re.findall(r"[a-z]+", article.body.casefold())
        assert not set(BROWSERS) & set(words), article.file


def test_an_announcement_of_the_past_carries_the_date_to_look_at_it_again(shelf: Shelf) -> None:
    dated = {article.slug: article.review_by for _, article in articles(shelf) if article.review_by}
    assert dated == {"faqs-and-video-tutorials": date(2024, 1, 31)}
