"""tiktok-business-api-sdk-official reads advertisers, campaigns and reports, in pages of five."""

from datetime import date, timedelta
from functools import partial

import business_api_client
from business_api_client.tiktok_business.tiktok_exceptions import TiktokSDKError

REFUSED = TiktokSDKError
SIZE = 5
ALL_CAMPAIGNS = '{"secondary_status": "CAMPAIGN_STATUS_ALL"}'
ALL_DAYS = [{"field_name": "campaign_status", "filter_type": "IN", "filter_value": '["STATUS_ALL"]'}]


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    settings = business_api_client.Configuration()
    settings.host = url
    client, token = business_api_client.ApiClient(settings), credentials["access_token"]
    granted = business_api_client.AuthenticationApi(client).oauth2_advertiser_get(
        credentials["app_id"], credentials["secret"], token
    )
    ids = [each["advertiser_id"] for each in granted["data"]["list"]]
    infos = business_api_client.AccountManagementApi(client).advertiser_info(ids, token)["data"]["list"]
    campaigns, reports = business_api_client.CampaignCreationApi(client), business_api_client.ReportingApi(client)
    found: dict[str, list[dict]] = {"advertisers": [{"advertiser_id": each["advertiser_id"]} for each in infos]}
    found |= {"campaigns": [], "campaign_report": [], "advertiser_report": []}
    for advertiser in ids:
        found["campaigns"] += all_of(partial(campaigns.campaign_get, advertiser, token, filtering=ALL_CAMPAIGNS))
        for level, filtering in (("campaign", {"filtering": ALL_DAYS}), ("advertiser", {})):
            found[f"{level}_report"] += report(reports, token, advertiser, level, filtering)
    keys = ("advertiser_id", "campaign_id")
    found["campaigns"] = [{name: each[name] for name in keys} for each in found["campaigns"]]
    return found


def report(client, token: str, advertiser: str, level: str, filtering: dict) -> list[dict]:
    rows: list[dict] = []
    for start in (date(2026, 1, 1) + timedelta(days=30 * number) for number in range(7)):
        asked = {
            "advertiser_id": advertiser,
            "service_type": "AUCTION",
            "data_level": f"AUCTION_{level.upper()}",
            "dimensions": [f"{level}_id", "stat_time_day"],
            "metrics": ["spend", "impressions"],
            "start_date": start.isoformat(),
            "end_date": (start + timedelta(days=29)).isoformat(),
            **filtering,
        }
        rows += all_of(partial(client.report_integrated_get, "BASIC", token, **asked))
    days = [row["dimensions"] for row in rows]
    return [{"advertiser_id": advertiser, **each, "stat_time_day": each["stat_time_day"][:10]} for each in days]


def all_of(fetch) -> list[dict]:
    items: list[dict] = []
    for number in range(1, 1000):
        page = fetch(page=number, page_size=SIZE)["data"]
        items += page["list"]
        if number >= page["page_info"]["total_page"]:
            return items
    raise AssertionError(page["page_info"])
