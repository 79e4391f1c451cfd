"""The moment a run looks at the world from.

text in the home time zone -> naive UTC
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def known_zone(name: str) -> str:
    """The name itself, if it is a time zone's."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name} is no time zone; names look like Europe/Berlin") from None
    return name


def parse_as_of(text: str, time_zone: str) -> datetime:
    """A date is the last microsecond of that day in the zone; a time without a zone is one of the zone."""
    zone = ZoneInfo(time_zone)
    try:
        if len(text) == len("2026-06-30"):
            moment = datetime.combine(date.fromisoformat(text), time.max, zone)
        else:
            moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ValueError(f"{text} is neither a date (2026-06-30) nor a time (2026-06-30T12:00:00+02:00)") from None


def now() -> datetime:
    """The as-of of a run that was given none."""
    return datetime.now(UTC).replace(tzinfo=None)
