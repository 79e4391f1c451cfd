"""The sandbox's Meta Ads speaks its protocol, and says what the view holds."""

import json
from decimal import Decimal

import pytest
import requests
from vendor_api import Api

from sandbox.view import View

ACCOUNT = "act_1047000000000101"


@pytest.fixture(scope="module")
def meta_ads(sandbox: dict) -> Api:
    api = Api(sandbox, "meta_ads")
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"
    return api


def everything(api: Api, path: str, **query) -> list[dict]:
    """All of an edge, from page to page."""
    page = api.get(f"/v26.0/{path}", **query).json()
    records = page["data"]
    while "next" in page["paging"]:
        page = api.get(page["paging"]["next"]).json()
        records += page["data"]
    assert page["paging"]["cursors"]["after"]  # the last page has one too
    return records


def test_meta_ads_hides_what_is_archived_or_deleted_unless_asked_by_status(meta_ads: Api, view: View) -> None:
    campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == "meta_ads"]
    own = campaigns[campaigns["account_id"] == int(ACCOUNT[4:])]
    live = everything(meta_ads, f"{ACCOUNT}/campaigns", fields="name,effective_status", limit=1)
    asked = json.dumps(["ACTIVE", "ARCHIVED", "DELETED"])
    full = everything(meta_ads, f"{ACCOUNT}/campaigns", fields="name,effective_status", effective_status=asked)
    assert {each["id"] for each in live} == set(own.loc[own["status"] == "active", "id"].astype(str))
    assert {each["effective_status"] for each in full} == {"ACTIVE", "ARCHIVED", "DELETED"}
    assert all(each.keys() == {"id", "name", "effective_status"} for each in full)


@pytest.mark.parametrize("level", ["account", "campaign", "adset", "ad"])
def test_meta_ads_insights_of_every_level_sum_to_what_was_delivered(meta_ads: Api, view: View, level: str) -> None:
    query = {"level": level, "fields": "impressions,spend", "time_increment": 1, "date_preset": "maximum"}
    rows = everything(meta_ads, f"{ACCOUNT}/insights", limit=70, **query)
    days = view.platform_days[view.platform_days["account_id"] == int(ACCOUNT[4:])]
    assert sum(Decimal(row["spend"]) for row in rows) * 100 == int(days["cost_cents"].sum())
    assert sum(int(row["impressions"]) for row in rows) == days["impressions"].sum()
    assert {row["date_start"] for row in rows} == {row["date_stop"] for row in rows}


def test_meta_ads_job_gives_what_the_call_at_once_gives(meta_ads: Api) -> None:
    query = {
        "level": "ad",
        "fields": "ad_id,spend,actions",
        "time_increment": "1",
        "time_range": json.dumps({"since": "2026-05-10", "until": "2026-06-20"}),
        "action_attribution_windows": json.dumps(["7d_click", "28d_click"]),
    }
    url, token = f"{meta_ads.url}/v26.0", {"access_token": meta_ads.credentials["access_token"]}
    job = requests.post(f"{url}/{ACCOUNT}/insights", params=token, data=query).json()["report_run_id"]
    assert meta_ads.get(f"/v26.0/{job}/insights").status_code == 400
    assert meta_ads.get(f"/v26.0/{job}").json()["async_status"] == "Job Running"
    assert meta_ads.get(f"/v26.0/{job}/").json()["async_status"] == "Job Completed"
    rows = everything(meta_ads, f"{job}/insights", limit=50)
    assert rows == everything(meta_ads, f"{ACCOUNT}/insights", limit=500, **query)
    actions = [action for row in rows for action in row.get("actions", [])]
    assert {key for action in actions for key in action} == {"action_type", "value", "7d_click", "28d_click"}


def test_meta_ads_proves_the_app_where_a_proof_is_sent(meta_ads: Api) -> None:
    answer = meta_ads.get("/v26.0/me/adaccounts", appsecret_proof="0" * 64)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


@pytest.mark.parametrize(
    ("path", "query", "code", "subcode"),
    [
        ("act_1/campaigns", {}, 100, 33),
        (f"{ACCOUNT}/insights", {"level": "pixel"}, 100, None),
        (f"{ACCOUNT}/insights", {"time_range": '{"since":"2020-01-01","until":"2020-02-01"}'}, 100, 3018),
        (f"{ACCOUNT}/insights", {"breakdowns": '["age"]'}, 100, 1504041),
        (f"{ACCOUNT}/campaigns", {"after": "no cursor"}, 100, None),
    ],
)
def test_meta_ads_errors_are_the_graphs_own(
    meta_ads: Api, path: str, query: dict, code: int, subcode: int | None
) -> None:
    answer = meta_ads.get(f"/v26.0/{path}", **query)
    assert answer.status_code == 400
    assert (answer.json()["error"]["code"], answer.json()["error"].get("error_subcode")) == (code, subcode)


def test_meta_ads_refuses_a_wrong_token(meta_ads: Api) -> None:
    answer = requests.get(f"{meta_ads.url}/v26.0/me/adaccounts", params={"access_token": "wrong"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
