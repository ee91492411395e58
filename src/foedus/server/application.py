"""The application: which address gives which page, and what becomes of bad input."""

import functools
import gzip
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cachetools
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from foedus import errors
from foedus.briefs.drawing import font_folder
from foedus.server.asking import Asked
from foedus.server.guard import ALONE, App, Guard, Receive, Scope, Send
from foedus.server.linking import LANGUAGES, Links, dict_of
from foedus.server.pages import case, force, front, pact, panel, piece, source, state

HERE = Path(__file__).parent
FONT = "IBMPlexSansArabic-Regular.ttf"
HTML = "text/html; charset=utf-8"
Page = Callable[..., str]
# Below the language. A page is called with its links, what it was asked, and the words of its path.
PAGES: dict[str, Page] = {
    "": front.front,
    "states": front.states,
    "pacts": front.pacts,
    "state/{name}": state.state,
    "pact/{name}": pact.pact,
    "compare": pact.compare,
    "case/{name}": case.case,
    "case/{name}/why/{pact}/{article}": case.why,
    "forces": force.forces,
    "force/{name}": force.force,
    "read": piece.form,
    "panels": panel.panels,
    "sources": source.sources,
    "source/{name}": source.source,
}
FILES: dict[str, Callable[..., tuple[bytes, str]]] = {"case/{name}/brief.{form}": case.download, "panels/panel.{form}": panel.download}
HELD = 16 << 20  # bytes of pages kept ready, as they are sent
TOGETHER = 2  # pieces read at once; the next visitor is asked to come back
MADE = 1  # a page not made before is made alone; more at once would only hold the processor and memory from the pages that are ready


class Shelf:
    """Pages kept ready. The library does not change while a server runs, so a page asked for again is the same page."""

    def __init__(self) -> None:
        self.pages: cachetools.LRUCache[str, tuple[bytes, str]] = cachetools.LRUCache(HELD, getsizeof=lambda kept: len(kept[0]))
        self.lock = threading.Lock()
        self.turns = CapacityLimiter(MADE)

    def get(self, address: str) -> tuple[bytes, str] | None:
        with self.lock:
            return self.pages.get(address)

    def put(self, address: str, content: str) -> tuple[bytes, str]:
        """The page as it is sent, compressed, and its tag."""
        raw = content.encode()
        kept = gzip.compress(raw, 2, mtime=0), f'"{hashlib.blake2b(raw, digest_size=12).hexdigest()}"'
        with self.lock:
            if len(kept[0]) < HELD // 8:
                self.pages[address] = kept
        return kept


class Doors:
    """The JSON doors, made when the first is knocked at: a reader of pages does not wait for what describes them."""

    def __init__(self) -> None:
        self.app: App | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is None:
            from foedus.server import api

            self.app = await run_in_threadpool(api.create)
        await self.app(scope, receive, send)


def create() -> Guard:
    """The application, ready for a server."""
    shelf, busy = Shelf(), threading.BoundedSemaphore(TOGETHER)
    routes: list[Any] = [
        Mount("/api", Doors()),
        Route("/openapi.json", _document),
        Route("/static/plex.ttf", _font),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        *[Route(f"/{{lang}}/{path}", _page(made, shelf), methods=["GET"]) for path, made in PAGES.items()],
        *[Route(f"/{{lang}}/{path}", _file(taken), methods=["GET"]) for path, taken in FILES.items()],
        Route("/{lang}/read", _sent(piece.read, busy), methods=["POST"]),
        Route("/{lang}/read/brief", _sent(piece.brief, busy), methods=["POST"]),
        Route("/{lang:path}", _elsewhere, methods=["GET"]),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={404: _nowhere}))


