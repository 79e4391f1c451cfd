"""TikTok's advertisers one after the other: their campaigns, and the days that are new or may have moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from ingestion.client import Client
from ingestion.named_accounts import in_turn, named
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record
from ingestion.settings import SettingsError

RESTATED = 28  # days for which TikTok still attributes conversions to the day of the click
_ROOT = "/open_api/v1.3"
_PAGE = 1000
_INFOS = 100  # advertisers that are described at once
_DAYS = 30  # the most of a report by day
_METRICS = ("spend", "impressions", "clicks", "conversion")
# Without these TikTok leaves out what was deleted, and the days of it are money too.
_DELETED_CAMPAIGNS = {"secondary_status": "CAMPAIGN_STATUS_ALL"}
_DELETED_DAYS = [{"field_name": "campaign_status", "filter_type": "IN", "filter_value": '["STATUS_ALL"]'}]


def read_advertisers(client: Client, pull: Pull) -> Iterator[Item]:
    """Every advertiser who lets the app in, or those of the options, and what each has."""
    for advertiser, is_new in in_turn(pull, _advertisers(client, _ids(client, pull)), "advertiser_id"):
        yield Page("advertisers", [advertiser])
        if advertiser.get("advertiser_id"):
            yield from _read_campaigns(client, advertiser["advertiser_id"])
            yield from _read_reports(client, pull, advertiser, is_new)


def _advertisers(client: Client, ids: list[str]) -> Iterator[Record]:
    for number in range(0, len(ids), _INFOS):
        asked = _json(ids[number : number + _INFOS])
        yield from client.get(f"{_ROOT}/advertiser/info/", advertiser_ids=asked)["data"]["list"]


def _ids(client: Client, pull: Pull) -> list[str]:
    if "advertiser_ids" in pull.account:
        return named(pull, "advertiser_ids")
    if not {"app_id", "secret"} <= pull.account.keys():
        raise SettingsError("sources.tiktok_ads: options need advertiser_ids, or credentials app_id and secret")
    app = {name: pull.account[name] for name in ("app_id", "secret")}
    return [each["advertiser_id"] for each in client.get(f"{_ROOT}/oauth2/advertiser/get/", **app)["data"]["list"]]


def _read_campaigns(client: Client, advertiser_id: str) -> Iterator[Item]:
    """All campaigns; deleted ones stay, with that status."""
    yield Whole("campaigns", [{"advertiser_id": advertiser_id}])
    asked = {"advertiser_id": advertiser_id, "filtering": _json(_DELETED_CAMPAIGNS)}
    for campaigns in _pages(client, f"{_ROOT}/campaign/get/", asked):
        yield Page("campaigns", [{**campaign, "advertiser_id": advertiser_id} for campaign in campaigns])


def _read_reports(client: Client, pull: Pull, advertiser: Record, is_new: bool) -> Iterator[Item]:
    """The days of the advertiser's zone, by campaign and in sum."""
    first, last = pull.span.days(RESTATED, ZoneInfo(advertiser["timezone"]), is_new)
    days = each_day(first, last)
    advertiser_id = advertiser["advertiser_id"]
    for table, level, dimension, filtering in (
        ("campaign_report", "AUCTION_CAMPAIGN", "campaign_id", _DELETED_DAYS),
        ("advertiser_report", "AUCTION_ADVERTISER", "advertiser_id", None),
    ):
        yield Whole(table, [{"advertiser_id": advertiser_id, "stat_time_day": day} for day in days])
        asked = {
            "advertiser_id": advertiser_id,
            "service_type": "AUCTION",
            "report_type": "BASIC",
            "data_level": level,
            "dimensions": _json([dimension, "stat_time_day"]),
            "metrics": _json(_METRICS),
            "filtering": filtering and _json(filtering),
        }
        for start in days[::_DAYS]:
            stretch = _stretch(start, last)
            for rows in _pages(client, f"{_ROOT}/report/integrated/get/", {**asked, **stretch}):
                yield Page(table, [_row(advertiser_id, row) for row in rows])


def _stretch(first: date, last: date) -> dict[str, str]:
    end = min(first + timedelta(days=_DAYS - 1), last)
    return {"start_date": first.isoformat(), "end_date": end.isoformat()}


def _pages(client: Client, path: str, asked: dict[str, Any]) -> Iterator[list[Record]]:
    """The pages of a list; pages are counted from 1 on."""

    def fetch(number: int | None) -> Any:
        return client.get(path, **asked, page=number or 1, page_size=_PAGE)["data"]

    def following(page: Record) -> int | None:
        info = page["page_info"]
        return info["page"] + 1 if info["page"] < info["total_page"] else None

    for page in by_cursor(fetch, following):
        yield page["list"]


def _row(advertiser_id: str, row: Record) -> Record:
    """Dimensions and metrics side by side; a day is told as its midnight."""
    others = {name: value for name, value in row.items() if name not in ("dimensions", "metrics")}
    record = {**others, **_object(row, "metrics"), **_object(row, "dimensions"), "advertiser_id": advertiser_id}
    day = record.get("stat_time_day")
    return {**record, "stat_time_day": day.removesuffix(" 00:00:00") if isinstance(day, str) else day}


def _object(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
