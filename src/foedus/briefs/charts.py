"""Pictures of history as Vega-Lite: lines of alignment, the map of a day, the network of help, the strip of a pair. The rows beside them say the same."""

import functools
import json
from collections.abc import Iterable
from typing import Any

from foedus import snapshot, states
from foedus.briefs.pictures import CONFIG, INK, SHAPES, isolated
from foedus.briefs.wording import render, say
from foedus.panels.balance import SOURCES
from foedus.panels.mapping import shape_owner
from foedus.spells import Day

Row = dict[str, Any]
LINES = ["#b3261e", "#0b5394", "#2e7d32", "#8e5a00", "#6a3d9a", "#3b3a38"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 2], [4, 1]]
LEVELS = {3: "#0b5394", 2: "#6a9bc3", 1: "#c9d9e6"}
MEASURES = {"s": "S (Signorino and Ritter)", "kappa": "Cohen's kappa", "pi": "Scott's pi", "tau_b": "Kendall's tau-b"}
KINDS = {
    "defense": "#0b5394", "offense": "#b3261e", "neutrality": "#8e5a00", "nonaggression": "#2e7d32", "consultation": "#6a3d9a", "internal_assistance": "#3b3a38",
}  # fmt: skip
# Every word that a picture of obligations draws, for the catalogues.
LEGEND = {
    3: "active help", 2: "neutrality or consultation", 1: "nonaggression", "concerned": "the state concerned", "none": "owes it nothing",
    "unknown": "no state of the library then", "each": "each owes the other", "one": "one owes the other", "always": "without condition",
    "only_if": "only under a condition", "map": "{state}, {day}: what others owe it", "network": "{day}: {pairs} pairs, {states} states",
    "line": "{one} to {other}: {kind}", "days": "Who owes whom active help: {days}", "pair": "What {one} and {other} owed each other",
}  # fmt: skip


def alignment(rows: list[Row], measure: str = "s") -> Row:
    """A line for each other state, a panel for each source. A year without a value breaks the line."""
    others = list(dict.fromkeys(row["other"] for row in rows))
    named = [states.name(other, "en") for other in others]
    sources = list(dict.fromkeys(row["source"] for row in rows))
    values = [{"year": f"{row['year']}-07-01", "value": row[measure], "other": states.name(row["other"], "en"), "source": row["source"]} for row in rows]
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    ends = {(row["source"], row["other"]): row for row in rows if row[measure] is not None}
    labels = [
        {"year": f"{row['year']}-07-01", "value": row[measure], "other": states.name(row["other"], "en"), "source": row["source"]} for row in ends.values()
    ]
    color = {
        "field": "other",
        "type": "nominal",
        "scale": {"domain": named, "range": [LINES[place % len(LINES)] for place in range(len(named))]},
        "legend": None,
    }
    dash = {
        "field": "other",
        "type": "nominal",
        "scale": {"domain": named, "range": [DASHES[place % len(DASHES)] for place in range(len(named))]},
        "legend": None,
    }
    x = {
        "field": "year",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y", "tickCount": 8, "grid": False},
        "scale": {"domain": [f"{first}-01-01", f"{last}-12-31"]},
    }
    y = {"field": "value", "type": "quantitative", "title": MEASURES[measure], "scale": {"domain": [-1, 1]}, "axis": {"tickCount": 5}}

    def panel(source: str) -> Row:
        here, tips = ([row for row in part if row["source"] == source] for part in (values, labels))
        placed = _apart(tips)
        return {
            "title": {"text": SOURCES[source][0].upper() + SOURCES[source][1:], "anchor": "start", "fontSize": 13, "color": INK},
            "width": 560,
            "height": 210,
            "layer": [
                {
                    "data": {"values": [{"value": 0}]},
                    "mark": {"type": "rule", "color": "#8a857c"},
                    "encoding": {"y": {"field": "value", "type": "quantitative"}},
                },
                {
                    "data": {"values": here},
                    "mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-path-domains"},
                    "encoding": {"x": x, "y": y, "color": color, "strokeDash": dash},
                },
                {
                    "data": {"values": placed},
                    "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "fontWeight": 600},
                    "encoding": {"x": x, "y": {"field": "place", "type": "quantitative"}, "text": {"field": "other"}, "color": color},
                },
            ],
        }

    return {"config": CONFIG, "vconcat": [panel(source) for source in sources], "spacing": 26}


def _apart(tips: list[Row], least: float = 0.13) -> list[Row]:
    """Labels at the ends of lines moved up until none lies on another."""
    placed: list[Row] = []
    for tip in sorted(tips, key=lambda row: row["value"]):
        place = max(tip["value"], placed[-1]["place"] + least) if placed else tip["value"]
        placed.append({**tip, "place": place})
    return placed


