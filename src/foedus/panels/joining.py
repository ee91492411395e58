"""A table of values put beside a user's rows: any dataframe in, the same kind out, no row lost, none invented, and what finds no place is counted.

Frames in memory are matched by position, which keeps their order and beats a hash join; DuckDB, Spark and lazy Polars frames are joined by their
own engine, so nothing is pulled into memory.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foedus import datasets
from foedus.errors import InputError, unknown
from foedus.panels import REASONS, SYSTEMS, library

if TYPE_CHECKING:
    import polars

DENSE = 2**26
OUTSIDE, MISSING, NO_STATE = range(3)


class JoinWarning(UserWarning):
    """Rows of a data set that found no row in the frame: how many, and in `rows` which (a Polars frame)."""

    def __init__(self, message: str, rows: "polars.DataFrame") -> None:
        super().__init__(message)
        self.rows = rows


@dataclass(frozen=True)
class Keys:
    """What names the rows of a frame: the system of codes, the columns of the states (one, or two for pairs) and the column of time."""

    system: str
    states: tuple[str, ...]
    time: str

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.states, self.time)


@dataclass(frozen=True)
class Addition:
    """Values to add: a table with unique keys, who they are from, the years they cover, and what an absent row means inside them.

    table: the keys (in the system `system`), and the values. name: what the columns `<name>_missing` and `<name>_source` are called after.
    absent: by column, the value of a row that the table does not list; a column that is not named there is then null with a reason.
    """

    name: str
    source: str
    system: str
    table: "polars.DataFrame"
    span: tuple[int, int]
    absent: Mapping[str, Any] = field(default_factory=dict)
    suffix: str = ""


def keys(frame: Any, pairs: bool | None = None) -> Keys:
    """The keys of a frame, read off its column names. pairs: True where the verb needs pairs, False where states.

    Errors: InputError where there are no keys, or those of two systems.
    """
    import narwhals as nw

    names = nw.from_native(frame).collect_schema().names()
    found = [(system, (f"{key}1", f"{key}2")) for system, key in SYSTEMS.items() if f"{key}1" in names and f"{key}2" in names]
    single = [(system, (key,)) for system, key in SYSTEMS.items() if key in names]
    time = [name for name in ("year", "date") if name in names]
    halves = sorted(name for key in SYSTEMS.values() for name in (f"{key}1", f"{key}2") if name in names and (f"{key}1" in names) != (f"{key}2" in names))
    if halves:
        raise InputError(f"mixed systems of codes: the frame has '{halves[0]}' without its other side")
    chosen = found or single
    if len(chosen) > 1:
        raise InputError(f"mixed systems of codes: the frame has {' and '.join(repr(columns[0]) for _, columns in chosen)}. Keep one")
    if not chosen or not time:
        wanted = "ccode1, ccode2 (or gwcode1, gwcode2; state1, state2)" if pairs is not False else "ccode (or gwcode; state)"
        raise InputError(f"the frame has no keys: {wanted} and year or date are looked for, and it has {', '.join(names[:8])}")
    if pairs is not None and pairs != (len(chosen[0][1]) == 2):
        raise InputError(f"this verb needs rows of {'pairs' if pairs else 'states'}, and the frame has {', '.join(chosen[0][1])}")
    return Keys(chosen[0][0], chosen[0][1], time[0])


def event_keys(frame: Any, day: str | None, states: tuple[str, str] | None) -> Keys:
    """The keys of a table of events, whose columns are named by the caller. Errors: InputError for a column that there is not, or of another type."""
    import narwhals as nw

    schema = nw.from_native(frame).collect_schema()
    chosen = day or "date"
    for name in (chosen, *(states or ())):
        if name not in schema:
            raise unknown("column", name, schema.names())
    if not schema[chosen].is_temporal():
        raise InputError(f"the column '{chosen}' is {schema[chosen]}, not days")
    if states is None:
        named = keys(nw.from_native(frame).rename({chosen: "date"}).to_native() if chosen != "date" else frame, pairs=True)
        return Keys(named.system, named.states, chosen)
    one, other = (schema[name] for name in states)
    if one.is_integer() != other.is_integer() or not (one.is_integer() or one == other == nw.String):
        raise InputError(f"mixed systems of codes: '{states[0]}' is {one} and '{states[1]}' is {other}; both are whole numbers or both are text")
    return Keys("cow" if one.is_integer() else "iso3", tuple(states), chosen)


def add(frame: Any, additions: list[Addition], unmatched: str = "warn") -> Any:
    """`frame` with the columns of each addition, `<name>_missing` and `<name>_source` beside them; the kind and the order of the frame come back.

    unmatched: `warn` where rows of the data set find no row of the frame (a JoinWarning that has them), `ignore`, or `error`.
    Errors: InputError for a column that is already there, or keys that are no numbers.
    """
    import narwhals as nw

    if unmatched not in ("warn", "ignore", "error"):
        raise unknown("way to treat what finds no row", unmatched, ("warn", "ignore", "error"))
    wrapped = nw.from_native(frame)
    schema = wrapped.collect_schema()
    for addition in additions:
        new = [name for name in _named(addition) if name in schema]
        if new:
            raise InputError(f"the frame already has a column '{new[0]}'. Rename or drop it, then add {addition.name} again")
    if isinstance(wrapped, nw.LazyFrame):
        for addition in additions:
            wrapped = _lazy(wrapped, addition)
        return wrapped.to_native()
    return _eager(frame, wrapped, additions, unmatched)


def _named(addition: Addition) -> list[str]:
    values = [name + addition.suffix for name in _values(addition)]
    return [*values, f"{addition.name}_missing{addition.suffix}", f"{addition.name}_source{addition.suffix}"]


def _values(addition: Addition) -> list[str]:
    of_table = [f"{SYSTEMS[addition.system]}{side}" for side in ("", "1", "2")] + ["year"]
    return [name for name in addition.table.columns if name not in of_table]


def _table_keys(addition: Addition, system: str) -> list[str]:
    name = SYSTEMS[system]
    return [
        column
        for column in (name, f"{name}1", f"{name}2", "year")
        if column in addition.table.columns or column.replace(name, SYSTEMS[addition.system]) in addition.table.columns
    ]


def _frame_keys(names: Keys, addition: Addition) -> list[str]:
    """The frame's key columns that match those of the addition: both states of a pair, or the one its suffix names."""
    if len(_table_keys(addition, addition.system)) == 3:
        return list(names.all)
    state = next(column for column in names.states if column.endswith(addition.suffix)) if addition.suffix else names.states[0]
    return [state, names.time]


