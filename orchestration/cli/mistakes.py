"""What the user got wrong on the command line, and the arguments read from it."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from ingestion.settings import Settings


class MistakeError(Exception):
    """A mistake of the user: one clear sentence, exit code 2."""


def home() -> Path:
    """MOPS_HOME, else the current directory; MistakeError where there is no such folder."""
    folder = Path(os.environ.get("MOPS_HOME") or ".").resolve()
    if not folder.is_dir():
        raise MistakeError(f"MOPS_HOME is {folder}, which is no folder")
    return folder


def day(text: str | None, option: str) -> date | None:
    """A date from the command line."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MistakeError(f"{option}: {text} is no date (2026-06-30)") from None


def days(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """The range --from … --to."""
    first, last = day(start, "--from"), day(end, "--to")
    if last and not first:
        raise MistakeError("--to needs --from")
    if first and last and last < first:
        raise MistakeError(f"--from {first} is after --to {last}")
    return first, last


def moment(as_of: str, time_zone: str = "UTC") -> datetime:
    """An as-of from the command line, naive UTC."""
    from ingestion.settings import parse_as_of

    try:
        return parse_as_of(as_of, time_zone)
    except ValueError as error:
        raise MistakeError(f"--as-of: {error}") from None


def last_day(as_of: str | None, settings: "Settings") -> date:
    """The day of the as-of, in the home time zone."""
    from ingestion.settings import now

    until = moment(as_of, settings.time_zone) if as_of else settings.as_of_or(now())
    return until.replace(tzinfo=UTC).astimezone(ZoneInfo(settings.time_zone)).date()


def known(sources: Sequence[str], configured: Sequence[str]) -> list[str]:
    """The sources to load: those asked for, else every configured one."""
    for name in sources:
        if name not in configured:
            raise MistakeError(f"{name} is not among the sources of mops.yaml (configured: {', '.join(configured)})")
    return list(sources) or list(configured)
