"""Make `src/foedus/server/world.json`, the flat world map of the pages: the shapes of `briefs/shapes/countries.json`, projected once.

    python tools/world.py

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), drawn by Vega; each path is kept with the id of its state.
"""

import json
import re
from pathlib import Path

from foedus.briefs import pictures

TARGET = Path(__file__).parents[1] / "src" / "foedus" / "server" / "world.json"
WIDTH, HEIGHT = 960, 467
PATH = re.compile(r'<path aria-label="([^"]*)"[^>]* d="([^"]+)"')


def main() -> None:
    atlas = json.loads(pictures.SHAPES.read_text())
    for shape in atlas["objects"]["countries"]["geometries"]:
        shape["properties"]["name"] = shape["id"] or "-"
    drawn = pictures.svg({
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 0,
        "config": {"view": {"stroke": None}},
        "projection": {"type": "equalEarth"},
        "data": {"values": atlas, "format": {"type": "topojson", "feature": "countries"}},
        "mark": "geoshape",
        "encoding": {"description": {"field": "properties.name"}},
    })  # fmt: skip
    shapes = [[name if name != "-" else None, short(line)] for name, line in PATH.findall(drawn)]
    TARGET.write_text(json.dumps({"width": WIDTH, "height": HEIGHT, "shapes": shapes}, separators=(",", ":")) + "\n")
    print(len(shapes), "shapes,", TARGET.stat().st_size, "bytes")


def short(line: str) -> str:
    """The path with a tenth of a pixel as its finest step, which is finer than the shapes are."""
    return re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), line)


main()
