"""Marketo's leads: all of them by bulk extract, later those that the log of changes names."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Span
from ingestion.sources.marketo.exports import export
from ingestion.sources.marketo.forms import get_by_form
from ingestion.sources.marketo.log import read_log
from ingestion.sources.marketo.records import lead

OVERLAP = timedelta(hours=24)  # some entries reach the log late, under the time they happened
_IDS = 300


def read_leads(client: Client, span: Span) -> Iterator[Item]:
    """Every lead with every field the instance has, or those that are new or changed."""
    described = client.get("/rest/v1/leads/describe.json")["result"]
    types = {field["rest"]["name"]: field.get("dataType") for field in described if field.get("rest")}
    fields = list(types)
    since = span.changed_since(OVERLAP)
    if since is None:
        for records in export(client, "leads", span, types, fields):
            yield Page("leads", [lead(record) for record in records])
        return
    changes = read_log(client, "/rest/v1/activities/leadchanges.json", since, span.until, fields=",".join(fields))
    ids = sorted({entry["leadId"] for entries in changes for entry in entries})
    for start in range(0, len(ids), _IDS):
        yield from _read_by_id(client, ids[start : start + _IDS], fields)


def _read_by_id(client: Client, ids: list[int], fields: list[str]) -> Iterator[Item]:
    asked = {"filterType": "id", "filterValues": ",".join(map(str, ids)), "fields": ",".join(fields)}
    pages = by_cursor(
        lambda token: get_by_form(client, "/rest/v1/leads.json", **asked, nextPageToken=token),
        lambda page: page.get("nextPageToken"),
    )
    for page in pages:
        yield Page("leads", [lead(record) for record in page.get("result") or ()])