# ---- systems of codes -----------------------------------------------------------------------------------------------


def crosswalk(one: str, other: str, first: int, last: int) -> "polars.DataFrame":
    """One row a code of `other` and year, with the code of `one` that the same state bore last in it: the two keys, year. From the library."""
    import polars

    left, right = library.codes_of(one), library.codes_of(other)
    both = left.join(right, on="state", suffix="_other")
    begin = polars.max_horizontal("start", "start_other", polars.date(first, 1, 1))
    end = polars.min_horizontal("until", "until_other", polars.date(last + 1, 1, 1))
    both = both.select(polars.col("code").alias(SYSTEMS[one]), polars.col("code_other").alias(SYSTEMS[other]), begin=begin, end=end)
    both = both.filter(polars.col("begin") < polars.col("end"))
    years = polars.int_ranges(polars.col("begin").dt.year(), (polars.col("end") - polars.duration(days=1)).dt.year() + 1, dtype=polars.Int16)
    yearly = both.with_columns(year=years).explode("year").sort("begin")
    return yearly.unique([SYSTEMS[other], "year"], keep="last", maintain_order=True).select(SYSTEMS[one], SYSTEMS[other], "year")


def translated(addition: Addition, system: str) -> "tuple[polars.DataFrame, polars.DataFrame]":
    """The addition's table in another system of codes, and the rows of it that no code of that system fits in their year."""
    import polars

    table = addition.table
    if system == addition.system:
        return table, table.clear()
    first, last = int(table["year"].min() or 0), int(table["year"].max() or 0)  # type: ignore[arg-type]
    walk = crosswalk(addition.system, system, first, last)
    lost: list[polars.DataFrame] = []
    for side in ("", "1", "2"):
        old, new = f"{SYSTEMS[addition.system]}{side}", f"{SYSTEMS[system]}{side}"
        if old in table.columns:
            here = walk.select(polars.col(SYSTEMS[addition.system]).alias(old), polars.col(SYSTEMS[system]).alias(new), "year")
            lost.append(table.join(here, on=[old, "year"], how="anti").select(addition.table.columns) if old != new and not lost else table.clear())
            table = table.join(here, on=[old, "year"], how="inner").drop(old)
    names = [column for column in (SYSTEMS[system], f"{SYSTEMS[system]}1", f"{SYSTEMS[system]}2", "year") if column in table.columns]
    return table.unique(names, keep="last", maintain_order=True), lost[0]


