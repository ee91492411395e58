"""One question to a chat completions address, and the text of its answer: tries again, a time limit, a size limit, no redirects."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from foedus.errors import InputError
from foedus.press.helper.settings import KEY, MODEL, SECONDS, URL, Settings

MOST_BYTES = 4_000_000
PAUSE = 0.5  # seconds, doubled with each try
BUSY = (408, 425, 429, 500, 502, 503, 504)
NOT_TAKEN = (400, 422, 501)  # what servers answer to a form of question that they do not know
Row = dict[str, Any]
Answer = TypeVar("Answer")


class HelperError(InputError):
    """The helper gave nothing that can be used. The message is one line, and holds nothing that the server wrote."""


def ask(settings: Settings, messages: list[dict[str, str]], schema: Row) -> str:
    """The text that the model answers with. The schema is asked for where the server takes one, else JSON, else nothing but the messages.

    Errors: HelperError for a server that is away, slow, busy, forbidding, or answers with something else; InputError where urllib3 is not installed.
    """
    status = 0
    for body in _forms(settings, messages, schema):
        status, data = _within(settings.seconds, lambda body=body: _post(settings, body), settings)  # type: ignore[misc]
        if status not in NOT_TAKEN:
            break
    if status != 200:
        raise HelperError(f"the helper at {settings.host} answered with status {status}{_way_out(status)}")
    return _content(data, settings)


def _forms(settings: Settings, messages: list[dict[str, str]], schema: Row) -> Iterator[Row]:
    """The same question in the forms that servers know, the strictest first."""
    plain = {"model": settings.model, "messages": messages}
    named = {"name": "items", "strict": True, "schema": schema}
    yield {**plain, "temperature": 0, "response_format": {"type": "json_schema", "json_schema": named}}
    yield {**plain, "temperature": 0, "response_format": {"type": "json_object"}}
    yield plain


def _post(settings: Settings, body: Row) -> tuple[int, bytes]:
    """Status and body of the answer."""
    try:
        import urllib3
    except ImportError:
        raise InputError("the helper needs urllib3. Install it with: pip install 'foedus[llm]'") from None
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    again = urllib3.Retry(total=3, read=0, redirect=0, other=0, status_forcelist=BUSY, allowed_methods=None, backoff_factor=PAUSE, raise_on_status=False,
                          raise_on_redirect=False, retry_after_max=30)  # fmt: skip
    timeout = urllib3.Timeout(connect=min(10.0, settings.seconds), read=settings.seconds)
    with urllib3.PoolManager() as pool:
        try:
            # a key is for one address: a redirect is not followed
            answer = pool.request("POST", settings.url, body=json.dumps(body).encode("ascii"), headers=headers, redirect=False, retries=again, timeout=timeout,
                                  preload_content=False)  # fmt: skip
            try:
                return answer.status, _body(answer.stream(65_536, decode_content=False), settings)
            finally:
                answer.close()
        except (urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
            raise _failed(error.reason if isinstance(error, urllib3.exceptions.MaxRetryError) else error, settings) from None


def _failed(error: BaseException | None, settings: Settings) -> HelperError:
    """What went wrong, in words of ours: a message of the library could hold what the server wrote."""
    from urllib3 import exceptions

    if isinstance(error, exceptions.ReadTimeoutError):
        return _late(settings)
    if isinstance(error, exceptions.SSLError):
        return HelperError(f"the helper at {settings.host} has no certificate that is trusted here")
    if isinstance(error, exceptions.ConnectTimeoutError | exceptions.NewConnectionError | exceptions.ProxyError):
        return HelperError(f"the helper at {settings.host} cannot be reached. Is it running, and is {URL} right?")
    return HelperError(f"the helper at {settings.host} broke off its answer, or does not speak HTTP")


def _body(chunks: Iterable[bytes], settings: Settings) -> bytes:
    data = b""
    for chunk in chunks:
        data += chunk
        if len(data) > MOST_BYTES:
            raise HelperError(f"the helper at {settings.host} answered with more than {MOST_BYTES:,} bytes")
    return data


def _late(settings: Settings) -> HelperError:
    return HelperError(f"the helper at {settings.host} gave no answer within {settings.seconds:g} seconds. {SECONDS} sets how long to wait")


def _within(seconds: float, call: Callable[[], Answer], settings: Settings) -> Answer:
    """What a call gives, if it gives it in time: a server that drips a byte a second keeps every timeout of a socket and never ends."""
    results: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:
            errors.append(error)

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise _late(settings)
    return results[0]


def _way_out(status: int) -> str:
    if status in (401, 403):
        return f": check {KEY}"
    if status in (400, 404, 405, 422):
        return f": check {URL} and {MODEL}"
    if 300 <= status < 400:
        return f", a redirect, which is not followed: set {URL} to where it leads"
    return ": busy or broken; try again later" if status in BUSY else ""


def _content(data: bytes, settings: Settings) -> str:
    """The text of the first choice."""
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise HelperError(f"the helper at {settings.host} answered with something that is no chat completion")
    return content
