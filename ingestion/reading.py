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

from ingestion.records import Edge
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
    edge: Edge


@dataclass(frozen=True)
class Whole:
    """Scopes of a scoped table that are read completely, so that what does not come is gone."""

    table: str
    scopes: list[Record]


Item = Page | Typed | Whole


@dataclass(frozen=True)
class Span:
    """Which part of a vendor's time a load reads: all of it up to `until`, or what changed from `since` on."""

    until: datetime  # the as-of; nothing later is asked for
    zone: ZoneInfo  # home
    since: datetime | None = None  # None: everything, and what does not come is gone
    is_range: bool = False  # the user named the days: exactly these
    start_date: date | None = None  # the first day to ask of what is asked by day

    def changed_since(self, overlap: timedelta) -> datetime | None:
        """From when on to ask for changes: somewhat before the last load's as-of, because indexes lag."""
        return self.since if self.since is None or self.is_range else self.since - overlap

    def days(self, restated: int, zone: ZoneInfo, is_new: bool = False) -> tuple[date, date]:
        """The first and the last day to read, in the zone: those since the last load, and those it saw unfinal.

        `restated` is for how many days the vendor may change a day; what `is_new` is read from the start date on.
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


def is_after(moment: Any, last: str) -> bool:
    """Whether a vendor's text of a time is later than the last, written alike.

    What is no time is not: that is for the records' reading to refuse.
    """
    return isinstance(moment, str) and moment[:1].isdigit() and moment > last
