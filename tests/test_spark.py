"""The same compiled rule on PySpark: local, in the workers' own process."""

import itertools
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

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


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: Spark was not tried")
    session = pytest.importorskip("pyspark.sql", reason="the extra 'spark' is not installed").SparkSession
    made = (
        session.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_agrees_with_the_plain_evaluator(spark: Any) -> None:
    from pyspark.sql.types import BooleanType, IntegerType, StructField, StructType

    accounts = [dict(zip(FACTS, values, strict=True)) for values in itertools.product((True, False, None), repeat=4)]
    schema = StructType([StructField("key", IntegerType()), *[StructField(fact, BooleanType()) for fact in FACTS]])
    table = spark.createDataFrame([(key, *account.values()) for key, account in enumerate(accounts)], schema)
    rows = {row["key"]: row for row in judge(table, CONDITIONS).collect()}
    for key, account in enumerate(accounts):
        assert {name: rows[key][name] for name in CONDITIONS} == {name: holds(condition, account) for name, condition in CONDITIONS.items()}


@pytest.mark.filterwarnings("ignore")
def test_a_spark_column_of_numbers_is_refused(spark: Any) -> None:
    with pytest.raises(InputError, match="the fact 'a' is a column of Int"):
        judge(spark.createDataFrame([(1,)], ["a"]), {"verdict": "a"})
