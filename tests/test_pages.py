"""The page and the paper as a reader has them: in a real browser, and through a real PDF reader."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foedus.briefs import document, html, output, pdf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for lang in ("en", "ar", "ru"):
        output.write(folder / f"{lang}.html", html.page(document.write("kazakhstan-2022", lang)))
    return {lang: folder / f"{lang}.html" for lang in ("en", "ar", "ru")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: pages were not opened in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_the_page_asks_nothing_from_outside(lang: str, pages: dict[str, Path], browser: Any) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{pages[lang]}")
    assert [url for url in asked if not url.startswith(("file://", "data:"))] == []
    assert errors == []
    page.close()


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ru", "ltr")])
def test_direction_and_reading_order(lang: str, direction: str, pages: dict[str, Path], browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.goto(f"file://{pages[lang]}")
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    heading, width = page.locator("h1").bounding_box(), 1000
    start = heading["x"] if direction == "ltr" else width - heading["x"] - heading["width"]
    assert start < 120
    assert page.evaluate("getComputedStyle(document.querySelector('figure svg')).direction") == "ltr"
    page.close()


def test_in_arabic_a_day_keeps_its_order(pages: dict[str, Path], browser: Any) -> None:
    """`5 يناير 2022` reads from the right: the 5 stands to the right of the year."""
    page = browser.new_page()
    page.goto(f"file://{pages['ar']}")
    where = """() => {
        const bdi = [...document.querySelectorAll('bdi')].find(b => /^6 يناير 2022$/.test(b.textContent));
        const text = bdi.firstChild, at = (start, end) => { const r = document.createRange(); r.setStart(text, start); r.setEnd(text, end); return r.getBoundingClientRect().x };
        return [at(0, 1), at(text.length - 1, text.length)];
    }"""
    day, year = page.evaluate(where)
    assert day > year
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_nothing_runs_out_of_the_screen(lang: str, pages: dict[str, Path], browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"file://{pages[lang]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_colours_have_enough_contrast(pages: dict[str, Path]) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, computed from the page's own colours."""
    style = pages["en"].read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    for ink in ("ink", "soft", "link", "met", "unmet", "unknown"):
        for paper in ("paper", "card"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_every_footnote_leads_somewhere_and_ids_are_single(lang: str, pages: dict[str, Path]) -> None:
    source = pages[lang].read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]+)"', source)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', source)) <= set(ids)
    assert re.search(rf'<html lang="{lang}" dir="(ltr|rtl)">', source)


def test_the_matrix_marks_hinges_in_words_too(pages: dict[str, Path]) -> None:
    source = pages["en"].read_text(encoding="utf-8")
    assert 'aria-label="hinge"' in source
    assert source.count("✓ true") + source.count("✗ false") + source.count("? unknown") > 20


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_the_paper_is_whole_and_the_same_each_time(lang: str, tmp_path: Path) -> None:
    brief = document.write("kazakhstan-2022", lang)
    made = pdf.pdf(brief)
    assert made == pdf.pdf(brief)
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: the PDF's text was not read back")
    (tmp_path / "brief.pdf").write_bytes(made)
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "brief.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert {"en": "Kazakhstan, January 2022", "ar": "2022", "ru": "Казахстан, январь 2022"}[lang] in text
    fonts = subprocess.run(["pdffonts", tmp_path / "brief.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Amiri" in fonts
    assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:]), "a font is not embedded"
