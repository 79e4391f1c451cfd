"""DuckDB files of a home that cannot be opened any more: which, and what to do about it.

No crash of a run leaves one; a failing disk does, or a copy made while a run was writing.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from ingestion import home as paths
from ingestion import registry

_DAMAGE = ("not a valid DuckDB database file", "Could not read enough bytes", "Corrupt database file")


class DamagedFileError(Exception):
    """A file is damaged; the message names it and says what to do."""


def check(home: Path) -> None:
    """DamagedFileError for the first damaged file."""
    check_operations(home)
    for file, cure in _files(home):
        _check(file, cure)


def check_operations(home: Path) -> None:
    """The same for operations.duckdb alone, without which no run could be recorded, nor its failure."""
    cure = "without one, remove it: what ran, was loaded and was checked is then forgotten"
    _check(paths.operations_file(home), f"bring it back from a backup; {cure}")


def _files(home: Path) -> Iterator[tuple[Path, str]]:
    yield paths.warehouse_file(home), "remove it: the next run builds it anew"
    for source in registry.source_names():
        again = f"without one, remove it: `mops run --select {source}` then loads everything since its start_date"
        yield paths.raw_file(home, source), f"bring it back from a backup; {again}"


def _check(file: Path, cure: str) -> None:
    if not file.exists():
        return
    try:
        duckdb.connect(str(file), read_only=True).close()
    except duckdb.Error as error:  # others are none of the file's: it is in use, may not be read, is of a newer DuckDB
        if any(each in str(error) for each in _DAMAGE):
            raise DamagedFileError(f"{file} is damaged ({str(error).splitlines()[0]}); {cure}") from None
