"""Articles from elsewhere: what is read of Markdown, HTML and help-centre exports, and what may not come in."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slabot.knowledge.articles import parse_article
from slabot.knowledge.imports.parcel import LARGEST_FILE, parcel_of, read_source
from slabot.knowledge.imports.reading import read_files, read_parcel
from slabot.services.imports import BadParcel, Haul, Incoming, untold


def read(**files: str | bytes) -> Haul:
    """`page_html="…"` is the file `page.html`."""
    contents = {
        name.replace("_", "."): one.encode() if isinstance(one, str) else one for name, one in files.items()
    }
    return read_files(contents, "velsoft")


def only(haul: Haul) -> Incoming:
    assert not haul.unread, haul.unread
    (article,) = haul.articles
    return article


def archive(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        fill(opened)
    return out.getvalue()


def test_our_own_markdown_comes_back_byte_for_byte() -> None:
    text = (
        "---\n# a comment\ntitle: Refunds\ntags: [billing]\nsource:\n  - guide.txt:1\n---\n\nWithin a week.\n"
    )
    assert only(read(refunds_md=text)).text == text


def test_other_peoples_markdown_brings_the_fields_we_know_and_names_the_rest() -> None:
    article = only(
        read(
            refunds_md="---\nlayout: post\ntitle: Refunds\ntags: billing, money\nlang: de-AT\n---\n\n# Refunds\n\nBald.\n"
        )
    )
    assert article.text == "---\ntitle: Refunds\ntags: [billing, money]\nlanguage: de\n---\n\nBald.\n"
    assert article.remarks == ("left out of its front matter: layout",)


def test_markdown_without_front_matter_takes_its_first_heading_as_title() -> None:
    article = only(read(a_md="# How do I pay?\n\nBy card.\n"))
    assert article.title == "How do I pay?"
    assert "questions:\n  - How do I pay?" in article.text
    assert article.text.endswith("\n---\n\nBy card.\n")


PAGE = """<!doctype html><html lang="de"><head><title>Passwort | Acme</title><style>p{}</style></head><body>
<nav>Start</nav><main><h1>Passwort ändern?</h1><p>Klicken Sie <b>hier</b>: <a href="other.html#x">mehr</a>
<a href="javascript:alert(1)">böse</a><table><tr><td>a<td>b<tr><td>c</table>
<script>alert(1)</script><svg><script>1</script></svg><iframe src=x></iframe><ul><li>eins<li>zwei</ul></main></body></html>"""


def test_an_html_page_becomes_what_a_reader_saw_of_it() -> None:
    haul = read(page_html=PAGE, other_html="<h1>Other</h1><p>Text")
    page = next(article for article in haul.articles if article.slug == "page")
    assert (page.title, page.language) == ("Passwort ändern?", "de")
    assert "[mehr](other.md)" in page.text, "links between articles that come along are kept"
    assert "| a | b |\n| --- | --- |\n| c |" in page.text, "a broken table is a table"
    assert "- eins\n- zwei" in page.text
    for gone in ("alert", "javascript", "Start", "svg", "iframe", "p{}"):
        assert gone not in page.text
    assert set(page.remarks) == {
        "left out: 2 script",
        "left out: 1 embedded page",
        "left out: 1 drawing (SVG)",
    }
    article = parse_article(page.text, page.slug, "velsoft/page.md").article
    assert article is not None
    assert "<table>" in article.html


ZENDESK: Any = {
    "count": 2,
    "next_page": None,
    "articles": [
        {
            "id": 360001,
            "title": "How do I reset it?",
            "body": '<p>Press <a href="https://acme.zendesk.com/hc/en-us/articles/360002-Second-step">this</a></p>',
            "locale": "en-us",
            "source_locale": "en-us",
            "draft": False,
            "outdated": True,
            "label_names": ["reset"],
            "section_id": 9,
            "translations": [
                {
                    "locale": "en-us",
                    "title": "How do I reset it?",
                    "body": "<p>Press</p>",
                    "source_id": 360001,
                },
                {
                    "locale": "de",
                    "title": "Zurücksetzen",
                    "body": "<p>Drücken</p>",
                    "source_id": 360001,
                    "draft": True,
                },
            ],
        },
        {"id": 360002, "title": "Second step", "body": "<p>Wait.</p>", "locale": "en-us", "section_id": 9},
        {"id": 360003, "title": "Português", "body": "<p>Espere.</p>", "locale": "pt-br"},
        {"id": 360004, "body": "<p>Nameless.</p>", "locale": "en-us"},
    ],
    "sections": [{"id": 9, "name": "Devices"}],
}


def test_a_zendesk_export_brings_labels_sections_translations_and_links() -> None:
    haul = read(articles_json=json.dumps(ZENDESK))
    first, german, second = haul.articles
    assert "tags: [reset, Devices]" in first.text
    assert "[this](second-step.md)" in first.text
    assert first.remarks == ("was marked outdated there",)
    assert (german.slug, german.language, german.is_public) == ("zurucksetzen", "de", False)
    assert "translates: how-do-i-reset-it" in german.text
    assert second.title == "Second step"
    assert [(one.source, one.why) for one in haul.unread] == [
        ("articles.json #3", "is in 'pt-br'; articles are in en, de, es, fr"),
        ("articles.json #4", "has no title"),
    ]


CHATWOOT: Any = {
    "payload": [
        {
            "id": 3,
            "slug": "1680000000-billing",
            "title": "Billing",
            "content": "## Pay\n\nWith *card*. See [old](/hc/help/articles/1680000001-old).",
            "status": "published",
            "category": {"id": 1, "name": "Money", "locale": "en"},
            "meta": {},
        },
        {
            "id": 4,
            "slug": "1680000001-old",
            "title": "Old",
            "content": "Gone",
            "status": 2,
            "category": {"locale": "fr"},
        },
    ],
    "meta": {"current_page": 1, "articles_count": 2},
}


def test_a_chatwoot_export_brings_its_markdown_categories_and_links() -> None:
    billing, old = read(portal_json=json.dumps(CHATWOOT)).articles
    assert billing.slug == "billing"
    assert "tags: [Money]" in billing.text
    assert "[old](old.md)" in billing.text
    assert (old.language, old.is_public, old.remarks) == ("fr", False, ("was archived there",))


def test_pictures_are_found_beside_the_page_or_by_their_only_name() -> None:
    files = {
        "guide/a.md": b"# A\n\n![One](img/one.png) ![Two](https://acme.zendesk.com/hc/article_attachments/7/two.png)",
        "guide/img/one.png": b"1",
        "attachments/two.png": b"2",
    }
    article = only(read_files(files, "velsoft"))
    assert [path for path, _, _ in article.pictures.values()] == ["guide/img/one.png", "attachments/two.png"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.md", b"\xff\xfe", "is not UTF-8 (line 1)"),
        ("a.md", b"---\ntitle: [\n---\nx", "its front matter is not YAML"),
        ("a.md", b"---\ntitle: x\n", "is never closed"),
        ("a.md", b"# Only a title\n", "has no text"),
        ("a.md", b"# Long\n\n" + b"word " * 60_000, "longer than the 256 KB"),
        ("a.html", b"<div>" * 1000 + b"x", "nested too deeply"),
        ("a.html", b"<p>" + b"x" * 1_100_000, "more than a page of text has"),
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"tickets": []}', "is neither a Zendesk nor a Chatwoot export"),
        ("a.svg", b"<svg/>", "is of a kind that is not read"),
        ("big.png", b"0" * (LARGEST_FILE + 1), "more than the 10 MB"),
        ("../a.md", b"# A\n\nx", "leads out of what was given"),
        ("/etc/a.md", b"# A\n\nx", "leads out of what was given"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(name: str, content: bytes, why: str) -> None:
    haul = read_files({name: content, "good.md": b"# Good\n\nText."}, "velsoft")
    assert [article.slug for article in haul.articles] == ["good"]
    (unread,) = haul.unread
    assert unread.source == name
    assert why in unread.why


def test_an_archive_is_unpacked_without_links_locks_and_ways_out() -> None:
    def fill(opened: zipfile.ZipFile) -> None:
        opened.writestr("help/good.md", "# Good\n\nText.")
        opened.writestr("../../evil.md", "# Evil\n\nText.")
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        opened.writestr(link, "/etc/passwd")
        opened.writestr("__MACOSX/help/._good.md", "x")

    haul = read_files({"help.zip": archive(fill)}, "velsoft")
    assert [article.slug for article in haul.articles] == ["good"]
    assert {one.source for one in haul.unread} == {"../../evil.md", "link.md"}


def test_an_archive_that_unpacks_to_too_much_is_refused_whole() -> None:
    def fill(opened: zipfile.ZipFile) -> None:
        for number in range(30):
            opened.writestr(f"{number}.md", b"0" * 9_000_000)

    bomb = archive(fill)
    with pytest.raises(BadParcel, match="would unpack to 270 MB"):
        parcel_of({"bomb.zip": bomb})
    with pytest.raises(BadParcel, match="cannot be read as one"):
        parcel_of({"torn.zip": bomb[:1000]})


def test_of_a_folder_links_are_refused_and_progress_is_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# {name}\n\nText.", encoding="utf-8")
    (tmp_path / "c.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "away").symlink_to(os.sep)
    told: list[tuple[int, int]] = []
    haul = read_parcel(read_source(tmp_path), "velsoft", lambda done, of: told.append((done, of)))
    assert [article.slug for article in haul.articles] == ["a", "b"]
    assert {one.source for one in haul.unread} == {"c.md", "away"}
    assert told[-1] == (2, 2)


def test_two_articles_of_one_name_are_told_apart() -> None:
    files = {"a/faq.md": b"# One\n\nText.", "b/faq.md": b"# Two\n\nText.", "x.md": b"# X\n\n[two](b/faq.md)"}
    one, two, x = read_parcel(parcel_of(files), "velsoft", untold).articles
    assert (one.slug, two.slug) == ("faq", "faq-2")
    assert "[two](faq-2.md)" in x.text