# ---- frames in memory -----------------------------------------------------------------------------------------------


def _eager(frame: Any, wrapped: Any, additions: list[Addition], unmatched: str) -> Any:
    import polars

    found = keys(frame)
    named = [*found.states, found.time]
    rows = wrapped.select(*named).to_polars()
    require_keys(rows, found)
    years = rows[found.time] if found.time == "year" else rows[found.time].dt.year()
    made: list[polars.Series] = []
    for addition in additions:
        table, lost = translated(addition, found.system)
        of_table = _table_keys(addition, found.system)
        of_frame = _frame_keys(found, addition)
        where = match([rows[name] if name != found.time else years for name in of_frame], [table[name] for name in of_table])
        _report(addition, table, where, years, lost, unmatched)
        made += _beside(addition, table, where, years)
    return _attached(frame, wrapped, polars.DataFrame(made))


def require_keys(rows: "polars.DataFrame", found: Keys) -> None:
    """Errors: InputError for keys of the wrong type, or rows without one."""
    for name in (*found.states, found.time):
        kind = rows[name].dtype
        days = name == found.time and name != "year"
        wanted = kind.is_temporal() if days else kind.is_integer() if name == "year" or found.system != "iso3" else True
        if not wanted:
            raise InputError(f"the column '{name}' is {kind}, not {'days' if days else 'whole numbers'}")
        if rows[name].null_count():
            raise InputError(f"the column '{name}' has missing values: {rows[name].null_count():,} rows without a key")


def match(rows: "list[polars.Series]", table: "list[polars.Series]") -> "polars.Series":
    """For each row the place in the table of the row with the same keys, null where there is none. The table's keys are unique."""
    import polars

    size = 1
    places: list[tuple[polars.Series, polars.Series, int]] = []
    for one, other in zip(rows, table, strict=True):
        names = other.unique().sort()
        low = 0
        if names.dtype == polars.String:
            kind = polars.Enum(names)
            places.append((one.cast(kind, strict=False).to_physical(), other.cast(kind).to_physical(), len(names)))
        else:
            low = int(names[0]) if len(names) else 0
            span = int(names[-1]) - low + 1 if len(names) else 1
            dense = polars.repeat(None, span, dtype=polars.UInt32, eager=True).scatter(
                names.cast(polars.Int64) - low, polars.int_range(len(names), dtype=polars.UInt32, eager=True)
            )
            inside = (one >= low) & (one < low + span)
            offset = (
                (one.cast(polars.Int32) - low).to_frame("o").select(polars.when(polars.lit(inside)).then("o")).to_series()
                if not inside.all()
                else one.cast(polars.Int32) - low
            )
            places.append((dense.gather(offset), dense.gather(other.cast(polars.Int32) - low), len(names)))
        size *= max(places[-1][2], 1)
    if size > DENSE:
        left = polars.DataFrame({str(number): one for number, (one, _, _) in enumerate(places)})
        right = polars.DataFrame({str(number): other for number, (_, other, _) in enumerate(places)}).with_row_index("place")
        return left.join(right, on=left.columns, how="left", maintain_order="left")["place"]
    packed = [_packed([(one, count) for one, _, count in places]), _packed([(other, count) for _, other, count in places])]
    lookup = polars.repeat(None, size, dtype=polars.UInt32, eager=True).scatter(packed[1], polars.int_range(len(packed[1]), dtype=polars.UInt32, eager=True))
    return lookup.gather(packed[0])


def _packed(columns: "list[tuple[polars.Series, int]]") -> "polars.Series":
    """Several columns of places as one number: each with how many places it has."""
    import polars

    total = columns[0][0].cast(polars.UInt32)
    for places, size in columns[1:]:
        total = total * size + places.cast(polars.UInt32)
    return total


