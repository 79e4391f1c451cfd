"""Klaviyo's metrics, and the events of those that tell of e-mails."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span
from ingestion.sources.klaviyo.pages import collection, iso, part

_OVERLAP = timedelta(days=5)  # events that other systems report come under the time they happened
_SIZE = {"page[size]": 1000}
# The other metrics, such as visits and orders, are many times as large and told by web analytics and the shop.
_NAMES = {
    "Received Email",
    "Opened Email",
    "Clicked Email",
    "Bounced Email",
    "Dropped Email",
    "Unsubscribed",
    "Unsubscribed from Email Marketing",
    "Marked Email as Spam",
}


def read_events(client: Client, span: Span) -> Iterator[Item]:
    """Every metric, and the events of e-mails in the time, oldest first."""
    since = span.changed_since(_OVERLAP)
    for metrics in collection(client, "metrics", {}):
        yield Page("metrics", [{**each, "integration": part(each, "integration").get("name")} for each in metrics])
        for metric in metrics:
            if metric.get("name") in _NAMES:
                terms = [f'equals(metric_id,"{metric["id"]}")', f"less-or-equal(datetime,{iso(span.until)})"]
                terms += [f"greater-or-equal(datetime,{iso(since)})"] if since else []
                asked = {**_SIZE, "sort": "datetime", "filter": ",".join(terms)}
                for events in collection(client, "events", asked):
                    yield Page("events", events)
