"""Conditions: Kleene's logic, the same on every kind of dataframe, and hinges that are exact."""

import itertools
import random
from typing import Any

import duckdb
import hypothesis.strategies as st
import narwhals as nw
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from pysat.solvers import Cadical153

from foedus.conditions.frame import judge, select
from foedus.conditions.hinges import hinges
from foedus.conditions.plain import holds
from foedus.errors import InputError

FACTS = ["a", "b", "c", "d"]
TRUTHS = (True, False, None)
ACCOUNTS = [dict(zip(FACTS, values, strict=True)) for values in itertools.product(TRUTHS, repeat=4)]


def conditions(facts: list[str]) -> st.SearchStrategy[Any]:
    def grow(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(part, min_size=1, max_size=4)
        counted = parts.flatmap(lambda found: st.integers(1, len(found)).map(lambda n: {"at_least": n, "of": found}))
        shares = parts.flatmap(lambda found: st.sampled_from(["1/2", "2/3", "1/3", "1/1"]).map(lambda share: {"at_least": share, "of": found}))
        return st.one_of(parts.map(lambda p: {"all": p}), parts.map(lambda p: {"any": p}), part.map(lambda p: {"not": p}), counted, shares)

    return st.recursive(st.sampled_from(facts), grow, max_leaves=10)


def supposed(condition: Any, account: dict[str, bool | None]) -> bool | None:
    """Kleene by minimum and maximum over 0, ½, 1: written apart from the product."""
    number = {True: 1.0, False: 0.0, None: 0.5}

    def value(part: Any) -> float:
        if isinstance(part, str):
            return number[account[part]]
        if "not" in part:
            return 1 - value(part["not"])
        if "of" in part:
            values = sorted((value(item) for item in part["of"]), reverse=True)
            needed = part["at_least"]
            if isinstance(needed, str):
                over, under = map(int, needed.split("/"))
                needed = next(n for n in range(1, len(values) + 1) if n * under >= len(values) * over)
            return values[needed - 1]
        return min(map(value, part["all"])) if "all" in part else max(map(value, part["any"]))

    return {1.0: True, 0.0: False, 0.5: None}[value(condition)]


@settings(max_examples=300, deadline=None)
@given(conditions(FACTS))
def test_the_plain_evaluator_is_kleene(condition: Any) -> None:
    assert [holds(condition, account) for account in ACCOUNTS] == [supposed(condition, account) for account in ACCOUNTS]


BACKENDS = {
    "polars": lambda columns: polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.Boolean)),
    "polars lazy": lambda columns: polars.LazyFrame(columns, schema=dict.fromkeys(columns, polars.Boolean)),
    "pyarrow": lambda columns: pyarrow.table({name: pyarrow.array(values, pyarrow.bool_()) for name, values in columns.items()}),
    "pandas": lambda columns: pandas.DataFrame({name: pandas.array(values, dtype="boolean") for name, values in columns.items()}),
    "pandas pyarrow": lambda columns: pandas.DataFrame({name: pandas.array(values, dtype="bool[pyarrow]") for name, values in columns.items()}),
}


def columns(accounts: list[dict[str, bool | None]]) -> dict[str, list[bool | None]]:
    return {fact: [account[fact] for account in accounts] for fact in FACTS}


def values_of(table: Any, name: str) -> list[bool | None]:
    frame = nw.from_native(table)
    frame = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return [None if value is None or value is pandas.NA else bool(value) for value in frame[name].to_list()]


@pytest.mark.parametrize("backend", BACKENDS)
@settings(max_examples=25, deadline=None)
@given(condition=conditions(FACTS))
def test_the_frame_agrees_with_the_plain_evaluator(backend: str, condition: Any) -> None:
    judged = judge(BACKENDS[backend](columns(ACCOUNTS)), {"verdict": condition})
    assert values_of(judged, "verdict") == [holds(condition, account) for account in ACCOUNTS]


@settings(max_examples=25, deadline=None)
@given(condition=conditions(FACTS))
def test_duckdb_agrees_too(condition: Any) -> None:
    table = pyarrow.table({"key": list(range(len(ACCOUNTS)))} | {name: pyarrow.array(v, pyarrow.bool_()) for name, v in columns(ACCOUNTS).items()})
    with duckdb.connect() as store:
        judged = judge(store.from_arrow(table), {"verdict": condition})
        rows = dict(judged.select("key", "verdict").fetchall())
    assert [rows[key] for key in range(len(ACCOUNTS))] == [holds(condition, account) for account in ACCOUNTS]


