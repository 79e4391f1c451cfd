"""GA4's own numbers per day and channel, read again as long as it moves credit between channels."""

from collections.abc import Iterator
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_offset
from ingestion.reading import Item, Page, Span, Whole, each_day
from ingestion.resource import Record

RESTATED = 12  # days for which GA4 attributes key events anew
_LIMIT = 100_000
_DIMENSIONS = {"date": "date", "session_default_channel_group": "sessionDefaultChannelGroup"}
_METRICS = {"sessions": "sessions", "key_events": "keyEvents", "total_revenue": "totalRevenue"}


def read_report(client: Client, property_id: str, span: Span) -> Iterator[Item]:
    """The days that may have moved. Whether GA4 held small numbers back it says only of the report as a whole."""
    first, last = span.days(RESTATED, span.zone)
    days = each_day(first, last)
    yield Whole("daily_channel_report", [{"property_id": property_id, "date": day} for day in days])
    body = {
        "dateRanges": [{"startDate": first.isoformat(), "endDate": last.isoformat()}],
        "dimensions": [{"name": name} for name in _DIMENSIONS.values()],
        "metrics": [{"name": name} for name in _METRICS.values()],
        "orderBys": [{"dimension": {"dimensionName": name}} for name in _DIMENSIONS.values()],
        "limit": _LIMIT,
    }

    def fetch(offset: int) -> Any:
        report = client.post(f"/v1beta/properties/{property_id}:runReport", {**body, "offset": offset})
        return {**report, "rows": list(_rows(property_id, report))}

    for records in by_offset(fetch, "rows", total="rowCount"):
        yield Page("daily_channel_report", records)


def _rows(property_id: str, report: dict[str, Any]) -> Iterator[Record]:
    """The report's rows as records; a report without rows has no such key."""
    metadata = report.get("metadata") or {}
    for row in report.get("rows", ()):
        values = [each["value"] for each in (*row["dimensionValues"], *row["metricValues"])]
        record = dict(zip((*_DIMENSIONS, *_METRICS), values, strict=True))
        day = record["date"]
        yield {
            **record,
            "date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "property_id": property_id,
            "currency": metadata.get("currencyCode"),
            "is_thresholded": metadata.get("subjectToThresholding", False),
        }
