"""Import and export over REST: a dry run keeps nothing, what comes are drafts, and everything can be taken along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import aiohttp

from tests.house import Server
from tests.web.test_enclosures import picture
from tests.web.test_workshop import HERE, SLUG, Editor, article_file, browsers, edith, kb, shop, slugs_in

__all__ = ["browsers", "edith", "kb", "shop"]


async def sends(edith: Editor, files: dict[str, bytes], bring: bool = False) -> tuple[int, Any]:
    form = aiohttp.FormData()
    for path, content in files.items():
        form.add_field(path, content, filename=path.rsplit("/", 1)[-1])
    async with edith.session.post(
        f"{HERE}/import", data=form, params={"bring": "yes"} if bring else {}
    ) as response:
        return response.status, await response.json()


SITE = {
    "site/parking.html": b'<h1>Where do I park?</h1><p>Behind. <img src="map.png" alt="The map"><img src="bad.png" alt="x">',
    "site/map.png": picture(),
    "site/bad.png": b"<svg/>",
    f"site/{SLUG}.md": b"# Another\n\nText.",
    "site/torn.md": b"\xff\xfe",
}


async def test_a_dry_run_lists_what_would_come_and_keeps_nothing(edith: Editor, kb: Path) -> None:
    before = slugs_in(kb)
    status, seen = await sends(edith, SITE)
    assert status == 200, seen
    assert seen["coming"] == 1
    parking, known = sorted(seen["articles"], key=lambda one: one["fate"])
    assert (parking["slug"], parking["fate"], parking["pictures"]) == ("parking", "draft", 1)
    assert "site/bad.png: This file is called a picture and cannot be read as one." in parking["remarks"]
    assert (known["slug"], known["fate"]) == (SLUG, "exists")
    assert [(one["source"], one["why"]) for one in seen["unread"]] == [
        ("site/torn.md", "is not UTF-8 (line 1). Save it as UTF-8")
    ]
    assert slugs_in(kb) == before
    assert not (kb / "files").exists()
    _, listed = await edith.get("/articles")
    assert "parking" not in {line["slug"] for line in listed["articles"]}


async def test_what_comes_is_a_draft_with_its_pictures_and_a_second_time_nothing_comes(
    edith: Editor, kb: Path
) -> None:
    before = slugs_in(kb)
    assert (await sends(edith, SITE, bring=True))[1]["coming"] == 1
    sheet = await edith.opened("parking")
    assert sheet["form"]["title"] == "Where do I park?"
    (kept,) = (kb / "files").iterdir()
    assert f"![The map](files/{kept.name})" in sheet["form"]["body"]
    assert slugs_in(kb) == before, "visitors read nothing that no editor published"
    _, again = await sends(edith, SITE, bring=True)
    assert again["coming"] == 0
    assert {one["fate"] for one in again["articles"]} == {"exists"}


async def test_everything_can_be_taken_along_and_comes_back(edith: Editor, kb: Path) -> None:
    await sends(edith, SITE, bring=True)
    async with edith.session.get(f"{HERE}/export") as response:
        archive = zipfile.ZipFile(io.BytesIO(await response.read()))
        assert response.headers["Content-Disposition"].startswith("attachment")
    files = {name: archive.read(name) for name in archive.namelist()}
    assert {Path(name).stem for name in files if "/" not in name} == slugs_in(kb)
    assert files[f"{SLUG}.md"] == article_file(kb).read_bytes()
    assert b"Where do I park?" in files["_drafts/parking.md"]
    assert [name for name in files if name.startswith("files/map-")]


async def test_a_bomb_or_no_archive_is_refused_whole_with_a_word(edith: Editor) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(30):
            bomb.writestr(f"{number}.md", b"0" * 9_000_000)
    status, refused = await sends(edith, {"bomb.zip": out.getvalue()}, bring=True)
    assert (status, refused["error"]["code"]) == (422, "file")
    assert "would unpack to 270 MB" in refused["error"]["message"]
    assert "cannot be read as one" in (await sends(edith, {"a.zip": b"PK nothing"}))[1]["error"]["message"]
    async with edith.session.post(f"{HERE}/import", json={}) as response:
        assert response.status == 422


async def test_only_editors_move_articles(shop: Server) -> None:
    async with aiohttp.ClientSession(shop.url) as stranger:
        async with stranger.get(f"{HERE}/export") as response:
            assert response.status == 401
        async with stranger.post(f"{HERE}/import", data={"a.md": "x"}) as response:
            assert response.status == 401
