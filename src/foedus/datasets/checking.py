"""One table of a data set checked against its card: columns, types, version, keys; codes for missing become nulls with a reason."""

from typing import TYPE_CHECKING, Any

from foedus.datasets.cards import Card
from foedus.errors import InputError

if TYPE_CHECKING:
    import polars


def checked(card: Card, table: str, frame: "polars.DataFrame", place: str) -> "polars.DataFrame":
    """The frame with the card's spelling of columns, whole numbers as Int64, days as Date, and a column `<name>_missing` where codes stood.

    Errors: InputError that names the column and the card.
    """
    shape = card["tables"][table]
    spelled = {column.casefold(): column for column in shape["columns"]}
    frame = frame.rename({column: spelled[column.casefold()] for column in frame.columns if column.casefold() in spelled})
    doubled = [column for column in frame.columns if frame.columns.count(column) > 1]
    if doubled:
        raise InputError(f"the column '{doubled[0]}' stands twice (card '{card['id']}')", place)
    columns = [_column(card, shape, frame[name], place) for name in frame.columns]
    frame = frame.select(part for parts in columns for part in parts)
    _version(card, shape, frame, place)
    _key(card, shape, frame, place)
    return frame


def _column(card: Card, shape: dict[str, Any], values: "polars.Series", place: str) -> "list[polars.Series]":
    import polars

    name = values.name
    if name in shape.get("dates", []):
        return [_days(card, values, place)]
    if name in shape.get("flags", []):
        return [_flags(card, values, place)]
    if name in shape.get("text", []):
        return [values.cast(polars.String)]
    numbers = _numbers(values, name in shape["columns"], card, place)
    if not numbers.dtype.is_numeric() or not card["codes"]:
        return [numbers]
    coded = numbers.is_in(polars.Series(list(card["codes"]), dtype=numbers.dtype).implode()).fill_null(False)
    if not coded.any():
        return [numbers]
    kind = polars.Enum(list(dict.fromkeys(card["codes"].values())))
    reasons = numbers.cast(polars.Int64, strict=False).replace_strict(card["codes"], default=None, return_dtype=polars.String).cast(kind)
    return [numbers.set(coded, None), reasons.alias(f"{name}_missing")]


def _numbers(values: "polars.Series", required: bool, card: Card, place: str) -> "polars.Series":
    """The column as numbers; one that the card does not ask for may stay text."""
    import polars

    if values.dtype.is_integer():
        return values.cast(polars.Int64)
    if values.dtype == polars.String:
        stripped = values.str.strip_chars()
        found = stripped.cast(polars.Float64, strict=False)
        wrong = found.is_null() & stripped.is_not_null() & (stripped != "")
        if wrong.any():
            if required:
                raise InputError(f"the column '{values.name}' holds '{stripped.filter(wrong)[0]}', which is no number (card '{card['id']}')", place)
            return values
        values = found
    if values.dtype.is_float():
        values = values.fill_nan(None)
        whole = (values == values.round()).fill_null(True).all() and float(values.abs().max() or 0) < 2**53  # type: ignore[arg-type]
        return values.cast(polars.Int64) if whole and values.is_not_null().any() else values.cast(polars.Float64)
    if required and values.dtype != polars.Null and values.dtype != polars.Boolean:
        raise InputError(f"the column '{values.name}' is {values.dtype}, not a number (card '{card['id']}')", place)
    return values


def _days(card: Card, values: "polars.Series", place: str) -> "polars.Series":
    import polars

    if values.dtype == polars.Date:
        return values
    if values.dtype == polars.String:
        found = values.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        wrong = found.is_null() & values.is_not_null()
        if wrong.any():
            raise InputError(f"the column '{values.name}' holds '{values.filter(wrong)[0]}', which is no day like 1992-05-15 (card '{card['id']}')", place)
        return found
    if values.dtype.base_type() == polars.Datetime:
        return values.cast(polars.Date)
    raise InputError(f"the column '{values.name}' is {values.dtype}, not days (card '{card['id']}')", place)


def _flags(card: Card, values: "polars.Series", place: str) -> "polars.Series":
    import polars

    if values.dtype == polars.Boolean:
        return values
    words = {"TRUE": True, "FALSE": False, "1": True, "0": False}
    text = values.cast(polars.String).str.to_uppercase()
    found = text.replace_strict(words, default=None, return_dtype=polars.Boolean)
    if (found.is_null() & values.is_not_null()).any():
        raise InputError(f"the column '{values.name}' is neither true nor false throughout (card '{card['id']}')", place)
    return found


def _version(card: Card, shape: dict[str, Any], frame: "polars.DataFrame", place: str) -> None:
    import polars

    if "version" in shape:
        column = shape["version"]
        for found in frame[column].drop_nulls().unique().to_list():
            text = f"{found:g}" if isinstance(found, float) else str(found)
            wanted = card["version"]
            if text.split("-")[-1] != wanted and text != wanted.removesuffix(".0"):
                raise InputError(f"the column '{column}' says {text}, not {wanted} (card '{card['id']}'): another release of {card['name']}", place)
    elif "rows" in shape and frame.height != shape["rows"]:
        raise InputError(
            f"{frame.height:,} rows, and {card['name']} {card['version']} has {shape['rows']:,} (card '{card['id']}'): another release, or a part of it", place
        )
    first, last = int(card["span"]["from"][:4]), int(card["span"]["until"][:4])
    if "year" in frame.columns and frame["year"].dtype == polars.Int64 and frame.height:
        lowest, highest = frame.select(low=polars.col("year").min(), high=polars.col("year").max()).row(0)
        if lowest is not None and (lowest < first or highest > last):
            raise InputError(f"the column 'year' runs from {lowest} to {highest}, outside {first} to {last} (card '{card['id']}')", place)


def _key(card: Card, shape: dict[str, Any], frame: "polars.DataFrame", place: str) -> None:
    doubled = frame.select(shape["key"]).is_duplicated()
    if doubled.any():
        row = frame.select(shape["key"]).filter(doubled).row(0)
        shown = ", ".join(f"{name} {value}" for name, value in zip(shape["key"], row, strict=True))
        raise InputError(f"the key {shown} stands twice (card '{card['id']}')", place)
