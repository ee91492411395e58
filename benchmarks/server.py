"""The site as it is served: cold start, pages, slider, switch, weight, memory, and 50 clients at once.

    python benchmarks/server.py

Beside the library's pages stands one page of fixed bytes from the same framework and server: the ratio says what a page costs over an empty one.
"""

import asyncio
import gzip
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

CLIENTS, SECONDS, WORKERS = 50, 8.0, 2
RATE = 450  # a second; clients that never pause fill every queue, and what they wait says only how long the queue is
PAGES = [
    "/en/", "/ar/", "/en/pacts", "/en/states", "/en/pact/csto", "/ar/pact/nato", "/ru/pact/warsaw-pact", "/en/state/KAZ", "/ar/state/RUS", "/en/case/kazakhstan-2022",
    "/ar/case/kazakhstan-2022", "/en/case/new-york-2001", "/en/compare?pact=csto&pact=nato", "/en/forces?host=MLI", "/en/source/cst-text-2010-en",
]  # fmt: skip
EMPTY = """
import socket, sys
import uvicorn
from uvicorn.supervisors import Multiprocess
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
async def page(request): return HTMLResponse("<!doctype html><title>x</title>" + "x" * 20000)
app = Starlette(routes=[Route("/", page)])
if __name__ == "__main__":
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    door.bind(("127.0.0.1", int(sys.argv[1])))
    Multiprocess(uvicorn.Config("empty:app", workers=int(sys.argv[2]), log_level="warning"), [door]).run()
"""


def main() -> None:
    cold = statistics.median(_cold() for _ in range(5))
    print(f"cold start to the first byte: {cold:.2f} s (bar 1.5), median of 5 processes")
    port = _free()
    server = subprocess.Popen([sys.executable, "-m", "foedus", "serve", "--port", str(port), "--workers", str(WORKERS)], stderr=subprocess.DEVNULL)
    try:
        _wait(port, "/en/")
        time.sleep(4)
        _pages(port)
        full = asyncio.run(_load(port, mixed))
        print(f"load, {CLIENTS} clients that never pause, {WORKERS} workers, mixed pages: {_said(full)} (bars 300 a second, 0 errors)")
        paced = asyncio.run(_load(port, mixed, RATE))
        print(f"the same clients, asking {RATE} times a second together: {_said(paced)} (bars 300 a second, p99 400 ms, 0 errors)")
        print(f"memory: {_memory(server.pid):.0f} MB the largest worker (bar 350)")
    finally:
        server.terminate()
        server.wait()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "empty.py").write_text(EMPTY)
        server = subprocess.Popen([sys.executable, "empty.py", str(port), str(WORKERS)], cwd=folder)
        try:
            _wait(port, "/")
            empty = asyncio.run(_load(port, lambda rng: "/"))
        finally:
            server.terminate()
            server.wait()
    print(f"beside it a page of fixed bytes: {_said(empty)}; ratio {empty[0] / full[0]:.1f}")


def mixed(rng: random.Random) -> str:
    """Most visitors read pages; some drag the day or switch a fact, which no shelf holds."""
    draw = rng.random()
    if draw < 0.1:
        return f"/en/state/{rng.choice(['KAZ', 'FRA', 'POL', 'EGY'])}?on={rng.randrange(1950, 2025)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    if draw < 0.13:
        return f"/en/case/kazakhstan-2022?assume.armed_attack={rng.choice(['true', 'false'])}&assume.by_state={rng.choice(['true', 'false', 'unknown'])}"
    return rng.choice(PAGES)


