"""CSV text as records, each with its line, and which delimiter and quotes it uses.

What can't be read is handed on as it stands, and reading goes on behind it.

lines of text -> Dialect, records
"""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MAX_LINES = 1_000  # of one record: a quote that is not closed must not swallow the rest of the file
csv.field_size_limit(2**24)


@dataclass(frozen=True)
class Dialect:
    """How fields are told apart."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


class Record(NamedTuple):
    """One record from the line it begins on; where it is broken, fields is None."""

    line: int
    fields: list[str] | None
    text: str


class _Lines:
    """Physical lines that remember those of the record being read, so that they can be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._number = 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.record) == MAX_LINES:
            raise csv.Error("a quote is not closed")
        line = self._again.popleft() if self._again else next(self._lines)
        self._number += 1
        self.record.append(line)
        return line

    def start_record(self) -> int:
        """Forget the record before; the number of the line that comes."""
        self.record = []
        return self._number + 1

    def keep_only_first(self) -> None:
        """Put back all lines of the record but the first."""
        self._again.extendleft(reversed(self.record[1:]))
        self._number -= len(self.record) - 1
        del self.record[1:]


def read_records(lines: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """Every record of the text but blank lines; of one whose quotes don't match only the first line is given up."""
    source = _Lines(lines)
    reader = _reader(source, dialect)
    while True:
        line = source.start_record()
        try:
            fields: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            source.keep_only_first()
            reader = _reader(source, dialect)  # the failed one still holds half a record
            fields = None
        if fields != []:
            yield Record(line, fields, "".join(source.record))


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        strict=True,
    )


SAMPLE_LINES = 1_000
DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01")
ONE_COLUMN = "\x1f"  # a delimiter that no text holds
NO_FIT = (0.0, 0, 0.0)


def detect_dialect(lines: list[str], delimiter: str | None = None) -> Dialect:
    """The dialect under which most records have the same number of fields; among equals the plainest."""
    candidates = [
        dialect for each in ([delimiter] if delimiter else DELIMITERS) for dialect in _with_quotes(each, "".join(lines))
    ]
    scores = {dialect: _fit(lines, dialect) for dialect in candidates}
    best = max(candidates, key=lambda dialect: scores[dialect])
    if scores[best] == NO_FIT:
        return Dialect(delimiter or ONE_COLUMN)
    return best


def _with_quotes(delimiter: str, text: str) -> list[Dialect]:
    dialects = [Dialect(delimiter)]
    if '\\"' in text:
        dialects.append(Dialect(delimiter, escape="\\"))
    if "'" in text and '"' not in text:
        dialects.append(Dialect(delimiter, quote="'"))
    return dialects


def _fit(lines: list[str], dialect: Dialect) -> tuple[float, int, float]:
    """The share of records that are as wide as most, their width, and how many open with a quote of this kind."""
    records = list(read_records(lines, dialect))
    widths = Counter(len(record.fields) for record in records if record.fields is not None)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < 2:
        return NO_FIT
    # An apostrophe may just begin a word (’s-Hertogenbosch): it is a quote where most records begin with it.
    quoted = sum(record.text.startswith("'") for record in records) / len(records) if dialect.quote == "'" else 0.5
    return count / len(records), width, quoted
