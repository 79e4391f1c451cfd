"""Parquet files that a vendor exports into a folder: which of them are new or changed, read many at a time.

A file is small and its price is fixed, so files of one schema are read together; those of another are not, because
then a value would be read by the type that it has elsewhere.
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from ingestion.client import SourceError
from ingestion.reading import Span

logger = logging.getLogger(__name__)

_ROWS_AT_ONCE = 200_000


@dataclass(frozen=True)
class ExportedFile:
    """A file of an export; `name` is its path within the folder."""

    name: str
    day: date
    path: Path
    fingerprint: str
    footer: parquet.FileMetaData

    @property
    def rows(self) -> int:
        """The number of its rows."""
        return self.footer.num_rows


def new_files(
    source: str, folder: Path, glob: str, name: re.Pattern[str], span: Span, known: dict[str, list[Any]]
) -> Iterator[ExportedFile]:
    """The files to read, in the order of their names: new or changed ones, or with a range those of its days.

    `name` tells year, month and day from a file's path within the folder; others are passed over, and days after the
    as-of wait. `known` holds by name the fingerprint of what was read before, and the size and time of writing that the
    file had then; what is given is added to it. Where these differ files are compared by content, so that one that was
    only written again is not new.
    """
    if not folder.is_dir():
        raise SourceError(source, f"there is no folder {folder} to read the export from")
    first = span.since.astimezone(span.zone).date() if span.is_range and span.since else date.min
    last = span.until.astimezone(span.zone).date()
    for path in sorted(folder.glob(glob)):
        within = path.relative_to(folder).as_posix()
        if not (found := name.fullmatch(within)):
            continue
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            logger.warning("%s: %s is passed over, for its name holds no date", source, within)
            continue
        fingerprint, *when_read = known.get(within) or [None]
        written = [path.stat().st_size, path.stat().st_mtime_ns]
        if not first <= day <= last or (when_read == written and not span.is_range):
            continue
        content = path.read_bytes()
        known[within] = [hashlib.blake2b(content, digest_size=16).hexdigest(), *written]
        if span.is_range or known[within][0] != fingerprint:
            footer = parquet.read_metadata(pa.BufferReader(content))
            yield ExportedFile(within, day, path, known[within][0], footer)


def alike(files: Iterable[ExportedFile]) -> Iterator[list[ExportedFile]]:
    """Consecutive files of one schema together, up to so many rows."""
    chunk: list[ExportedFile] = []
    rows = 0
    for file in files:
        if chunk and (rows >= _ROWS_AT_ONCE or not file.footer.schema.equals(chunk[0].footer.schema)):
            yield chunk
            chunk, rows = [], 0
        chunk.append(file)
        rows += file.rows
    if chunk:
        yield chunk
