"""Salesforce's objects: what is new or changed, deleted records included, and the ids of all that are still shown."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from ingestion.client import Client
from ingestion.reading import Item, Page, Span
from ingestion.resource import Record
from ingestion.sources.salesforce.queries import VERSION, by_bulk, by_rest, fits_rest
from ingestion.sources.salesforce.tables import IDS, OBJECTS, column_name

logger = logging.getLogger(__name__)

_OVERLAP = timedelta(hours=1)  # a transaction can end long after the moment it writes down
_CURSORS = {"LeadHistory": "CreatedDate"}  # SystemModstamp on all others
_UNREADABLE = {"address", "location", "base64", "complexvalue"}  # types that no bulk query gives


@dataclass(frozen=True)
class Org:
    """One org as this load sees it."""

    client: Client
    span: Span

    @cached_property
    def visible(self) -> set[str]:
        """The objects that our user may query."""
        found = self.client.get(f"{VERSION}/sobjects")["sobjects"]
        return {each["name"] for each in found if each["queryable"]}

    def fields(self, name: str) -> dict[str, str]:
        """Type by name of the fields to read of an object: those with a column, and the custom ones."""
        declared = OBJECTS[name].columns.names
        described = self.client.get(f"{VERSION}/sobjects/{name}/describe")["fields"]
        return {
            each["name"]: each["type"]
            for each in described
            if (each["custom"] or column_name(each["name"]) in declared) and each["type"] not in _UNREADABLE
        }


def read_object(org: Org, name: str) -> Iterator[Item]:
    """One object: its records, and what ids there are."""
    if name not in org.visible:
        logger.warning("salesforce: %s is not there, or not for this user to see; it is left out", name)
        return
    resource, fields = OBJECTS[name], org.fields(name)
    is_whole = resource.disposition == "replace"
    since = None if is_whole else org.span.changed_since(_OVERLAP)
    query = f"SELECT {', '.join(fields)} FROM {name}{_changed(org.span, name, since)}"
    is_small = is_whole or since is not None
    pages = by_rest(org.client, query) if is_small and fits_rest(query) else by_bulk(org.client, query, fields)
    for records in pages:
        yield Page(resource.name, [{column_name(field): record.get(field) for field in fields} for record in records])
        if not is_whole and since is None:
            yield _ids(resource.name, records)
    if since is not None:
        for records in by_bulk(org.client, f"SELECT Id FROM {name}", {}):
            yield _ids(resource.name, records)


def _changed(span: Span, name: str, since: datetime | None) -> str:
    """The condition for what changed in the time, and the order to read it in."""
    if since is None:
        return ""
    cursor = _CURSORS.get(name, "SystemModstamp")
    until = span.until + timedelta(seconds=1)
    return f" WHERE {cursor} >= {_literal(since)} AND {cursor} < {_literal(until)} ORDER BY {cursor}, Id"


def _literal(moment: datetime) -> str:
    """A moment as SOQL writes it; it knows whole seconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _ids(table: str, records: list[Record]) -> Page:
    return Page(IDS.name, [{"object_type": table, "id": record["Id"]} for record in records])
