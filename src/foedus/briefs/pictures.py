"""Pictures as Vega-Lite, drawn to SVG or PNG without a browser: the course of events, and who is bound and who sends.

Colours keep a contrast of 3 to 1 or more against white and against each other's neighbours, and no meaning rests on colour alone: shapes and the
table beside say the same.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from foedus.briefs.composing import Case
from foedus.briefs.drawing import font_folder, png, svg
from foedus.briefs.wording import WORDS, render, say
from foedus.law import parties
from foedus.spells import days_between

__all__ = ["font_folder", "map_", "png", "roles", "svg", "timeline", "unmapped"]
Row = dict[str, Any]
SHAPES = Path(__file__).parent / "shapes" / "countries.json"
FONT = "IBM Plex Sans Arabic"
COLOURS = {"target": "#b3261e", "sender": "#0b5394", "party": "#7b9ab8", "other": "#e3e1da"}
INK = "#1c1b1a"
ISOLATE, POP = "\u2067", "\u2069"  # right-to-left isolate: an SVG's own direction stays left-to-right, or Vega's anchors flip
CONFIG = {
    "font": FONT,
    "background": None,
    "aria": False,  # a picture is one thing to a screen reader, with its caption and table; a label on each mark would only weigh
    "view": {"stroke": None},
    "axis": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "gridColor": "#dddad2", "domainColor": "#8a857c", "tickColor": "#8a857c"},
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12},
}


def roles(case: Case) -> dict[str, str]:
    """What each state is on the map: target, sender or party."""
    pact = case.pact
    found = dict.fromkeys(parties.members(pact, case.on), "party")
    found |= dict.fromkeys((row["sender"] for row in case.record["figures"] if row["sender"]), "sender")
    return found | {case.record["target"]: "target"}


def map_(case: Case, lang: str) -> Row | None:
    """The globe turned to the target, with parties and senders; None where the small map has no shape for the target."""
    atlas = json.loads(SHAPES.read_text())
    middles = {shape["id"]: shape["properties"]["middle"] for shape in atlas["objects"]["countries"]["geometries"]}
    target = case.record["target"]
    if target not in middles:
        return None
    found = roles(case)
    words = {role: say(LEGEND[role], lang) for role in COLOURS}
    for shape in atlas["objects"]["countries"]["geometries"]:
        shape["properties"] = {"role": words[found.get(shape["id"], "other")]}
    longitude, latitude = middles[target]
    return {
        "width": 420,
        "height": 420,
        "config": CONFIG,
        "projection": {"type": "azimuthalEqualArea", "rotate": [-longitude, -latitude * 0.8, 0], "scale": 162, "clipAngle": 80},
        "layer": [
            {"data": {"sphere": True}, "mark": {"type": "geoshape", "fill": "#f4f6f7", "stroke": "#b9b5ac"}},
            {
                "data": {"values": atlas, "format": {"type": "topojson", "feature": "countries"}},
                "mark": {"type": "geoshape", "stroke": "white", "strokeWidth": 0.6},
                "encoding": {
                    "color": {
                        "field": "properties.role",
                        "type": "nominal",
                        "scale": {"domain": list(words.values()), "range": list(COLOURS.values())},
                        "legend": {"title": None, "orient": "bottom", "direction": "horizontal"},
                    }
                },
            },
        ],
    }


def unmapped(case: Case) -> list[str]:
    """Parties and senders that the small map has no shape for: said under it, so that nobody reads them as absent."""
    atlas = json.loads(SHAPES.read_text())
    drawn = {shape["id"] for shape in atlas["objects"]["countries"]["geometries"]}
    return sorted(state for state in roles(case) if state not in drawn)


LEGEND = {"target": "party concerned", "sender": "sends forces", "party": "bound by the pact", "other": "not bound by it"}


def timeline(case: Case, lang: str) -> Row:
    """One line an event, in order, against the days; of a long case the days around its request and decision."""
    events = sorted(_shown(case), key=lambda event: (event["on"], event.get("time") or ""))
    rows = [
        {
            "row": f"{index:03d}",
            "day": event["on"],
            "word": say(WORDS[event["type"]], lang),
            "label": _label(event, lang),
        }
        for index, event in enumerate(events)
    ]
    shapes = {"request": "triangle-up", "decision": "square", "withdrawal": "triangle-down", "end": "cross"}
    for row, event in zip(rows, events, strict=True):
        row["shape"] = shapes.get(event["type"], "circle")
    rtl = lang == "ar"
    base = {"y": {"field": "row", "type": "ordinal", "axis": None}, "x": _axis(rows, rtl)}
    return {
        "width": 620,
        "height": {"step": 19},
        "config": CONFIG,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "color": "#dddad2"}, "encoding": base},
            {
                "mark": {"type": "point", "filled": True, "size": 75, "color": COLOURS["sender"]},
                "encoding": {**base, "shape": {"field": "shape", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "right" if rtl else "left", "dx": -9 if rtl else 9, "fontSize": 12, "color": INK},
                "encoding": {**base, "text": {"field": "label"}},
            },
        ],
    }


MOST_EVENTS = 26


def _shown(case: Case) -> list[Row]:
    """The episode's own events; of more than fit, those of the types that a reader looks for first."""
    record = case.record
    inside = [event for event in record["events"] if event["on"] >= record["from"] and event["id"] not in record["after"]]
    if len(inside) <= MOST_EVENTS:
        return inside
    first = ("request", "invocation", "decision", "refusal", "attack", "deployment", "arrival", "withdrawal", "end")
    return sorted(inside, key=lambda event: (event["type"] not in first, event["on"]))[:MOST_EVENTS]


def _label(event: Row, lang: str) -> str:
    day = render("dated", event, lang)
    actors = render("states", event["actor"], lang) if event["actor"] else (event["body"][lang] if event["body"] else "")
    word = say(WORDS[event["type"]], lang)
    words = f"{day} · {word}" + (f" · {actors}" if actors else "")
    return isolated(words, lang)


def isolated(words: str, lang: str) -> str:
    """The words as an SVG shows them in the right order: in Arabic apart from what stands around them."""
    return f"{ISOLATE}{words}{POP}" if lang == "ar" else words


def _axis(rows: list[Row], rtl: bool) -> Row:
    """The days, with room for the labels on the side where they run; a month and a year as numbers, which no language has to translate."""
    first, last = rows[0]["day"], rows[-1]["day"]
    room = max(6, round(days_between(first, last) * 0.9))
    end = (datetime.date.fromisoformat(last) + datetime.timedelta(days=room)).isoformat()
    axis = {"title": None, "format": "%Y-%m-%d", "labelAngle": 0, "tickCount": 5, "orient": "top", "labelOverlap": True}
    return {"field": "day", "type": "temporal", "axis": axis, "scale": {"domain": [first, end], "reverse": rtl}}