async def _nowhere(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        from foedus.server import api

        return await api.nowhere(request, error)
    return await _elsewhere(request)


async def _document(request: Request) -> Response:
    from foedus.server import api

    return await run_in_threadpool(api.described)


async def _font(request: Request) -> Response:
    return FileResponse(font_folder() / FONT, media_type="font/ttf", headers={"cache-control": "max-age=86400"})


def _links(request: Request) -> Links:
    lang = request.path_params["lang"]
    return Links(lang, request.url.path.removeprefix(f"/{lang}").strip("/"), tuple(request.query_params.multi_items()))


def _asked(request: Request) -> Asked:
    part = request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"
    return Asked(dict_of(request.query_params.multi_items()), part)


def _words(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.path_params.items() if name != "lang"}


def _page(made: Page, shelf: Shelf) -> Any:
    async def answer(request: Request) -> Response:
        if request.path_params["lang"] not in LANGUAGES:
            return await _elsewhere(request)
        asked = _asked(request)
        address = f"{asked.part}{request.url.path}?{request.url.query}"
        kept = shelf.get(address)
        if kept is None:
            try:
                kept = await to_thread.run_sync(lambda: shelf.put(address, made(_links(request), asked, **_words(request))), limiter=shelf.turns)
            except errors.InputError as error:
                return _missing(request, str(error), 404)
        return _as_sent(request, *kept)

    return answer


def _as_sent(request: Request, body: bytes, tag: str) -> Response:
    """The page, compressed where the reader can unpack it; nothing where the reader has it."""
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept-encoding, hx-request"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, media_type=HTML, headers={**headers, "content-encoding": "gzip"})
    return Response(gzip.decompress(body), media_type=HTML, headers=headers)


def _file(taken: Callable[..., tuple[bytes, str]]) -> Any:
    async def answer(request: Request) -> Response:
        if request.path_params["lang"] not in LANGUAGES:
            return await _elsewhere(request)
        try:
            body, kind = await run_in_threadpool(lambda: taken(_links(request), _asked(request), **_words(request)))
        except errors.InputError as error:
            return _missing(request, str(error), 404)
        name = "-".join([*[value for key, value in _words(request).items() if key != "form"], request.url.path.rpartition("/")[2]])
        headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": ALONE}
        return Response(body, media_type=kind, headers=headers)

    return answer


def _sent(read: Callable[[Links, bytes, str], Any], busy: threading.BoundedSemaphore) -> Any:
    """A piece pasted or uploaded. Whatever goes wrong with it is said on a page, and nothing of it is kept."""

    async def answer(request: Request) -> Response:
        if request.path_params["lang"] not in LANGUAGES:
            return await _elsewhere(request)
        async with request.form(max_files=1, max_fields=4, max_part_size=piece.MOST + 1) as form:
            text, file = form.get("text"), form.get("file")
            name = ""
            content = text.encode() if isinstance(text, str) and text.strip() else b""
            if isinstance(file, UploadFile) and file.filename and not content:
                name, content = file.filename, await file.read()
        if not content:
            return _missing(request, "Paste a piece, or choose a file.", 422)
        if len(content) > piece.MOST:
            return _missing(request, f"A piece of more than {piece.MOST} bytes. Send the article alone.", 413)
        if not busy.acquire(blocking=False):
            return _missing(request, "Other pieces are being read. Try again in a few seconds.", 503)
        try:
            made = await run_in_threadpool(read, _links(request), content, name)
        except errors.InputError as error:
            return _missing(request, str(error), 422)
        finally:
            busy.release()
        alone = {"content-security-policy": ALONE} if isinstance(made, bytes) else {}
        return Response(made, media_type=HTML, headers={"cache-control": "no-store", **alone})

    return answer


def _missing(request: Request, message: str, status: int) -> Response:
    links = Links(request.path_params["lang"], "", ())
    return Response(front.missing(links, message, status), status, media_type=HTML, headers={"retry-after": "5"} if status == 503 else None)


async def _elsewhere(request: Request) -> Response:
    """The front door, in the language the reader's browser asks for; any other address is a page that there is not."""
    path = request.url.path.strip("/")
    if path in ("", *LANGUAGES):
        return RedirectResponse(f"/{path or preferred(request.headers.get('accept-language', ''))}/", 307)
    lang = path.partition("/")[0]
    links = Links(lang if lang in LANGUAGES else "en", "", ())
    return Response(front.missing(links, f"/{path[:80]}", 404), 404, media_type=HTML)


@functools.lru_cache(256)
def preferred(header: str) -> str:
    """The first language of the header that the pages speak.

    >>> preferred("fr, ar;q=0.8, en;q=0.5"), preferred("de")
    ('ar', 'en')
    """
    from babel import negotiate_locale

    ranked = []
    for place, part in enumerate(header.split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, name[:2].casefold()))
        except ValueError:
            continue
    return negotiate_locale([name for _, _, name in sorted(ranked)], LANGUAGES) or "en"
