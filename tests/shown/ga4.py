"""GA4 as it shows itself: one report over all days, and every file of the export."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

CHANGES = {"restated": "daily_channel_report"}
PAGES = {"ingestion.sources.ga4.report._LIMIT": 50}
ASKED_BY_FIELD = True
# it says of a whole report whether small numbers were held back; a file's fingerprint is the loader's own
NOT_SHOWN = {"daily_channel_report": ("is_thresholded",), "event_days": ("fingerprint",)}

NOT_IN_SDK = ("events", "event_days")  # the export is files

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# columns of raw that the export keeps under another name: of the traffic source collected, or else of the parameters
TRAFFIC = {"source": "manual_source", "medium": "manual_medium", "campaign": "manual_campaign_name",
           "content": "manual_content", "term": "manual_term", "gclid": "gclid", "dclid": "dclid"}  # fmt: skip
SAME_NAME = ("event_name", "user_pseudo_id", "user_id", "event_bundle_sequence_id", "batch_event_index",
             "batch_page_id", "batch_ordering_id")  # fmt: skip
PARAMETERS = ("page_location", "page_referrer", "ga_session_id", "ga_session_number", "engagement_time_msec",
              "session_engaged", "transaction_id")  # fmt: skip


def sign_in(api) -> None:
    api.sign_in()


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    files = sorted(Path(api.files["ga4_export"]).glob("events_*.parquet"))
    events = {_day(file): _events(file) for file in files}
    return {
        "daily_channel_report": _report(api),
        "event_days": [{"event_day": _day(file), "file": file.name, "rows": len(events[_day(file)])} for file in files],
        "events": [event for day in events.values() for event in day],
    }


def _report(api) -> list[dict]:
    property_id = api.credentials["property_id"]
    body = {
        "dateRanges": [{"startDate": "2026-01-01", "endDate": "2026-12-31"}],
        "dimensions": [{"name": "date"}, {"name": "sessionDefaultChannelGroup"}],
        "metrics": [{"name": "sessions"}, {"name": "keyEvents"}, {"name": "totalRevenue"}],
        "limit": 100_000,
    }
    report = api.post(f"/v1beta/properties/{property_id}:runReport", body).json()
    columns = ("date", "session_default_channel_group", "sessions", "key_events", "total_revenue")
    currency = report["metadata"]["currencyCode"]
    rows = []
    for row in report.get("rows", []):
        values = [each["value"] for each in row["dimensionValues"] + row["metricValues"]]
        record = dict(zip(columns, values, strict=True))
        day = date.fromisoformat(record["date"]).isoformat()
        rows.append({**record, "date": day, "property_id": property_id, "currency": currency})
    return rows


def _day(file: Path) -> date:
    return date.fromisoformat(file.stem.removeprefix("events_"))


def _events(file: Path) -> list[dict]:
    with duckdb.connect() as connection:
        found = connection.execute(f"from '{file}'").to_arrow_table().to_pylist()
    return [_event(event, _day(file)) for event in found]


def _event(event: dict, day: date) -> dict:
    parameters = {each["key"]: each["value"] for each in event["event_params"] or ()}
    given = {name: value["string_value"] or value["int_value"] for name, value in parameters.items()}
    traffic, device, ecommerce = (event[name] or {} for name in ("collected_traffic_source", "device", "ecommerce"))
    last_click = event["session_traffic_source_last_click"] or {}
    return {
        **{name: event.get(name) for name in SAME_NAME},
        **{name: given.get(name) for name in PARAMETERS},
        **{name: traffic.get(path) or given.get(name) for name, path in TRAFFIC.items()},
        "google_ads_campaign": (last_click.get("google_ads_campaign") or {}).get("campaign_name"),
        "event_day": day,
        "event_timestamp": EPOCH + timedelta(microseconds=event["event_timestamp"]),
        "device_category": device.get("category"),
        "hostname": (device.get("web_info") or {}).get("hostname"),
        "country": (event["geo"] or {}).get("country"),
        "purchase_revenue": ecommerce.get("purchase_revenue"),
        "transaction_id": ecommerce.get("transaction_id") or given.get("transaction_id"),
    }
