"""Every fact a brief may state has a path; a path leads to a value in the library, or to one derived from it.

`case/kazakhstan-2022/events/request/on` is a field of a record. `derived/...` is worked out again from the library by the function named, so that
a check can follow any path without trusting the brief that holds it.
"""

import functools
import re
from collections.abc import Callable
from typing import Any

from foedus import snapshot
from foedus.cases import accounts as told
from foedus.deployments import amounting
from foedus.errors import InputError
from foedus.findings.case_findings import findings
from foedus.law import parties
from foedus.measures import density, pace
from foedus.sources import Cite, merge
from foedus.spells import Day, days_between

Row = dict[str, Any]


def value(path: str) -> Any:
    """The value at the end of a path. Errors: InputError where the path leads nowhere."""
    return _steps(path)[-1]


def cites(path: str) -> list[Cite]:
    """The first citations of the innermost record along the path that has any; a number or id that only points at a record has none."""
    if path.startswith("derived/"):
        return derived(path)[1]
    if path.rsplit("/", 1)[-1] in ("article", "id", "target"):
        return []
    steps = _steps(path)
    inner = steps[1:] if path.startswith("case/") else steps  # a whole case's sources stand behind none of its statements in particular
    for step in reversed(inner):
        if isinstance(step, dict):
            found = merge([step["text"]] if isinstance(step.get("text"), dict) and "at" in step["text"] else [], step.get("sources") or [])
            if found:
                return _first(found)
    return []


def days(path: str) -> list[Day]:
    """The days that the records along a path are known from: what a brief for an earlier day must not hold."""
    return [
        max(str(step[key]), step.get("known") or "")
        for step in (_steps(path) if not path.startswith("derived/") else [])
        if isinstance(step, dict)
        for key in ("on", "said_on")
        if step.get(key)
    ]


NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")


def numbers(text: str) -> set[str]:
    """The numbers in a text, without what parts their thousands; of a day such as 2022-01-05 the parts.

    >>> sorted(numbers("2,500 soldiers on 2022-01-05"))
    ['1', '2022', '2500', '5']
    """
    whole = {re.sub(r"[,\u00a0\u202f](?=\d{3})", "", number) for number in NUMBER.findall(text)}
    return {number.lstrip("0") or "0" for number in whole}


def words(path: str) -> str:
    """Everything that the record at the end of a path holds, as one text."""
    return _flat(value(path))


def _flat(found: Any) -> str:
    if isinstance(found, dict):
        return " ".join(map(_flat, found.values()))
    return " ".join(map(_flat, found)) if isinstance(found, list) else str(found)


def _steps(path: str) -> list[Any]:
    if path.startswith("derived/"):
        return [derived(path)[0]]
    kind, name, *keys = path.split("/")
    steps: list[Any] = [snapshot.record(kind, name)]
    for key in keys:
        steps.append(_step(steps[-1], key, path))
    return steps


def _step(value: Any, key: str, path: str) -> Any:
    if isinstance(value, dict) and key in value:
        return value[key]
    if isinstance(value, list):
        for index, item in enumerate(value):
            if key == str(index) or (isinstance(item, dict) and key in (item.get("id"), item.get("article"), item.get("state"))):
                return item
    raise InputError(f"no fact at '{path}': '{key}' leads nowhere")


@functools.lru_cache(4096)
def derived(path: str) -> tuple[Any, list[Cite]]:
    """A value worked out from the library, and what it stands on."""
    _, word, *arguments = path.split("/")
    if word not in DERIVED:
        raise InputError(f"no derived fact '{word}' at '{path}'")
    return DERIVED[word](*arguments)


def _members(pact_id: str, instrument: str, on: Day) -> tuple[list[str], list[Cite]]:
    pact = snapshot.record("pact", pact_id)
    bound = parties.bound(pact, instrument, on)
    events = [
        event
        for party in pact["parties"]
        if party["state"] in bound
        for event in party["events"]
        if event["what"] == "in_force" and event["instrument"] == instrument and event["on"] <= on
    ]
    return bound, _first(merge(*[event["sources"] for event in events]))


