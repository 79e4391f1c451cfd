"""The sandbox's LinkedIn speaks Rest.li, and says what the view holds."""

import pandas as pd
import pytest
import requests
from vendor_api import Api

from sandbox.view import View

ALL = "search=(status:(values:List(ACTIVE,PAUSED,ARCHIVED,COMPLETED,PENDING_DELETION,REMOVED,DRAFT,CANCELED)))"
DAYS = "dateRange=(start:(day:1,month:1,year:2020),end:(year:2027,month:1,day:1))"


@pytest.fixture(scope="session")
def linkedin(sandbox: dict) -> Api:
    api = Api(sandbox, "linkedin_ads").sign_in()
    api.session.headers["LinkedIn-Version"] = "202607"
    return api


@pytest.fixture(scope="session")
def days(view: View) -> pd.DataFrame:
    return view.platform_days[view.platform_days["platform"] == "linkedin_ads"]


@pytest.fixture(scope="session")
def account(linkedin: Api) -> int:
    (found,) = linkedin.get("/rest/adAccounts?q=search").json()["elements"]
    return found["id"]


def analytics(pivot: str, facet: str, fields: str = "") -> str:
    return f"q=analytics&pivot={pivot}&timeGranularity=DAILY&{DAYS}&{facet}{fields and f'&fields={fields}'}"


def whole(account: int) -> str:
    return f"accounts=List(urn%3Ali%3AsponsoredAccount%3A{account})"


def test_linkedin_shows_what_was_put_away_only_when_asked(linkedin: Api, account: int, view: View) -> None:
    path = f"/rest/adAccounts/{account}/adCampaigns"
    every = linkedin.get(f"{path}?q=search&{ALL}").json()["elements"]
    kept = linkedin.get(f"{path}?q=search&search=(status:(values:List(ACTIVE)))").json()["elements"]
    campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == "linkedin_ads"]
    assert [each["id"] for each in every] == campaigns["id"].tolist()
    assert len(kept) == (campaigns["status"] == "active").sum() < len(every)
    assert every[0]["campaignGroup"].startswith("urn:li:sponsoredCampaignGroup:")


def test_linkedin_pages_by_token_to_the_last(linkedin: Api, account: int) -> None:
    address, found, token = f"/rest/adAccounts/{account}/adCampaigns?q=search&pageSize=1&{ALL}", [], ""
    while True:
        page = linkedin.get(address + (f"&pageToken={token}" if token else "")).json()
        found += [each["id"] for each in page["elements"]]
        if not (token := page["metadata"].get("nextPageToken")):
            break
    assert found == [each["id"] for each in linkedin.get(f"{address}&pageSize=100").json()["elements"]]
    assert linkedin.get(f"{address}&pageToken=xx").status_code == 400


def test_linkedin_analytics_add_up_by_either_pivot(linkedin: Api, account: int, days: pd.DataFrame) -> None:
    fields = "dateRange,pivotValues,costInLocalCurrency,impressions,externalWebsiteConversions,oneClickLeads"
    for pivot in ("CAMPAIGN", "ACCOUNT", "(value:CAMPAIGN)"):
        rows = linkedin.get(f"/rest/adAnalytics?{analytics(pivot, whole(account), fields)}").json()["elements"]
        assert round(sum(float(row["costInLocalCurrency"]) for row in rows) * 100) == days["cost_cents"].sum()
        claimed = sum(row["externalWebsiteConversions"] + row["oneClickLeads"] for row in rows)
        assert (claimed, sum(row["impressions"] for row in rows)) == tuple(days[["conversions", "impressions"]].sum())


def test_linkedin_gives_no_costs_unasked_and_nothing_of_others(linkedin: Api, account: int) -> None:
    row = linkedin.get(f"/rest/adAnalytics?{analytics('CAMPAIGN', whole(account))}").json()["elements"][0]
    assert set(row) == {"dateRange", "pivotValues", "impressions", "clicks"}
    other = linkedin.get(f"/rest/adAnalytics?{analytics('CAMPAIGN', whole(1))}")
    assert (other.status_code, other.json()["elements"]) == (200, [])


def test_linkedin_takes_a_long_get_as_a_post(linkedin: Api, account: int) -> None:
    query = analytics("CAMPAIGN", whole(account))
    headers = {"X-HTTP-Method-Override": "GET", "Content-Type": "application/x-www-form-urlencoded"}
    tunnelled = linkedin.session.post(f"{linkedin.url}/rest/adAnalytics", data=query, headers=headers)
    assert tunnelled.json() == linkedin.get(f"/rest/adAnalytics?{query}").json()


def test_linkedin_does_not_understand_an_encoded_structure(linkedin: Api, account: int) -> None:
    query = analytics("CAMPAIGN", whole(account)).replace("(", "%28").replace(")", "%29")
    answer = linkedin.get(f"/rest/adAnalytics?{query}")
    assert (answer.status_code, answer.json()["errorDetailType"]) == (400, "com.linkedin.common.error.BadRequest")


def test_linkedin_errors_are_linkedins(linkedin: Api) -> None:
    token = linkedin.session.headers["Authorization"]
    told = [
        requests.get(f"{linkedin.url}/rest/adAccounts?q=search", headers=headers)
        for headers in (
            {"Authorization": "Bearer wrong", "LinkedIn-Version": "202607"},
            {"Authorization": token},
            {"Authorization": token, "LinkedIn-Version": "202401"},
        )
    ]
    assert [(each.status_code, each.json()["code"]) for each in told] == [
        (401, "INVALID_ACCESS_TOKEN"),
        (400, "VERSION_MISSING"),
        (426, "NONEXISTENT_VERSION"),
    ]
    forbidden = linkedin.get("/rest/adAccounts/1/adCampaigns?q=search")
    assert (forbidden.status_code, forbidden.json()["code"]) == (403, "ACCESS_DENIED")
