"""What a force or a refused request has in common with others: one flat row of features, None where unknown."""

from typing import Any

from foedus import snapshot
from foedus.deployments import register

Row = dict[str, Any]
REGIONAL = frozenset(
    "csto cis nato warsaw_pact eu osce arab_league gcc oas oecs caricom ecowas au sadc eccas igad eac pacific commonwealth".split()
)  # the flags of a pact or a regional organisation


def flag(under: str) -> str:
    """The kind of flag a force goes under: `united_nations`, `pact`, `coalition` or `national`.

    >>> flag("csto")
    'pact'
    """
    return {"un": "united_nations", "coalition": "coalition", "national": "national"}.get(under, "pact")


def region(host: str) -> str | None:
    """The subregion of the world that a host lies in; None where the library has none for it."""
    record = snapshot.records("host").get(host)
    return record["region"]["name"] if record and record["region"] else None


def of_force(row: Row) -> Row:
    """The features of a force of the register. A force that nobody is known to have asked for has `asked_by` None: unknown, not `nobody`."""
    strength = register.strength(row)
    return {
        "id": row["id"],
        "trigger": row["trigger"],
        "asked_by": row["request"]["by"] if row["request"] else None,
        "consent": row["consent"]["value"] if row["consent"]["value"] != "unknown" else None,
        "flag": flag(row["under"]),
        "under": row["under"],
        "lead": "UN" if row["under"] == "un" else row["lead"],
        "tasks": tuple(sorted({task["task"] for task in row["tasks"]})),
        "people": register.people(strength) if strength else None,
        "year": int(row["start"]["on"][:4]),
        "host": row["host"],
        "region": region(row["host"]),
    }


def of_refusal(row: Row) -> Row:
    """The features of a refused request. No force went, so its tasks and size are unknown; the host's government consents where it asked."""
    return {
        "id": row["id"],
        "trigger": row["trigger"],
        "asked_by": row["asked_by"],
        "consent": "yes" if row["asked_by"] == "government" else None,
        "flag": flag(row["under"]),
        "under": row["under"],
        "lead": "UN" if row["under"] == "un" else row["asked"][0] if row["asked"] else None,
        "tasks": None,
        "people": None,
        "year": int(row["on"]["on"][:4]),
        "host": row["host"],
        "region": region(row["host"]),
    }
