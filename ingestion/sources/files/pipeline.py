"""The load of the files source: everything anew into a draft, which takes the place of the raw file when it is whole.

entries of mops.yaml -> Arrow -> dlt -> data/raw/files.duckdb
"""

import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dlt
import duckdb
import pyarrow as pa

from ingestion import home as paths
from ingestion.client import SourceError
from ingestion.gathering import Tally
from ingestion.pipeline import cause_of
from ingestion.raw_file import SCHEMA, create_tables
from ingestion.report import Progress, TableLoad
from ingestion.resource import LOADED_AT, QUARANTINE
from ingestion.settings import Settings, SettingsError
from ingestion.sources.files import staging_plan
from ingestion.sources.files.entries import read_batches
from ingestion.sources.files.mapping import Planned, placed, plan
from ingestion.sources.files.rows import OWN, Reject


@dataclass
class Gathered:
    """What a load has brought so far."""

    progress: Progress | None = None
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    refused: list[dict[str, Any]] = field(default_factory=list)
    loaded_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, table: str, rows: int) -> None:
        """Count rows, and tell who watches."""
        self.tallies[table].rows += rows
        if self.progress is not None:
            self.progress("files", table, self.tallies[table].rows)

    def refuse(self, table: str, path: str, reject: Reject) -> None:
        """Keep a line that is no row."""
        self.tallies[table].quarantined += 1
        self.refused.append(
            {
                "table_name": table,
                "record_key": f"{path}:{reject.line}",
                "reason": reject.reason,
                "record": reject.text,
                "loaded_at": self.loaded_at,
            }
        )

    def quarantine(self) -> pa.Table:
        """The lines refused so far."""
        return pa.Table.from_pylist(self.refused, schema=QUARANTINE.columns)

    def report(self, seconds: float) -> list[TableLoad]:
        """The load by table; the time is that of all of them, since they are read in turn."""
        tallies = self.tallies.items()
        return [TableLoad(table, each.rows, each.rows, each.quarantined, (), seconds) for table, each in tallies]


def tables(planned: Planned, home: Path, gathered: Gathered) -> Iterator[pa.Table]:
    """All rows of an entry; an empty table first, so that one without rows has its columns too."""
    table = planned.entry.raw_table
    shape = [*planned.schema, *(pa.field(name, dtype) for name, dtype in OWN.items()), LOADED_AT]
    yield pa.schema(shape).empty_table()
    gathered.add(table, 0)
    with placed(planned.entry, home):
        for path, batch in read_batches(planned.entry.settings, home, planned.schema):
            for reject in batch.rejects:
                gathered.refuse(table, path, reject)
            gathered.add(table, batch.rows.num_rows)
            loaded_at = pa.array([gathered.loaded_at] * batch.rows.num_rows, LOADED_AT.type)
            yield batch.rows.append_column(LOADED_AT, loaded_at)


def load(settings: Settings, home: Path, *, progress: Progress | None = None) -> list[TableLoad]:
    """Load every entry; whatever goes wrong, the raw file of before stays as it was."""
    started = time.monotonic()
    folder = paths.dlt_folder(home) / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    raw = paths.raw_file(home, "files")
    raw.parent.mkdir(parents=True, exist_ok=True)
    try:
        gathered = _write(folder / "files.duckdb", settings, home, progress)
        (folder / "files.duckdb").replace(raw)
    except Exception as error:
        if isinstance(mistake := cause_of(error), SettingsError):
            raise SourceError("files", str(mistake)) from None
        raise
    finally:
        shutil.rmtree(folder)
    return gathered.report(time.monotonic() - started)


def _write(draft: Path, settings: Settings, home: Path, progress: Progress | None) -> Gathered:
    planned, gathered = plan(settings, home), Gathered(progress)
    _run(planned, home, draft, gathered)
    create_tables(draft, ())
    with duckdb.connect(str(draft)) as connection:
        connection.register("refused", gathered.quarantine())
        connection.execute(f"insert into {SCHEMA}._quarantine by name from refused")
        staging_plan.write(connection, planned, settings, home)
    return gathered


def _run(planned: list[Planned], home: Path, draft: Path, gathered: Gathered) -> None:
    """Hand the tables to dlt, in whose draft every name stands as the file has it."""

    @dlt.source(name="files", max_table_nesting=0)
    def files() -> Iterator[Any]:
        for each in planned:
            yield dlt.resource(
                tables(each, home, gathered),
                name=each.entry.raw_table,
                columns=_naive_times(each.schema),
                write_disposition="append",
            )

    pipeline = dlt.pipeline(
        "files",
        pipelines_dir=str(draft.parent / "pipelines"),
        destination=dlt.destinations.duckdb(str(draft), naming_convention="direct"),
        dataset_name=SCHEMA,
    )
    pipeline.run(files())


def _naive_times(schema: pa.Schema) -> dict[str, Any]:
    """Times without a zone stay so: dlt would call them UTC, but they are of the entry's zone."""
    naive = [column.name for column in schema if pa.types.is_timestamp(column.type) and column.type.tz is None]
    return {name: {"name": name, "data_type": "timestamp", "timezone": False} for name in naive}
