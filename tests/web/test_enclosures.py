"""Pictures of articles over REST: taken from editors, drawn anew, handed to visitors so that nothing in them runs."""

from __future__ import annotations

import io
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
from PIL import Image

from tests.house import Server
from tests.web.test_workshop import HERE, SLUG, WS, Editor, browsers, edith, editor, kb, shop

__all__ = ["browsers", "edith", "kb", "shop"]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **({"comment": comment} if comment else {}))
    return out.getvalue()


async def sends(edith: Editor, name: str, data: bytes) -> tuple[int, dict[str, dict[str, object]]]:
    async with edith.session.post(f"{HERE}/files", params={"name": name}, data=io.BytesIO(data)) as response:
        return response.status, await response.json()


async def test_a_picture_is_drawn_anew_and_shown_in_the_preview_as_in_the_widget(
    shop: Server, edith: Editor
) -> None:
    status, taken = await sends(edith, "Set-up page.jpg", picture("JPEG", comment=b"where I live"))
    assert status == 200, taken
    file = taken["file"]
    assert (file["type"], file["width"], file["height"]) == ("image/jpeg", 40, 30)
    sheet = await edith.opened()
    form = {**sheet["form"], "body": f"## Where\n\n![The set-up page]({file['path']})"}
    _, seen = await edith.ask("POST", f"/articles/{SLUG}/preview", {"form": form})
    assert f'<img src="/kb/{WS}/{file["path"]}" alt="The set-up page">' in seen["html"]
    async with aiohttp.ClientSession(shop.url) as anyone, anyone.get(f"/kb/{WS}/{file['path']}") as response:
        data = await response.read()
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"where I live" not in data
    _, saved = await edith.saves(sheet, body=form["body"])
    await edith.publishes(saved["draft"]["revision"], reason="A picture says it.")
    shop.running.library.refresh()
    async with (
        aiohttp.ClientSession(shop.url) as anyone,
        anyone.get(f"/api/workspaces/{WS}/articles/{SLUG}") as response,
    ):
        assert (await response.json())["article"]["html"] == seen["html"]


REFUSED = (
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Taken are PNG, JPEG"),
    ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as one"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_000, "10 MB at most"),
    ("a.pdf", b"<script>", "is called a PDF and is none"),
    ("a.html", b"<script>", "Taken are PNG, JPEG"),
    ("", b"", "Taken are PNG, JPEG"),
)


async def test_what_is_no_picture_or_too_large_is_refused_in_words(edith: Editor, kb: Path) -> None:
    for name, data, said in REFUSED:
        status, refused = await sends(edith, name, data)
        assert status == 422, name
        assert said in str(refused["error"]["message"]), name
    assert not (kb / "files").exists()


async def test_a_name_leads_nowhere_else(edith: Editor, shop: Server) -> None:
    _, taken = await sends(edith, "../../../evil.png", picture())
    assert str(taken["file"]["path"]).startswith("files/evil-")
    for path in (
        f"/kb/{WS}/files/..%2F{SLUG}.md",
        f"/kb/%2E%2E/files/{taken['file']['name']}",
        f"/kb/{WS}/files/no.png",
    ):
        async with aiohttp.ClientSession(shop.url) as anyone, anyone.get(f"{shop.url}{path}") as response:
            assert response.status == 404


async def test_only_editors_of_the_workspace_may_send_pictures(
    shop: Server, browsers: AsyncExitStack
) -> None:
    aidan = await editor(shop, browsers, "aidan", "agent")
    assert (await sends(aidan, "a.png", picture()))[0] == 403
    async with (
        aiohttp.ClientSession(shop.url) as stranger,
        stranger.post(f"{HERE}/files", params={"name": "a.png"}, data=picture()) as response,
    ):
        assert response.status == 401