def _first(found: list[Cite], most: int = 3) -> list[Cite]:
    """The first citation of each source, a few of them: a footnote is read by people."""
    by_source: dict[str, Cite] = {}
    for cite in found:
        by_source.setdefault(cite["source"], cite)
    return list(by_source.values())[:most]


def _frozen(pact_id: str, on: Day) -> tuple[list[str], list[Cite]]:
    pact = snapshot.record("pact", pact_id)
    found = [party for party in pact["parties"] if parties.status(party, pact["main_instrument"], on) == "frozen"]
    events = [event for party in found for event in party["events"] if event["what"] == "froze" and event["on"] <= on]
    return [party["state"] for party in found], merge(*[event["sources"] for event in events])


Key = tuple[str, str, str, str]


@functools.lru_cache(64)
def judged(case_id: str, on: Day, known: str) -> dict[Key, Row]:
    """The findings of a case by pact, article, provision and account. known: a day, or `all`."""
    found = findings(snapshot.record("case", case_id), on, None if known == "all" else known)
    return {(row["pact"], row["article"], row["provision"], row["account"]): row for row in found}


@functools.lru_cache(64)
def accounts(case_id: str, on: Day, known: str) -> dict[str, told.Account]:
    """The accounts of a case by id. known: a day, or `all`."""
    return {row.id: row for row in told.accounts(snapshot.record("case", case_id), on, None if known == "all" else known)}


def _finding(case_id: str, on: Day, known: str, pact: str, article: str, provision: str, account: str, key: str) -> tuple[Any, list[Cite]]:
    row = judged(case_id, on, known).get((pact, article, provision, account))
    if row is None:
        raise InputError(f"no finding on {pact}/{article}/{provision} for the account '{account}'")
    found = _names(case_id, row["agreement"][row["condition"]]) if key == "accounts" else _part(row, key)
    return found, _finding_cites(case_id, on, known, row)


def _names(case_id: str, wanted: list[str]) -> list[dict[str, str]]:
    return [account["name"] for account in snapshot.record("case", case_id)["accounts"] if account["id"] in wanted]


def _account_names(case_id: str, *places: str) -> tuple[list[dict[str, str]], list[Cite]]:
    rows = snapshot.record("case", case_id)["accounts"]
    return [rows[int(place)]["name"] for place in places], []


def _part(row: Row, key: str) -> Any:
    if key.startswith("turning-"):
        return [hinge["facts"] for hinge in row["hinges"] if hinge["turns"] == key.removeprefix("turning-")]
    if key.startswith("decision-"):
        return row["decision"][key.removeprefix("decision-")]
    return row[key]


def _finding_cites(case_id: str, on: Day, known: str, row: Row) -> list[Cite]:
    provision = _steps(f"pact/{row['pact']}/articles/{row['article']}/provisions/{row['provision']}")[-1]
    account = accounts(case_id, on, known)[row["account"]]
    support = [item for word in row["facts"] for item in account.support.get(word, [])]
    return _first(merge([provision["text"]], *[item["sources"] for item in support]), 6)


def _density(case_id: str, figure_id: str, per: str) -> tuple[float, list[Cite]]:
    case = snapshot.record("case", case_id)
    figure = _step(case["figures"], figure_id, figure_id)
    base = case["area" if per == "area" else "population"]
    function = density.per_1000_km2 if per == "area" else density.per_1000_inhabitants
    found = function(figure["value"], base["value"])
    return round(found, 2 if found >= 0.1 else 3), merge(figure["sources"], base["sources"])


def _pace(case_id: str, start: str, end: str, unit: str) -> tuple[float | None, list[Cite]]:
    case = snapshot.record("case", case_id)
    first, last = (_step(case["events"], name, name) for name in (start, end))
    found = pace.hours(first, last) if unit == "hours" else pace.days(first, last)
    return (round(found, 1) if unit == "hours" and found is not None else found), merge(first["sources"], last["sources"])


