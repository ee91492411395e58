"""How thick on the ground a force is beside the other forces of the register."""

from collections.abc import Mapping
from typing import Any

from foedus import snapshot
from foedus.deployments import register
from foedus.measures import placing
from foedus.measures.density import per_1000_inhabitants, per_1000_km2

Row = dict[str, Any]
NEAR = 3  # years by which a figure of the host's people may be off the year of the force
GROUPS = (("announced", "authorized"), ("deployed", "peak"))
SHIFTS = 3  # of eight hours
MEASURES = ("per_1000", "per_1000_km2")


def land_and_people(host: str, year: int) -> tuple[Row | None, Row | None]:
    """A host's area and its inhabitants about a year, each with low, high and sources; None where the library has none so near."""
    record = snapshot.records("host").get(host)
    if record is None:
        return None, None
    near = [figure for figure in record["population"] if abs(figure["year"] - year) <= NEAR]
    return record["area"], min(near, key=lambda figure: abs(figure["year"] - year), default=None)


def measured(row: Row, figure: Row) -> Row:
    """Densities of a force by one figure of its strength: per_1000, per_1000_km2 (None where the host's figure is missing), each with the error that the figures allow."""
    area, people = land_and_people(row["host"], int(figure["on"][:4]))
    persons = register.people(figure)
    low, high = _ends(figure, persons)
    return {
        "status": figure["status"],
        "people": persons,
        "figure": figure,
        "on": figure["on"],
        "precision": figure["precision"],
        "area": area,
        "population": people,
        "per_1000": _rate(per_1000_inhabitants, persons, low, high, people),
        "per_1000_km2": _rate(per_1000_km2, persons, low, high, area),
        "sources": figure["sources"],
    }


def _ends(figure: Row, persons: float) -> tuple[float, float]:
    """The least and most that a figure allows, where it says so."""
    return (figure["low"] or persons, figure["high"] or persons)


def _rate(rate: Any, persons: float, low: float, high: float, base: Row | None) -> Row | None:
    if base is None:
        return None
    value = rate(persons, base["value"])
    digits = 2 if value >= 0.1 else 3
    return {
        "value": round(value, digits),
        "low": round(rate(low, base["high"]), digits + 1),
        "high": round(rate(high, base["low"]), digits + 1),
        "sources": base["sources"],
    }


def densities(row: Row, among: Mapping[str, Row]) -> list[Row]:
    """The densities of a force by the number said beforehand and by the number on the ground, each placed among the other forces.

    among: the forces it is held beside (register.forces). Each row has `place` and `place_km2`: rank, n, below, low, high; None where nothing can be compared.
    Trap: others are counted at their largest known strength, so a force counted early stands lower than it will.
    """
    rows = []
    others = distribution(among, row["id"])
    for statuses in GROUPS:
        figures = [figure for figure in row["strengths"] if figure["sender"] is None and figure["status"] in statuses]
        if figures:
            found = measured(row, max(figures, key=register.people))
            rows.append(found | {f"place_{measure}": _placed(found[measure], [other[measure] for other in others.values()]) for measure in MEASURES})
    return rows


def distribution(among: Mapping[str, Row], without: str = "") -> dict[str, Row]:
    """Each force's densities (per_1000, per_1000_km2; None where unknown) at its largest known strength, by id; forces without a known strength are not there."""
    found = {}
    for name, row in among.items():
        figure = register.strength(row)
        if name != without and figure is not None:
            area, people = land_and_people(row["host"], int(figure["on"][:4]))
            persons = register.people(figure)
            found[name] = {
                "per_1000": per_1000_inhabitants(persons, people["value"]) if people else None,
                "per_1000_km2": per_1000_km2(persons, area["value"]) if area else None,
            }
    return found


def _placed(rate: Row | None, others: list[float | None]) -> Row | None:
    place = placing.place(rate["value"], [value for value in others if value is not None]) if rate else None
    return vars(place) | {"all": place.n + 1} if place else None


def at_each_site(row: Row) -> Row | None:
    """Persons on guard at each site in one of three shifts, were the whole force to do nothing else; None where the strength or the sites are not known."""
    figure = register.strength(row)
    if figure is None or row["sites"] is None:
        return None
    value = per_site(register.people(figure), row["sites"]["value"], SHIFTS)
    return {"value": round(value, 1), "sites": row["sites"]["value"], "shifts": SHIFTS, "sources": [*row["sites"]["sources"], *figure["sources"]]}


def per_site(persons: float, sites: int, shifts: int) -> float:
    """Persons on guard at each site at any moment, where the whole force does nothing but guard, in shifts.

    Error: rises with everyone who cooks, flies or commands; it is an upper bound.

    >>> round(per_site(2030, 40, 3), 1)
    16.9
    """
    return persons / sites / shifts
