"""What a brief says of its force beside the register's others: density, tempo, mandate, how long such forces stay, what became of the most alike."""

from collections.abc import Iterator
from typing import Any, Protocol

from foedus.briefs import paths
from foedus.briefs.sentences import Block, Sentence, Slot
from foedus.deployments.stays import Stay
from foedus.measures import survival
from foedus.spells import Day

Row = dict[str, Any]


class Written(Protocol):
    """What is needed of the case a brief is written about."""

    @property
    def record(self) -> Row: ...
    @property
    def on(self) -> Day: ...
    @property
    def known(self) -> Day | None: ...


def root(case: Written) -> str:
    """The path of everything the register says of a case's force, asked on the day the brief is written for."""
    return f"derived/amount/{case.record['id']}/{case.known or case.on}/{case.known or 'all'}"


def near_root(case: Written) -> str:
    """The path of the forces and refusals nearest to a case's force, or to the request that it is about."""
    return f"derived/near/{case.record['id']}/{case.known or 'all'}"


def amount(case: Written) -> Row | None:
    found: Row | None = paths.value(root(case))
    return found


def beside(case: Written) -> Iterator[Block]:
    """Density among the register's forces, and the rules of thumb with their disagreement."""
    found = amount(case)
    if found is None:
        return
    yield Block("Beside the other forces of the register", (*_densities(case, found), *_sites(case, found)), "densities")
    yield Block("What rules of thumb would ask for", tuple(_rules(case, found)))


def _densities(case: Written, found: Row) -> Iterator[Sentence]:
    if not found["densities"]:
        yield Sentence("No source read gives a number for this force; it has no density.")
    for index, row in enumerate(found["densities"]):
        path = f"{root(case)}/densities/{index}"
        slots: dict[str, Slot] = {"people": ("span", f"{path}/figure"), "status": ("word", f"{path}/status")}
        if row["per_1000"] is None:
            yield Sentence("{people} ({status}): the library has no figure of the host's people for that year, and so no density.", slots)
        if row["place_per_1000"]:
            yield Sentence(
                "{people} ({status}): {density} per 1,000 inhabitants, place {rank} of {all} counted from the thinnest; thicker than {share} of the {n} others "
                "(95 % interval {low} to {high}).",
                slots | _place(path, "per_1000"),
            )
        if row["place_per_1000_km2"]:
            yield Sentence(
                "{people} ({status}): {density} per 1,000 km², place {rank} of {all} counted from the thinnest; thicker than {share} of the {n} others "
                "(95 % interval {low} to {high}).",
                slots | _place(path, "per_1000_km2"),
            )


def _sites(case: Written, found: Row) -> Iterator[Sentence]:
    """Persons at each site, for a force that was sent to guard sites."""
    path = f"{root(case)}/per_site"
    if found["per_site"] is not None:
        slots: dict[str, Slot] = {key: ("number", f"{path}/{key}") for key in ("value", "sites", "shifts")}
        yield Sentence("Were all of them to guard in {shifts} shifts, each of the {sites} sites would have on guard at any moment at most: {value}.", slots)
    elif any(task["task"] == "guard_sites" for task in found["force"]["tasks"]):
        yield Sentence("No source read says how many sites it guarded: no number for each site can be given.")


def _place(path: str, measure: str) -> dict[str, Slot]:
    place = f"{path}/place_{measure}"
    return {
        "density": ("number", f"{path}/{measure}/value"),
        "rank": ("number", f"{place}/rank"),
        "all": ("number", f"{place}/all"),
        "n": ("number", f"{place}/n"),
        "share": ("percent", f"{place}/below"),
        "low": ("percent", f"{place}/low"),
        "high": ("percent", f"{place}/high"),
    }


def _rules(case: Written, found: Row) -> Iterator[Sentence]:
    for rule in found["rules"]:
        path = f"{root(case)}/rules/{rule['id']}"
        slots: dict[str, Slot] = {"rule": ("text", f"{path}/names"), "says": ("text", f"{path}/says")}
        if rule["need"] is None:
            yield Sentence("{rule}: {says}.", slots)
        else:
            slots |= {"host": ("state", f"{root(case)}/force/host"), "need": ("span", f"{path}/need")}
            yield Sentence("{rule}: {says}. For {host} that would be {need}.", slots)


def tempo(case: Written) -> Iterator[Sentence]:
    """Each step of the deployment beside the same step of others."""
    found = amount(case)
    for index, row in enumerate(found["tempo"] if found else []):
        path = f"{root(case)}/tempo/{index}"
        slots: dict[str, Slot] = {"step": ("word", f"{path}/step"), "days": ("number", f"{path}/days")}
        if row["place"] and row["place"]["n"] >= 5:
            slots |= {"rank": ("number", f"{path}/place/rank"), "all": ("number", f"{path}/place/all")}
            yield Sentence("Days {step}: {days}; place {rank} of {all} forces whose days are known, counted from the quickest.", slots)


def compliance(case: Written) -> Iterator[Sentence]:
    """For each wording of the mandate that names its tasks: on whose account what the force did lies within it."""
    found = amount(case)
    for row in found["mandates"] if found else []:
        path = f"{root(case)}/mandates/{row['id']}"
        for status in row["accounts"]:
            if len(row["accounts"]) == 1:
                alone: dict[str, Slot] = {"speaker": ("speaker", f"{path}/speaker"), "day": ("dated", path), "status": ("word", f"derived/word/{status}_all")}
                yield Sentence("By the wording of {speaker} ({day}), {status}.", alone)
            else:
                slots: dict[str, Slot] = {
                    "speaker": ("speaker", f"{path}/speaker"),
                    "day": ("dated", path),
                    "status": ("word", f"derived/word/{status}_mandate"),
                    "accounts": ("accounts", f"{path}/accounts/{status}"),
                }
                yield Sentence("By the wording of {speaker} ({day}), {status}: {accounts}.", slots)


