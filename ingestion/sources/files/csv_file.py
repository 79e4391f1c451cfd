"""CSV of any make: encoding, delimiter, quotes and header found out; every line becomes a row or is refused.

bytes -> batches of text columns
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO

import pyarrow as pa

from ingestion.settings import FilesEntry
from ingestion.sources.files import encodings
from ingestion.sources.files.csv_records import SAMPLE_LINES, Record, detect_dialect, read_records
from ingestion.sources.files.locations import EntryError, Location
from ingestion.sources.files.rows import BATCH_ROWS, Batch, Reject, text_schema, text_table, unique_names

PREAMBLE_RECORDS = 20  # a header is looked for among the first ones


def read_schema(location: Location, entry: FilesEntry) -> pa.Schema:
    """The columns of the file, all text; none where it is empty."""
    with _records(location, entry) as records:
        return text_schema(_header(records, location.name)[0])


def read_delimiter(location: Location, entry: FilesEntry) -> str:
    """The delimiter, which tells something about how numbers are written."""
    with location.open() as file, _text(file, location, entry) as text:
        return detect_dialect(list(islice(text, SAMPLE_LINES)), entry.delimiter).delimiter


def read_batches(location: Location, entry: FilesEntry) -> Iterator[Batch]:
    """All rows of the file."""
    with _records(location, entry) as records:
        names, above, below = _header(records, location.name)
        yield Batch(text_table(names, [], []), above)
        while chunk := list(islice(below, BATCH_ROWS)):
            yield _batch(names, chunk)


@contextmanager
def _records(location: Location, entry: FilesEntry) -> Iterator[Iterator[Record]]:
    with location.open() as file, _text(file, location, entry) as text:
        sample = list(islice(text, SAMPLE_LINES))
        yield read_records(chain(sample, text), detect_dialect(sample, entry.delimiter))


@contextmanager
def _text(file: IO[bytes], location: Location, entry: FilesEntry) -> Iterator[Iterable[str]]:
    encoding = entry.encoding or encodings.detect(file)
    file.seek(0)
    try:
        # What the encoding can't read stays visible as surrogates, by which its record is refused later.
        yield io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="")
    except UnicodeError as error:  # of some encodings, UTF-16 among them, not the narrower UnicodeDecodeError
        raise EntryError(f"{location.name} can't be read as {encoding}: {error}") from None


def _header(records: Iterator[Record], name: str) -> tuple[list[str], list[Reject], Iterator[Record]]:
    """Names, what stands above them, and the records below; many exports begin with a title and a date."""
    first = list(islice(records, PREAMBLE_RECORDS))
    if not first:
        return [], [], records
    start = next((place for place, record in enumerate(first) if len(record.fields or []) > 1), 0)
    header = first[start].fields
    if header is None:
        raise EntryError(f"{name} has no header that could be read in line {first[start].line}")
    rejects = [_reject(record, "stands above the header") for record in first[:start]]
    return unique_names(header), rejects, chain(first[start + 1 :], records)


def _batch(names: list[str], chunk: list[Record]) -> Batch:
    rows, lines, rejects = [], [], []
    for record in chunk:
        fields, reason = _fitted(record, len(names))
        if fields is None:
            rejects.append(_reject(record, reason))
        else:
            rows.append(fields)
            lines.append(record.line)
    return Batch(text_table(names, rows, lines), rejects)


def _fitted(record: Record, width: int) -> tuple[list[str] | None, str]:
    """The record's fields if there are as many as in the header, else why not."""
    fields = record.fields
    if fields is None:
        return None, "quotes that don't match"
    if not record.text.isascii() and not _is_encodable(record.text):
        return None, "bytes that are not of the file's encoding"
    if len(fields) > width and not any(fields[width:]):
        return fields[:width], ""  # delimiters at the end of the line
    if len(fields) != width:
        return None, f"{len(fields)} fields where the header has {width}"
    return fields, ""


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reject(record: Record, reason: str) -> Reject:
    return Reject(record.line, reason, record.text.rstrip("\r\n").encode(errors="backslashreplace").decode())
