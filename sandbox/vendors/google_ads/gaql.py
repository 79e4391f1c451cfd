"""The Google Ads query language, as much of it as reporting needs: text -> Query.

SELECT fields FROM resource [WHERE condition AND ...] [ORDER BY fields] [LIMIT n] [PARAMETERS ...]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | tuple[str, ...] | None

_TOKEN = re.compile(r"""\s*(?:(?P<string>'[^']*'|"[^"]*")|(?P<word>[\w.\-/:]+)|(?P<symbol><=|>=|!=|[=<>(),]))""")
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_END = ("", "")


class QueryError(Exception):
    """A query that Google would refuse; `code` is its QueryErrorEnum name."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Condition:
    """`field operator value`; the value of a list operator is a tuple, that of IS NULL is None."""

    field: str
    operator: str
    value: Value


@dataclass(frozen=True)
class Query:
    """A parsed query; `order_by` holds (field, is_descending)."""

    fields: tuple[str, ...]
    resource: str
    conditions: tuple[Condition, ...] = ()
    order_by: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None

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
    tokens.expect("SELECT", "EXPECTED_SELECT")
    fields = tuple(_list(tokens))
    tokens.expect("FROM", "EXPECTED_FROM")
    query = Query(
        fields=fields,
        resource=tokens.word(),
        conditions=tuple(_conditions(tokens)) if tokens.skip("WHERE") else (),
        order_by=tuple(_order(tokens)) if tokens.skip("ORDER") else (),
        limit=_limit(tokens) if tokens.skip("LIMIT") else None,
    )
    if not tokens.at("PARAMETERS") and not tokens.is_at_end():
        raise QueryError("UNEXPECTED_INPUT", f"Error in query: unexpected input {tokens.peek()[1]}.")
    return query


class _Tokens:
    """The words of a query, read from left to right."""

    def __init__(self, text: str) -> None:
        self.items = list(_tokenize(text))
        self.position = 0

    def peek(self) -> tuple[str, str]:
        return self.items[self.position] if self.position < len(self.items) else _END

    def is_at_end(self) -> bool:
        return self.peek() is _END

    def at(self, word: str) -> bool:
        kind, text = self.peek()
        return kind != "string" and text.upper() == word

    def skip(self, word: str) -> bool:
        found = self.at(word)
        self.position += found
        return found

    def expect(self, word: str, code: str) -> None:
        if not self.skip(word):
            raise QueryError(
                code, f"Error in query: expected {word}, found {self.peek()[1] or 'the end of the query'}."
            )

    def take(self, kinds: tuple[str, ...]) -> str:
        kind, text = self.peek()
        if kind not in kinds:
            raise QueryError("UNEXPECTED_END_OF_QUERY" if not kind else "UNEXPECTED_INPUT", "Error in query.")
        self.position += 1
        return text[1:-1] if kind == "string" else text

    def word(self) -> str:
        return self.take(("word",))

    def value(self) -> str:
        return self.take(("word", "string"))


def _tokenize(text: str) -> Iterator[tuple[str, str]]:
    position, text = 0, text.rstrip().rstrip(";")
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match or not match.lastgroup:
            raise QueryError("UNEXPECTED_INPUT", f"Error in query: unexpected input {text[position:].strip()[:20]}.")
        yield match.lastgroup, match[match.lastgroup]
        position = match.end()


def _list(tokens: _Tokens) -> Iterator[str]:
    yield tokens.word()
    while tokens.skip(","):
        yield tokens.word()


def _conditions(tokens: _Tokens) -> Iterator[Condition]:
    yield _condition(tokens)
    while tokens.skip("AND"):
        yield _condition(tokens)


def _condition(tokens: _Tokens) -> Condition:
    field, negation = tokens.word(), "NOT " if tokens.skip("NOT") else ""
    operator = tokens.take(("word", "symbol")).upper()
    if operator in _COMPARISONS or operator in ("LIKE", "REGEXP_MATCH", "DURING"):
        return Condition(field, negation + operator, tokens.value())
    if operator == "IN":
        return Condition(field, negation + operator, tuple(_values(tokens)))
    if operator == "BETWEEN":
        low = tokens.value()
        tokens.expect("AND", "EXPECTED_VALUE_WITH_BETWEEN_OPERATOR")
        return Condition(field, operator, (low, tokens.value()))
    if operator == "IS":
        negation = "NOT " if tokens.skip("NOT") else ""
        tokens.expect("NULL", "UNEXPECTED_INPUT")
        return Condition(field, f"IS {negation}NULL", None)
    raise QueryError("UNEXPECTED_INPUT", f"Error in query: unexpected operator {operator}.")


def _values(tokens: _Tokens) -> Iterator[str]:
    tokens.expect("(", "EXPECTED_LIST")
    yield tokens.value()
    while tokens.skip(","):
        yield tokens.value()
    tokens.expect(")", "EXPECTED_LIST")


def _order(tokens: _Tokens) -> Iterator[tuple[str, bool]]:
    tokens.expect("BY", "EXPECTED_BY")
    while True:
        field, is_descending = tokens.word(), tokens.skip("DESC")
        if not is_descending:
            tokens.skip("ASC")
        yield field, is_descending
        if not tokens.skip(","):
            return


def _limit(tokens: _Tokens) -> int:
    text = tokens.word()
    if not text.isdigit() or int(text) < 1:
        raise QueryError("INVALID_LIMIT_VALUE", f"Error in query: limit {text} is not a positive number.")
    return int(text)
