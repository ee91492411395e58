"""Two pictures of a force beside the register's others: its density as one dot among theirs, and how long the nearest class stays. Each with a table that says the same."""

import math
from typing import Any

from foedus.briefs import amounts
from foedus.briefs.pictures import COLOURS, CONFIG, INK, ISOLATE, POP
from foedus.briefs.wording import WORDS, render, say
from foedus.measures import placing

Row = dict[str, Any]
YEARS = 12  # how far the curve is drawn
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
DOCTRINE = 20.0  # per 1,000 inhabitants: the rule most often named, drawn so that its distance can be seen


def figures(case: amounts.Written, lang: str) -> dict[str, Row]:
    """The pictures of a case's force by the style of the block they stand under: spec, caption, table (heads, rows). Empty where the register has no force of it."""
    found = amounts.amount(case)
    if found is None:
        return {}
    drawn: dict[str, Row] = {}
    own = [row for row in found["densities"] if row["per_1000"]]
    if own and len(found["others"]) >= 5:
        drawn["densities"] = {
            "spec": dots(found["others"], own, lang),
            "caption": say("Persons per 1,000 inhabitants: every force of the register whose numbers are known, on a scale of powers of ten.", lang),
            "table": densities_table(found["others"], own, lang),
        }
    if found["outlook"]["median"] is not None:
        drawn["stay"] = {
            "spec": curve(found, lang),
            "caption": say("The share of the class still there, year by year, with its 95 % interval; the line marks the day asked about.", lang),
            "table": stay_table(found, lang),
        }
    return drawn


def dots(others: list[float], own: list[Row], lang: str) -> Row:
    """A dot plot on a logarithmic axis; this force's dots are diamonds with their numbers."""
    ordered = sorted(others)
    # Dots of about the same density are stacked, so that the shape of the whole can be seen.
    stacks: dict[int, int] = {}
    grey = []
    for value in ordered:
        column = round(math.log10(value) * 12)
        stacks[column] = stacks.get(column, 0) + 1
        grey.append({"x": value, "y": stacks[column]})
    top = max(stacks.values())
    marks = [{"x": row["per_1000"]["value"], "y": top + 2 + 2 * index, "label": _label(row, lang)} for index, row in enumerate(own)]
    axis = {"title": say("per 1,000 inhabitants", lang), "values": [0.001, 0.01, 0.1, 1, 10, 100], "format": "~g"}
    x = {"field": "x", "type": "quantitative", "scale": {"type": "log", "domain": [min(0.001, ordered[0]), max(120.0, ordered[-1])]}, "axis": axis}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, top + 2 + 2 * len(own)]}}
    rule = say("rule of thumb: 20", lang)
    return {
        "width": 620,
        "height": 190,
        "config": CONFIG,
        "layer": [
            {
                "data": {"values": [{"x": DOCTRINE, "label": rule}]},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": INK},
                "encoding": {"x": x},
            },
            {
                "data": {"values": [{"x": DOCTRINE, "y": top + 3.4, "label": _isolated(rule, lang)}]},
                "mark": {"type": "text", "align": "right", "dx": -6, "fontSize": 12, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            },
            {"data": {"values": grey}, "mark": {"type": "circle", "size": 42, "color": COLOURS["party"], "opacity": 1}, "encoding": {"x": x, "y": y}},
            {
                "data": {"values": marks},
                "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 150, "color": COLOURS["target"], "opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "text", "align": "right", "dx": -11, "fontSize": 12, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            },
        ],
    }


def _label(row: Row, lang: str) -> str:
    words = f"{render('span', row['figure'], lang)} ({say(WORDS[row['status']], lang)}): {render('number', row['per_1000']['value'], lang)}"
    return _isolated(words, lang)


def _isolated(words: str, lang: str) -> str:
    return f"{ISOLATE}{words}{POP}" if lang == "ar" else words


def curve(found: Row, lang: str) -> Row:
    """A step curve with its band; the vertical line is the day of the stay that is asked about."""
    steps = [step for step in amounts.class_curve(found) if step.day <= YEARS * 365.25]
    rows = [{"x": 0.0, "share": 1.0, "low": 1.0, "high": 1.0}]
    rows += [{"x": step.day / 365.25, "share": step.share, "low": step.low, "high": step.high} for step in steps]
    rows.append(rows[-1] | {"x": float(YEARS)})
    x = {"field": "x", "type": "quantitative", "axis": {"title": say("years from the first arrival", lang), "format": "~g"}, "scale": {"domain": [0, YEARS]}}
    share = {"axis": {"title": say("share still there", lang), "format": "~%"}, "scale": {"domain": [0, 1]}, "type": "quantitative"}
    return {
        "width": 620,
        "height": 230,
        "config": CONFIG,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "area", "interpolate": "step-after", "color": COLOURS["party"], "opacity": 0.3},
                "encoding": {"x": x, "y": {"field": "low", **share}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "interpolate": "step-after", "color": COLOURS["sender"], "strokeWidth": 2},
                "encoding": {"x": x, "y": {"field": "share", **share}},
            },
            {
                "data": {"values": [{"x": found["outlook"]["day"] / 365.25}]},
                "mark": {"type": "rule", "color": COLOURS["target"], "strokeWidth": 2},
                "encoding": {"x": x},
            },
        ],
    }


def densities_table(others: list[float], own: list[Row], lang: str) -> Row:
    rows = [
        [
            say("{share} of the other forces are thinner than", lang).replace("{share}", render("percent", share, lang)),
            _number(placing.quantile(others, share), lang),
        ]
        for share in QUANTILES
    ]
    return {
        "heads": [say("Force", lang), say("per 1,000 inhabitants", lang)],
        "rows": [[f"{render('span', row['figure'], lang)} ({say(WORDS[row['status']], lang)})", _number(row["per_1000"]["value"], lang)] for row in own] + rows,
    }


def _number(value: float, lang: str) -> str:
    return render("number", float(f"{value:.2g}"), lang)


def stay_table(found: Row, lang: str) -> Row:
    steps = amounts.class_curve(found)
    rows = []
    for years in (0.5, 1, 2, 5, 10):
        before = [step for step in steps if step.day <= years * 365.25]
        if before and max(row["days"] for row in found["outlook"]["stays"]) >= years * 365.25:
            last = before[-1]
            rows.append(
                [
                    render("number", years, lang),
                    render("percent", last.share, lang),
                    f"{render('percent', last.low, lang)} – {render('percent', last.high, lang)}",
                ]
            )
    return {"heads": [say("years from the first arrival", lang), say("share still there", lang), say("95 % interval", lang)], "rows": rows}
