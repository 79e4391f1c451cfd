"""The sources' loads: vendor APIs and files -> data/raw/<source>.duckdb, each alone and each at its own risk."""

import logging
import traceback
from datetime import UTC, date, datetime, time
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import monotonic
from types import ModuleType
from zoneinfo import ZoneInfo

import pyarrow as pa

from ingestion import home as paths
from ingestion import raw_file, vendor
from ingestion.client import SourceError
from ingestion.gathering import Gathering
from ingestion.pipeline import cause_of
from ingestion.reading import OLDEST, Pull, Span, Whole
from ingestion.report import LoadReport, Progress
from ingestion.settings import Settings, SettingsError, now

logger = logging.getLogger(__name__)

_PREVIEWED_PAGES = 6  # drawn from each reader: the first of its objects, and of what hangs on them


def ensure_empty(name: str, home: Path) -> None:
    """Create the typed, empty tables that a source lacks, so that it costs nothing until it is configured."""
    raw_file.create_tables(paths.raw_file(home, name), _module(name).RESOURCES)


def load_source(
    name: str,
    settings: Settings,
    home: Path,
    *,
    as_of: datetime,
    start: date | None = None,
    end: date | None = None,
    full_refresh: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Load what a source has new up to the as-of (naive UTC), or read the days start to end again, or everything.

    A source that fails is a report with its error: of one that is no SourceError the kind alone, and the log has where
    it was raised, for its text may quote a record. A mistake of the user (SettingsError) is raised.
    """
    source, told, started = _module(name), progress or _silence, monotonic()
    ensure_empty(name, home)
    logger.info("%s: loading", name)
    try:
        if hasattr(source, "load"):
            tables = source.load(settings, home, as_of=as_of, progress=told)
        else:
            span = _span(name, settings, as_of, start, end)
            tables = vendor.load(name, source, settings, home, span, full_refresh, told, now().replace(tzinfo=UTC))
    except Exception as error:
        cause = cause_of(error)
        if isinstance(cause, SettingsError):
            raise cause from None
        if isinstance(cause, SourceError):
            return LoadReport(name, "failed", error=str(cause))
        kind, where = type(cause).__name__, "".join(traceback.format_tb(cause.__traceback__))
        logger.error("%s could not be loaded: %s\n%s", name, kind, where)
        return LoadReport(name, "failed", error=f"{name}: {kind}")
    rows, seconds = sum(table.rows for table in tables), monotonic() - started
    logger.info("%s: %d rows into %d tables in %.1f s", name, rows, len(tables), seconds)
    return LoadReport(name, "loaded", tables)


def preview(name: str, settings: Settings, home: Path, rows: int = 5) -> dict[str, pa.Table]:
    """The first rows of each raw table as the source has them now; nothing is written."""
    source = _module(name)
    if hasattr(source, "preview"):
        return source.preview(settings, home, rows)
    account = vendor.Account(name, source, settings)
    span = _span(name, settings, settings.as_of_or(now()), None, None)
    empty = {each.name: each.schema.empty_table() for each in source.RESOURCES if not each.versions_of}
    given = source.readers(Pull(account, span, home))
    readers = [islice((item for item in reader if not isinstance(item, Whole)), _PREVIEWED_PAGES) for reader in given]
    found = {name: [table] for name, table in empty.items()}
    for table, read in Gathering(name, source.RESOURCES, _silence).tables(readers):
        found.setdefault(table, []).append(read)
    return {table: pa.concat_tables(read).slice(0, rows) for table, read in found.items()}


def _span(name: str, settings: Settings, as_of: datetime, start: date | None, end: date | None) -> Span:
    """The part of time to read; the days of a range are the home zone's, and none goes beyond the as-of."""
    zone, until = ZoneInfo(settings.time_zone), as_of.replace(tzinfo=UTC)
    start_date = settings.source(name).start_date
    if start is None and end is None:
        return Span(until, zone, start_date=start_date)
    if end is not None:
        until = min(until, datetime.combine(end, time.max, zone).astimezone(UTC))
    first = start or start_date or until.date() - OLDEST
    since = min(until, datetime.combine(first, time.min, zone).astimezone(UTC))
    return Span(until, zone, since, is_range=True, start_date=start_date)


def _module(name: str) -> ModuleType:
    return import_module(f"ingestion.sources.{name}")


def _silence(source: str, table: str, rows: int) -> None:
    """Nobody wants to hear of the progress."""
