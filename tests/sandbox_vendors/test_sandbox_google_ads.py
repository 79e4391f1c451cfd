"""The sandbox's Google Ads speaks its protocol, and says what the view holds."""

import pytest
import requests
from vendor_api import Api

from sandbox.vendors.google_ads.gaql import Condition, QueryError, parse
from sandbox.view import View


def search(api: Api, account: int | str, query: str) -> list[dict]:
    """Every result of a query, page by page."""
    path, results, token = f"/v26/customers/{account}/googleAds:search", [], None
    while True:
        answer = api.post(path, {"query": query} | ({"pageToken": token} if token else {}))
        assert answer.status_code == 200, answer.text
        results += answer.json().get("results", [])
        token = answer.json().get("nextPageToken")
        if not token:
            return results


def refusal(api: Api, account: int | str, query: str, **more: object) -> dict:
    answer = api.post(f"/v26/customers/{account}/googleAds:search", {"query": query, **more})
    return answer.json()["error"]["details"][0]["errors"][0]["errorCode"]


@pytest.fixture(scope="session")
def accounts(google_ads: Api) -> list[str]:
    """The accounts below the manager, as the hierarchy says."""
    query = "SELECT customer_client.id FROM customer_client WHERE customer_client.manager = FALSE"
    return [
        each["customerClient"]["id"] for each in search(google_ads, google_ads.credentials["login_customer_id"], query)
    ]


ALL_DAYS = "segments.date BETWEEN '2020-01-01' AND '2026-12-31'"


def test_google_ads_hierarchy_hangs_below_the_one_accessible_manager(
    google_ads: Api, accounts: list[str], view: View
) -> None:
    names = google_ads.get("/v26/customers:listAccessibleCustomers").json()["resourceNames"]
    assert names == [f"customers/{google_ads.credentials['login_customer_id']}"]
    assert accounts == view.ad_accounts.loc[~view.ad_accounts["is_manager"], "id"].astype(str).tolist()


def test_google_ads_days_are_the_sums_of_their_hours_in_the_account_zone(
    google_ads: Api, accounts: list[str], view: View
) -> None:
    for account in accounts:
        days = search(google_ads, account, f"SELECT segments.date, metrics.cost_micros FROM customer WHERE {ALL_DAYS}")
        of_account = view.ad_hours[view.ad_hours["account_id"] == int(account)]
        wanted = of_account.groupby("local_day")["cost_micros"].sum()
        assert [int(each["metrics"]["costMicros"]) for each in days] == wanted[wanted != 0].tolist()
        hourly = search(
            google_ads,
            account,
            f"SELECT campaign.id, segments.date, segments.hour, metrics.cost_micros FROM campaign WHERE {ALL_DAYS}",
        )
        in_campaigns = of_account.loc[of_account["campaign_id"] != 0, "cost_micros"].sum()
        assert sum(int(each["metrics"]["costMicros"]) for each in hourly) == in_campaigns
        assert all(isinstance(each["segments"]["hour"], int) for each in hourly)


def test_google_ads_account_costs_more_than_its_campaigns_show(google_ads: Api, accounts: list[str]) -> None:
    query = "SELECT metrics.cost_micros FROM {} WHERE " + ALL_DAYS
    gaps = []
    for account in accounts:
        whole, parts = (
            sum(int(each["metrics"]["costMicros"]) for each in search(google_ads, account, query.format(resource)))
            for resource in ("customer", "campaign")
        )
        gaps.append(whole - parts)
    assert min(gaps) >= 0 and max(gaps) > 0


def test_google_ads_performance_max_has_no_ad_groups(google_ads: Api, accounts: list[str]) -> None:
    field = "campaign.advertising_channel_type"
    for account in accounts:
        campaigns = search(google_ads, account, f"SELECT {field} FROM campaign WHERE {field} != 'PERFORMANCE_MAX'")
        groups = search(google_ads, account, f"SELECT {field}, ad_group.id FROM ad_group")
        assert {each["campaign"]["resourceName"] for each in groups} == {
            each["campaign"]["resourceName"] for each in campaigns
        }


def test_google_ads_removed_campaigns_come_unless_filtered(google_ads: Api, accounts: list[str], view: View) -> None:
    everything = [each for one in accounts for each in search(google_ads, one, "SELECT campaign.id FROM campaign")]
    query = "SELECT campaign.id FROM campaign WHERE campaign.status NOT IN ('REMOVED')"
    kept = [each for one in accounts for each in search(google_ads, one, query)]
    assert len(everything) == len(view.ad_campaigns)
    assert len(everything) - len(kept) == (view.ad_campaigns["status"] == "REMOVED").sum()


