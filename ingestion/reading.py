"""What a vendor's readers are given, and what they give back.

A source module has `readers(pull)`: independent iterators over its objects, each asking the vendor lazily as it is
drawn from, and giving Pages of records, Typed rows, and Wholes, which say what scopes are read completely.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingestion.records import TypedRecords
from ingestion.resource import Record

OLDEST = timedelta(days=1110)  # how far back to ask by day where no start date is set; Google keeps no more


@dataclass(frozen=True)
class Page:
    """Records of one raw table as the vendor gave them."""

    table: str
    records: list[Record]


@dataclass(frozen=True)
class Typed:
    """Rows of one raw table that the source itself brought into the declared types."""

    table: str
    records: TypedRecords


@dataclass(frozen=True)
class Whole:
    """Scopes of a scoped table that this load reads completely: rows of them that do not come are deleted."""

    table: str
    scopes: list[Record]


Item = Page | Typed | Whole


@dataclass(frozen=True)
class Span:
    """The part of a vendor's history that a load reads: all of it up to `until`, or what changed from `since` on."""

    until: datetime  # the as-of; nothing later is asked for
    zone: ZoneInfo  # home
    since: datetime | None = None  # None: everything, and what does not come is gone
    is_range: bool = False  # the user named the days: exactly these
    start_date: date | None = None  # the first day to ask of what is asked by day

    def changed_since(self, overlap: timedelta) -> datetime | None:
        """The moment from which to ask for changes: `overlap` before the last load's as-of, because indexes lag."""
        return self.since if self.since is None or self.is_range else self.since - overlap

    def days(self, restated: int, zone: ZoneInfo, is_new: bool = False) -> tuple[date, date]:
        """The first and the last day to read, in the zone: those since the last load, and those that may have changed.

        `restated` is the number of days for which the vendor may still change a day. An account or object that `is_new`
        is read from the start date on.
        """
        last = self.until.astimezone(zone).date()
        if self.since is None or (is_new and not self.is_range):
            return self.start_date or last - OLDEST, last
        first = self.since.astimezone(zone).date() - timedelta(days=0 if self.is_range else restated)
        return max(first, self.start_date or first), last


@dataclass(frozen=True)
class Pull:
    """One load as a vendor's readers see it."""

    account: Mapping[str, Any]  # base_url, and the options and credentials of mops.yaml
    span: Span
    folder: Path  # of mops.yaml, to which paths in it are relative
    state: dict[str, Any] = field(default_factory=dict)  # kept with the data, if the load ends well


def each_day(first: date, last: date) -> list[date]:
    """The days from the first to the last, both included; none where the last is before the first."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def is_after(moment: Any, last: str) -> bool:
    """Whether a time, as the vendor writes it, is later than `last`, which is written in the same form.

    False for what is not a time: it is refused when the record is read.
    """
    return isinstance(moment, str) and moment[:1].isdigit() and moment > last
