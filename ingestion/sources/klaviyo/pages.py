"""Klaviyo's collections, page by page, and its records as raw tables take them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingestion.client import Client
from ingestion.paging import Page, by_cursor
from ingestion.resource import Record


def documents(client: Client, path: str, params: dict[str, Any]) -> Iterator[Page]:
    """The documents of a collection; each links to the next, of which only the cursor is followed."""
    return by_cursor(lambda cursor: client.get(f"/api/{path}", **params, **{"page[cursor]": cursor}), _next_cursor)


def collection(client: Client, path: str, params: dict[str, Any]) -> Iterator[list[Record]]:
    """The records of a collection: attributes beside the id."""
    for document in documents(client, path, params):
        yield [flat(record) for record in document["data"]]


def flat(record: Record) -> Record:
    """A record's attributes beside its id, and the ids of the single records that it relates to."""
    related = {
        f"{name.replace('-', '_')}_id": relation["data"]["id"]
        for name, relation in part(record, "relationships").items()
        if isinstance(relation.get("data"), dict)
    }
    return {**part(record, "attributes"), **related, "id": record.get("id")}


def part(record: Record, name: str) -> Record:
    """An object within a record; an empty one where there is none."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def iso(moment: datetime) -> str:
    """A moment as Klaviyo's filters take it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _next_cursor(document: Page) -> str | None:
    link = part(document, "links").get("next")
    return parse_qs(urlsplit(link).query)["page[cursor]"][0] if link else None
