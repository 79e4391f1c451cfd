"""GAQL: what is selected for each raw table, and the results as its records."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.resource import Record

VERSION = "v26"

CUSTOMERS = {
    "id": "customer_client.id",
    "descriptive_name": "customer_client.descriptive_name",
    "currency_code": "customer_client.currency_code",
    "time_zone": "customer_client.time_zone",
    "manager": "customer_client.manager",
    "level": "customer_client.level",
    "status": "customer_client.status",
}
CAMPAIGNS = {
    "id": "campaign.id",
    "name": "campaign.name",
    "status": "campaign.status",
    "advertising_channel_type": "campaign.advertising_channel_type",
    "start_date": "campaign.start_date_time",
    "end_date": "campaign.end_date_time",
}
_METRICS = {
    "impressions": "metrics.impressions",
    "clicks": "metrics.clicks",
    "cost_micros": "metrics.cost_micros",
    "conversions": "metrics.conversions",
    "conversions_value": "metrics.conversions_value",
}
ACCOUNT_PERFORMANCE = {"date": "segments.date", **_METRICS}
CAMPAIGN_PERFORMANCE = {
    "campaign_id": "campaign.id",
    "campaign_name": "campaign.name",
    "date": "segments.date",
    **_METRICS,
    "all_conversions": "metrics.all_conversions",
}
HOUR = {"hour": "segments.hour"}


def search(
    client: Client, customer_id: str, columns: Mapping[str, str], resource: str, where: str = ""
) -> Iterator[list[Record]]:
    """The results of a query, page by page; what a result leaves out is NULL, but a metric is 0."""
    query = f"SELECT {', '.join(columns.values())} FROM {resource}" + (f" WHERE {where}" if where else "")
    path = f"/{VERSION}/customers/{customer_id}/googleAds:search"
    places = [(column, *_place(field)) for column, field in columns.items()]

    def fetch(token: str | None) -> Any:
        return client.post(path, {"query": query, **({"pageToken": token} if token else {})})

    for page in by_cursor(fetch, lambda page: page.get("nextPageToken")):
        yield [
            {column: result.get(part, {}).get(name, default) for column, part, name, default in places}
            for result in page.get("results", ())
        ]


def _place(field: str) -> tuple[str, str, int | None]:
    """Where a field of a query stands in a result: campaign.start_date_time at campaign, startDateTime."""
    part, name = (_camel(each) for each in field.split("."))
    return part, name, 0 if part == "metrics" else None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
