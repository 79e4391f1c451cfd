"""The files of GA4's daily export: which of them are new or changed, and their events."""

import re
from collections.abc import Iterator
from pathlib import Path

from ingestion.exported_files import ExportedFile, alike, new_files
from ingestion.reading import Item, Page, Pull, Typed, Whole
from ingestion.sources.ga4.events import read_events

_NAME = re.compile(r"events_(\d{4})(\d\d)(\d\d)\.parquet")

# In the state, not told from the raw table: the state counts only once the events themselves are loaded.
_FINGERPRINTS = "export_files"


def read_export(folder: Path, pull: Pull) -> Iterator[Item]:
    """The events of each day whose file is new or changed, as GA4 does for three days, or was named by the user."""
    if pull.span.since is None:
        pull.state[_FINGERPRINTS] = {}
    known = pull.state.setdefault(_FINGERPRINTS, {})
    for files in alike(new_files("ga4", folder, "events_*.parquet", _NAME, pull.span, known)):
        yield Whole("events", [{"event_day": file.day} for file in files])
        yield Typed("events", read_events([file.path for file in files]))
        yield Page("event_days", [_event_day(file) for file in files])


def _event_day(file: ExportedFile) -> dict[str, str | int]:
    return {
        "event_day": file.day.isoformat(),
        "file": file.name,
        "fingerprint": file.fingerprint,
        "rows": file.rows,
    }
