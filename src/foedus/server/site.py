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


def pages() -> Iterator[tuple[str, Callable[[Links], str]]]:
    """Every page that stands without an answer: its place below the language, and what makes it."""
    for path, made in (("", front.front), ("pacts", front.pacts), ("states", front.states), ("forces", force.forces), ("sources", source.every)):
        yield path, lambda links, made=made: made(links, Asked())
    yield "compare", lambda links: pact.compare(links, Asked())
    for folder, made, kind in (
        ("state", state.state, "state"),
        ("pact", pact.pact, "pact"),
        ("case", case.case, "case"),
        ("force", force.force, "deployment"),
        ("force", force.force, "refusal"),
        ("source", source.source, "source"),
    ):
        for name in snapshot.ids(kind):
            yield f"{folder}/{name}", lambda links, made=made, name=name: made(links, Asked(), name)
    for name in snapshot.ids("case"):
        for pact_id, article in case.judged(name):
            yield f"case/{name}/why/{pact_id}/{article}", lambda links, name=name, pact_id=pact_id, article=article: case.why(links, Asked(), name, pact_id, article)
