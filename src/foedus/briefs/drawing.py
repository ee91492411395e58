"""A Vega-Lite specification drawn to SVG or PNG, without a browser."""

import functools
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def svg(spec: Row) -> str:
    """The specification drawn as SVG text. The same specification gives the same bytes.

    Who shows the SVG brings the font: registering it here would cost as much time again, and only widths in pixels need it.
    """
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(json.dumps(spec)))
    name = hashlib.blake2b(json.dumps(spec).encode(), digest_size=3).hexdigest()
    seen: dict[str, str] = {}  # Vega numbers its clips on through a process: numbered anew, and apart from other pictures in the same page
    return re.sub(r"\bclip\d+\b", lambda match: seen.setdefault(match[0], f"clip-{name}-{len(seen)}"), drawn)


def png(spec: Row, scale: float = 2) -> bytes:
    """The specification drawn as PNG."""
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=scale))


@functools.cache
def font_folder() -> Path:
    """Where the screen font lies, Arabic and Latin in one family."""
    import fontpkg_ibm_plex_sans_arabic

    return Path(next(iter(fontpkg_ibm_plex_sans_arabic.__path__))) / "files"


def svgs_apart(specs: Iterable[Row]) -> list[str]:
    """The specifications drawn in a process of their own, which gives its memory back: Vega's engine and the typesetter need not lie in memory together."""
    done = subprocess.run(
        [sys.executable, "-m", "foedus.briefs.drawing"], input=json.dumps(list(specs)), capture_output=True, text=True, check=True, encoding="utf-8"
    )
    drawn: list[str] = json.loads(done.stdout)
    return drawn


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps([svg(spec) for spec in json.load(sys.stdin)]))
