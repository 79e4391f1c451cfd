"""Which column or constant each canonical column of an entry is taken from; all that is known before its rows are read.

entry, columns of its files -> canonical column -> origin
"""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ingestion.canonical_inputs import canonical_inputs
from ingestion.settings import FilesEntry, Settings, mistake
from ingestion.sources.files import filters
from ingestion.sources.files.entries import Entry, entries, read_schema
from ingestion.sources.files.locations import EntryError
from ingestion.sources.files.rows import OWN


@dataclass(frozen=True)
class Origin:
    """A column of raw, or a constant; a canonical column without an origin is NULL."""

    source_column: str | None = None
    constant: str | None = None


def resolve(entry: FilesEntry, names: list[str], home_currency: str) -> dict[str, Origin]:
    """The origins of an entry whose files have these columns (none at all where they are empty)."""
    declared = canonical_inputs()[entry.as_]
    origins: dict[str, Origin] = {}
    for column in declared.columns:
        if column in entry.constants:
            origins[column] = Origin(constant=entry.constants[column])
        elif column in entry.columns:
            origins[column] = Origin(source_column=_named(entry.columns[column], column, names))
        elif own := _match(column, names):
            origins[column] = Origin(source_column=own)
        elif column in declared.defaults:
            default = declared.defaults[column].replace("${home_currency}", home_currency)
            origins[column] = Origin(constant=default)
    missing = [column for column in declared.required if column not in origins]
    if missing and names:
        raise EntryError(f"{entry.as_} needs {' and '.join(missing)}: map a column to it, or give a constant")
    return origins


def _named(name: str, column: str, names: list[str]) -> str | None:
    """The raw column of this name; an empty file has no columns to miss."""
    if not names:
        return None
    found = _match(name, [*names, *OWN])
    if found is None:
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
        raise EntryError(f"{column} is mapped to {name}, which is no column of the file; {hint}")
    return found


def _match(name: str, names: list[str]) -> str | None:
    """A column by its name; case makes no difference, as in SQL."""
    return next((each for each in names if each.lower() == name.lower()), None)


@dataclass(frozen=True)
class Planned:
    """`schema` is that of the files' own columns."""

    entry: Entry
    schema: pa.Schema
    origins: dict[str, Origin]


def plan(settings: Settings, home: Path) -> list[Planned]:
    """Every entry, looked at but not read; SettingsError names the line of one that can't be."""
    planned = []
    for entry in entries(settings):
        with placed(entry, home):
            schema = read_schema(entry.settings, home)
            if entry.settings.filter and schema.names:  # files without rows or header have no columns to miss
                filters.check(entry.settings.filter, schema)
            planned.append(Planned(entry, schema, resolve(entry.settings, schema.names, settings.home_currency)))
    return planned


@contextmanager
def placed(entry: Entry, home: Path) -> Iterator[None]:
    """Give what goes wrong with an entry its place in mops.yaml."""
    try:
        yield
    except EntryError as error:
        raise mistake(home, ("sources", "files", entry.number), str(error)) from None
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise mistake(home, ("sources", "files", entry.number), told) from None
