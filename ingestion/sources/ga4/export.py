"""The files of GA4's daily export: which of them are new or changed, and their events."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet

from ingestion.client import SourceError
from ingestion.reading import Item, Page, Pull, Span, Typed, Whole
from ingestion.sources.ga4.events import read_events

_EVENTS_AT_ONCE = 200_000
_NAME = re.compile(r"events_(\d{4})(\d\d)(\d\d)\.parquet")

# In the state, not told from the raw table: the state counts only once the events themselves are loaded.
_FINGERPRINTS = "export_files"


@dataclass(frozen=True)
class _DayFile:
    day: date
    path: Path
    fingerprint: str
    footer: parquet.FileMetaData


def read_export(folder: Path, pull: Pull) -> Iterator[Item]:
    """The events of each day whose file is new or changed, as GA4 does for three days, or was named by the user."""
    if not folder.is_dir():
        raise SourceError("ga4", f"there is no folder {folder} to read the export from")
    if pull.span.since is None:
        pull.state[_FINGERPRINTS] = {}
    known = pull.state.setdefault(_FINGERPRINTS, {})
    for files in _chunks(_new_files(folder, pull.span, known)):
        yield Whole("events", [{"event_day": file.day} for file in files])
        yield Typed("events", read_events([file.path for file in files]))
        yield Page("event_days", [_event_day(file) for file in files])
        known |= {file.day.isoformat(): file.fingerprint for file in files}


def _new_files(folder: Path, span: Span, known: dict[str, str]) -> Iterator[_DayFile]:
    """Compared by content: a file that was only written again is not new."""
    last = span.until.astimezone(span.zone).date()
    for path in sorted(folder.iterdir()):
        if not (name := _NAME.fullmatch(path.name)):
            continue
        day = date(*map(int, name.groups()))
        fingerprint = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
        is_named = span.is_range and span.since is not None and day >= span.since.astimezone(span.zone).date()
        is_changed = known.get(day.isoformat()) != fingerprint
        if day <= last and (is_named if span.is_range else is_changed):
            yield _DayFile(day, path, fingerprint, parquet.read_metadata(path))


def _chunks(files: Iterator[_DayFile]) -> Iterator[list[_DayFile]]:
    """Files of one schema together, while they are small: each query has its price."""
    chunk: list[_DayFile] = []
    for file in files:
        is_full = sum(each.footer.num_rows for each in chunk) >= _EVENTS_AT_ONCE
        if chunk and (is_full or not file.footer.schema.equals(chunk[0].footer.schema)):
            yield chunk
            chunk = []
        chunk.append(file)
    if chunk:
        yield chunk


def _event_day(file: _DayFile) -> dict[str, str | int]:
    return {
        "event_day": file.day.isoformat(),
        "file": file.path.name,
        "fingerprint": file.fingerprint,
        "rows": file.footer.num_rows,
    }
