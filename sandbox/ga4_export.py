"""GA4's event export as files: one Parquet per day of the home zone, named like BigQuery's tables.

A day's file exists once the day is over, and is rewritten for up to two more days as late events arrive; a file that
already holds its events is left alone (written.json beside them says how many each has, and whose they are).
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.clock import DAY, day_end, iso_days
from sandbox.ga4_events import collect
from sandbox.ga4_lookups import Lookups, look_up
from sandbox.ga4_rows import to_table
from sandbox.visits import Visits
from sandbox.web_sources import Sources

_EVENTS_AT_ONCE = 60_000
_LEDGER = "written.json"


def export_events(visits: Visits, sources: Sources, first_day: int, as_of: int, folder: Path, origin: str) -> None:
    """Bring the folder to what the export holds at an as-of. `origin` names the company: its size and seed."""
    folder.mkdir(parents=True, exist_ok=True)
    days = np.arange(first_day, as_of // DAY + 2)
    days = days[day_end(days) <= as_of + 1]
    names = [f"events_{day.replace('-', '')}.parquet" for day in iso_days(days)]
    written = _open_ledger(folder, origin, set(names))
    lookups = look_up(sources)
    spans = np.array_split(np.arange(len(days)), max(int(visits.sessions["events"].sum()) // _EVENTS_AT_ONCE, 1))

    def write(span: np.ndarray) -> dict[str, int]:
        own = [names[at] for at in span]
        return _write_days(visits, lookups, days[span], own, as_of, folder, written)

    with ThreadPoolExecutor(2) as pool:
        counts = {name: rows for part in pool.map(write, filter(len, spans)) for name, rows in part.items()}
    (folder / _LEDGER).write_text(json.dumps({"origin": origin, "rows": counts}))


def _open_ledger(folder: Path, origin: str, expected: set[str]) -> dict[str, int]:
    """Rows of each file that is there, after what is not expected is gone. The ledger is away while files change."""
    ledger = folder / _LEDGER
    known = json.loads(ledger.read_text()) if ledger.exists() else {}
    ledger.unlink(missing_ok=True)
    rows = known["rows"] if known.get("origin") == origin else {}
    for path in folder.glob("events_*.parquet"):
        if path.name not in expected or path.name not in rows:
            path.unlink()
    return rows


def _write_days(
    visits: Visits,
    lookups: Lookups,
    days: np.ndarray,
    names: list[str],
    as_of: int,
    folder: Path,
    written: dict[str, int],
) -> dict[str, int]:
    """Write those of some consecutive days that are not there as they should be; the rows of all."""
    events = collect(visits, int(days[0]), int(days[-1]), as_of)
    edges = np.searchsorted(events.day, np.append(days, days[-1] + 1))
    rows = dict(zip(names, np.diff(edges).tolist(), strict=True))
    if any(written.get(name) != count for name, count in rows.items()):
        table = to_table(events, visits, lookups)
        for name, start in zip(names, edges[:-1].tolist(), strict=True):
            if written.get(name) != rows[name]:
                _replace(table.slice(start, rows[name]), folder / name)
    return rows


def _replace(table: pa.Table, path: Path) -> None:
    """Write a file whole or not at all."""
    draft = path.with_suffix(".draft")
    pq.write_table(table, draft, compression="snappy", use_dictionary=False, write_statistics=False, store_schema=False)
    draft.replace(path)
