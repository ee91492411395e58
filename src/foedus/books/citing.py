"""How to cite a pact, a source, a case or the library: BibTeX, and CSL-JSON for everything else."""

import re
from typing import Any

import foedus
from foedus import snapshot
from foedus.errors import InputError, unknown

Item = dict[str, Any]

KINDS = ("pact", "source", "case", "library")
CSL = {
    "treaty": "treaty",
    "depositary": "webpage",
    "official": "webpage",
    "law": "legislation",
    "scholarly": "article",
    "news": "article-newspaper",
    "data": "dataset",
    "encyclopedia": "entry-encyclopedia",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
LIBRARY = "The Foedus library of security pacts"
AUTHOR = "Foedus contributors"


def cite(kind: str, name: str = "") -> dict[str, Any]:
    """`bibtex`: one entry as text; `csl`: the same as a CSL-JSON item. kind: pact, source, case or library; `name` is its id.

    A pact is cited as the treaty, at the address where its text was read; a case as a part of the library.
    Errors: InputError for a kind or an id that is not known, with the nearest.
    """
    makers = {"pact": _pact, "source": _source, "case": _case}
    if kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    if kind != "library" and not name:
        raise InputError(f"which {kind}? Name it: foedus cite {kind} ID")
    item = _library() if kind == "library" else makers[kind](name)
    return {"bibtex": bibtex(item), "csl": item}


def _pact(name: str) -> Item:
    pact = snapshot.record("pact", name)
    main = next(row for row in pact["instruments"] if row["id"] == pact["main_instrument"])
    names = pact["names"]["en"]
    found: Item = {"id": f"foedus-pact-{name}", "type": "treaty", "title": main["title"]["en"], "title-short": names["short"] or names["name"]}
    if main["signed"]:
        found["issued"] = _date(main["signed"])
    if main["place"]:
        found["event-place"] = main["place"]
    if main["text"]:
        source = snapshot.record("source", main["text"]["source"])
        found |= {"publisher": source["publisher"], "URL": source["url"], "accessed": _date(source["read"]), "language": source["language"]}
    until = f" until {main['ended']}" if main["ended"] else ""
    force = f"In force {main['in_force']}{until}. " if main["in_force"] else ""
    return {**found, "note": f"{force}Coded by article in {LIBRARY}, version {foedus.__version__}, as {name}"}


def _source(name: str) -> Item:
    source = snapshot.record("source", name)
    found: Item = {"id": f"foedus-source-{name}", "type": CSL[source["kind"]], "title": source["title"], "publisher": source["publisher"]}
    if source["kind"] == "news":
        found["container-title"] = source["publisher"]
    if source["author"]:
        found["author"] = [{"literal": source["author"]}]
    if source["date"]:
        found["issued"] = _date(source["date"])
    return {**found, "URL": source["url"], "accessed": _date(source["read"]), "language": source["language"]}


def _case(name: str) -> Item:
    case = snapshot.record("case", name)
    base = {**_library(), "id": f"foedus-case-{name}", "type": "entry", "title": case["title"]["en"], "container-title": LIBRARY}
    return {**base, "note": f"Case {name}"}


def _library() -> Item:
    return {
        "id": f"foedus-library-{foedus.__version__}",
        "type": "dataset",
        "title": LIBRARY,
        "author": [{"literal": AUTHOR}],
        "version": foedus.__version__,
        "license": "CC-BY-4.0",
    }


def _date(day: str) -> Item:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def bibtex(item: Item) -> str:
    """A CSL item as a BibTeX entry: `misc`, which every style knows. Other scripts stay as they are (UTF-8).

    >>> print(bibtex({"id": "x", "title": "Pacts & 100 % {peace}", "issued": {"date-parts": [[1992, 5, 15]]}}))
    @misc{x,
      title = {{Pacts \\& 100 \\% \\{peace\\}}},
      year = {1992},
      month = may,
      day = {15}
    }
    """
    issued = dict(zip(("year", "month", "day"), _parts(item, "issued")))
    fields = {
        "author": " and ".join(f"{{{escaped(person['literal'])}}}" for person in item.get("author", [])),
        "title": f"{{{escaped(item['title'])}}}",
        "shorttitle": escaped(item.get("title-short", "")),
        "year": str(issued.get("year", "")),
        "month": MONTHS[issued["month"] - 1] if issued else "",
        "day": str(issued.get("day", "")),
        "howpublished": escaped(item.get("publisher") or item.get("container-title") or ""),
        "address": escaped(item.get("event-place", "")),
        "version": escaped(item.get("version", "")),
        "url": address(item.get("URL", "")),
        "urldate": "-".join(f"{part:02d}" for part in _parts(item, "accessed")),
        "language": item.get("language", ""),
        "note": escaped(item.get("note", "")),
    }
    lines = [f"  {key} = {value}" if key == "month" else f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    body = ",\n".join(lines)
    return f"@misc{{{item['id']},\n{body}\n}}"


def _parts(item: Item, key: str) -> list[int]:
    return list(item[key]["date-parts"][0]) if key in item else []


def escaped(text: str) -> str:
    """Text in which TeX reads no command."""
    return "".join(SPECIAL.get(sign, sign) for sign in " ".join(text.split()))


def address(url: str) -> str:
    """An address as BibTeX's `url` field takes it: verbatim, but for what would end the field or the line."""
    return re.sub(r"[\\{}\s]", lambda match: f"%{ord(match[0]):02X}", url)