def _amount(case_id: str, on: Day, known: str, *keys: str) -> tuple[Any, list[Cite]]:
    """A part of what the register says of a case's force (deployments.amounting), with the sources of every record on the way to it."""
    return _walked(amounting.of_case(case_id, on, None if known == "all" else known), keys)


def _near(case_id: str, known: str, *keys: str) -> tuple[Any, list[Cite]]:
    """A part of what the register has that is nearest to a case (amounting.nearest)."""
    return _walked(amounting.nearest(case_id, None if known == "all" else known), keys)


def _walked(found: Any, keys: tuple[str, ...]) -> tuple[Any, list[Cite]]:
    cites: list[Cite] = []
    for key in keys:
        found = _step(found, key, "/".join(keys))
        if isinstance(found, dict):
            cites = merge(found.get("sources") or [], cites)
    return found, _first(cites, 4)


def _sum(case_id: str, *figure_ids: str) -> tuple[float, list[Cite]]:
    case = snapshot.record("case", case_id)
    figures = [_step(case["figures"], name, name) for name in figure_ids]
    return sum(figure["value"] for figure in figures), merge(*[figure["sources"] for figure in figures])


def _years(pact_id: str, instrument: str, on: Day) -> tuple[float, list[Cite]]:
    """Years from the signature of a text to a day, to one decimal."""
    row = _step(snapshot.record("pact", pact_id)["instruments"], instrument, instrument)
    return round(days_between(row["signed"], on) / 365.2425, 1), _first(row["sources"])


def _earlier(pact_id: str, before: Day) -> tuple[list[Row], list[Cite]]:
    """The requests and invocations under a pact before a day, the latest first."""
    rows = [row for row in snapshot.record("pact", pact_id)["invocations"] if row["on"] < before]
    rows.sort(key=lambda row: row["on"], reverse=True)
    return rows, _first(merge(*[row["sources"] for row in rows]), 6)


def _strengths(case_id: str, sender: str, which: str) -> tuple[list[Row], list[Cite]]:
    """The figures of persons for a sender (`all`: all together) that were `said` (announced, authorized, pledged) or are `actual`."""
    wanted = ("deployed", "present") if which == "actual" else ("announced", "authorized", "pledged")
    rows = [
        row
        for row in snapshot.record("case", case_id)["figures"]
        if row["sender"] == (None if sender == "all" else sender) and row["unit"] == "person" and row["status"] in wanted and row["value"] is not None
    ]
    return rows, _first(merge(*[row["sources"] for row in rows]), 6)


def _mandates(case_id: str, which: str) -> tuple[list[Row], list[Cite]]:
    """The wordings of a case's mandate; `wider` are those that allow more than one task."""
    rows = [row for row in snapshot.record("case", case_id)["mandates"] if which == "all" or len(row["allows"]) > 1]
    return rows, _first(merge(*[row["sources"] for row in rows]), 6)


def _signatories(pact_id: str, instrument: str) -> tuple[list[str], list[Cite]]:
    """The states that signed a text; where no signature is held, those that came to be bound by it."""
    parties_ = snapshot.record("pact", pact_id)["parties"]
    steps = [(party["state"], event) for party in parties_ for event in party["events"] if event["instrument"] == instrument]
    chosen = [step for step in steps if step[1]["what"] == "signed"] or [step for step in steps if step[1]["what"] == "in_force"]
    return sorted({state for state, _ in chosen}), _first(merge(*[event["sources"] for _, event in chosen]), 4)


DERIVED: dict[str, Callable[..., tuple[Any, list[Cite]]]] = {
    "years": _years,
    "earlier": _earlier,
    "strengths": _strengths,
    "mandates": _mandates,
    "signatories": _signatories,
    "day": lambda on: (on, []),
    "word": lambda word: (word, []),
    "account_names": _account_names,
    "members": _members,
    "frozen": _frozen,
    "finding": _finding,
    "amount": _amount,
    "near": _near,
    "density": _density,
    "pace": _pace,
    "sum": _sum,
}
