"""The sandbox's TikTok says with HTTP 200 what went wrong, and what the view holds."""

import json
from typing import Any

import pandas as pd
import pytest
from vendor_api import Api

from sandbox.view import View

ROOT = "/open_api/v1.3"
ALL_DAYS = '[{"field_name": "campaign_status", "filter_type": "IN", "filter_value": "[\\"STATUS_ALL\\"]"}]'


@pytest.fixture(scope="session")
def tiktok(sandbox: dict) -> Api:
    api = Api(sandbox, "tiktok_ads")
    api.session.headers["Access-Token"] = api.credentials["access_token"]
    return api


@pytest.fixture(scope="session")
def days(view: View) -> pd.DataFrame:
    """The last thirty days."""
    days = view.platform_days[view.platform_days["platform"] == "tiktok_ads"]
    return days[days["local_day"] > days["local_day"].max() - 30]


@pytest.fixture(scope="session")
def advertiser(tiktok: Api) -> str:
    app = {name: tiktok.credentials[name] for name in ("app_id", "secret")}
    (found,) = tiktok.get(f"{ROOT}/oauth2/advertiser/get/", **app).json()["data"]["list"]
    return found["advertiser_id"]


def report(api: Api, advertiser: str, level: str = "campaign", **more: Any) -> dict:
    asked = {
        "advertiser_id": advertiser,
        "report_type": "BASIC",
        "data_level": f"AUCTION_{level.upper()}",
        "dimensions": json.dumps([f"{level}_id", "stat_time_day"]),
        "metrics": json.dumps(["spend", "impressions", "conversion"]),
        "start_date": "2026-06-01",
        "end_date": "2026-06-30",
        "page_size": 1000,
    }
    return api.get(f"{ROOT}/report/integrated/get/", **(asked | more)).json()


def cents(answer: dict) -> int:
    return round(sum(float(each["metrics"]["spend"]) for each in answer["data"]["list"]) * 100)


def test_tiktok_keeps_deleted_campaigns_and_their_days_back_unless_asked(
    tiktok: Api, advertiser: str, days: pd.DataFrame, view: View
) -> None:
    campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == "tiktok_ads"]
    deleted = campaigns.loc[campaigns["status"] == "deleted", "id"]
    assert len(deleted)
    asked = {"advertiser_id": advertiser, "page_size": 1000}
    path, every = f"{ROOT}/campaign/get/", '{"secondary_status": "CAMPAIGN_STATUS_ALL"}'
    assert len(tiktok.get(path, **asked).json()["data"]["list"]) == len(campaigns) - len(deleted)
    assert len(tiktok.get(path, **asked, filtering=every).json()["data"]["list"]) == len(campaigns)
    kept = days.loc[~days["campaign_id"].isin(deleted), "cost_cents"].sum()
    whole = cents(report(tiktok, advertiser, filtering=ALL_DAYS))
    assert cents(report(tiktok, advertiser)) == kept < whole == days["cost_cents"].sum()
    assert cents(report(tiktok, advertiser, "advertiser")) == whole


def test_tiktok_pages_by_number_and_sends_text(tiktok: Api, advertiser: str) -> None:
    whole = report(tiktok, advertiser)["data"]["list"]
    found: list[dict] = []
    for number in range(1, 100):
        data = report(tiktok, advertiser, page=number, page_size=7)["data"]
        found += data["list"]
        if number == data["page_info"]["total_page"]:
            break
    assert found == whole and len(found) == data["page_info"]["total_number"]
    assert {type(value) for value in whole[0]["metrics"].values()} == {str}
    assert whole[0]["dimensions"]["stat_time_day"].endswith(" 00:00:00")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"start_date": "2026-05-31"}, 40002),
        ({"metrics": '["colour"]'}, 40002),
        ({"metrics": "spend"}, 40002),
        ({"page_size": 1001}, 40002),
        ({"advertiser_id": "1"}, 40001),
    ],
)
def test_tiktok_refuses_with_a_code_and_http_200(tiktok: Api, advertiser: str, asked: dict, code: int) -> None:
    assert report(tiktok, advertiser, **asked)["code"] == code


def test_tiktok_refuses_a_wrong_token(sandbox: dict) -> None:
    answer = Api(sandbox, "tiktok_ads").get(f"{ROOT}/campaign/get/", advertiser_id="1")
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (200, 40105, {})
