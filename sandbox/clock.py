"""Time in the simulated company: instants are int64 milliseconds UTC, days are int32 days since 1970-01-01."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

HOME_ZONE = "Europe/Berlin"
LAST_DAY = date(2026, 6, 30)
NEVER = np.iinfo(np.int64).max
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

_EPOCH = date(1970, 1, 1)
_GRID_START, _GRID_END = date(2023, 1, 1), date(2028, 1, 1)  # zones are known over these days


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def iso_days(days: np.ndarray) -> np.ndarray:
    """Day numbers as 'YYYY-MM-DD'."""
    return np.asarray(days).astype("datetime64[D]").astype(str)


def to_instant(moment: datetime) -> int:
    """Milliseconds UTC of an aware datetime (exact, no float)."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def as_of_instant(as_of: date | datetime | str | None) -> int:
    """The last millisecond that exists; a date is the end of that day at home, None the company's last day."""
    if isinstance(as_of, str):
        as_of = datetime.fromisoformat(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
    if isinstance(as_of, datetime):
        return to_instant(as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC))
    following = (as_of or LAST_DAY) + timedelta(days=1)
    return to_instant(datetime.combine(following, time(), ZoneInfo(HOME_ZONE))) - 1


@lru_cache
def _offsets(zone: str) -> np.ndarray:
    """The zone's distance from UTC in ms, for each UTC hour from _GRID_START to _GRID_END."""
    info = ZoneInfo(zone)
    first = datetime.combine(_GRID_START, time(), UTC)

    def offset(hours: int) -> int:
        distance = (first + timedelta(hours=hours)).astimezone(info).utcoffset()
        return (distance or timedelta()) // timedelta(milliseconds=1)

    daily = [offset(24 * day) for day in range((_GRID_END - _GRID_START).days + 1)]
    hourly = np.repeat(np.array(daily[:-1], dtype=np.int64), 24)
    for day in np.flatnonzero(np.diff(daily)):
        hourly[24 * day : 24 * day + 24] = [offset(24 * int(day) + hour) for hour in range(24)]
    return hourly


def to_local(instants: np.ndarray, zone: str = HOME_ZONE) -> np.ndarray:
    """Wall-clock milliseconds of a zone since 1970-01-01 00:00 there."""
    hours = np.asarray(instants) // HOUR - day_number(_GRID_START) * 24
    table = _offsets(zone)
    return instants + table[np.clip(hours, 0, len(table) - 1)]


def local_days(instants: np.ndarray, zone: str = HOME_ZONE) -> np.ndarray:
    """Day numbers in a zone."""
    return (to_local(instants, zone) // DAY).astype(np.int32)


def from_home(days: np.ndarray, ms_of_day: np.ndarray) -> np.ndarray:
    """Instants of a wall-clock time at home (within the hour in which clocks change, one of the readings)."""
    wall = np.asarray(days).astype(np.int64) * DAY + ms_of_day
    return wall - (to_local(wall - HOUR) - (wall - HOUR))


def day_end(days: np.ndarray) -> np.ndarray:
    """The first instant after a day at home."""
    return from_home(np.asarray(days) + 1, np.zeros(np.shape(days), dtype=np.int64))


def local_day(instant: int, zone: str = HOME_ZONE) -> int:
    """The day number of one instant in a zone."""
    return int(local_days(np.array([instant]), zone)[0])