def _beside(addition: Addition, table: "polars.DataFrame", where: "polars.Series", years: "polars.Series") -> "list[polars.Series]":
    """The addition's columns in the order of the rows. What an absent row means, inside the years covered and outside, are two more rows of the table."""
    import polars

    low, high = addition.span
    lengthened = _lengthened(addition, table)
    inside = (years >= low) & (years <= high)
    nowhere = polars.select(
        polars.when(inside).then(polars.lit(table.height, polars.UInt32)).otherwise(polars.lit(table.height + 1, polars.UInt32))
    ).to_series()
    rows = where.zip_with(where.is_not_null(), nowhere) if where.null_count() else where
    done = lengthened.select(polars.all().gather(rows))
    source = polars.repeat(0, len(where), dtype=polars.UInt8, eager=True).cat.to(polars.Enum([addition.source]))
    return [*done.get_columns(), source.alias(f"{addition.name}_source{addition.suffix}")]


def _lengthened(addition: Addition, table: "polars.DataFrame") -> "polars.DataFrame":
    """The table's values and why any is missing; then a row for what is absent inside the years covered, and one for what is outside them."""
    import polars

    low, high = addition.span
    names = _values(addition)
    kinds = polars.Enum(REASONS[:3])
    lacking = polars.any_horizontal([polars.col(name).is_null() for name in names])
    reason = polars.when((polars.col("year") < low) | (polars.col("year") > high)).then(polars.lit(REASONS[OUTSIDE], kinds))
    held = table.select(*names, _reason=reason.when(lacking).then(polars.lit(REASONS[MISSING], kinds)))
    absent = None if all(addition.absent.get(name) is not None for name in names) else REASONS[NO_STATE]
    two = {name: [addition.absent.get(name), None] for name in names} | {"_reason": [absent, REASONS[OUTSIDE]]}
    both = polars.concat([held, polars.DataFrame(two, schema=held.schema, strict=False)])
    return both.rename({**{name: name + addition.suffix for name in names}, "_reason": f"{addition.name}_missing{addition.suffix}"})


def _report(addition: Addition, table: "polars.DataFrame", where: "polars.Series", years: "polars.Series", lost: "polars.DataFrame", unmatched: str) -> None:
    """Say which rows of the table, within the years of the frame, found no row in it."""
    import polars

    if unmatched == "ignore" or not len(years):
        return
    met = polars.repeat(False, table.height, dtype=polars.Boolean, eager=True)
    if table.height:
        met = met.scatter(where.drop_nulls(), True) if where.null_count() < len(where) else met
    low, high = years.min(), years.max()
    left = table.filter(~met & (table["year"] >= low) & (table["year"] <= high))
    gone = lost.filter((lost["year"] >= low) & (lost["year"] <= high)) if lost.height else lost
    if not left.height and not gone.height:
        return
    message = (
        f"{left.height + gone.height:,} of {addition.table.height:,} rows of {addition.source} ({addition.name}) find no row in the frame: {_which(left, gone)}"
    )
    if unmatched == "error":
        raise InputError(message)
    rows = polars.concat([left, gone], how="diagonal") if gone.height else left
    warnings.warn(JoinWarning(message, rows), stacklevel=5)


def _which(left: "polars.DataFrame", gone: "polars.DataFrame") -> str:
    parts = []
    for rows, why in ((left, "no such row that year"), (gone, "no code in the frame's system that year")):
        if rows.height:
            names = [name for name in rows.columns if name.rstrip("12") in SYSTEMS.values()]
            most = rows[names[0]].value_counts(sort=True)
            shown = ", ".join(f"{code} ({count})" for code, count in most.head(5).rows())
            parts.append(f"{rows.height:,} {why}, {min(rows['year'])} to {max(rows['year'])}, most of them of {names[0]} {shown}")
    return "; ".join(parts)


def _attached(frame: Any, wrapped: Any, new: "polars.DataFrame") -> Any:
    """The new columns beside the frame, in the frame's own library."""
    import polars

    if wrapped.implementation.is_polars():
        return frame.with_columns(new.get_columns())
    if wrapped.implementation.is_pyarrow():
        for column in new.get_columns():
            values = column.cast(polars.String) if column.dtype.base_type() == polars.Enum else column
            frame = frame.append_column(column.name, values.to_arrow())
        return frame
    if wrapped.implementation.is_pandas():
        import pandas

        kinds = {"bool": "boolean", "int8": "Int8", "int16": "Int16", "int32": "Int32", "int64": "Int64", "double": "Float64", "float": "Float32"}
        made = (
            new.with_columns(polars.col(polars.Enum).cast(polars.Categorical))
            .to_arrow()
            .to_pandas(types_mapper=lambda kind: pandas.api.types.pandas_dtype(kinds[str(kind)]) if str(kind) in kinds else None)
        )
        made.index = frame.index
        return pandas.concat([frame, made], axis=1)
    raise InputError(f"frames of {wrapped.implementation} are not read here; pandas, Polars, PyArrow, DuckDB and PySpark are")