def outlook(case: Written) -> Iterator[Block]:
    """How long such forces stay, what became of them, and the nearest of them one by one."""
    found = amount(case)
    if found is not None:
        yield Block("How long such forces stay", tuple(_stay(case, found["outlook"])), "stay")
        yield Block("What became of such forces", tuple(_chances(case, found["outlook"])))
    near = paths.value(near_root(case))
    if near is not None:
        yield Block("The nearest precedents", tuple(_nearest(case, near["precedents"])))
        yield Block("The nearest requests that were refused", tuple(_refused(case, near["refusals"])))


def _stay(case: Written, row: Row) -> Iterator[Sentence]:
    path = f"{root(case)}/outlook"
    slots: dict[str, Slot] = {"shared": ("features", f"{path}/shared"), "n": ("number", f"{path}/n")}
    if row["dropped"]:
        slots["dropped"] = ("features", f"{path}/dropped")
        yield Sentence("The class: {n} forces that are like this one in {shared}; to find enough, {dropped} was given up.", slots)
    else:
        yield Sentence("The class: {n} forces that are like this one in {shared}.", slots)
    for index, _ in enumerate(row["ahead"] or []):
        step = f"{path}/ahead/{index}"
        ahead: dict[str, Slot] = {key: ("number", f"{step}/{key}") for key in ("days", "n")}
        ahead |= {"day": ("number", f"{path}/day")} | {key: ("percent", f"{step}/{key}") for key in ("share", "low", "high")}
        yield Sentence("Of {n} that lasted beyond day {day}, the share still there {days} days on: {share} (95 % interval {low} to {high}).", ahead)
    if row["ahead"] is None:
        yield Sentence("Fewer than five of them lasted so long: no share is given.")
    if row["median"] is not None:
        yield Sentence("Half of the class had gone after this many days: {median}.", {"median": ("number", f"{path}/median")})
    if row["censored"]:
        ends: dict[str, Slot] = {"first": ("day", f"{path}/censored/0"), "last": ("day", f"{path}/censored/1")}
        yield Sentence("Forces without an end are followed to the last day on which a source shows them there, between {first} and {last}.", ends)


def _chances(case: Written, row: Row) -> Iterator[Sentence]:
    path = f"{root(case)}/outlook"
    if row["chances"] is None:
        yield Sentence("The class has fewer than five forces: no chance is given.")
    for index, _ in enumerate(row["chances"] or []):
        slots: dict[str, Slot] = {
            "outcome": ("word", f"{path}/chances/{index}/outcome"),
            "count": ("number", f"{path}/chances/{index}/count"),
            "n": ("number", f"{path}/n"),
        }
        slots |= {key: ("percent", f"{path}/chances/{index}/{key}") for key in ("mean", "low", "high")}
        yield Sentence("Outcome: {outcome}, {count} of {n}; expected share {mean} (90 % interval {low} to {high}).", slots)
    if row["left"]["ended"]:
        left: dict[str, Slot] = {key: ("number", f"{path}/left/{key}") for key in ("stayed", "ended")}
        yield Sentence("Of {ended} that ended, those that are known to have left troops, a base, advisers or a further force behind: {stayed}.", left)


def _nearest(case: Written, rows: list[Row]) -> Iterator[Sentence]:
    for index, row in enumerate(rows):
        path = f"{near_root(case)}/precedents/{index}"
        slots = _alike(path, "start") | {"days": ("number", f"{path}/stay/days")}
        if row["record"]["end"] is None:
            slots["last"] = ("dated", f"{path}/record/present_on")
            yield Sentence(
                "{name} ({host}, {on}). Alike in {matching}; otherwise in {differing}. Still there when last seen: {last}, after {days} days.", slots
            )
        else:
            slots["how"] = ("word", f"{path}/record/end/how")
            yield Sentence("{name} ({host}, {on}). Alike in {matching}; otherwise in {differing}. Days it stayed: {days}; {how}.", slots)


def _refused(case: Written, rows: list[Row]) -> Iterator[Sentence]:
    for index, row in enumerate(rows):
        path = f"{near_root(case)}/refusals/{index}"
        slots = _alike(path, "on")
        if row["record"]["outcome"] is None:
            yield Sentence("{name} ({host}, {on}). Alike in {matching}; otherwise in {differing}.", slots)
        else:
            slots |= {"outcome": ("word", f"{path}/record/outcome"), "reason": ("text", f"{path}/record/reason")}
            yield Sentence("{name} ({host}, {on}). Alike in {matching}; otherwise in {differing}. Outcome: {outcome}. {reason}.", slots)


def _alike(path: str, dated: str) -> dict[str, Slot]:
    return {
        "name": ("text", f"{path}/record/names"),
        "host": ("state", f"{path}/record/host"),
        "on": ("dated", f"{path}/record/{dated}"),
        "matching": ("features", f"{path}/matching"),
        "differing": ("features", f"{path}/differing"),
    }


def class_curve(found: Row) -> list[survival.Step]:
    """The curve of the reference class, for the picture."""
    return survival.kaplan_meier(Stay(**row) for row in found["outlook"]["stays"])
