"""Time in the simulated company: instants are int64 milliseconds UTC, days are int32 days since 1970-01-01."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

HOME_ZONE = "Europe/Berlin"
LAST_DAY = date(2026, 6, 30)
NEVER = np.iinfo(np.int64).max
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def to_instant(moment: datetime) -> int:
    """Milliseconds UTC of an aware datetime (exact, no float)."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def as_of_instant(as_of: date | datetime | str | None) -> int:
    """Last millisecond that exists at an as-of: a date means the end of that day at home, None the company's last day."""
    if isinstance(as_of, str):
        as_of = datetime.fromisoformat(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
    if isinstance(as_of, datetime):
        return to_instant(as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))
    following = (as_of or LAST_DAY) + timedelta(days=1)
    return to_instant(datetime.combine(following, time(), ZoneInfo(HOME_ZONE))) - 1
