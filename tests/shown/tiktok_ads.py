"""TikTok Ads as they show themselves: every advertiser, month by month, because a report has at most thirty days."""

import json
from datetime import date, timedelta

CHANGES = {"restated": "campaign_report"}
PAGES = {"ingestion.sources.tiktok_ads.advertisers._PAGE": 3}
ROOT = "/open_api/v1.3"
METRICS = ["spend", "impressions", "clicks", "conversion"]
ALL_CAMPAIGNS = '{"secondary_status": "CAMPAIGN_STATUS_ALL"}'
ALL_DAYS = '[{"field_name": "campaign_status", "filter_type": "IN", "filter_value": "[\\"STATUS_ALL\\"]"}]'


def sign_in(api) -> None:
    api.session.headers["Access-Token"] = api.credentials["access_token"]


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    app = {name: api.credentials[name] for name in ("app_id", "secret")}
    ids = [each["advertiser_id"] for each in api.get(f"{ROOT}/oauth2/advertiser/get/", **app).json()["data"]["list"]]
    infos = api.get(f"{ROOT}/advertiser/info/", advertiser_ids=json.dumps(ids)).json()["data"]["list"]
    found: dict[str, list[dict]] = {"advertisers": [], "campaigns": [], "campaign_report": [], "advertiser_report": []}
    for info in infos:
        found["advertisers"].append({name: value for name, value in info.items() if name != "display_timezone"})
        asked = {"advertiser_id": info["advertiser_id"]}
        found["campaigns"] += _list(api, f"{ROOT}/campaign/get/", asked | {"filtering": ALL_CAMPAIGNS})
        found["campaign_report"] += _report(api, asked | {"filtering": ALL_DAYS}, "campaign")
        found["advertiser_report"] += _report(api, asked, "advertiser")
    for info in found["advertisers"]:
        del info["create_time"]
    return found


def _report(api, asked: dict, level: str) -> list[dict]:
    asked = asked | {"report_type": "BASIC", "service_type": "AUCTION", "data_level": f"AUCTION_{level.upper()}"}
    asked |= {"dimensions": json.dumps([f"{level}_id", "stat_time_day"]), "metrics": json.dumps(METRICS)}
    rows = []
    for start in (date(2026, 1, 1) + timedelta(days=30 * number) for number in range(7)):
        span = {"start_date": start.isoformat(), "end_date": (start + timedelta(days=29)).isoformat()}
        rows += _list(api, f"{ROOT}/report/integrated/get/", asked | span)
    return [{"advertiser_id": asked["advertiser_id"], **_flat(row)} for row in rows]


def _flat(row: dict) -> dict:
    day = row["dimensions"].pop("stat_time_day").split(" ")[0]
    metrics, dimensions = row.pop("metrics"), row.pop("dimensions")
    return {**row, **metrics, **dimensions, "stat_time_day": day}


def _list(api, path: str, asked: dict) -> list[dict]:
    page, items = 0, []
    while True:
        page += 1
        data = api.get(path, **asked, page=page, page_size=5).json()["data"]
        items += data["list"]
        if page >= data["page_info"]["total_page"]:
            return items
