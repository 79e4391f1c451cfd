"""A query, run over an object's columns: which records, in which order."""

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.vendor import Refused
from sandbox.vendors.salesforce import errors, soql
from sandbox.vendors.salesforce.objects import TYPE_OF, SObject
from sandbox.vendors.salesforce.soql import Condition, Query, QueryError

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "IN": lambda value, wanted: value in wanted,
    "NOT IN": lambda value, wanted: value not in wanted,
    "LIKE": lambda value, pattern: re.fullmatch(_regex(pattern), value, re.IGNORECASE) is not None,
}
_UNQUOTED = ("datetime", "date", "boolean", "double", "int", "currency", "percent")
_FOR_NULL = ("=", "!=", "<>", "IN", "NOT IN")


class Selection:
    """The records that a query found: their positions, and the fields asked for."""

    def __init__(self, objects: dict[str, SObject], text: str, with_deleted: bool) -> None:
        """Raises Refused, as Salesforce does, where the query is wrong."""
        try:
            self.query = soql.parse(text)
        except QueryError as error:
            raise errors.refusal(400, "MALFORMED_QUERY", str(error)) from None
        if self.query.object.lower() not in objects:
            message = f"sObject type '{self.query.object}' is not supported."
            raise errors.refusal(400, "INVALID_TYPE", message)
        self.object = objects[self.query.object.lower()]
        self._names = {name.lower(): name for name in self.object.columns}
        self.fields = [self._name(field) for field in self.query.fields]
        self.positions = self._find(self.query, with_deleted)

    def rows(self, positions: list[int]) -> Iterator[list[Any]]:
        """The values of the fields asked for."""
        columns = [self.object.columns[name] for name in self.fields]
        return ([column[position] for column in columns] for position in positions)

    def _find(self, query: Query, with_deleted: bool) -> list[int]:
        columns = self.object.columns
        found = list(range(len(columns["Id"])))
        conditions = list(query.conditions)
        if not with_deleted and "IsDeleted" in columns:
            conditions.append(Condition("IsDeleted", "=", False))
        for condition in conditions:
            column, meets = columns[self._name(condition.field)], self._test(condition)
            found = [position for position in found if meets(column[position])]
        for field, is_descending in reversed(query.order_by):
            column = columns[self._name(field)]
            keys = [_sortable(value) for value in column]
            found.sort(key=keys.__getitem__, reverse=is_descending)
        return found[query.offset :][: query.limit]

    def _test(self, condition: Condition) -> Callable[[Any], bool]:
        compare = _COMPARE[condition.operator]
        wanted, kind = condition.value, TYPE_OF.get(self._name(condition.field), "string")
        if isinstance(wanted, str) and kind in _UNQUOTED and not _is_moment(wanted, kind):
            message = f"value of filter criterion for field '{condition.field}' must be of type {kind}"
            raise errors.refusal(400, "INVALID_FIELD", message)

        def meets(value: Any) -> bool:
            is_comparable = (value is not None and wanted is not None) or condition.operator in _FOR_NULL
            return is_comparable and compare(value, wanted)

        return meets

    def _name(self, field: str) -> str:
        if field.lower() not in self._names:
            raise _unknown(field, self.object.name)
        return self._names[field.lower()]


def _is_moment(text: str, kind: str) -> bool:
    """Whether a text is a literal of a date or a time."""
    return kind in ("datetime", "date") and ("T" in text) == (kind == "datetime")


def _unknown(field: str, name: str) -> Refused:
    message = f"No such column '{field}' on entity '{name}'. If you are attempting to use a custom field, be sure to"
    return errors.refusal(400, "INVALID_FIELD", f"{message} append the '__c' after the custom field name.")


def _sortable(value: Any) -> tuple[bool, Any]:
    """NULLs come first."""
    return value is not None, value


def _regex(pattern: str) -> str:
    return re.escape(pattern).replace("%", ".*").replace("_", ".")
