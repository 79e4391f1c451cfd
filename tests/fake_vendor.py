"""A vendor that is a JSON file: its tables as they are now, one of each way a load changes a table.

As a program it loads itself once, and may be told to kill itself at a point of the load:
    python -m tests.fake_vendor HOME AS_OF [POINT]     where POINT is `read`, or part of an SQL statement
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ingestion import home as paths
from ingestion import raw_file, vendor
from ingestion.reading import Page, Span, Whole, each_day
from ingestion.report import TableLoad
from ingestion.resource import Resource, columns
from ingestion.settings import Settings
from tests.killed_load import die_at

NAME = "fake"
BASE_URL = "http://127.0.0.1:1"
OPTIONS = ()
RESOURCES = (
    Resource("people", columns("id name", time="changed_at"), key=("id",)),
    Resource("owners", columns("id name"), key=("id",), disposition="replace"),
    Resource(
        "days",
        columns("account campaign", int="hour", amount="cost", real="conversions", date="day"),
        key=("account", "campaign", "day", "hour"),
        disposition="scoped",
        scope=("account", "day"),
        optional=("hour",),
    ),
    Resource(
        "days_versions",
        columns("account campaign", amount="cost", real="conversions", date="day"),
        key=("account", "campaign", "day", "_loaded_at"),
        versions_of="days",
    ),
)


def readers(pull):
    """People changed since the last load, all owners, and the days of the last five and those since."""
    world = json.loads((pull.folder / "world.json").read_text())
    return [_people(world, pull.span), iter([Page("owners", world["owners"])]), _days(world, pull.span)]


def _people(world, span):
    since = span.changed_since(timedelta(hours=1))
    changed = [each for each in world["people"] if since is None or each["changed_at"] >= since.isoformat()]
    for start in range(0, len(changed), 2):
        yield Page("people", changed[start : start + 2])


def _days(world, span):
    first, last = span.days(5, span.zone)
    scopes = each_day(first, last)
    yield Whole("days", [{"account": "a", "day": day} for day in scopes])
    yield Page("days", [each for each in world["days"] if first <= date.fromisoformat(each["day"]) <= last])


def load(
    home: Path, as_of: str, is_full: bool = False, start: str | None = None, now: str | None = None
) -> dict[str, TableLoad]:
    """Load what the world is now, which is the as-of if nothing else is said."""
    raw_file.create_tables(paths.raw_file(home, NAME), RESOURCES)
    since = datetime.fromisoformat(start).replace(tzinfo=UTC) if start else None
    until = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    span = Span(until, ZoneInfo("UTC"), since, is_range=start is not None, start_date=date(2026, 1, 1))
    begun = datetime.fromisoformat(now or as_of).replace(tzinfo=UTC)
    tables = vendor.load(NAME, sys.modules[__name__], Settings(), home, span, is_full, lambda *said: None, begun)
    return {each.table: each for each in tables}


if __name__ == "__main__":
    if len(sys.argv) > 3:
        die_at(sys.argv[3])
    load(Path(sys.argv[1]), sys.argv[2])
    print("loaded")