def test_ten_thousand_crises_in_one_table() -> None:
    draw = random.Random(20220105)
    rows = [{fact: draw.choice(TRUTHS) for fact in FACTS} for _ in range(10_000)]
    condition = {"any": [{"all": ["a", {"not": "b"}]}, {"at_least": "2/3", "of": ["b", "c", "d"]}]}
    judged = select(BACKENDS["polars"](columns(rows)), {"verdict": condition, "again": condition})
    assert judged["verdict"].to_list() == [supposed(condition, row) for row in rows] == judged["again"].to_list()


def test_shares_are_rounded_up_exactly() -> None:
    for size in range(1, 60):
        facts = [f"f{n}" for n in range(size)]
        needed = next(n for n in range(1, size + 1) if n * 3 >= size * 2)
        assert holds({"at_least": "2/3", "of": facts}, {f: n < needed for n, f in enumerate(facts)}) is True
        assert holds({"at_least": "2/3", "of": facts}, {f: n < needed - 1 for n, f in enumerate(facts)}) is False


# ---- the gate -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pandas.DataFrame({"a": pandas.Series([True, None, False], dtype=object)}), "the fact 'a' is a column of Object, not Boolean"),
        (pandas.DataFrame({"a": [1.0, float("nan"), 0.0]}), "the fact 'a' is a column of Float64, not Boolean"),
        (polars.DataFrame({"a": [1, 0, None]}), "the fact 'a' is a column of Int64, not Boolean"),
        (polars.DataFrame({"a": ["true", "false"]}), "the fact 'a' is a column of String, not Boolean"),
        (pyarrow.table({"a": pyarrow.array([1, 0])}), "the fact 'a' is a column of Int64, not Boolean"),
        (polars.DataFrame({"aa": [True]}), "no column for the fact 'a'. Did you mean 'aa'?"),
    ],
)
def test_a_column_that_could_be_read_wrongly_is_refused(table: Any, words: str) -> None:
    with pytest.raises(InputError, match="fact") as caught:
        judge(table, {"verdict": {"not": "a"}})
    assert str(caught.value).startswith(words)


def test_mixed_boolean_families_are_refused() -> None:
    table = pandas.DataFrame({"a": pandas.array([True, None], dtype="boolean"), "b": pandas.array([True, None], dtype="bool[pyarrow]")})
    with pytest.raises(InputError, match="give all facts one of the two types"):
        judge(table, {"verdict": {"all": ["a", "b"]}})


@pytest.mark.parametrize("table", [polars.DataFrame({"a": [None, None]}), pyarrow.table({"a": pyarrow.nulls(2)})])
def test_a_column_of_nothing_is_unknown(table: Any) -> None:
    assert values_of(judge(table, {"verdict": {"not": "a"}}), "verdict") == [None, None]


# ---- laws -----------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(conditions(FACTS), st.sampled_from(ACCOUNTS), st.data())
def test_learning_a_fact_never_reverses_a_settled_finding(condition: Any, account: dict[str, bool | None], data: Any) -> None:
    settled = holds(condition, account)
    learned = {fact: data.draw(st.booleans()) if value is None else value for fact, value in account.items()}
    if settled is not None:
        assert holds(condition, learned) is settled


@settings(max_examples=200, deadline=None)
@given(conditions(FACTS), st.sampled_from(ACCOUNTS))
def test_de_morgan(condition: Any, account: dict[str, bool | None]) -> None:
    both = holds({"not": {"all": [condition, "a"]}}, account)
    assert both is holds({"any": [{"not": condition}, {"not": "a"}]}, account)


# ---- hinges ---------------------------------------------------------------------------------------------------------


def random_condition(draw: random.Random, facts: list[str], depth: int = 0) -> Any:
    if depth > 2 or draw.random() < 0.3:
        return draw.choice(facts)
    word = draw.choice(["all", "any", "not", "at_least"])
    if word == "not":
        return {"not": random_condition(draw, facts, depth + 1)}
    parts = [random_condition(draw, facts, depth + 1) for _ in range(draw.randint(1, 4))]
    return {"at_least": draw.randint(1, len(parts)), "of": parts} if word == "at_least" else {word: parts}


