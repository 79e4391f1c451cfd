"""TikTok Ads: advertisers, campaigns and synchronous reports of the Business API v1.3.

View -> https://business-api.tiktok.com as sandbox.vendor.Vendor
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pandas as pd

from sandbox import wire
from sandbox.clock import DAY
from sandbox.vendor import Answer, Call, Vendor
from sandbox.vendors.tiktok_ads import envelope, parameters, report
from sandbox.vendors.tiktok_ads.envelope import envelope as in_envelope
from sandbox.vendors.tiktok_ads.envelope import listed, refused
from sandbox.view import View

PLATFORM, ROOT = "tiktok_ads", "/open_api/v1.3"
ACCESS_TOKEN, APP_ID, SECRET = "sandbox-tiktok-token", "7300000000000000001", "sandbox-tiktok-secret"  # noqa: S105
_OBJECTIVES = {"leads": "LEAD_GENERATION", "awareness": "REACH", "traffic": "TRAFFIC", "sales": "WEB_CONVERSIONS"}
_STATUS = {"active": "ENABLE", "paused": "DISABLE", "archived": "DISABLE", "deleted": "DELETE"}


def build(view: View) -> Vendor:
    """TikTok Ads over a View."""
    accounts, campaigns, days = (
        frame[frame["platform"] == PLATFORM]
        for frame in (view.platform_accounts, view.platform_campaigns, view.platform_days)
    )
    return Vendor(
        routes=[
            ("GET", f"{ROOT}/oauth2/advertiser/get/", partial(_list_advertisers, accounts)),
            ("GET", f"{ROOT}/advertiser/info/", partial(_read_advertisers, accounts)),
            ("GET", f"{ROOT}/campaign/get/", partial(_list_campaigns, accounts, campaigns)),
            ("GET", f"{ROOT}/report/integrated/get/", partial(_report, accounts, campaigns, days)),
        ],
        credentials={"access_token": ACCESS_TOKEN, "app_id": APP_ID, "secret": SECRET},
        authorize=_authorize,
        refusals={
            "rate_limited": lambda: in_envelope({}, envelope.RATE_LIMITED, "Requests made too frequently."),
            "unavailable": lambda: in_envelope({}, envelope.BROKEN, "Internal service error, please try again."),
            "not_found": lambda: in_envelope({}, envelope.NOT_FOUND, "The API endpoint does not exist."),
            "unreadable": lambda: in_envelope({}, envelope.BAD_PARAMETERS, "Invalid JSON."),
        },
        headers=lambda call, remaining: {},  # TikTok sends no limits along
        fields=lambda record: record.get("metrics", record),
    )


def _authorize(call: Call) -> None:
    if call.headers.get("access-token") != ACCESS_TOKEN:
        raise refused(envelope.BAD_TOKEN, "Access token is incorrect or has been revoked.")


def _list_advertisers(accounts: pd.DataFrame, call: Call) -> Answer:
    """The advertisers who let the app in, by id and name."""
    if (parameters.text(call, "app_id"), parameters.text(call, "secret")) != (APP_ID, SECRET):
        raise refused(envelope.NO_PERMISSION, "The app id or its secret is not correct.")
    names = zip(wire.numbers(accounts["id"]), accounts["name"].tolist(), strict=True)
    return in_envelope({"list": [{"advertiser_id": number, "advertiser_name": name} for number, name in names]})


def _read_advertisers(accounts: pd.DataFrame, call: Call) -> Answer:
    parameters.text(call, "advertiser_ids")
    wanted = parameters.json(call, "advertiser_ids", [])
    for number in wanted:
        _check(accounts, str(number))
    rows = wire.rows(accounts[accounts["id"].astype(str).isin(wanted)])
    return in_envelope({"list": [_advertiser(row) for row in rows]})


def _advertiser(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "advertiser_id": str(row["id"]),
        "name": row["name"],
        "company": row["name"],
        "currency": row["currency"],
        "timezone": row["time_zone"],
        "display_timezone": row["time_zone"],
        "country": "DE",
        "status": "STATUS_ENABLE",
        "role": "ROLE_ADVERTISER",
        "create_time": 1_650_000_000,
    }


def _check(accounts: pd.DataFrame, number: str) -> None:
    if number not in wire.numbers(accounts["id"]):
        raise refused(envelope.NO_PERMISSION, f"No permission to operate advertiser {number}.")


def _of_advertiser(accounts: pd.DataFrame, frame: pd.DataFrame, call: Call) -> pd.DataFrame:
    """The rows of the advertiser that a call names."""
    number = parameters.text(call, "advertiser_id")
    _check(accounts, number)
    return frame[frame["account_id"] == int(number)]


def _list_campaigns(accounts: pd.DataFrame, campaigns: pd.DataFrame, call: Call) -> Answer:
    """An advertiser's campaigns; those that were deleted come only where every status is asked for."""
    rows = _of_advertiser(accounts, campaigns, call)
    if parameters.json(call, "filtering", {}).get("secondary_status") != "CAMPAIGN_STATUS_ALL":
        rows = rows[rows["status"] != "deleted"]
    return listed([_campaign(row) for row in wire.rows(rows)], *parameters.page(call))


def _campaign(row: dict[str, Any]) -> dict[str, Any]:
    status = _STATUS[row["status"]]
    return {
        "advertiser_id": str(row["account_id"]),
        "campaign_id": str(row["id"]),
        "campaign_name": row["name"],
        "campaign_type": "REGULAR_CAMPAIGN",
        "objective_type": _OBJECTIVES[row["objective"]],
        "operation_status": "ENABLE" if status == "ENABLE" else "DISABLE",
        "secondary_status": f"CAMPAIGN_STATUS_{status}",
        "budget": 50.0,
        "budget_mode": "BUDGET_MODE_DAY",
        "create_time": _time(row["start_day"]),
        "modify_time": _time(row["end_day"] or row["start_day"]),
    }


def _time(day: int) -> str:
    return datetime.fromtimestamp(day * DAY / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _report(accounts: pd.DataFrame, campaigns: pd.DataFrame, days: pd.DataFrame, call: Call) -> Answer:
    deleted = set(campaigns.loc[campaigns["status"] == "deleted", "id"].tolist())
    return report.run(_of_advertiser(accounts, days, call), deleted, call)
