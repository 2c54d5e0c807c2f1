"""The built pages: launcher, desk, demo hosts and hashed assets, with headers that keep them safe and cached."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from slabot.web.rest.operation import Handler

PACKAGED = Path(__file__).resolve().parents[1] / "_data" / "static"
CHECKOUT = Path(__file__).resolve().parents[3] / "static" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
NEVER = "no-cache"

DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' ws: wss:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

TALK_POLICY = DESK_POLICY.replace("img-src 'self' data:", "img-src 'self' data: blob:")
"""The page behind the link of a mail, with the widget in it: pictures come with a token and are shown from memory."""


class NoPages(RuntimeError):
    """The pages were not built."""

    def __init__(self, looked: tuple[Path, ...]) -> None:
        places = " or ".join(str(place) for place in looked)
        super().__init__(f"no built pages in {places}; `./dev run` builds them, a wheel carries them")


def pages_folder() -> Path:
    """A checkout's build, else what the wheel carries. Raises NoPages."""
    for folder in (CHECKOUT, PACKAGED):
        if (folder / "manifest.json").is_file():
            return folder
    raise NoPages((CHECKOUT, PACKAGED))


class Pages:
    """Serves the files of the build and nothing else; demo pages only where the demo is on."""

    def __init__(self, folder: Path, *, demo: bool) -> None:
        self._folder = folder
        self._demo = demo

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/widget.js", self._file("widget.js", SHORTLY, embeddable=True))
        app.router.add_get("/widget.d.ts", self._file("widget.d.ts", SHORTLY, embeddable=True))
        app.router.add_get("/assets/{name}", self._asset)
        app.router.add_get("/desk", self._file("desk.html", NEVER))
        app.router.add_get("/desk/login", self._file("login.html", NEVER))
        app.router.add_get("/desk/articles", self._file("workshop.html", NEVER))
        app.router.add_get("/desk/admin", self._file("admin.html", NEVER))
        app.router.add_get("/talk/{workspace}", self._file("talk.html", NEVER))
        app.router.add_get("/licenses.txt", self._file("THIRD_PARTY_LICENSES.txt", SHORTLY))
        if self._demo:
            app.router.add_get("/", self._file("index.html", NEVER))
            for page in sorted((self._folder / "demo").glob("*.html")):
                app.router.add_get(f"/demo/{page.stem}", self._file(f"demo/{page.name}", NEVER))
        else:
            app.router.add_get("/", _to_desk)

    def _file(self, name: str, cached: str, *, embeddable: bool = False) -> Handler:
        async def serve(_: web.Request) -> web.StreamResponse:
            response = web.FileResponse(self._folder / name)
            response.headers["Cache-Control"] = cached
            response.headers["X-Content-Type-Options"] = "nosniff"
            if embeddable:
                response.headers["Access-Control-Allow-Origin"] = "*"
            elif name in ("desk.html", "login.html", "workshop.html", "admin.html"):
                response.headers["Content-Security-Policy"] = DESK_POLICY
                response.headers["Referrer-Policy"] = "same-origin"
            elif name == "talk.html":
                response.headers["Content-Security-Policy"] = TALK_POLICY
                response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return serve

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = self._folder / "assets" / Path(request.match_info["name"]).name
        if not path.is_file():
            raise web.HTTPNotFound
        response = web.FileResponse(path)
        response.headers["Cache-Control"] = FOR_EVER
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


async def _to_desk(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/desk")
