"""The conditions of a query, applied to whole columns."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from sandbox.clock import day_number
from sandbox.vendors.google_ads.fields import DAY, Kind
from sandbox.vendors.google_ads.gaql import Condition, QueryError, Value

_COMPARE: dict[str, Callable[[pd.Series, Any], pd.Series]] = {
    "=": lambda values, wanted: values == wanted,
    "!=": lambda values, wanted: values != wanted,
    "<": lambda values, wanted: values < wanted,
    "<=": lambda values, wanted: values <= wanted,
    ">": lambda values, wanted: values > wanted,
    ">=": lambda values, wanted: values >= wanted,
    "IN": lambda values, wanted: values.isin(wanted),
    "NOT IN": lambda values, wanted: ~values.isin(wanted),
    "BETWEEN": lambda values, bounds: values.between(*bounds),
    "DURING": lambda values, bounds: values.between(*bounds),
    "LIKE": lambda values, pattern: values.str.fullmatch(_regex(pattern)),
    "NOT LIKE": lambda values, pattern: ~values.str.fullmatch(_regex(pattern)),
    "REGEXP_MATCH": lambda values, pattern: values.str.fullmatch(pattern),
    "NOT REGEXP_MATCH": lambda values, pattern: ~values.str.fullmatch(pattern),
    "IS NULL": lambda values, _: values == "",
    "IS NOT NULL": lambda values, _: values != "",
}


def keep(rows: pd.DataFrame, conditions: Sequence[Condition], kinds: Mapping[str, Kind], today: int) -> pd.DataFrame:
    """The rows that meet all conditions; `today` is the day it is in the account."""
    for condition in conditions:
        if condition.operator not in _COMPARE:
            raise QueryError("UNEXPECTED_INPUT", f"Error in query: unexpected operator {condition.operator}.")
        wanted = _wanted(condition, kinds[condition.field], today)
        rows = rows[_COMPARE[condition.operator](rows[condition.field], wanted)]
    return rows


def has_both_ends(conditions: Sequence[Condition]) -> bool:
    """Whether conditions on dates leave a finite range."""
    operators = {condition.operator for condition in conditions}
    return bool(operators & {"=", "BETWEEN", "DURING", "IN"} or (operators & {">", ">="} and operators & {"<", "<="}))


def _wanted(condition: Condition, kind: Kind, today: int) -> Any:
    if condition.operator == "DURING":
        return _during(str(condition.value).upper(), today)
    try:
        return _read(condition.value, kind)
    except ValueError:
        code = "INVALID_DATE_FORMAT" if kind is DAY else "BAD_VALUE"
        raise QueryError(code, f"Invalid value for '{condition.field}': {condition.value}.") from None


def _read(value: Value, kind: Kind) -> Any:
    if isinstance(value, tuple):
        return [kind.read(each) for each in value]
    return None if value is None else kind.read(value)


def _during(name: str, today: int) -> tuple[int, int]:
    """First and last day of a named range."""
    if match := re.fullmatch(r"LAST_(7|14|30)_DAYS", name):
        return today - int(match[1]), today - 1
    month = (date(1970, 1, 1) + timedelta(days=today)).replace(day=1)
    ranges = {
        "TODAY": (today, today),
        "YESTERDAY": (today - 1, today - 1),
        "THIS_MONTH": (day_number(month), today),
        "LAST_MONTH": (_month_before(month), day_number(month) - 1),
    }
    if name not in ranges:
        raise QueryError("INVALID_VALUE_WITH_DURING_OPERATOR", f"Invalid date literal supplied for DURING: {name}.")
    return ranges[name]


def _month_before(month: date) -> int:
    return day_number((month - timedelta(days=1)).replace(day=1))


def _regex(pattern: str) -> str:
    """A LIKE pattern as a regular expression."""
    return re.escape(pattern).replace("%", ".*").replace("_", ".")
