"""The tables of an entry as they are handed to dlt, counted on the way.

batches of an entry -> Arrow tables with _loaded_at; refused lines -> rows of _quarantine
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingestion.report import Progress, TableLoad
from ingestion.resource import LOADED_AT, QUARANTINE
from ingestion.sources.files.batches import Reject
from ingestion.sources.files.columns import OWN
from ingestion.sources.files.entries import read_batches
from ingestion.sources.files.planned import Planned, placed


@dataclass
class Tally:
    """What a load has brought so far, by raw table."""

    progress: Progress | None = None
    rows: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    loaded_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, table: str, rows: int) -> None:
        """Count rows, and tell who watches."""
        self.rows[table] += rows
        if self.progress is not None:
            self.progress("files", table, self.rows[table])

    def refuse(self, table: str, path: str, reject: Reject) -> None:
        """Keep a line that is no row."""
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
        refused = Counter(row["table_name"] for row in self.refused)
        return [TableLoad(table, rows, rows, refused[table], (), seconds) for table, rows in self.rows.items()]


def tables(planned: Planned, home: Path, tally: Tally) -> Iterator[pa.Table]:
    """All rows of an entry; an empty table first, so that one without rows has its columns too."""
    table = planned.entry.raw_table
    shape = [*planned.schema, *(pa.field(name, dtype) for name, dtype in OWN.items()), LOADED_AT]
    yield pa.schema(shape).empty_table()
    tally.add(table, 0)
    with placed(planned.entry, home):
        for path, batch in read_batches(planned.entry.said, home, planned.schema):
            for reject in batch.rejects:
                tally.refuse(table, path, reject)
            tally.add(table, batch.rows.num_rows)
            loaded_at = pa.array([tally.loaded_at] * batch.rows.num_rows, LOADED_AT.type)
            yield batch.rows.append_column(LOADED_AT, loaded_at)
