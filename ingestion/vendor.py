"""A vendor's load: what its readers bring since the last load that ended well, handed to the pipeline."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa

from ingestion import credentials, pipeline, raw_file
from ingestion import home as paths
from ingestion.gathering import Gathering, NamedTable
from ingestion.reading import Pull, Span
from ingestion.report import Progress, TableLoad
from ingestion.resource import QUARANTINE, Resource
from ingestion.settings import Settings
from ingestion.versions import changes

_LOADED_UNTIL = "loaded_until"  # in dlt's state: the as-of of the last load that ended well


def load(
    name: str, vendor: ModuleType, settings: Settings, home: Path, span: Span, is_full: bool, progress: Progress
) -> list[TableLoad]:
    """Load a vendor. A span that is no range begins where the last load ended, or with `is_full` at the beginning."""
    path = paths.raw_file(home, name)
    account = account_of(name, vendor, settings)
    gathering = Gathering(name, vendor.RESOURCES, progress)

    def read(state: pipeline.State) -> tuple[bool, Iterator[NamedTable]]:
        begun = span if span.is_range or is_full else replace(span, since=_last_end(state, span))
        pull = Pull(account, begun, home, partial(raw_file.stored, path), state)
        return begun.since is None, _tables(vendor, gathering, pull)

    pipeline.run(name, path, paths.dlt_folder(home), [*vendor.RESOURCES, QUARANTINE], read)
    totals = raw_file.count_rows(path, vendor.RESOURCES)
    return [
        TableLoad(table, each.rows, totals[table], each.quarantined, tuple(sorted(each.unexpected)), each.seconds)
        for table, each in gathering.tallies.items()
    ]


def account_of(name: str, vendor: ModuleType, settings: Settings) -> dict[str, Any]:
    """What mops.yaml and the environment say of the vendor's account."""
    source = settings.source(name)
    return {"base_url": source.base_url or vendor.BASE_URL, **source.options, **credentials.resolve(name, settings)}


def _tables(vendor: ModuleType, gathering: Gathering, pull: Pull) -> Iterator[NamedTable]:
    """All that is read, then the versions of what was read, and in the end where the next load begins."""
    versioned: dict[str, list[pa.Table]] = {each.versions_of: [] for each in vendor.RESOURCES if each.versions_of}
    for name, table in gathering.tables(vendor.readers(pull)):
        if name in versioned:
            versioned[name].append(table)
        yield name, table
    declared = {each.name: each for each in vendor.RESOURCES}
    for versions in (each for each in vendor.RESOURCES if each.versions_of):
        read = versioned[versions.versions_of]
        if read:
            yield versions.name, _versions(versions, declared[versions.versions_of], pa.concat_tables(read), pull)
    if not pull.span.is_range:
        pull.state[_LOADED_UNTIL] = max(pull.span.until, pull.span.since or pull.span.until).isoformat()


def _versions(versions: Resource, of: Resource, read: pa.Table, pull: Pull) -> pa.Table:
    is_row = pa.compute.is_valid(read[of.loaded_at])
    scopes = read.filter(pa.compute.invert(is_row)).select(list(of.scope))
    return changes(versions, read.filter(is_row), scopes, pull.stored(versions.name))


def _last_end(state: Mapping[str, Any], span: Span) -> datetime | None:
    last = state.get(_LOADED_UNTIL)
    return datetime.fromisoformat(last) if last else None
