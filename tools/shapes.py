"""Make `src/foedus/briefs/shapes/countries.json` from the file `countries-110m.json` of the npm package world-atlas 2.0.2.

    python tools/shapes.py countries-110m.json

Only three things change: a shape's numeric ISO 3166-1 code becomes our state id, its name is dropped (names come from the library), and its middle is
added. Three shapes carry no code in the source: they are named here by what they show.
"""

import json
import sys
from pathlib import Path

import pycountry

UNCODED = {"Kosovo": "XKX", "N. Cyprus": None, "Somaliland": None}
TARGET = Path(__file__).parents[1] / "src" / "foedus" / "briefs" / "shapes" / "countries.json"


def main(source: Path) -> None:
    atlas = json.loads(source.read_text())
    numeric = {country.numeric: country.alpha_3 for country in pycountry.countries}
    arcs = decoded(atlas)
    shapes = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        state = numeric.get(shape.get("id", "")) or UNCODED.get(shape["properties"]["name"])
        shapes.append({"type": shape["type"], "arcs": shape["arcs"], "id": state, "properties": {"middle": middle(shape, arcs)}})
    atlas["objects"] = {"countries": {"type": "GeometryCollection", "geometries": shapes}}
    TARGET.write_text(json.dumps(atlas, separators=(",", ":")))
    print(len(shapes), "shapes,", sum(shape["id"] is None for shape in shapes), "without an id")


def decoded(atlas: dict) -> list[list[tuple[float, float]]]:
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def middle(shape: dict, arcs: list[list[tuple[float, float]]]) -> list[float]:
    """The middle of the bounding box of the ring with the most points: good enough to turn a globe towards."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = [[point for index in polygon[0] for point in arcs[index if index >= 0 else ~index]] for polygon in polygons]
    xs, ys = zip(*max(rings, key=len), strict=True)
    return [round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)]


main(Path(sys.argv[1]))
