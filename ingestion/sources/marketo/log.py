"""Marketo's activity log, page by page from a time on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingestion.client import Client
from ingestion.reading import is_after
from ingestion.resource import Record
from ingestion.sources.marketo.forms import get_by_form
from ingestion.sources.marketo.records import iso

_BATCH = 300


def read_log(client: Client, path: str, since: datetime, until: datetime, **params: Any) -> Iterator[list[Record]]:
    """Entries of the log in the time: a page may be empty though more follow."""
    last = iso(until)
    token = client.get("/rest/v1/activities/pagingtoken.json", sinceDatetime=iso(since))["nextPageToken"]
    while True:
        page = get_by_form(client, path, nextPageToken=token, batchSize=_BATCH, **params)
        entries = page.get("result") or []
        if found := [entry for entry in entries if not is_after(entry.get("activityDate"), last)]:
            yield found
        if not page.get("moreResult") or (entries and not found):
            return
        if page["nextPageToken"] == token:
            raise ValueError("the vendor's pages go round in a circle")
        token = page["nextPageToken"]