@functools.cache
def _atlas() -> str:
    return SHAPES.read_text(encoding="utf-8")


def _coloured(roles: dict[str, str], on: Day, other: str, unknown: str) -> tuple[Row, set[str]]:
    """Today's shapes, each with the role of the state its ground belonged to on the day; and the states that have a shape."""
    atlas = json.loads(_atlas())
    drawn = set()
    for shape in atlas["objects"]["countries"]["geometries"]:
        owner = shape_owner(shape["id"], on) if shape.get("id") else None
        drawn.add(owner)
        shape["properties"] = {"role": unknown if owner is None else roles.get(owner, other)}
    return atlas, {owner for owner in drawn if owner}


def _words(lang: str) -> dict[object, str]:
    return {key: say(text, lang) for key, text in LEGEND.items()}


def _filled(template: str, **values: object) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template


def _title(text: str, size: int, lang: str) -> Row:
    return {"text": isolated(text, lang), "anchor": "end" if lang == "ar" else "start", "fontSize": size, "color": INK}


def map_title(state: str, on: Day, lang: str = "en") -> str:
    return _filled(say(LEGEND["map"], lang), state=states.name(state, lang), day=render("day", on, lang))


def network_title(days: Iterable[Day], lang: str = "en") -> str:
    return _filled(say(LEGEND["days"], lang), days=", ".join(render("day", on, lang) for on in days))


def strip_title(one: str, other: str, lang: str = "en") -> str:
    return _filled(say(LEGEND["pair"], lang), one=states.name(states.find(one), lang), other=states.name(states.find(other), lang))


def obligations_map(state: str, on: Day, rows: list[Row], lang: str = "en") -> tuple[Row, list[str]]:
    """The world with who owes `state` what on the day (rows of `mapping.toward`), and the states among them that have no shape on the small map."""
    words = _words(lang)
    roles = {row["obligor"]: words[row["level"]] for row in rows} | {state: words["concerned"]}
    atlas, drawn = _coloured(roles, on, words["none"], words["unknown"])
    levels = {words[level]: colour for level, colour in LEVELS.items()}
    scale = {words["concerned"]: "#b3261e", **levels, words["none"]: "#e3e1da", words["unknown"]: "#f7f6f3"}
    spec = {
        "width": 820,
        "height": 430,
        "config": CONFIG,
        "title": _title(map_title(state, on, lang), 15, lang),
        "projection": {"type": "equalEarth"},
        "layer": [
            {"data": {"sphere": True}, "mark": {"type": "geoshape", "fill": "#f4f6f7", "stroke": "#b9b5ac"}},
            {
                "data": {"values": atlas, "format": {"type": "topojson", "feature": "countries"}},
                "mark": {"type": "geoshape", "stroke": "white", "strokeWidth": 0.5},
                "encoding": {"color": _scale("properties.role", scale)},
            },
        ],
    }
    return spec, sorted(name for name in roles if name not in drawn)


def _scale(field: str, colours: dict[str, str]) -> Row:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(colours), "range": list(colours.values())},
        "legend": {"title": None, "orient": "bottom", "direction": "horizontal", "columns": 6, "symbolStrokeColor": "#8a857c", "symbolStrokeWidth": 0.7},
    }


