"""What readers give, gathered into Arrow tables large enough to be worth their while, and counted on the way."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from ingestion.reading import Item, Typed, Whole
from ingestion.records import TypedRecords, to_arrow
from ingestion.report import Progress
from ingestion.resource import QUARANTINE, TIME, Record, Resource

BUFFERED = 10_000  # records that become one Arrow table; each costs dlt some 10 ms, whatever it holds

NamedTable = tuple[str, pa.Table]


@dataclass
class Tally:
    """What was read of one raw table so far; `seconds` were spent asking for it and reading it."""

    rows: int = 0
    quarantined: int = 0
    unexpected: set[str] = field(default_factory=set)
    seconds: float = 0.0


@dataclass
class _Buffer:
    records: list[Record] = field(default_factory=list)
    came_at: list[datetime] = field(default_factory=list)


class Gathering:
    """One load's way from items to named Arrow tables."""

    def __init__(self, source: str, resources: Iterable[Resource], progress: Progress) -> None:
        self.tallies = {resource.name: Tally() for resource in resources}
        self._source = source
        self._resources = {resource.name: resource for resource in resources}
        self._buffers = {resource.name: _Buffer() for resource in resources}
        self._quarantined: list[pa.Table] = []
        self._progress = progress

    def tables(self, readers: Iterable[Iterator[Item]]) -> Iterator[NamedTable]:
        """Draw from the readers, one after the other. A scope that is read whole becomes a row without a load time."""
        for reader in readers:
            started = time.monotonic()
            for item in reader:
                yield from self._take(item)
                self.tallies[item.table].seconds += time.monotonic() - started
                started = time.monotonic()
        for name in self._buffers:
            yield from self._flush(name)
        yield from self._flush_quarantined()

    def _take(self, item: Item) -> Iterator[NamedTable]:
        if isinstance(item, Whole):
            yield item.table, pa.Table.from_pylist(item.scopes, self._resources[item.table].schema)
        elif isinstance(item, Typed):
            yield from self._count(item.table, item.records)
        else:
            buffer = self._buffers[item.table]
            buffer.records += item.records
            buffer.came_at += [datetime.now(UTC)] * len(item.records)
            if len(buffer.records) >= BUFFERED:
                yield from self._flush(item.table)

    def _flush(self, name: str) -> Iterator[NamedTable]:
        buffer, self._buffers[name] = self._buffers[name], _Buffer()
        if buffer.records:
            came_at = pa.array(buffer.came_at, TIME)
            yield from self._count(name, to_arrow(self._resources[name], buffer.records, came_at))

    def _count(self, name: str, typed: TypedRecords) -> Iterator[NamedTable]:
        tally = self.tallies[name]
        tally.rows += typed.rows.num_rows
        tally.quarantined += typed.quarantined.num_rows
        tally.unexpected |= typed.unexpected
        self._progress(self._source, name, tally.rows)
        yield name, typed.rows
        if typed.quarantined.num_rows:
            self._quarantined.append(typed.quarantined)
        if sum(table.num_rows for table in self._quarantined) >= BUFFERED:
            yield from self._flush_quarantined()

    def _flush_quarantined(self) -> Iterator[NamedTable]:
        waiting, self._quarantined = self._quarantined, []
        if waiting:
            yield QUARANTINE.name, pa.concat_tables(waiting)
