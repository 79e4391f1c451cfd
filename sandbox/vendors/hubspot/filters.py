"""The conditions of HubSpot's search, as masks over whole columns."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.properties import FLAG, MONEY, TIME, Kind
from sandbox.vendors.hubspot.records import Records

Filter = Mapping[str, Any]
Mask = np.ndarray


def match(records: Records, condition: Filter) -> Mask:
    """Which live records meet one filter of a filter group."""
    name, operator = condition.get("propertyName", ""), condition.get("operator", "")
    if name not in records.type.properties:
        raise errors.invalid(f"Property {name} does not exist.", errors=[{"code": "PROPERTY_DOESNT_EXIST"}])
    if operator not in _OPERATORS:
        raise errors.invalid(f"Unknown operator {operator}.")
    kind, values = records.type.properties[name].kind, column(records, name)
    is_known = np.ones(len(values), dtype=bool) if kind.absent is None else (values != kind.absent).to_numpy()
    return _OPERATORS[operator](values, is_known, condition, lambda key: _read(kind, condition.get(key)))


def column(records: Records, name: str) -> pd.Series:
    """A property of the live records as it compares: instants, cents and ids as integers, text in lower case."""
    property_ = records.type.properties[name]
    values = records.frame[property_.column].iloc[records.live]
    return values.str.lower() if pd.api.types.is_string_dtype(values) else values


def _read(kind: Kind, value: Any) -> Any:
    """A filter's value, or each of a list of them, as the column's values compare."""
    if isinstance(value, list):
        return [_read(kind, each) for each in value]
    text = str("" if value is None else value).lower()
    try:
        if kind is TIME:
            return int(text) if text.isdigit() else wire.read_instant(text.upper())
        if kind is MONEY:
            return float(Decimal(text) * 100)
        if kind is FLAG:
            return text == "true"
        return float(text) if kind.type == "number" else text
    except (ValueError, TypeError, InvalidOperation):
        raise errors.invalid(f"{value} was not a valid {kind.type}.") from None


def _contains_token(values: pd.Series, condition: Filter) -> Mask:
    token = re.escape(str(condition.get("value", "")).lower()).replace(r"\*", r"\w*")
    return values.astype(str).str.contains(rf"(?<!\w){token}(?!\w)", regex=True).to_numpy()


Read = Callable[[str], Any]
_OPERATORS: dict[str, Callable[[pd.Series, Mask, Filter, Read], Mask]] = {
    "EQ": lambda values, known, _, read: known & (values == read("value")).to_numpy(),
    "NEQ": lambda values, known, _, read: ~(known & (values == read("value")).to_numpy()),
    "LT": lambda values, known, _, read: known & (values < read("value")).to_numpy(),
    "LTE": lambda values, known, _, read: known & (values <= read("value")).to_numpy(),
    "GT": lambda values, known, _, read: known & (values > read("value")).to_numpy(),
    "GTE": lambda values, known, _, read: known & (values >= read("value")).to_numpy(),
    "BETWEEN": lambda values, known, _, read: known & values.between(read("value"), read("highValue")).to_numpy(),
    "IN": lambda values, known, _, read: known & values.isin(read("values") or []).to_numpy(),
    "NOT_IN": lambda values, known, _, read: ~(known & values.isin(read("values") or []).to_numpy()),
    "HAS_PROPERTY": lambda values, known, _, read: known,
    "NOT_HAS_PROPERTY": lambda values, known, _, read: ~known,
    "CONTAINS_TOKEN": lambda values, known, condition, _: known & _contains_token(values, condition),
    "NOT_CONTAINS_TOKEN": lambda values, known, condition, _: ~(known & _contains_token(values, condition)),
}
