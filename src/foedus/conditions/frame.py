"""Conditions as dataframe expressions: one rule, right on Polars, pandas, PyArrow, DuckDB and Spark."""

import functools
import json
import operator
from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from foedus.conditions.plain import threshold
from foedus.errors import InputError, unknown


def column(condition: Any) -> nw.Expr:
    """The condition as one dataframe expression. Unknown is null and follows Kleene's tables.

    Trap: on its own in a `select` an expression promises no order of rows on DuckDB and Spark; carry a key.
    """
    if isinstance(condition, str):
        return nw.col(condition)
    if "not" in condition:
        return ~column(condition["not"])
    parts = [column(part) for part in (condition["of"] if "of" in condition else next(iter(condition.values())))]
    if "all" in condition:
        return functools.reduce(operator.and_, parts)
    if "any" in condition:
        return functools.reduce(operator.or_, parts)
    return _at_least(threshold(condition, len(parts)), parts)


def _at_least(needed: int, parts: list[nw.Expr]) -> nw.Expr:
    """Counted as known true and as not known false; no literal null, which pandas would read as false."""
    true = nw.sum_horizontal(*[nw.when(part).then(nw.lit(1)).otherwise(nw.lit(0)) for part in parts])
    open_ = nw.sum_horizontal(*[nw.when(~part).then(nw.lit(0)).otherwise(nw.lit(1)) for part in parts])
    null_where_unknown = functools.reduce(operator.or_, [part & ~part for part in parts])
    return (true >= needed) | ((open_ >= needed) & null_where_unknown)


def facts(condition: Any) -> set[str]:
    """The fact words a condition asks."""
    if isinstance(condition, str):
        return {condition}
    parts = condition["of"] if "of" in condition else next(iter(condition.values()))
    return set().union(*map(facts, [parts] if isinstance(parts, str | dict) else parts))


def judge(table: Any, conditions: Mapping[str, Any]) -> Any:
    """`table` with one Boolean column more for each condition, named by its key; the table's own kind comes back.

    table: accounts as rows and facts as Boolean columns, of any dataframe library that Narwhals reads.
    Errors: InputError for a fact that is no column, or a column that is not Boolean (an object, float or integer column is refused, because
    the libraries read its missing values as false or true without a word).
    """
    return select(table, conditions, keep=True)


def select(table: Any, conditions: Mapping[str, Any], keep: bool = False) -> Any:
    """Only the columns of `conditions`, in the order of the table's rows where its library keeps one; with `keep`, beside the table's own."""
    frame = gate(nw.from_native(table), set().union(*map(facts, conditions.values())) if conditions else set())
    names: dict[str, str] = {}
    expressions = []
    for name, condition in conditions.items():
        first = names.setdefault(json.dumps(condition, sort_keys=True), name)
        expressions.append((name, first, condition))
    firsts = [column(condition).alias(name) for name, first, condition in expressions if name == first]
    copies = [nw.col(first).alias(name) for name, first, _ in expressions if name != first]
    judged = frame.with_columns(*firsts) if keep else frame.select(*firsts)
    return nw.to_native(judged.with_columns(*copies) if copies else judged)


def gate(frame: Any, words: Iterable[str]) -> Any:
    """`frame` with every fact column Boolean, or an error: nothing that could be read wrongly passes."""
    schema = frame.collect_schema()
    families: dict[str, str] = {}
    casts = []
    for word in sorted(words):
        if word not in schema:
            raise unknown("column for the fact", word, schema.names())
        kind = schema[word]
        if kind == nw.Unknown:
            casts.append(nw.col(word).cast(nw.Boolean))
        elif kind != nw.Boolean:
            raise InputError(f"the fact '{word}' is a column of {kind}, not Boolean. {_way_out(frame)}")
        family = _pandas_family(frame, word)
        if family:
            families.setdefault(family, word)
    if "bool[pyarrow]" in families and len(families) > 1:
        other = next(word for family, word in families.items() if family != "bool[pyarrow]")
        raise InputError(f"'{families['bool[pyarrow]']}' is bool[pyarrow] and '{other}' is not; give all facts one of the two types")
    return frame.with_columns(*casts) if casts else frame


def _pandas_family(frame: Any, word: str) -> str:
    native = nw.to_native(frame)
    return str(native[word].dtype) if getattr(frame, "implementation", None) and frame.implementation.is_pandas() else ""


def _way_out(frame: Any) -> str:
    if frame.implementation.is_pandas():
        return "Make it one with .astype('boolean') after checking what its missing values mean."
    return "Cast it to Boolean after checking what its values mean."
