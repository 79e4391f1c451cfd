"""A vendor's load: what its readers bring since the last load that ended well, handed to the pipeline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from ingestion import credentials, pipeline, raw_file
from ingestion import home as paths
from ingestion.gathering import Gathering, NamedTable
from ingestion.reading import OLDEST, Pull, Span
from ingestion.report import Progress, TableLoad
from ingestion.resource import QUARANTINE
from ingestion.settings import Settings, SettingsError
from ingestion.versions import with_versions

_LOADED_UNTIL = "loaded_until"  # in dlt's state: up to when the last load that ended well can have seen everything


def load(
    name: str,
    vendor: ModuleType,
    settings: Settings,
    home: Path,
    span: Span,
    is_full: bool,
    progress: Progress,
    now: datetime,
) -> list[TableLoad]:
    """Load a vendor at the moment `now`, and return what came into each table.

    A span that is no range begins where the last load ended, or, with `is_full`, at the beginning.
    """
    path = paths.raw_file(home, name)
    account = Account(name, vendor, settings)
    gathering = Gathering(name, vendor.RESOURCES, progress)
    known = {each.name: raw_file.stored(path, each.name) for each in vendor.RESOURCES if each.versions_of}

    def read(state: pipeline.State) -> tuple[bool, Iterator[NamedTable]]:
        last = _last(state, now)
        continues = not is_full and not span.is_range
        begun = replace(span, since=min(last, span.until)) if last and continues else span
        tables = gathering.tables(vendor.readers(Pull(account, begun, home, state)))
        until = min(span.until, now)  # what happens before an as-of that is yet to come, only a later load can see
        with_all = with_versions(tables, vendor.RESOURCES, known)
        return begun.since is None, _and_remember(with_all, begun, until, last, state)

    pipeline.run(name, path, paths.dlt_folder(home), [*vendor.RESOURCES, QUARANTINE], read)
    totals = raw_file.count_rows(path, vendor.RESOURCES)
    for table, before in known.items():
        gathering.tallies[table].rows = totals[table] - len(before)
    return [
        TableLoad(table, each.rows, totals[table], each.quarantined, tuple(sorted(each.unexpected)), each.seconds)
        for table, each in gathering.tallies.items()
    ]


class Account(dict[str, Any]):
    """base_url, and what mops.yaml and the environment say of the vendor's account; what is missing is a mistake."""

    def __init__(self, name: str, vendor: ModuleType, settings: Settings) -> None:
        source = settings.source(name)
        secrets = credentials.resolve(name, settings)
        super().__init__({"base_url": source.base_url or vendor.BASE_URL, **source.options, **secrets})
        self._name = name
        self._options = vendor.OPTIONS

    def __missing__(self, key: str) -> Any:
        part = "options" if key in self._options else "credentials"
        raise SettingsError(f"sources.{self._name}.{part}: {key} is missing")


def _last(state: pipeline.State, now: datetime) -> datetime | None:
    """Where the last load ended. An end after `now` comes from a wrong clock; then OLDEST is read again."""
    if _LOADED_UNTIL not in state:
        return None
    last = datetime.fromisoformat(state[_LOADED_UNTIL])
    return last if last <= now else now - OLDEST


def _and_remember(
    tables: Iterator[NamedTable], span: Span, until: datetime, last: datetime | None, state: pipeline.State
) -> Iterator[NamedTable]:
    """The tables, and after them where the next load begins; a range that was read again moves nothing."""
    yield from tables
    if not span.is_range:
        state[_LOADED_UNTIL] = (until if span.since is None or last is None else max(until, last)).isoformat()
