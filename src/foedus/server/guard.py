"""What stands before every answer: headers that let a page load nothing from elsewhere, and limits on what may be sent and how often."""

import collections
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A brief to take away is one file with its styles and its font inside; it runs no script and asks for nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
MOST_SENT = 2_100_000  # bytes of a body: a piece as a form writes it, percent signs and all
MOST_ADDRESS = 8_000
WINDOW = 60.0
MOST_READ = 30  # pieces of one visitor in a window
MOST_VISITORS = 10_000


class Guard:
    """Headers on every answer; 413, 414, 415 and 429 before anything is read."""

    def __init__(self, app: App, most_read: int = MOST_READ) -> None:
        self.app, self.most_read = app, most_read
        self.seen: collections.OrderedDict[str, collections.deque[float]] = collections.OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused:
            await _plain(send, *refused)
            return
        if scope["method"] == "POST":
            body, whole = await _body(receive)
            if not whole:
                await _plain(send, 413, "That is more than a press piece. Send the article alone.")
                return
            receive = _replay(body)
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = dict(scope["headers"])
        if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_ADDRESS:
            return 414, "The address is too long."
        if b"\x00" in scope["raw_path"] or "\x00" in scope["path"]:
            return 400, "The address holds a character that no page has."
        if scope["method"] != "POST":
            return None
        if headers.get(b"content-encoding", b"identity") != b"identity":
            return 415, "Send the piece as it is, not compressed."
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MOST_SENT:
            return 413, "That is more than a press piece. Send the article alone."
        if not self._may(scope["client"][0] if scope.get("client") else ""):
            return 429, f"More than {self.most_read} pieces in a minute. Wait a little."
        return None

    def _may(self, visitor: str) -> bool:
        """Whether the visitor has not sent too much of late. Only times are kept, and only for a minute."""
        now = time.monotonic()
        times = self.seen.setdefault(visitor, collections.deque())
        self.seen.move_to_end(visitor)
        while times and times[0] < now - WINDOW:
            times.popleft()
        if len(self.seen) > MOST_VISITORS:
            self.seen.popitem(last=False)
        if len(times) >= self.most_read:
            return False
        times.append(now)
        return True


async def _body(receive: Receive) -> tuple[bytes, bool]:
    """What was sent, and whether all of it is within the limit: a body need not be as long as it says."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"", True
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_SENT:
            return b"", False
        if not message.get("more_body"):
            return b"".join(parts), True


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> MutableMapping[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            held = {name for name, _ in message["headers"]}
            policy = [] if b"content-security-policy" in held else [(b"content-security-policy", POLICY.encode())]
            message = {**message, "headers": [*message["headers"], *HEADERS, *policy]}
        await send(message)

    return guarded


async def _plain(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", POLICY.encode()),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
