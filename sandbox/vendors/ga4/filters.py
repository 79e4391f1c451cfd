"""Filter expressions of a report, as masks over its rows."""

import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from sandbox.vendors.ga4 import errors

Expression = Mapping[str, Any]

# Enums come by name or, from Google's own client, by number.
_MATCHES: list[tuple[str, Callable[[str], str]]] = [
    ("MATCH_TYPE_UNSPECIFIED", re.escape),
    ("EXACT", re.escape),
    ("BEGINS_WITH", lambda value: re.escape(value) + ".*"),
    ("ENDS_WITH", lambda value: ".*" + re.escape(value)),
    ("CONTAINS", lambda value: ".*" + re.escape(value) + ".*"),
    ("FULL_REGEXP", lambda value: value),
    ("PARTIAL_REGEXP", lambda value: ".*(?:" + value + ").*"),
]
_OPERATIONS: list[tuple[str, Callable[[pd.Series, float], pd.Series]]] = [
    ("OPERATION_UNSPECIFIED", lambda values, bound: values == bound),
    ("EQUAL", lambda values, bound: values == bound),
    ("LESS_THAN", lambda values, bound: values < bound),
    ("LESS_THAN_OR_EQUAL", lambda values, bound: values <= bound),
    ("GREATER_THAN", lambda values, bound: values > bound),
    ("GREATER_THAN_OR_EQUAL", lambda values, bound: values >= bound),
]


def keeps(expression: Expression, rows: pd.DataFrame) -> np.ndarray:
    """Which rows a filter expression lets through; rows hold texts of dimensions and numbers of metrics by name."""
    if "andGroup" in expression:
        return reduce(np.logical_and, [keeps(each, rows) for each in expression["andGroup"]["expressions"]])
    if "orGroup" in expression:
        return reduce(np.logical_or, [keeps(each, rows) for each in expression["orGroup"]["expressions"]])
    if "notExpression" in expression:
        return ~keeps(expression["notExpression"], rows)
    condition = expression.get("filter") or {}
    name = condition.get("fieldName", "")
    if name not in rows:
        raise errors.invalid(f"Field {name} of a filter must be one of the report's dimensions and metrics.")
    return _meets(condition, rows[name]).to_numpy()


def _meets(condition: Expression, values: pd.Series) -> pd.Series:
    if "stringFilter" in condition:
        asked = condition["stringFilter"]
        pattern = _choice(_MATCHES, asked.get("matchType", 0))(asked.get("value", ""))
        return values.str.fullmatch(pattern, case=bool(asked.get("caseSensitive")))
    if "inListFilter" in condition:
        return values.isin(condition["inListFilter"].get("values", []))
    if "numericFilter" in condition:
        asked = condition["numericFilter"]
        return _choice(_OPERATIONS, asked.get("operation", 0))(values, _number(asked.get("value")))
    if "betweenFilter" in condition:
        asked = condition["betweenFilter"]
        return values.between(_number(asked.get("fromValue")), _number(asked.get("toValue")))
    raise errors.invalid("A filter must be one of stringFilter, inListFilter, numericFilter, betweenFilter.")


def _choice(choices: list[tuple[str, Callable[..., Any]]], asked: str | int) -> Callable[..., Any]:
    for number, (name, choice) in enumerate(choices):
        if asked in (number, name):
            return choice
    raise errors.invalid(f"Unknown enum value {asked}.")


def _number(value: Expression | None) -> float:
    return float((value or {}).get("int64Value") or (value or {}).get("doubleValue") or 0)