def enumerated(condition: Any, account: dict[str, bool | None], open_facts: list[str], most: int) -> set[tuple[bool, frozenset[tuple[str, bool]]]]:
    """Every minimal set of changes, by trying them all, small ones first."""
    now = holds(condition, account)
    found: list[tuple[bool, frozenset[tuple[str, bool]]]] = []
    for size in range(1, most + 1):
        for facts in itertools.combinations(open_facts, size):
            for values in itertools.product((True, False), repeat=size):
                change = frozenset(zip(facts, values, strict=True))
                if any(account.get(fact) is value for fact, value in change):
                    continue
                after = holds(condition, account | dict(change))
                if after is not None and after is not now and not any(word is after and smaller <= change for word, smaller in found):
                    found.append((after, change))
    return set(found)


@pytest.mark.parametrize("seed", range(500))
def test_hinges_are_exactly_what_enumeration_finds(seed: int) -> None:
    draw = random.Random(seed)
    size = draw.randint(1, 6) if seed < 480 else draw.randint(12, 16)
    facts = [f"f{number}" for number in range(size)]
    most = size if size <= 6 else 3
    account = {fact: draw.choice(TRUTHS) for fact in facts}
    open_facts = [fact for fact in facts if account[fact] is None or draw.random() < 0.6]
    condition = random_condition(draw, facts)
    found = hinges(condition, account, open_facts, most_facts=most, most_sets=10**6)
    assert {(value, frozenset(change.items())) for value, change in found.sets} == enumerated(condition, account, open_facts, most)


@pytest.mark.parametrize("seed", range(60))
def test_a_sat_solver_agrees_on_what_can_turn(seed: int) -> None:
    """Second opinion: with the facts of no hinge left free to change, the solver finds no way to the other value."""
    draw = random.Random(1000 + seed)
    facts = [f"f{number}" for number in range(12)]
    account: dict[str, bool | None] = {fact: draw.choice((True, False)) for fact in facts}
    open_facts = draw.sample(facts, 8)
    condition = random_condition(draw, facts)
    wanted = not holds(condition, account)
    free = {fact for value, change in hinges(condition, account, open_facts, most_facts=8).sets if value is wanted for fact in change}
    for fact in sorted(free) or [open_facts[0]]:
        still = [other for other in open_facts if other not in free or other == fact]
        turned_by_still = bool([s for s in hinges(condition, account, still, most_facts=8).sets if s[0] is wanted])
        assert satisfiable(condition, account, still, wanted) is turned_by_still


def satisfiable(condition: Any, account: dict[str, bool | None], open_facts: list[str], wanted: bool) -> bool:
    """Whether some values of the open facts give the condition the value wanted: Tseitin clauses to a solver."""
    number = {fact: place for place, fact in enumerate(account, start=1)}
    clauses: list[list[int]] = []
    counter = itertools.count(len(number) + 1)

    def gate(inputs: list[int], all_: bool) -> int:
        out = next(counter)
        sign = 1 if all_ else -1
        clauses.extend([[-sign * out, sign * literal] for literal in inputs])
        clauses.append([sign * out, *[-sign * literal for literal in inputs]])
        return out

    def literal(part: Any) -> int:
        if isinstance(part, str):
            return number[part]
        if "not" in part:
            return -literal(part["not"])
        if "of" in part:
            chosen = [gate(list(group), True) for group in itertools.combinations([literal(p) for p in part["of"]], part["at_least"])]
            return gate(chosen, False)
        return gate([literal(p) for p in next(iter(part.values()))], "all" in part)

    top = literal(condition)
    clauses.append([top if wanted else -top])
    clauses += [[number[fact] if value else -number[fact]] for fact, value in account.items() if fact not in open_facts]
    with Cadical153(bootstrap_with=clauses) as solver:
        return bool(solver.solve())


def test_too_many_hinges_are_capped_and_said_so() -> None:
    pairs = {"all": [{"any": [f"a{n}", f"b{n}"]} for n in range(30)]}
    found = hinges(pairs, {}, [f"{letter}{n}" for letter in "ab" for n in range(30)])
    assert found.capped
    assert all(len(change) <= 6 for _, change in found.sets)
