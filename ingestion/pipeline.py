"""The dlt pipeline of a source: Arrow tables -> data/raw/<source>.duckdb, exactly once.

dlt's working folder is emptied first and its state comes back from the raw file, where a state counts only if its
load was completed. A load that died is thus read again from where the last good one ended; and reading again changes
nothing, because every table replaces: what has the same key, the same scope, or everything.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials

from ingestion.client import SourceError
from ingestion.raw_file import SCHEMA
from ingestion.resource import Resource
from ingestion.settings import SettingsError

# What is large goes into the file once, not into its write-ahead log first; the order of rows means nothing.
_PRAGMAS = ["checkpoint_threshold='16MB'", "preserve_insertion_order=false"]

State = dict[str, Any]
Read = Callable[[State], tuple[bool, Iterator[tuple[str, pa.Table]]]]


def run(source: str, path: Path, folder: Path, resources: Iterable[Resource], read: Read) -> None:
    """Load what `read` gives into the raw file at `path`.

    `read` gets the state of the last completed load, which it may change, and says whether it reads everything anew,
    so that nothing older stays.
    """
    shutil.rmtree(folder / source, ignore_errors=True)
    _configure()
    pipeline = dlt.pipeline(
        source,
        pipelines_dir=str(folder),
        destination=dlt.destinations.duckdb(DuckDbCredentials(str(path), pragmas=_PRAGMAS)),
        dataset_name=SCHEMA,
    )
    declared = {resource.name: resource for resource in resources}
    try:
        pipeline.run(_dlt_source(source, declared, read), loader_file_format="parquet")
    finally:
        shutil.rmtree(folder / source, ignore_errors=True)  # it holds what was loaded, people too


def cause_of(error: BaseException) -> BaseException:
    """What really happened, under the layers that dlt puts around it."""
    while not isinstance(error, SourceError | SettingsError) and (inner := error.__cause__ or error.__context__):
        error = inner
    return error


def _configure() -> None:
    dlt.config["load.truncate_staging_dataset"] = True  # a copy of the last load's people need not stay


def _dlt_source(source: str, declared: dict[str, Resource], read: Read) -> Any:
    """One dlt resource that feeds all tables, since one answer of a vendor often holds rows of several."""

    def items() -> Iterator[Any]:
        is_everything, tables = read(dlt.current.source_state())
        hinted = set()
        for resource in declared.values():
            if (is_everything or resource.disposition == "replace") and not resource.versions_of:
                hinted.add(resource.name)
                yield _with_hints(resource, pa.Table.from_pylist([{}], resource.schema), replaces_all=True)
        for name, table in tables:
            if name in hinted:
                yield dlt.mark.with_table_name(table, name)
            else:
                hinted.add(name)
                yield _with_hints(declared[name], table)

    return dlt.source(lambda: dlt.resource(items, name=source), name=source, max_table_nesting=0)()


def _with_hints(resource: Resource, table: pa.Table, replaces_all: bool = False) -> Any:
    """The first rows of a table in a load, with the hints by which dlt merges all of them into the raw table.

    In one transaction dlt deletes the rows with the key, or in the scope, of a row that came, and inserts those that
    came. A row without a load time is not inserted: it only names a scope that was read (or, without a scope, the whole
    table). Of rows with the same key the last one stays.
    """
    scope = () if replaces_all else resource.scope if resource.disposition == "scoped" else resource.key
    in_scope = ", ".join(f'"{name}"' for name in scope)
    row = f"({in_scope})" if len(scope) > 1 else in_scope
    columns = {name: {"nullable": True} for name in resource.schema.names}
    hints = dlt.mark.make_hints(
        table_name=resource.name,
        primary_key=list(resource.key),
        columns={**columns, **({resource.loaded_at: {"nullable": True, "dedup_sort": "desc"}} if resource.key else {})},
        write_disposition={
            "disposition": "merge",
            "strategy": "delete-insert",
            "destination_scope": f"{row} IN (SELECT {row} FROM {{staging_table}})" if scope else "1 = 1",
            "source_filter": f"{resource.loaded_at} IS NOT NULL",
        },
    )
    return dlt.mark.with_hints(table, hints, create_table_variant=True)
