"""A panel made and written in one go: what the shell's `foedus panel` does."""

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, unknown
from foedus.panels import adding, conflict, organisations, spells, systems

if TYPE_CHECKING:
    import polars

ENDINGS = (".parquet", ".csv", ".arrow")
VERBS: dict[str, Callable[..., Any]] = {
    "obligations": adding.add_obligations,
    "contiguity": adding.add_contiguity,
    "capabilities": adding.add_capabilities,
    "majors": adding.add_majors,
    "disputes": conflict.add_disputes,
    "wars": conflict.add_wars,
    "igos": organisations.add_igos,
    "rivalries": conflict.add_rivalries,
    "peace-years": conflict.add_peace_years,
}


def panel(
    unit: str, start: int, end: int, system: str | None = None, source: str = "library", dating: str = "signature", directed: bool = True,
    add: Iterable[str] = (), relevant: bool = False, progress: Callable[[int, int], None] | None = None,
) -> "polars.DataFrame":  # fmt: skip
    """Rows of `unit` (dyad-years, dyad-spells, state-years) with what is added to them, in the order given.

    Errors: InputError for a unit or an addition that there is not, or one that does not fit the unit.
    """
    made = {"state-years": _state_years, "dyad-years": _dyad_years}
    wanted = list(add)
    for name in wanted:
        if name not in VERBS:
            raise unknown("addition", name, VERBS)
    if unit == "dyad-spells":
        if wanted or relevant:
            raise InputError("additions are for rows of years; dyad-spells have their obligations already")
        return spells.dyad_spells(start, end, source, system, dating)
    table = made[unit](start, end, system or "cow", directed)
    steps = len(wanted) + relevant
    for done, name in enumerate(wanted, 1):
        table = VERBS[name](table, source) if name == "obligations" else VERBS[name](table)
        if progress:
            progress(done, steps)
    if relevant:
        table = conflict.filter_politically_relevant(table)
    return table


def _state_years(start: int, end: int, system: str, directed: bool) -> "polars.DataFrame":
    return systems.state_years(start, end, system)


def _dyad_years(start: int, end: int, system: str, directed: bool) -> "polars.DataFrame":
    return systems.dyad_years(start, end, system, directed)


def write(table: "polars.DataFrame", path: str | Path) -> None:
    """The table as Parquet, csv or Arrow, by the ending of `path`: whole or not at all. In a csv a list is text with '; ' between its parts.

    Errors: InputError for another ending, or a folder that cannot be written.
    """
    target = Path(path)
    if target.suffix not in ENDINGS:
        raise InputError(f"'{target.suffix}' is no ending a panel is written to. Known: {', '.join(ENDINGS)}", str(path))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        if target.suffix == ".parquet":
            table.write_parquet(name)
        elif target.suffix == ".arrow":
            table.write_ipc(name, compression="lz4")
        else:
            flat(table).write_csv(name)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(path)) from None


def flat(table: "polars.DataFrame") -> "polars.DataFrame":
    """The table with lists as text."""
    import polars

    return table.with_columns(polars.col(polars.List(polars.String)).list.join("; "))