def network(rows: list[Row], days: Iterable[Day], lang: str = "en") -> tuple[Row, list[str]]:
    """A world for each day with a line between two states of which one owes the other active help; and the states without a place on the small map."""
    words = _words(lang)
    atlas = json.loads(_atlas())
    middles = {shape["id"]: shape["properties"]["middle"] for shape in atlas["objects"]["countries"]["geometries"] if shape.get("id")}
    missing: set[str] = set()

    def place(state: str) -> list[float] | None:
        found = next((middles[name] for name in [state, *_heirs(state)] if name in middles), None)
        if found is None:
            missing.add(state)
        return found

    def world(on: Day) -> Row:
        links, ends = [], {}
        for row in rows:
            if row["on"] != on or (one := place(row["one"])) is None or (other := place(row["other"])) is None:
                continue
            links.append({"x": one[0], "y": one[1], "x2": other[0], "y2": other[1], "mutual": words["each" if row["mutual"] else "one"]})
            ends[row["one"]], ends[row["other"]] = one, other
        coloured, _ = _coloured(dict.fromkeys(ends, "bound"), on, "not bound", "no state")
        drawing: list[Row] = [
            {"data": {"sphere": True}, "mark": {"type": "geoshape", "fill": "#f4f6f7", "stroke": "#b9b5ac"}},
            {
                "data": {"values": coloured, "format": {"type": "topojson", "feature": "countries"}},
                "mark": {"type": "geoshape", "stroke": "white", "strokeWidth": 0.4},
                "encoding": {"color": {"field": "properties.role", "type": "nominal", "scale": {"domain": ["bound", "not bound", "no state"], "range": ["#c9d9e6", "#e3e1da", "#f7f6f3"]}, "legend": None}},
            },
            {
                "data": {"values": links},
                "mark": {"type": "rule", "color": "#0b5394", "opacity": max(0.12, min(0.8, 40 / max(len(links), 1))), "strokeWidth": 1.1},
                "encoding": {
                    "longitude": {"field": "x", "type": "quantitative"},
                    "latitude": {"field": "y", "type": "quantitative"},
                    "longitude2": {"field": "x2"},
                    "latitude2": {"field": "y2"},
                    "strokeDash": {"field": "mutual", "type": "nominal", "scale": {"domain": [words["each"], words["one"]], "range": [[1, 0], [3, 2]]}, "legend": {"title": None, "orient": "bottom"}},
                },
            },
            {
                "data": {"values": [{"x": x, "y": y} for x, y in ends.values()]},
                "mark": {"type": "circle", "size": 16, "color": "#b3261e", "opacity": 0.95},
                "encoding": {"longitude": {"field": "x", "type": "quantitative"}, "latitude": {"field": "y", "type": "quantitative"}},
            },
        ]  # fmt: skip
        title = _title(_filled(words["network"], day=render("day", on, lang), pairs=len(links), states=len(ends)), 13, lang)
        return {"title": title, "width": 440, "height": 225, "projection": {"type": "equalEarth"}, "layer": drawing}

    spec = {"config": CONFIG, "columns": 2, "concat": [world(on) for on in days], "resolve": {"legend": {"strokeDash": "shared"}}}
    return spec, sorted(missing)


def _heirs(state: str) -> list[str]:
    """The states that followed it, those that took over its code before the others."""
    if state not in snapshot.ids("state"):
        return []
    record = snapshot.record("state", state)
    codes = {spell["code"] for spell in record["codes"]["cow"]}
    taken = {name: codes & {spell["code"] for spell in snapshot.record("state", name)["codes"]["cow"]} for name in record["successors"]}
    return sorted(taken, key=lambda name: (not taken[name], name))


def strip(rows: list[Row], until: Day, lang: str = "en") -> Row:
    """A bar for each stretch on which one of two states owed the other something, a line a direction and kind, up to the day `until`."""
    lines = list(dict.fromkeys((row["obligor"], row["obligee"], row["kind"]) for row in rows))
    words, rtl = _words(lang), lang == "ar"
    named = {line: isolated(_line(words["line"], *line, lang), lang) for line in lines}
    values = [
        {
            "line": named[row["obligor"], row["obligee"], row["kind"]],
            "start": row["start"],
            "end": row["until"] or until,
            "kind": row["kind"],
            "how": words["only_if" if row["conditional"] else "always"],
        }
        for row in rows
    ]
    return {
        "width": 620,
        "height": {"step": 24},
        "config": CONFIG,
        "data": {"values": values},
        "mark": {"type": "bar", "height": 13, "strokeWidth": 1.4},
        "encoding": {
            "y": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "sort": list(named.values()),
                "axis": {"labelLimit": 330, "orient": "right" if rtl else "left"},
            },
            "x": {"field": "start", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": 10}, "scale": {"reverse": rtl}},
            "x2": {"field": "end"},
            "fill": {"field": "kind", "type": "nominal", "scale": {"domain": list(KINDS), "range": list(KINDS.values())}, "legend": None},
            "stroke": {"field": "kind", "type": "nominal", "scale": {"domain": list(KINDS), "range": list(KINDS.values())}, "legend": None},
            "fillOpacity": {"field": "how", "type": "nominal", "scale": {"domain": [words["always"], words["only_if"]], "range": [0.95, 0.25]}, "legend": None},
            # The dash says it as well, and has a legend: Vega draws none for an opacity of names.
            "strokeDash": {
                "field": "how",
                "type": "nominal",
                "scale": {"domain": [words["always"], words["only_if"]], "range": [[1, 0], [4, 2]]},
                "legend": {
                    "title": None,
                    "orient": "bottom",
                    "direction": "horizontal",
                    "symbolType": "square",
                    "symbolFillColor": "#ffffff",
                    "symbolSize": 260,
                },
            },
        },
    }


def _line(template: str, one: str, other: str, kind: str, lang: str) -> str:
    return _filled(template, one=states.name(one, lang), other=states.name(other, lang), kind=render("word", kind, lang))
