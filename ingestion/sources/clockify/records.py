"""Clockify's records as rows: names in snake_case, rates and the time interval beside the other fields."""

import re
from typing import Any

from ingestion.resource import Record

_RATES = ("hourly_rate", "cost_rate")


def row(record: Record, **beside: Any) -> Record:
    """A record with its rates as amount (cents) and currency."""
    named = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(): value for name, value in record.items()}
    rates = {
        f"{name}_{part}": value
        for name in _RATES
        if isinstance(named.get(name), dict)
        for part, value in named[name].items()
    }
    return {**named, **rates, **beside}


def user_row(user: Record, workspace_id: str) -> Record:
    """A user; what an hour of theirs costs is told by their membership in the workspace."""
    memberships = [each for each in user.get("memberships") or () if each.get("targetId") == workspace_id]
    rates = {name: memberships[0].get(name) for name in ("hourlyRate", "costRate")} if memberships else {}
    return row({**user, **rates}, workspace_id=workspace_id)


def entry_row(entry: Record, **scope: str) -> Record:
    """A time entry; while it is running it has neither end nor duration."""
    interval = entry.get("timeInterval")
    interval = {**interval} if isinstance(interval, dict) else {}
    start = interval.pop("start", None)
    times = {"started_at": start, "ended_at": interval.pop("end", None), **interval}
    return row({**entry, **times}, started_on=str(start)[:10] if start else None, **scope)
