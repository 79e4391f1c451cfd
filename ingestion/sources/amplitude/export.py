"""Amplitude's raw events by the day they were uploaded, which may be long after they happened.

Answers are archives of gzipped JSON lines, a file for each hour. Each day is asked for alone, and by the hour where the
day is more than Amplitude gives at once.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from ingestion.client import Client, SourceError
from ingestion.reading import Item, Page, Span, Whole
from ingestion.resource import Record

RESTATED = 2  # days in which what was uploaded may still be missing from the export; mostly it is two hours
_HOURS = range(24)
_NOTHING, _TOO_MUCH = 404, {400, 504}


def read_export(client: Client, span: Span) -> Iterator[Item]:
    """The events of every day that may have got some since the last load."""
    first, last = span.days(RESTATED, ZoneInfo("UTC"))
    large: list[date] = []
    for number in range((last - first).days + 1):
        yield from _read_day(client, first + timedelta(days=number), large)


def _read_day(client: Client, day: date, large: list[date]) -> Iterator[Item]:
    """A day without events is whole too."""
    for table in ("events", "export_days"):
        yield Whole(table, [{"uploaded_on": day}])
    found: set[str] = set()
    for lines in _files_of_day(client, day, large):
        events = [_event(line, day) for line in lines]
        found |= {each["uuid"] for each in events if isinstance(each, dict) and isinstance(each.get("uuid"), str)}
        yield Page("events", events)
    if found:
        yield Page("export_days", [{"uploaded_on": day.isoformat(), "events": len(found)}])


def _files_of_day(client: Client, day: date, large: list[date]) -> Iterator[list[Any]]:
    """The day at once; where that is too much it is one of the `large`, and those after it are not tried at once."""
    if not large:
        try:
            yield from _files(client, day, _HOURS[0], _HOURS[-1])
            return
        except SourceError as error:
            if error.status not in _TOO_MUCH:
                raise
            large.append(day)
    for hour in _HOURS:
        yield from _files(client, day, hour, hour)


def _files(client: Client, day: date, first: int, last: int) -> Iterator[list[Any]]:
    """The records of each file of some hours; none where nothing was uploaded."""
    try:
        content = client.download("/api/2/export", start=f"{day:%Y%m%d}T{first:02}", end=f"{day:%Y%m%d}T{last:02}")
    except SourceError as error:
        if error.status == _NOTHING:
            return
        raise
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield [_record(line) for line in gzip.decompress(archive.read(name)).splitlines()]
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error):
        raise SourceError(client.source, f"the export of {day} is no readable archive") from None


def _record(line: bytes) -> Any:
    """The line as a record, or as the text it is."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return line.decode(errors="replace")


def _event(record: Any, day: date) -> Any:
    """The event with what is known of its user and its page beside its own fields; names lose their dollar sign."""
    if not isinstance(record, dict):
        return record
    user, event = (_object(record.get(name)) for name in ("user_properties", "event_properties"))
    own = {name.removeprefix("$"): value for name, value in record.items()}
    return {**_of_user(user), "page_url": _url(event), **own, "uploaded_on": day.isoformat()}


def _of_user(user: Record) -> Record:
    """Where the user's visit came from, as Amplitude's SDKs keep it, and their address."""
    names = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "referring_domain")
    clicks = (
        name for name in ("gclid", "wbraid", "gbraid", "dclid", "msclkid", "ttclid", "li_fat_id", "fbclid", "twclid")
    )
    click = next((name for name in clicks if user.get(name)), None)
    return {
        **{name: user.get(name) for name in names},
        "click_id_type": click,
        "email": user.get("email") or user.get("Email"),
    }


def _url(event: Record) -> Any:
    return event.get("[Amplitude] Page URL") or event.get("[Amplitude] Page Location")


def _object(value: Any) -> Record:
    return value if isinstance(value, dict) else {}
