"""Which touches a home's raw tables tell of, read the slow and obvious way, and those that its warehouse has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from identity_truth import resolved

from ingestion import home as paths

ARRIVES, LEAVES = timedelta(minutes=5), timedelta(minutes=30)
Moment = tuple[str, datetime]  # person_id, when


class Visit(NamedTuple):
    """The first and the last event of a visit, and the source that it came from."""

    began: datetime
    ended: datetime
    source: str | None


def raw(home: Path, source: str, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a source's raw file; times are naive UTC where cast to timestamp."""
    return _rows(paths.raw_file(home, source), sql)


def touches(home: Path, source: str, touch_type: str) -> list[Moment]:
    """Those of known people that the warehouse has of a source and kind, in order."""
    sql = f"""
        select person_id, touched_at
        from intermediate.int_touchpoints_classified
        where source = '{source}' and touch_type = '{touch_type}' and person_id is not null
        order by all
    """
    return _rows(paths.warehouse_file(home), sql)


def campaigns_of_visits(home: Path) -> dict[tuple[str, int], str | None]:
    """The campaign of each visit that GA4 saw, by its cookie and the second in which it began."""
    sql = """
        select cookie_id, floor(epoch(touched_at))::bigint, campaign
        from intermediate.int_touchpoints_classified
        where source = 'ga4' and touch_type = 'session'
    """
    return {(cookie, second): campaign for cookie, second, campaign in _rows(paths.warehouse_file(home), sql)}


def moments(home: Path, told: list[tuple[str, str, datetime]]) -> list[Moment]:
    """What was told of addresses or ids (identity_type, identity_value, when), by person; nobody's are left out."""
    persons = resolved(home)
    return [(persons[kind, value], at) for kind, value, at in told if (kind, value) in persons]


def visits(home: Path) -> dict[str, list[Visit]]:
    """The visits of each person: events of their cookies, cut where nothing happened for half an hour."""
    persons, events, found = resolved(home), defaultdict(list), defaultdict(list)
    told = "select user_pseudo_id, event_timestamp::timestamp, lower(source) from raw.events order by 2"
    for cookie, at, source in raw(home, "ga4", told):
        events[cookie].append((at, source))
    for cookie, own in events.items():
        if ("cookie", cookie) in persons:
            found[persons["cookie", cookie]] += _cut(own)
    return found


def is_on_a_visit(visits: dict[str, list[Visit]], moment: Moment, source: str | None = None) -> bool:
    """Whether a visit of the person (from the source, where one is named) was going on or about to begin."""
    person, at = moment
    near = (each for each in visits.get(person, ()) if each.began - ARRIVES <= at <= each.ended + LEAVES)
    return any(source in (None, each.source) for each in near)


def _rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(sql).fetchall()


def _cut(events: list[tuple[datetime, str | None]]) -> Iterator[Visit]:
    visit: list[tuple[datetime, str | None]] = []
    for at, source in events:
        if visit and at - visit[-1][0] > LEAVES:
            yield _visit(visit)
            visit = []
        visit.append((at, source))
    yield _visit(visit)


def _visit(events: list[tuple[datetime, str | None]]) -> Visit:
    named = [source for _, source in events if source not in (None, "(direct)")]
    return Visit(events[0][0], events[-1][0], named[0] if named else None)
