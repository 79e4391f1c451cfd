"""The load of the files source: everything anew into a draft, which takes the place of the raw file when it is whole.

entries of mops.yaml -> Arrow -> dlt -> data/raw/files.duckdb
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt
import duckdb
import pyarrow as pa
from dlt.pipeline.exceptions import PipelineStepFailed

from ingestion import home as paths
from ingestion.client import SourceError
from ingestion.raw_file import SCHEMA, create_tables
from ingestion.report import Progress, TableLoad
from ingestion.settings import Settings, SettingsError
from ingestion.sources.files import staging_plan
from ingestion.sources.files.planned import Planned, plan
from ingestion.sources.files.tally import Tally, tables


def load(settings: Settings, home: Path, *, progress: Progress | None = None) -> list[TableLoad]:
    """Load every entry; whatever goes wrong, the raw file of before stays as it was."""
    started = time.monotonic()
    folder = paths.dlt_folder(home) / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        tally = _write(folder / "files.duckdb", settings, home, progress)
    except SettingsError as error:
        raise SourceError("files", str(error)) from None
    raw = paths.raw_file(home, "files")
    raw.parent.mkdir(parents=True, exist_ok=True)
    (folder / "files.duckdb").replace(raw)
    shutil.rmtree(folder)
    return tally.report(time.monotonic() - started)


def _write(draft: Path, settings: Settings, home: Path, progress: Progress | None) -> Tally:
    planned, tally = plan(settings, home), Tally(progress)
    _run(planned, home, draft, tally)
    create_tables(draft, ())
    with duckdb.connect(str(draft)) as connection:
        connection.register("refused", tally.quarantine())
        connection.execute(f"insert into {SCHEMA}._quarantine by name from refused")
        staging_plan.write(connection, planned, settings, home)
    return tally


def _run(planned: list[Planned], home: Path, draft: Path, tally: Tally) -> None:
    """Hand the tables to dlt, in whose draft every name stands as the file has it."""

    @dlt.source(name="files", max_table_nesting=0)
    def files() -> Iterator[Any]:
        for each in planned:
            yield dlt.resource(
                tables(each, home, tally),
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
    try:
        pipeline.run(files())
    except PipelineStepFailed as error:
        raise _cause(error) from None


def _naive_times(schema: pa.Schema) -> dict[str, Any]:
    """Times without a zone stay so: dlt would call them UTC, but they are of the entry's zone."""
    naive = [column.name for column in schema if pa.types.is_timestamp(column.type) and column.type.tz is None]
    return {name: {"name": name, "data_type": "timestamp", "timezone": False} for name in naive}


def _cause(error: BaseException) -> BaseException:
    """The mistake behind dlt's own exceptions, if it is one of mops.yaml or of the files."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, SettingsError):
        cause = cause.__cause__ or cause.__context__
    return cause or error
