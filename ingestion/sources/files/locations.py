"""Where the files of an entry are: variables, wildcards and object stores resolved.

path of mops.yaml -> the files it names, in the order of their names
"""

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb
from fsspec.core import OpenFile, url_to_fs

from ingestion.registry import REPOSITORY

# Their messages speak of the SQL; those of other errors may quote what is in the files.
ABOUT_THE_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.IOException)


class EntryError(Exception):
    """One sentence for the user; only the entry's place in mops.yaml is added to it."""


def of_sql(what: str, error: duckdb.Error) -> EntryError:
    """A mistake in SQL that mops.yaml holds, without what it found in the files."""
    # Of no class of its own is what an extension lacks, such as httpfs for s3://.
    if isinstance(error, ABOUT_THE_SQL) or type(error) is duckdb.Error:
        return EntryError(f"{what} can't be run: {str(error).splitlines()[0]}")
    return EntryError(f"{what} fails on what the files hold ({type(error).__name__})")


# The innermost one first, so that a default may itself hold a variable.
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^${}]*))?\}")


@dataclass(frozen=True)
class Location:
    """One file: `name` is how it is called in raw and in messages, relative to mops.yaml where it lies below it."""

    name: str
    path: str
    filesystem: Any

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The file's bytes; gzip is unpacked by the name's ending."""
        compression = "gzip" if self.path.endswith(".gz") else None
        try:
            with OpenFile(self.filesystem, self.path, "rb", compression=compression) as file:
                yield file
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise EntryError(f"{self.name} is no whole gzip file, which its name says it is: {error}") from None


def expand(text: str) -> str:
    """Replace ${NAME} and ${NAME:-default}; a variable without a value or a default is a mistake."""
    while match := VARIABLE.search(text):
        text = text[: match.start()] + _value(match[1], match[2]) + text[match.end() :]
    return text


def _value(name: str, default: str | None) -> str:
    built_in = {"MOPS_REPOSITORY": str(REPOSITORY)}.get(name)
    value = os.environ.get(name) or built_in or default
    if value is None:
        raise EntryError(f"the environment variable {name} is not set")
    return value


def locate(path: str, home: Path) -> list[Location]:
    """The files that a path or a pattern names; none is a mistake."""
    expanded = expand(path)
    if "://" not in expanded:
        expanded = os.path.normpath(home.resolve() / expanded)
    try:
        filesystem, pattern = url_to_fs(expanded)
        found = sorted(filesystem.glob(pattern)) if _is_pattern(pattern) else [pattern]
        files = [each for each in found if filesystem.isfile(each)]
    except (ImportError, ValueError) as error:
        raise EntryError(f"{expanded} can't be reached: {error}") from None
    if not files:
        raise EntryError(f"no such file: {expanded}")
    return [Location(_name(each, home.resolve()), each, filesystem) for each in files]


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in "*?[")


def _name(path: str, home: Path) -> str:
    return str(Path(path).relative_to(home)) if Path(path).is_relative_to(home) else path
