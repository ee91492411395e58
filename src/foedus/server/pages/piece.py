"""A press piece, pasted or uploaded: its statements held against the library, and a brief started from it.

Each piece is read in a process of its own that ends with the answer: what a visitor sends stays with no other visitor, and a piece made to
hang or to eat memory ends alone.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foedus.briefs import html
from foedus.errors import InputError
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import page

Row = dict[str, Any]
SECONDS = 20
MOST = 1_000_000  # bytes of a piece; the longest article of the development set has 12,000
ENDINGS = (".txt", ".html", ".htm")


def form(links: Links, asked: Asked) -> str:
    return page("read.html", links, most=MOST)


def read(links: Links, sent: bytes, name: str) -> str:
    """The check of a piece as a page: the piece with its marks, the library's word beside them."""
    from foedus.checking import output  # late: the reader's grammars are only needed here
    from foedus.press.text import decode

    answer = json.loads(run(["check", "--json", "--answer-in", links.lang], sent, name))
    text = decode(sent)
    return page(
        "piece.html", links, answer=answer, counts={status: count for status, count in answer["counts"].items() if count},
        rows=output.beside(answer, text), piece=text, piece_direction=html.direction(answer["language"]),
    )  # fmt: skip


def brief(links: Links, sent: bytes, name: str) -> bytes:
    """The brief that the piece starts, as one self-contained page."""
    return run(["brief", "--format", "html", "--lang", links.lang], sent, name)


def run(command: Sequence[str], sent: bytes, name: str) -> bytes:
    """What the shell's command says of the piece. Errors: InputError with the command's own line, or for a piece that takes too long."""
    ending = Path(name).suffix.casefold()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "piece" + (ending if ending in ENDINGS else ".txt"))
        path.write_bytes(sent)
        verb, *options = command
        words = [sys.executable, "-m", "foedus", verb, str(path), *options]
        try:
            done = subprocess.run(words, capture_output=True, timeout=SECONDS, cwd=folder, check=False)
        except subprocess.TimeoutExpired:
            raise InputError(f"the piece was not read within {SECONDS} seconds. Send the article alone, without the rest of its page") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        known = said and said[-1].startswith("foedus: ")
        line = said[-1].removeprefix("foedus: ").replace(f"{path}: ", "").replace(str(path), "the piece") if known else "the piece could not be read"
        raise InputError(line)
    return done.stdout