def _pages(port: int) -> None:
    for address in PAGES:
        _get(port, address)
    warm = sorted(_timed(port, address)[0] for address in PAGES for _ in range(20))
    print(f"library pages, warm: median {warm[len(warm) // 2] * 1e3:.1f} ms, p95 {warm[int(len(warm) * 0.95)] * 1e3:.1f} ms (bar 60)")
    rng = random.Random(1)
    new = []
    for name in ("pact", "state"):
        from foedus import snapshot

        new += [_timed(port, f"/ru/{name}/{one}")[0] for one in rng.sample(snapshot.ids(name), 40)]
    new.sort()
    print(f"pages nobody asked for before: median {new[len(new) // 2] * 1e3:.1f} ms, p95 {new[int(len(new) * 0.95)] * 1e3:.1f} ms")
    days = sorted(_timed(port, f"/en/state/{state}?on={1816 + year}-03-0{1 + year % 9}", True)[0] for year in range(0, 208, 4) for state in ("FRA", "RUS"))
    print(f"day slider, a day not seen before: median {days[len(days) // 2] * 1e3:.1f} ms, p95 {days[int(len(days) * 0.95)] * 1e3:.1f} ms (bar 100)")
    facts = ["armed_attack", "by_foreign_group", "by_state", "sovereignty_endangered"]
    switched = sorted(
        _timed(port, f"/en/case/kazakhstan-2022?assume.{fact}={value}&assume.{facts[place - 1]}={other}", True)[0]
        for place, fact in enumerate(facts) for value in ("true", "false", "unknown") for other in ("true", "false", "unknown")
    )  # fmt: skip
    print(f"switching facts: median {switched[len(switched) // 2] * 1e3:.1f} ms, worst {switched[-1] * 1e3:.1f} ms (bar 150)")
    parts = [_timed(port, f"/static/{name}")[1] for name in ("foedus.css", "foedus.js", "htmx.min.js", "plex.ttf")]
    for address in ("/en/", "/en/state/KAZ", "/en/case/kazakhstan-2022"):
        print(f"weight of the first view of {address}: {(sum(parts) + _timed(port, address)[1]) / 1e3:.0f} kB as sent (bars 600, with a map 1,200)")


def _timed(port: int, address: str, part: bool = False) -> tuple[float, int]:
    began = time.perf_counter()
    size = len(_get(port, address, part))
    return time.perf_counter() - began, size


def _get(port: int, address: str, part: bool = False) -> bytes:
    headers = {"accept-encoding": "gzip", **({"hx-request": "true"} if part else {})}
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers=headers), timeout=30) as answer:
        body: bytes = answer.read()
    assert gzip.decompress(body) if answer.headers.get("content-encoding") == "gzip" else body, address
    return body


def _cold() -> float:
    port = _free()
    began = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "foedus", "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        _wait(port, "/en/")
        return time.perf_counter() - began
    finally:
        server.terminate()
        server.wait()


async def _load(port: int, choose: object, rate: float | None = None) -> tuple[float, list[float], int]:
    """Requests a second, their times in order, and how many failed. `rate` is how many a second all clients ask together; None: each as soon as it is answered."""
    times: list[float] = []
    failed = 0
    end = time.perf_counter() + SECONDS

    async def client(seed: int) -> None:
        nonlocal failed
        rng = random.Random(seed)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            began = time.perf_counter()
            address = choose(rng)  # type: ignore[operator]
            moved = "hx-request: true\r\n" if "?on=" in address or "?assume" in address else ""  # as the page's own slider and switches ask
            writer.write(f"GET {address} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n{moved}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await reader.readexactly(length)
            failed += not head.startswith(b"HTTP/1.1 200")
            times.append(time.perf_counter() - began)
            if rate:
                await asyncio.sleep(rng.expovariate(rate / CLIENTS))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*[client(seed) for seed in range(CLIENTS)])
    return len(times) / (time.perf_counter() - began), sorted(times), failed


def _said(found: tuple[float, list[float], int]) -> str:
    rate, times, failed = found
    return f"{rate:.0f} requests a second, median {times[len(times) // 2] * 1e3:.0f} ms, p99 {times[int(len(times) * 0.99)] * 1e3:.0f} ms, {failed} errors"


def _memory(pid: int) -> float:
    """The resident memory of the largest process of a tree, in MB."""
    own = [pid, *[int(name) for name in os.listdir("/proc") if name.isdigit() and _parent(name) == pid]]
    return max(int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 for one in own)


def _parent(name: str) -> int:
    try:
        return int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, address: str) -> None:
    for _ in range(3000):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=5).read(1)
            return
        except OSError:
            time.sleep(0.005)
    raise SystemExit("the server did not answer")


if __name__ == "__main__":
    main()
