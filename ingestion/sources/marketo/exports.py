"""Marketo's bulk extracts: jobs of at most 31 days each, queued, waited for, and read as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from ingestion.client import Client, SourceError
from ingestion.jobs import wait_for_job
from ingestion.reading import Span
from ingestion.resource import Record
from ingestion.sources.marketo.records import iso, of_csv

_LONGEST = timedelta(days=31)
_ROWS = 5000  # handed on at a time
_HOURS = 4  # that a job may take
_DONE, _FAILED = "Completed", ("Cancelled", "Failed")


def export(
    client: Client, entity: str, span: Span, types: Mapping[str, str], fields: list[str] | None = None, **asked: Any
) -> Iterator[list[Record]]:
    """Everything that was created from the start date to the as-of, one job after the other.

    `types` are the data types of the columns, `asked` are filters beside the dates.
    """
    for start, end in _windows(span):
        wanted = {**asked, "createdAt": {"startAt": iso(start), "endAt": iso(end)}}
        rows = _rows(_file(client, entity, {"format": "CSV", "fields": fields, "filter": wanted}))
        while records := [of_csv(row, types) for row in islice(rows, _ROWS)]:
            yield records


def _windows(span: Span) -> Iterator[tuple[datetime, datetime]]:
    """Spans that follow each other, a second apart, because both ends count."""
    start = datetime.combine(span.days(0, ZoneInfo("UTC"))[0], time(), UTC)
    while start <= span.until:
        end = min(start + _LONGEST - timedelta(seconds=1), span.until)
        yield start, end
        start += _LONGEST


def _file(client: Client, entity: str, asked: Record) -> bytes:
    path = f"/bulk/v1/{entity}/export"
    number = client.post(f"{path}/create.json", asked)["result"][0]["exportId"]
    client.post(f"{path}/{number}/enqueue.json")
    job = f"an export of {entity}"
    status = wait_for_job(
        client.source,
        job,
        lambda: client.get(f"{path}/{number}/status.json")["result"][0],
        state="status",
        ended=(_DONE, *_FAILED),
        hours=_HOURS,
    )["status"]
    if status != _DONE:
        raise SourceError(client.source, f"{job} ended as {status}")
    return client.download(f"{path}/{number}/file.json")


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(content.decode().replace("\0", ""), newline=""))
