"""Klaviyo's campaigns with their messages, whole in each load: there are few."""

from collections.abc import Iterator

from ingestion.client import Client
from ingestion.reading import Item, Page
from ingestion.resource import Record
from ingestion.sources.klaviyo.pages import documents, flat, part

_FILTERS = ("equals(archived,false)", "equals(archived,true)")  # archived ones come only when asked for


def read_campaigns(client: Client) -> Iterator[Item]:
    """Every campaign, and every message of one."""
    for asked in _FILTERS:
        for document in documents(client, "campaigns", {"include": "campaign-messages", "filter": asked}):
            yield Page("campaigns", [_defined(record) for record in document["data"]])
            messages = [_defined(each) for each in document.get("included") or ()]
            yield Page("campaign_messages", messages)


def _defined(record: Record) -> Record:
    """The record with its definition's fields beside its own."""
    own = flat(record)
    return {**part(own, "definition"), **{name: value for name, value in own.items() if name != "definition"}}
