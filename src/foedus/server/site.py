"""The library's pages as plain files, for any host: `foedus site build`. What needs an answer (search, sliders, switches, reading) is left out of them."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from foedus import snapshot
from foedus.briefs.drawing import font_folder
from foedus.errors import InputError
from foedus.server.application import FONT, HERE
from foedus.server.asking import Asked
from foedus.server.linking import LANGUAGES, Links
from foedus.server.pages import case, force, front, pact, source, state

Progress = Callable[[int, int], None]
Made = Callable[[Links], str]
MARK = ".foedus-site"
START = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Foedus</title><meta http-equiv="refresh" content="0; url=en/index.html"></head>
<body><p><a href="en/index.html">English</a> · <a href="ar/index.html" lang="ar">العربية</a> · <a href="ru/index.html" lang="ru">Русский</a></p></body></html>
"""


def build(folder: str | Path, languages: tuple[str, ...] = tuple(LANGUAGES), progress: Progress | None = None) -> int:
    """Write the site into `folder`, whole or not at all, and say how many pages it has.

    Errors: InputError for a folder that holds something else than a site made before.
    """
    target = Path(folder)
    if target.exists() and any(target.iterdir()) and not (target / MARK).exists():
        raise InputError("holds something that is no site of ours. Name a new folder", str(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        made = [(Links(lang, path, static=True), page) for lang in languages for path, page in pages()]
        for done, (links, page) in enumerate(made, 1):
            place = draft / links.lang / links.path / "index.html"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(page(links), encoding="utf-8")
            if progress:
                progress(done, len(made))
        shutil.copytree(HERE / "static", draft / "static")
        shutil.copy(font_folder() / FONT, draft / "static" / "plex.ttf")
        (draft / "index.html").write_text(START, encoding="utf-8")
        (draft / MARK).write_text("", encoding="utf-8")
        os.chmod(draft, 0o755)
        if target.exists():
            shutil.rmtree(target)
        os.replace(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return len(made)


def pages() -> Iterator[tuple[str, Made]]:
    """Every page that stands without an answer: its place below the language, and what makes it."""
    alone: dict[str, Callable[[Links, Asked], str]] = {
        "": front.front, "pacts": front.pacts, "states": front.states, "forces": force.forces, "sources": source.every, "compare": pact.compare,
    }  # fmt: skip
    for path, made in alone.items():
        yield path, _static(made)
    of_a_record: list[tuple[str, str, Callable[..., str]]] = [
        ("state", "state", state.state), ("pact", "pact", pact.pact), ("case", "case", case.case),
        ("force", "deployment", force.force), ("force", "refusal", force.force), ("source", "source", source.source),
    ]  # fmt: skip
    for folder, kind, shown in of_a_record:
        for name in snapshot.ids(kind):
            yield f"{folder}/{name}", _static(shown, name)
    for name in snapshot.ids("case"):
        for pact_id, article in case.judged(name):
            yield f"case/{name}/why/{pact_id}/{article}", _static(case.why, name, pact_id, article)


def _static(made: Callable[..., str], *words: str) -> Made:
    return lambda links: made(links, Asked(), *words)