def test_google_ads_pages_hold_ten_thousand_and_tokens_belong_to_their_query(
    google_ads: Api, accounts: list[str]
) -> None:
    query = f"SELECT campaign.id, segments.date, segments.hour, metrics.impressions FROM campaign WHERE {ALL_DAYS}"
    path = f"/v26/customers/{accounts[0]}/googleAds:search"
    first = google_ads.post(path, {"query": query, "searchSettings": {"returnTotalResultsCount": True}}).json()
    total = int(first["totalResultsCount"])
    assert len(first["results"]) == min(total, 10_000)
    streamed = google_ads.post(f"{path}Stream", {"query": query}).json()
    assert sum(len(batch["results"]) for batch in streamed) == total
    assert refusal(google_ads, accounts[0], query, pageToken="bm9uZQ==") == {"requestError": "INVALID_PAGE_TOKEN"}


def test_google_ads_leaves_results_out_where_there_are_none(google_ads: Api, accounts: list[str]) -> None:
    query = {"query": "SELECT campaign.id FROM campaign WHERE campaign.id = 1"}
    path = f"/v26/customers/{accounts[0]}/googleAds:search"
    assert google_ads.post(path, query).json()["fieldMask"] == "campaign.id"
    assert "results" not in google_ads.post(path, query).json()
    assert "results" not in google_ads.post(f"{path}Stream", query).json()[0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT campaign.foo FROM campaign", "UNRECOGNIZED_FIELD"),
        ("SELECT campaign.id, segments.date FROM campaign", "EXPECTED_FILTERS_ON_DATE_RANGE"),
        ("SELECT campaign.id FROM campaign WHERE segments.date >= '2026-01-01'", "EXPECTED_FILTERS_ON_DATE_RANGE"),
        ("SELECT campaign.id FROM campaign WHERE segments.hour = 3", "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE"),
        ("SELECT campaign.id FROM keyword", "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE"),
        ("campaign.id FROM campaign", "EXPECTED_SELECT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id = 1 OR campaign.id = 2", "UNEXPECTED_INPUT"),
    ],
)
def test_google_ads_refuses_a_query_by_its_code(google_ads: Api, accounts: list[str], query: str, code: str) -> None:
    assert refusal(google_ads, accounts[0], query) == {"queryError": code}
    streamed = google_ads.post(f"/v26/customers/{accounts[0]}/googleAds:searchStream", {"query": query})
    assert (streamed.status_code, streamed.json()[0]["error"]["code"]) == (400, 400)


def test_google_ads_refuses_requests_by_their_code(google_ads: Api, accounts: list[str]) -> None:
    query = "SELECT campaign.id FROM campaign"
    manager = google_ads.credentials["login_customer_id"]
    assert refusal(google_ads, accounts[0], query, pageSize=100) == {"requestError": "PAGE_SIZE_NOT_SUPPORTED"}
    assert refusal(google_ads, "1", query) == {"authorizationError": "USER_PERMISSION_DENIED"}
    metrics = refusal(google_ads, manager, "SELECT metrics.clicks FROM customer")
    assert metrics == {"queryError": "REQUESTED_METRICS_FOR_MANAGER"}
    with_wrong_token = {**google_ads.session.headers, "Authorization": "Bearer wrong"}
    answer = requests.get(f"{google_ads.url}/v26/customers:listAccessibleCustomers", headers=with_wrong_token)
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_gaql_is_read_as_written() -> None:
    query = parse(
        "select campaign.id, metrics.clicks from campaign where campaign.name like '%a b%'"
        " and segments.date between '2026-01-01' and '2026-01-31' order by metrics.clicks desc, campaign.id limit 3"
    )
    assert query.fields == ("campaign.id", "metrics.clicks")
    assert query.conditions[0] == Condition("campaign.name", "LIKE", "%a b%")
    assert query.conditions[1] == Condition("segments.date", "BETWEEN", ("2026-01-01", "2026-01-31"))
    assert (query.order_by, query.limit) == ((("metrics.clicks", True), ("campaign.id", False)), 3)
    with pytest.raises(QueryError):
        parse("SELECT campaign.id FROM campaign WHERE campaign.name = 'open")
