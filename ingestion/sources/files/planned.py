"""An entry together with what its files turn out to have: what a load and a check both need to know first.

entry -> schema of its raw table, origins of its canonical columns
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ingestion.settings import Settings, mistake
from ingestion.sources.files.entries import Entry, entries, read_schema
from ingestion.sources.files.errors import EntryError
from ingestion.sources.files.mapping import Origin, resolve


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
            schema = read_schema(entry.said, home)
            planned.append(Planned(entry, schema, resolve(entry.said, schema.names, settings.home_currency)))
    return planned


@contextmanager
def placed(entry: Entry, home: Path) -> Iterator[None]:
    """Give what goes wrong with an entry its place in mops.yaml."""
    try:
        yield
    except EntryError as error:
        raise mistake(home, ("sources", "files", entry.number), str(error)) from None
    except OSError as error:
        raise mistake(home, ("sources", "files", entry.number), f"{error.filename}: {error.strerror}") from None
