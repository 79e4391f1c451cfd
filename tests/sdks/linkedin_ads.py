"""linkedin-api-client reads with its finders, in the encoding of Rest.li and by tunnelled posts."""

import linkedin_api.clients.auth.client as auth
import linkedin_api.common.constants as constants
from linkedin_api.clients.auth.client import AuthClient
from linkedin_api.clients.restli.client import RestliClient

VERSION = "202607"
STATUSES = ["ACTIVE", "ARCHIVED", "CANCELED", "COMPLETED", "DRAFT", "PAUSED", "PENDING_DELETION", "REMOVED"]
DAYS = {"start": {"year": 2026, "month": 1, "day": 1}, "end": {"year": 2026, "month": 12, "day": 31}}


class REFUSED(Exception):
    """The SDK raises nothing where a token is wrong: its answers tell."""


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    for module in (constants, auth):
        for name, path in (
            ("OAUTH_BASE_URL", "oauth/v2"),
            ("VERSIONED_BASE_URL", "rest"),
            ("NON_VERSIONED_BASE_URL", "v2"),
        ):
            if hasattr(module, name):
                setattr(module, name, f"{url}/{path}")
    granted = AuthClient(
        credentials["client_id"], credentials["client_secret"]
    ).exchange_refresh_token_for_access_token(credentials["refresh_token"])
    if granted.status_code != 200:
        raise REFUSED(granted.status_code)
    reader = Reader(granted.access_token)
    found: dict[str, list[dict]] = {"ad_accounts": [], "ad_campaign_groups": [], "ad_campaigns": []}
    found |= {"ad_analytics_by_campaign": [], "ad_analytics_by_account": []}
    for account in reader.search("/adAccounts"):
        number = account["id"]
        found["ad_accounts"].append({"id": number})
        for table, finder in (("ad_campaign_groups", "adCampaignGroups"), ("ad_campaigns", "adCampaigns")):
            found[table] += [
                {"account_id": number, "id": each["id"]}
                for each in reader.search(f"/adAccounts/{number}/{finder}", {"status": {"values": STATUSES}})
            ]
        for table, pivot in (("ad_analytics_by_campaign", "CAMPAIGN"), ("ad_analytics_by_account", "ACCOUNT")):
            found[table] += [day(number, pivot, each) for each in reader.analyse(number, pivot)]
    return found


class Reader:
    """The finders, with a token."""

    def __init__(self, token: str) -> None:
        self.client, self.token = RestliClient(), token

    def find(self, path: str, finder: str, query: dict):
        answer = self.client.finder(
            resource_path=path,
            finder_name=finder,
            access_token=self.token,
            version_string=VERSION,
            query_params=query,
        )
        assert answer.status_code == 200, answer.status_code
        return answer

    def search(self, path: str, search: dict | None = None) -> list[dict]:
        elements: list[dict] = []
        query: dict = {"pageSize": 1, **({"search": search} if search else {})}
        while True:
            answer = self.find(path, "search", query)
            elements += answer.elements
            # the SDK loses the metadata on its way, but keeps the answer
            if not (token := answer.response.json()["metadata"].get("nextPageToken")):
                return elements
            query["pageToken"] = token

    def analyse(self, account: int, pivot: str) -> list[dict]:
        query = {"pivot": pivot, "timeGranularity": "DAILY", "dateRange": DAYS}
        # so many that the query is too long for a GET
        query["accounts"] = [f"urn:li:sponsoredAccount:{number}" for number in (account, *range(1, 200))]
        return self.find("/adAnalytics", "analytics", query).elements


def day(account: int, pivot: str, element: dict) -> dict:
    start = element["dateRange"]["start"]
    campaign = {"campaign_id": element["pivotValues"][0].split(":")[-1]} if pivot == "CAMPAIGN" else {}
    return {"account_id": account, **campaign, "date": "{year}-{month:02d}-{day:02d}".format(**start)}
