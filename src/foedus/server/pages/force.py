"""The register of forces abroad: the list, and one force with each of its facts and their sources."""

from typing import Any

from foedus import snapshot, verbs
from foedus.server.asking import Asked
from foedus.server.linking import Links
from foedus.server.rendering import page

Row = dict[str, Any]
FILTERS = ("host", "sender", "under", "trigger", "consent")


def forces(links: Links, asked: Asked) -> str:
    """The register, or the part of it that was asked for; with `refused`, the requests made in vain."""
    on, known, refused = asked.day("on"), asked.day("known"), asked.one("refused") == "true"
    wanted = {name: asked.one(name) for name in FILTERS}
    rows = verbs.forces(known, on, refused, **wanted)
    kind = "refusal" if refused else "deployment"
    names = {row["id"]: snapshot.record(kind, row["id"])["names"][links.lang] for row in rows}
    return page("forces.html", links, rows=rows, names=names, refused=refused, wanted=wanted, on=on, known=known)


def force(links: Links, asked: Asked, name: str) -> str:
    """One force, or one request made in vain."""
    refused = name in snapshot.ids("refusal") and name not in snapshot.ids("deployment")
    record = snapshot.record("refusal" if refused else "deployment", name)
    flat = next(row for row in verbs.forces(None, None, refused) if row["id"] == name)
    return page("force.html", links, id=name, record=record, flat=flat, refused=refused, title=record["names"][links.lang])
