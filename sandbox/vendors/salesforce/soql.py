"""SOQL, as much of it as reading needs: text -> Query.

SELECT fields FROM object [WHERE condition AND ...] [ORDER BY fields] [LIMIT n] [OFFSET n]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sandbox import wire

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>'(?:[^'\\]|\\.)*')|(?P<time>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))"""
    r"""|(?P<date>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][\w.]*)|(?P<symbol><=|>=|!=|<>|[=<>(),]))"""
)
_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


class QueryError(Exception):
    """A query that Salesforce would refuse."""


@dataclass(frozen=True)
class Condition:
    """`field operator value`; the value of IN is a list."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Query:
    """A parsed query; `order_by` holds (field, is_descending). No fields at all means COUNT()."""

    fields: tuple[str, ...]
    object: str
    conditions: tuple[Condition, ...] = ()
    order_by: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    offset: int = 0

    @property
    def named_fields(self) -> tuple[str, ...]:
        """Every field the query names anywhere."""
        return (
            *self.fields,
            *(condition.field for condition in self.conditions),
            *(name for name, _ in self.order_by),
        )


def parse(text: str) -> Query:
    """The query that `text` says; raises QueryError."""
    tokens = _Tokens(text)
    tokens.expect("SELECT")
    fields = tuple(_fields(tokens))
    tokens.expect("FROM")
    query = Query(
        fields=fields,
        object=tokens.take("word"),
        conditions=tuple(_conditions(tokens)) if tokens.skip("WHERE") else (),
        order_by=tuple(_order(tokens)) if tokens.skip("ORDER") else (),
        limit=int(tokens.take("number")) if tokens.skip("LIMIT") else None,
        offset=int(tokens.take("number")) if tokens.skip("OFFSET") else 0,
    )
    if tokens.items:
        raise QueryError(f"unexpected token: {tokens.items[0][1]}")
    return query


class _Tokens:
    """The words of a query, taken from left to right."""

    def __init__(self, text: str) -> None:
        self.items: list[tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if not match or not match.lastgroup:
                raise QueryError(f"unexpected token: {text[position:].strip()[:20]}")
            self.items.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()

    def at(self, word: str) -> bool:
        return bool(self.items) and self.items[0][0] in ("word", "symbol") and self.items[0][1].upper() == word

    def skip(self, word: str) -> bool:
        found = self.at(word)
        del self.items[:found]
        return found

    def expect(self, word: str) -> None:
        if not self.skip(word):
            raise QueryError(f"expecting {word}, found {self.items[0][1] if self.items else 'the end'}")

    def take(self, *kinds: str) -> str:
        if not self.items or self.items[0][0] not in kinds:
            raise QueryError(f"unexpected token: {self.items[0][1] if self.items else '<EOF>'}")
        return self.items.pop(0)[1]


def _fields(tokens: _Tokens) -> Iterator[str]:
    if tokens.skip("COUNT"):
        tokens.expect("(")
        tokens.expect(")")
        return
    yield tokens.take("word")
    while tokens.skip(","):
        yield tokens.take("word")


def _conditions(tokens: _Tokens) -> Iterator[Condition]:
    yield _condition(tokens)
    while tokens.skip("AND"):
        yield _condition(tokens)


def _condition(tokens: _Tokens) -> Condition:
    field, negation = tokens.take("word"), "NOT " if tokens.skip("NOT") else ""
    if tokens.skip("IN"):
        return Condition(field, f"{negation}IN", list(_values(tokens)))
    if tokens.skip("LIKE"):
        return Condition(field, "LIKE", _value(tokens))
    return Condition(field, tokens.take("symbol"), _value(tokens))


def _values(tokens: _Tokens) -> Iterator[Any]:
    tokens.expect("(")
    yield _value(tokens)
    while tokens.skip(","):
        yield _value(tokens)
    tokens.expect(")")


def _value(tokens: _Tokens) -> Any:
    kind = tokens.items[0][0] if tokens.items else ""
    text = tokens.take("string", "time", "date", "number", "word")
    if kind == "string":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if kind == "time":
        return str(np.datetime_as_string(np.datetime64(wire.read_instant(text), "ms"))) + "Z"
    if kind == "number":
        return float(text)
    if kind == "word" and text.upper() not in _CONSTANTS:
        raise QueryError(f"unexpected token: {text}")
    return text if kind == "date" else _CONSTANTS[text.upper()]


def _order(tokens: _Tokens) -> Iterator[tuple[str, bool]]:
    tokens.expect("BY")
    while True:
        field, is_descending = tokens.take("word"), tokens.skip("DESC")
        if not is_descending:
            tokens.skip("ASC")
        if tokens.skip("NULLS"):
            tokens.take("word")
        yield field, is_descending
        if not tokens.skip(","):
            return
