"""GA4's own numbers per day and channel, read again as long as it moves credit between channels."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ingestion.client import Client
from ingestion.reading import Item, Page, Span, Whole
from ingestion.resource import Record

RESTATED = 12  # days for which GA4 attributes key events anew
_AT_ONCE = 5  # reports in one request
_COLUMNS = {  # dimensions, then metrics
    "date": "date",
    "session_default_channel_group": "sessionDefaultChannelGroup",
    "sessions": "sessions",
    "key_events": "keyEvents",
    "total_revenue": "totalRevenue",
}
_DIMENSIONS, _METRICS = list(_COLUMNS.values())[:2], list(_COLUMNS.values())[2:]


def read_report(client: Client, property_id: str, span: Span) -> Iterator[Item]:
    """Each day as a report of its own, because GA4 says only per report whether it held small numbers back."""
    first, last = span.days(RESTATED, span.zone)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for start in range(0, len(days), _AT_ONCE):
        asked = days[start : start + _AT_ONCE]
        yield Whole("daily_channel_report", [{"property_id": property_id, "date": day} for day in asked])
        body = {"requests": [_request(day) for day in asked]}
        for report in client.post(f"/v1beta/properties/{property_id}:batchRunReports", body).get("reports", ()):
            yield Page("daily_channel_report", list(_rows(property_id, report)))


def _request(day: date) -> dict[str, Any]:
    return {
        "dateRanges": [{"startDate": day.isoformat(), "endDate": day.isoformat()}],
        "dimensions": [{"name": name} for name in _DIMENSIONS],
        "metrics": [{"name": name} for name in _METRICS],
    }


def _rows(property_id: str, report: dict[str, Any]) -> Iterator[Record]:
    """The report's rows as records; a report without rows has no such key."""
    metadata = report.get("metadata") or {}
    for row in report.get("rows", ()):
        values = [each["value"] for each in (*row["dimensionValues"], *row["metricValues"])]
        record = dict(zip(_COLUMNS, values, strict=True))
        day = record["date"]
        yield {
            **record,
            "date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "property_id": property_id,
            "currency": metadata.get("currencyCode"),
            "is_thresholded": metadata.get("subjectToThresholding", False),
        }
