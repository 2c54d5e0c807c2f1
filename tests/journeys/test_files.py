"""Files that go along: taken for what they are, seen by whom they are for, gone when they are erased."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from slabot.files.inspection import MOST_PIXELS
from tests.cast import Visitor
from tests.house import Server, Start

WORKSPACE = "human-esources"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


def with_a_place_in_it() -> bytes:
    """A photo that was taken upside down and says where and with which camera."""
    exif = Image.Exif()
    exif[0x0112] = 6  # Turn it by a quarter.
    exif[0x010F] = "Snoopy Cameras"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def bomb() -> bytes:
    """A few hundred bytes that claim to be a picture of more pixels than are taken."""
    side = int(MOST_PIXELS**0.5) + 1

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


async def uploaded(server: Server, token: str | None, name: str, data: bytes) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession(server.url, headers=headers) as session,
        session.post(
            f"/api/widget/{WORKSPACE}/files", params={"name": name}, data=io.BytesIO(data)
        ) as response,
    ):
        return response.status, await response.json()


async def taken(server: Server, vera: Visitor, name: str, data: bytes) -> Any:
    status, answer = await uploaded(server, vera.token, name, data)
    assert status == 200, answer
    return answer["file"]


async def fetched(server: Server, path: str, **how: Any) -> tuple[int, Any, bytes]:
    async with aiohttp.ClientSession(server.url, **how) as session, session.get(path) as response:
        return response.status, response.headers, await response.read()


async def test_a_picture_goes_along_with_a_message_and_both_sides_see_it(server: Server) -> None:
    vera, aidan, stranger = await server.vera(), await server.desk(), await server.vera()
    file = await taken(server, vera, "C:\\Users\\vera\\login page.jpg", with_a_place_in_it())
    assert (file["name"], file["type"], file["width"], file["height"]) == (
        "login page.jpg",
        "image/jpeg",
        40,
        60,
    )
    said = await vera.says("nobody in my course can log in, see the picture", files=[file["id"]])
    talk = said["conversation"]
    assert [event["files"] for event in said["events"] if "files" in event] == [[file]]
    shown = (await aidan.does("open", conversation=talk))["timeline"]
    assert [event["files"] for event in shown if "files" in event] == [[file]]

    path = f"/api/widget/{WORKSPACE}/files/{file['id']}"
    own = {"headers": {"Authorization": f"Bearer {vera.token}"}}
    status, headers, data = await fetched(server, path, **own)
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Disposition"].startswith("inline")
    assert b"Snoopy" not in data
    assert not Image.open(io.BytesIO(data)).getexif()
    for_desk = f"/api/workspaces/{WORKSPACE}/files/{file['id']}"
    cookie = {"cookies": {"slabot_session": await server.session()}}
    assert (await fetched(server, for_desk, **cookie))[2] == data

    # A stranger, nobody, an agent of elsewhere: as if there were no such file.
    missing = (await fetched(server, f"/api/widget/{WORKSPACE}/files/f_none", **own))[0::2]
    theirs = {"headers": {"Authorization": f"Bearer {stranger.token}"}}
    assert (await fetched(server, path, **theirs))[0::2] == missing
    assert (await fetched(server, path))[0] == 401
    assert (await fetched(server, for_desk))[0] == 401
    elsewhere = {"cookies": {"slabot_session": await server.session("only-velsoft", ("velsoft",))}}
    assert (await fetched(server, for_desk, **elsewhere))[0] == 404
    refused = await stranger.asks("say", client_id="somebody-elses", text="mine now", files=[file["id"]])
    assert refused["error"]["code"] == "not_found"


async def test_an_agent_sends_a_file_to_the_visitor_alone(server: Server) -> None:
    vera, aidan, stranger = await server.vera(), await server.desk(), await server.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    path = f"/api/workspaces/{WORKSPACE}/conversations/{talk}/files"
    async with (
        aiohttp.ClientSession(server.url, cookies={"slabot_session": await server.session()}) as desk,
        desk.post(path, params={"name": "guide.pdf"}, data=PDF) as response,
    ):
        file = (await response.json())["file"]
    head = (await aidan.does("open", conversation=talk))["head"]
    sent = await aidan.acts("reply", talk, seen_seq=head, files=[file["id"]])
    assert sent["ok"], sent
    event = await vera.hears(lambda event: bool(event.get("files")))
    assert (event["files"], event["text"]) == ([file], "guide.pdf")
    mine = f"/api/widget/{WORKSPACE}/files/{file['id']}"
    status, headers, data = await fetched(server, mine, headers={"Authorization": f"Bearer {vera.token}"})
    assert (status, data) == (200, PDF)
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''guide.pdf"
    other = {"Authorization": f"Bearer {stranger.token}"}
    assert (await fetched(server, mine, headers=other))[0] == 404


async def test_files_without_words_are_kept_and_the_bot_asks_for_some(server: Server) -> None:
    vera = await server.vera()
    file = await taken(server, vera, "photo.png", picture("PNG"))
    answer = await vera.does("say", client_id=vera.client_id(), files=[file["id"]])
    assert "I cannot look into files" in answer["events"][-1]["text"]
    assert (await vera.asks("say", client_id=vera.client_id(), text=" "))["error"]["code"] == "invalid"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("photo.jpg", PDF),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"nothing" * 20),
        ("photo.gif", b"GIF89a<script>alert(1)</script>"),
        ("photo.tiff", picture("TIFF")),
        ("photo.png", bomb()),
        ("paper.pdf", b"<html>%PDF-1.4</html>"),
        ("paper.pdf", picture()),
        ("notes.txt", b"MZ\x90\x00\x03" + bytes(60)),
        ("notes.txt", "Grüße".encode("latin-1")),
        ("program.exe", b"MZ"),
        ("photo.jpg.exe", picture()),
        ("", picture()),
        ("nothing.png", b""),
    ],
    ids=lambda value: str(value)[:24],
)
async def test_what_is_not_what_it_claims_to_be_is_refused(house: Server, name: str, data: bytes) -> None:
    vera = await house.vera()
    status, answer = await uploaded(house, vera.token, name, data)
    assert (status, answer["error"]["code"]) == (422, "file"), answer


@pytest.mark.parametrize(
    ("name", "data", "type"),
    [
        ("photo.JPEG", picture(), "image/jpeg"),
        ("photo.jpg", picture("PNG"), "image/png"),
        ("photo.webp", picture("WEBP"), "image/png"),
        ("photo.gif", picture("GIF"), "image/png"),
        ("paper.pdf", PDF, "application/pdf"),
        ("notes.txt", "Grüße\n".encode(), "text/plain"),
        ("marks.csv", b"name,mark\nVera,1\n", "text/csv"),
        ("../../etc/passwd.txt", b"root", "text/plain"),
    ],
    ids=lambda value: str(value)[:24],
)
async def test_what_a_workspace_takes(house: Server, name: str, data: bytes, type: str) -> None:
    file = await taken(house, await house.vera(), name, data)
    assert file["type"] == type
    assert "/" not in file["name"]


async def test_a_file_may_be_so_large_and_no_larger(house: Server) -> None:
    vera = await house.vera()
    await taken(house, vera, "large.txt", b"x" * 10_000_000)
    status, answer = await uploaded(house, vera.token, "larger.txt", b"x" * 10_000_001)
    assert (status, answer["error"]["code"]) == (422, "file")
    assert (await uploaded(house, None, "photo.jpg", picture()))[0] == 401
    assert (await uploaded(house, "forged", "photo.jpg", picture()))[0] == 401


async def test_erasing_takes_the_files_along_but_not_what_somebody_else_sent_too(
    start: Start, tmp_path: Path
) -> None:
    server = await start(f"sqlite:///{tmp_path}/slabot.db")
    vera, stranger = await server.vera(), await server.vera()
    ids = []
    for name, data in (("mine.txt", b"only mine"), ("same.txt", b"the same")):
        ids.append((await taken(server, vera, name, data))["id"])
    await vera.says("nobody in my course can log in", files=ids)
    await taken(server, vera, "unsent.txt", b"never sent")
    same = await taken(server, stranger, "same.txt", b"the same")
    folder = tmp_path / "data" / "files"
    assert sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file()) == [
        b"never sent", b"only mine", b"the same",
    ]  # fmt: skip
    await vera.does("erase")
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [b"the same"]
    theirs = {"Authorization": f"Bearer {stranger.token}"}
    path = f"/api/widget/{WORKSPACE}/files/{same['id']}"
    assert (await fetched(server, path, headers=theirs))[2] == b"the same"
    mine = {"Authorization": f"Bearer {vera.token}"}
    assert (await fetched(server, f"/api/widget/{WORKSPACE}/files/{ids[0]}", headers=mine))[0] == 404
