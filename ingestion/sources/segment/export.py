"""The files of Segment's tables: which of them are new or changed, and their rows.

A column begins when a property is first sent and may change its type later, so each file is read by its own schema.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from ingestion.exported_files import ExportedFile, alike, new_files
from ingestion.reading import Item, Page, Pull, Typed, Whole
from ingestion.records import table_to_arrow
from ingestion.resource import LOADED_AT, Resource
from ingestion.sources.segment.tables import EVENTS

_NAME = re.compile(r"(?:{})/(\d{{4}})-?(\d\d)-?(\d\d)[^/]*\.parquet".format("|".join(each.name for each in EVENTS)))
_FINGERPRINTS = "export_files"  # in the state, because it counts only once the rows themselves are loaded


def read_tables(folder: Path, pull: Pull) -> Iterator[Item]:
    """The rows of each load's file that is new or changed (somebody was deleted), or was named by the user."""
    if pull.span.since is None:
        pull.state[_FINGERPRINTS] = {}
    known = pull.state.setdefault(_FINGERPRINTS, {})
    for table in EVENTS:
        for files in alike(new_files("segment", folder, f"{table.name}/*.parquet", _NAME, pull.span, known)):
            names = [file.name for file in files]
            yield Whole(table.name, [{"file": name} for name in names])
            rows = _rows(files)
            now = pa.repeat(pa.scalar(datetime.now(UTC), LOADED_AT.type), len(rows))
            yield Typed(table.name, table_to_arrow(table, rows, now))
            yield Page("loads", [_load(table, file) for file in files])


def _rows(files: Sequence[ExportedFile]) -> pa.Table:
    """The rows of files of one schema, each with its file's name."""
    tables = [parquet.ParquetFile(file.path, metadata=file.footer).read(use_threads=False) for file in files]
    return pa.concat_tables(
        table.append_column("file", pa.repeat(pa.scalar(file.name), len(table)))
        for table, file in zip(tables, files, strict=True)
    )


def _load(table: Resource, file: ExportedFile) -> dict[str, str | int]:
    return {
        "file": file.name,
        "table_name": table.name,
        "loaded_on": file.day.isoformat(),
        "fingerprint": file.fingerprint,
        "rows": file.rows,
    }
