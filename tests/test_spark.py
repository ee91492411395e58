"""The same rule and the same verbs on PySpark in local mode: the rows of Polars, bit for bit. `benchmarks/spark.py` asks a cluster of two workers."""

import datetime
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars
import pytest

import foedus
import spark_cluster
from foedus.conditions.frame import judge
from foedus.conditions.plain import holds
from foedus.errors import InputError

FACTS = ["a", "b", "c", "d"]
CONDITIONS = {
    "all": {"all": ["a", "b"]},
    "any": {"any": ["a", {"not": "b"}]},
    "deep": {"not": {"all": [{"any": ["a", "b"]}, {"not": {"all": ["c", "d"]}}]}},
    "counted": {"at_least": 2, "of": FACTS},
    "share": {"at_least": "2/3", "of": ["a", "b", {"not": "c"}]},
}
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: Spark was not tried")
    pytest.importorskip("pyspark.sql", reason="the extra 'spark' is not installed")
    with spark_cluster.local() as session:
        yield session


def test_the_session_runs_on_two_cores(spark: Any) -> None:
    assert spark.sparkContext.master == "local[2]"
    assert spark.sparkContext.defaultParallelism == 2


def test_spark_agrees_with_the_plain_evaluator(spark: Any) -> None:
    from pyspark.sql.types import BooleanType, IntegerType, StructField, StructType

    accounts = [dict(zip(FACTS, values, strict=True)) for values in itertools.product((True, False, None), repeat=4)]
    schema = StructType([StructField("key", IntegerType()), *[StructField(fact, BooleanType()) for fact in FACTS]])
    table = spark.createDataFrame([(key, *account.values()) for key, account in enumerate(accounts)], schema)
    rows = {row["key"]: row for row in judge(table, CONDITIONS).collect()}
    for key, account in enumerate(accounts):
        assert {name: rows[key][name] for name in CONDITIONS} == {name: holds(condition, account) for name, condition in CONDITIONS.items()}


def test_a_spark_column_of_numbers_is_refused(spark: Any) -> None:
    with pytest.raises(InputError, match="the fact 'a' is a column of Int"):
        judge(spark.createDataFrame([(1,)], ["a"]), {"verdict": "a"})


# ---- the verbs ---------------------------------------------------------------------------------------------------------


def alike(spark: Any, table: polars.DataFrame, verb: Callable[[Any], Any]) -> polars.DataFrame:
    """The verb on Spark and on Polars: the same columns, types and rows; text where Polars holds an enumeration."""
    given = spark.createDataFrame(table.to_arrow()).repartition(2)
    found = verb(given)
    assert type(found) is type(given)
    here = verb(table)
    plain = here.with_columns(polars.col(polars.Enum, polars.Categorical).cast(polars.String))
    there = polars.from_arrow(found.toArrow())
    assert isinstance(there, polars.DataFrame)
    keys = [name for name in table.columns if table[name].dtype != polars.Boolean]
    assert there.columns == plain.columns
    assert there.sort(keys).equals(plain.sort(keys)), verb
    assert dict(there.schema) == dict(plain.schema)
    return plain


def pairs(system: str, first: int, last: int) -> polars.DataFrame:
    table = foedus.dyad_years(first, last, system=system)
    return table.filter(polars.int_range(polars.len()) % 997 == 0)


def test_the_library_s_obligations_by_year_and_by_day(spark: Any) -> None:
    table = pairs("iso3", 1990, 2016)
    assert alike(spark, table, lambda frame: foedus.add_obligations(frame, unmatched="ignore"))["defense"].sum() > 10
    days = table.select("state1", "state2", date=polars.date("year", 5, 15))
    assert alike(spark, days, foedus.add_obligations)["defense"].sum() > 10


def test_peace_years_are_counted_alike(spark: Any) -> None:
    table = pairs("cow", 1990, 2000).with_columns(event=polars.when(polars.int_range(polars.len()) % 11 > 0).then(polars.int_range(polars.len()) % 7 == 0))
    alike(spark, table, lambda frame: foedus.add_peace_years(frame, "event"))


def test_dated_events_meet_the_obligations_of_their_day(spark: Any) -> None:
    events = polars.DataFrame({
        "event": [1, 2, 3, 4],
        "sender": ["RUS", "RUS", "FRA", "XXX"],
        "receiver": ["KAZ", "KAZ", "DJI", "FRA"],
        "day": [datetime.date(1994, 4, 19), datetime.date(1994, 4, 20), datetime.date(2015, 1, 1), datetime.date(2015, 1, 1)],
    })  # fmt: skip
    found = alike(spark, events, lambda frame: foedus.add_obligations(frame, on="day", states=("sender", "receiver")))
    assert found["defense"].to_list()[:3] == [False, True, True]


VERBS: dict[str, Callable[[Any], Any]] = {
    "obligations": lambda frame: foedus.add_obligations(frame, "atop", unmatched="ignore"),
    "contiguity": lambda frame: foedus.add_contiguity(frame, unmatched="ignore"),
    "capabilities": lambda frame: foedus.add_capabilities(frame, unmatched="ignore"),
    "majors": lambda frame: foedus.add_majors(frame, unmatched="ignore"),
    "disputes": lambda frame: foedus.add_disputes(frame, unmatched="ignore"),
    "wars": lambda frame: foedus.add_wars(frame, unmatched="ignore"),
    "rivalries": lambda frame: foedus.add_rivalries(frame, unmatched="ignore"),
}


def test_every_verb_with_a_data_set(spark: Any, store: Path) -> None:
    """Each by itself: a chain of them is one plan to Spark, which takes minutes to work out what seconds would do."""
    table = pairs("cow", 1930, 2020)
    for verb in VERBS.values():
        found = alike(spark, table, verb)
        assert any(found[name].null_count() < found.height for name in found.columns if name not in table.columns)
    near = foedus.add_majors(foedus.add_contiguity(pairs("cow", 1930, 2020), unmatched="ignore"), unmatched="ignore")
    assert alike(spark, near, lambda frame: foedus.filter_politically_relevant(frame, unknown_rows="keep")).height < near.height
