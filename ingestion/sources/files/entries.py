"""The entries of `sources.files`, each with its raw table, whatever its rows come from.

entry -> schema, batches in that schema
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pyarrow as pa

from ingestion.settings import FilesEntry, Settings
from ingestion.sources.files import csv_file, json_lines_file, parquet_file, sql_rows
from ingestion.sources.files.locations import EntryError, Location, locate
from ingestion.sources.files.rows import OWN, Batch, row_keys

SQL = "sql"  # stands where a file's path would


@dataclass(frozen=True)
class Entry:
    """An entry of mops.yaml with its position there and the name of its raw table, `<as>_<n>`."""

    number: int
    raw_table: str
    settings: FilesEntry


def entries(settings: Settings) -> list[Entry]:
    """Every entry; raw tables count the entries of one `as`."""
    seen: Counter[str] = Counter()
    found = []
    for number, entry in enumerate(settings.sources.files):
        seen[entry.as_] += 1
        found.append(Entry(number, f"{entry.as_}_{seen[entry.as_]}", entry))
    return found


def read_schema(entry: FilesEntry, home: Path) -> pa.Schema:
    """The columns of all files of the entry; one that is of several types is text."""
    if entry.sql is not None:
        return sql_rows.read_schema(entry, home)
    spelled: dict[str, str] = {}  # files of one pattern may differ in case, columns of a table may not
    types: dict[str, set[pa.DataType]] = {}
    for location in locate(entry.path or "", home):
        for column in _format(location).read_schema(location, entry):
            name = spelled.setdefault(column.name.lower(), column.name)
            types.setdefault(name, set()).add(column.type)
    return pa.schema([(name, found.pop() if len(found) == 1 else pa.string()) for name, found in types.items()])


def writes_english_numbers(entry: FilesEntry, home: Path) -> bool:
    """Whether a comma in a number can only part thousands: where it also parts fields, and in what programs write."""
    if entry.sql is not None:
        return True
    location = locate(entry.path or "", home)[0]
    return _format(location) is not csv_file or csv_file.read_delimiter(location, entry) == ","


def read_batches(entry: FilesEntry, home: Path, schema: pa.Schema) -> Iterator[tuple[str, Batch]]:
    """All rows of the entry under its schema, with their path; with path, line and row_key as columns."""
    if entry.sql is not None:
        for batch in sql_rows.read_batches(entry, home):
            yield SQL, Batch(_aligned(batch.rows, schema, SQL))
        return
    for location in locate(entry.path or "", home):
        for batch in _format(location).read_batches(location, entry):
            keyed = batch.rows.append_column("row_key", row_keys(location.name, batch.rows["line"]))
            yield location.name, Batch(_aligned(keyed, schema, location.name), batch.rejects)


def _format(location: Location) -> ModuleType:
    """By what the file begins with: endings are only names."""
    with location.open() as file:
        start = file.read(512)
    if start.startswith(b"PAR1"):
        return parquet_file
    if start.startswith(b"PK\x03\x04"):
        raise EntryError(f"{location.name} is a workbook or an archive; save its table as CSV")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return json_lines_file
    if text.startswith(b"[") and b"{" in text:
        raise EntryError(f"{location.name} is one JSON array; JSON lines have one object a line")
    return csv_file


def _aligned(rows: pa.Table, schema: pa.Schema, path: str) -> pa.Table:
    columns = {name.lower(): rows[name] for name in rows.column_names}
    missing = pa.nulls(rows.num_rows, pa.string())
    own = {"path": pa.array([path] * rows.num_rows, pa.string())}
    arrays = [columns.get(column.name.lower(), missing).cast(column.type) for column in schema]
    return pa.table([*arrays, *((columns | own)[name] for name in OWN)], names=[*schema.names, *OWN])