# ---- frames that an engine holds ------------------------------------------------------------------------------------


def _lazy(wrapped: Any, addition: Addition) -> Any:
    """A left join by the frame's own engine, with the same columns as in memory; reasons and sources are text."""
    import narwhals as nw

    found = keys(wrapped.to_native())
    if found.time != "year":
        wrapped = wrapped.with_columns(nw.col(found.time).dt.year().alias("_year"))
    table, _ = translated(addition, found.system)
    values = _values(addition)
    renamed = {name: f"_k{number}" for number, name in enumerate(_table_keys(addition, found.system))}
    here = native(wrapped, table.rename(renamed).with_columns(_found=True))
    of_frame = ["_year" if name == found.time and found.time != "year" else name for name in _frame_keys(found, addition)]
    shown = {name: name + addition.suffix for name in values}
    joined = wrapped.join(here.rename({name: new for name, new in shown.items() if name != new}), left_on=of_frame, right_on=list(renamed.values()), how="left")
    year = nw.col("_year" if found.time != "year" else "year")
    covered = (year >= addition.span[0]) & (year <= addition.span[1])
    present = ~nw.col("_found").is_null()
    kinds = here.collect_schema()
    fills = [
        nw.when(~present & covered).then(nw.lit(value).cast(kinds[name])).otherwise(nw.col(shown[name])).alias(shown[name])
        for name, value in addition.absent.items()
    ]
    joined = joined.with_columns(*fills) if fills else joined
    nothing = nw.any_horizontal(*[nw.col(name).is_null() for name in shown.values()], ignore_nulls=False)
    reason = (
        nw.when(~covered)
        .then(nw.lit(REASONS[OUTSIDE]))
        .otherwise(nw.when(nothing & present).then(nw.lit(REASONS[MISSING])).otherwise(nw.when(nothing).then(nw.lit(REASONS[NO_STATE]))))
    )
    joined = joined.with_columns(
        reason.alias(f"{addition.name}_missing{addition.suffix}"), nw.lit(addition.source).alias(f"{addition.name}_source{addition.suffix}")
    )
    return joined.drop([name for name in ("_found", "_year", *renamed.values()) if name in joined.collect_schema().names()])


def native(wrapped: Any, table: "polars.DataFrame") -> Any:
    """A small Polars table as a frame of the engine that holds `wrapped`."""
    import narwhals as nw
    import polars

    plain = table.with_columns(polars.col(polars.Enum).cast(polars.String))
    kind = wrapped.implementation
    if kind.is_polars():
        return nw.from_native(plain.lazy())
    if kind.is_duckdb():
        import duckdb

        return nw.from_native(duckdb.from_arrow(plain.to_arrow()))
    if kind.is_pyspark():
        from pyspark.sql import functions

        session = wrapped.to_native().sparkSession  # sent whole to every worker, so that the user's rows need not move
        return nw.from_native(functions.broadcast(session.createDataFrame(plain.to_arrow())))
    raise InputError(f"frames of {kind} are not read here; pandas, Polars, PyArrow, DuckDB and PySpark are")


# ---- sources --------------------------------------------------------------------------------------------------------


def cite(frame: Any) -> list[str]:
    """How to cite what a frame stands on: one line a data set, from its columns `<name>_source`, in the order of the columns."""
    import narwhals as nw

    wrapped = nw.from_native(frame)
    found: list[str] = []
    for name in wrapped.collect_schema().names():
        if name.rstrip("12").endswith("_source"):
            column = wrapped.select(nw.col(name).cast(nw.String)).unique()
            rows = column.collect() if isinstance(column, nw.LazyFrame) else column
            found += [value for value in rows[name].to_list() if value is not None]
    return [_reference(label) for label in dict.fromkeys(found)]


def _reference(label: str) -> str:
    import foedus

    if label.startswith("foedus"):
        return f"Foedus, version {foedus.__version__}: its library of pacts and states. How to cite it: foedus cite library"
    return datasets.cite(label)
