"""Rows as a Polars dataframe. Lists stay lists; a nested value becomes JSON text, so that no column's shape depends on the rows."""

import json
from typing import Any

import polars


def table(rows: list[dict[str, Any]]) -> polars.DataFrame:
    """One row a mapping, keys in the order of the first one. Days stay ISO text; what is missing is null."""
    names = list(rows[0]) if rows else []
    return polars.DataFrame({name: [_cell(row.get(name)) for row in rows] for name in names}, strict=False)


def _cell(value: Any) -> Any:
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value)):
        return json.dumps(value, ensure_ascii=False)
    return value
