"""The site as a user has it: a real server, a real browser, in English and Arabic; and no serious finding of axe-core on any page."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PIECE = Path(__file__).parents[1] / "docs" / "piece.txt"
PAGES = [
    "", "?q=nato", "state/KAZ?on=2022-01-05", "state/FRA?on=1939-08-25&side=from", "pact/csto", "pact/nato", "compare?pact=csto&pact=nato", "case/kazakhstan-2022",
    "case/kazakhstan-2022/why/csto/4", "forces?host=MLI", "force/kazakhstan-csto-2022", "read", "panels", "sources", "source/cst-text-2010-en", "pacts", "states",
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: the site was not opened in a browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "foedus", "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/en/", timeout=5).read()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def chromium(server: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(chromium: Any, server: str) -> Iterator[Any]:
    """A page that fails its test when it loads anything from elsewhere, or a script or a policy complains."""
    context = chromium.new_context(accept_downloads=True)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("request", lambda request: troubles.append(request.url) if not request.url.startswith((server, "data:")) else None)
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" and "404" not in message.text else None)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    yield opened
    context.close()
    assert troubles == []


@pytest.mark.parametrize(("lang", "words", "name"), [("en", "ОДКБ", "CSTO"), ("ar", "كازاخستان", "كازاخستان")])
def test_search_finds_while_typing(page: Any, server: str, lang: str, words: str, name: str) -> None:
    page.goto(f"{server}/{lang}/")
    page.locator("#q").press_sequentially(words)
    first = page.locator("#found a").first
    first.wait_for()
    first.click()
    page.wait_for_url(re.compile("pact/csto|state/KAZ"))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_day_slides_and_the_map_follows(page: Any, server: str, lang: str) -> None:
    page.goto(f"{server}/{lang}/state/KAZ?on=2022-01-05")
    russia = page.locator(".world path[data-shape=RUS]").first
    assert russia.get_attribute("class") == "l3"
    page.evaluate("const range = document.querySelector('.range'); range.value = 30; range.dispatchEvent(new Event('input', {bubbles: true}))")
    page.locator("#levels[data-on^='1992-01']").wait_for(state="attached")
    assert russia.get_attribute("class") != "l3"
    assert "on=1992-01" in page.url, "the address is the permalink of the day"
    page.reload()
    page.locator("#levels[data-on^='1992-01']").wait_for(state="attached")


def test_the_slider_goes_by_keyboard(page: Any, server: str) -> None:
    page.goto(f"{server}/en/state/KAZ?on=2022-01-05")
    page.locator(".range").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#levels[data-on='2022-01-06']").wait_for(state="attached")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_fact_is_switched_and_a_proof_opens(page: Any, server: str, lang: str) -> None:
    page.goto(f"{server}/{lang}/case/kazakhstan-2022")
    before = page.locator("#findings table").nth(1).inner_text()
    page.locator("select[name='assume.armed_attack']").select_option("false")
    page.wait_for_selector("#findings .notice")
    assert page.locator("#findings table").nth(1).inner_text() != before
    assert "armed_attack" in page.url
    proof = page.locator("details.inline").first
    proof.locator("summary").click()
    assert proof.locator("a[href^='http']").first.is_visible()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_piece_is_pasted_and_starts_a_case(page: Any, server: str, lang: str) -> None:
    page.goto(f"{server}/{lang}/read")
    page.locator("#text").fill(PIECE.read_text(encoding="utf-8"))
    page.locator("form.piece button").first.click()
    page.wait_for_selector(".note")
    assert page.locator("mark").count() >= 3
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


def test_a_brief_and_a_panel_are_taken_away(page: Any, server: str, tmp_path: Path) -> None:
    import polars

    page.goto(f"{server}/en/panels?from=2020&to=2022")
    with page.expect_download() as taken:
        page.get_by_role("link", name="parquet").click()
    taken.value.save_as(tmp_path / "panel.parquet")
    assert {"state1", "state2", "start", "until"} <= set(polars.read_parquet(tmp_path / "panel.parquet").columns)
    page.goto(f"{server}/en/case/kazakhstan-2022")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")


def test_reading_needs_no_script(chromium: Any, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/en/state/KAZ")
    page.locator("#day-form input[name=on]").fill("1995-01-01")
    page.locator("#day-form button").click()
    page.locator("#levels[data-on='1995-01-01']").wait_for(state="attached")
    assert not page.locator(".range").is_visible()
    page.goto(f"{server}/en/case/kazakhstan-2022")
    page.locator("select[name='assume.armed_attack']").select_option("false")
    page.locator(".switches button").click()
    page.locator("#findings .notice").wait_for()
    context.close()


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_is_wider_than_its_window(chromium: Any, server: str, lang: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for address in PAGES:
        page.goto(f"{server}/{lang}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.close()


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light")])
def test_axe_finds_nothing_serious(chromium: Any, server: str, lang: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    for address in PAGES:
        page.goto(f"{server}/{lang}/{address}")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
        serious = [(row["id"], row["nodes"][0]["html"][:120]) for row in found if row["impact"] in ("serious", "critical")]
        assert serious == [], address
    context.close()
