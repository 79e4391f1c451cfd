"""facebook-business reads every account, its campaigns, ad sets and ads, and their insights by asynchronous jobs."""

from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

REFUSED = FacebookRequestError
LIMIT = 25

STATUSES = ["ACTIVE", "PAUSED", "ARCHIVED", "DELETED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"]
KEY = ("account_id", "ad_id", "date_start")
LISTS = {"ad_actions": "actions", "ad_action_values": "action_values"}


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    FacebookSession.GRAPH = url
    FacebookAdsApi.init(app_secret=credentials["app_secret"], access_token=credentials["access_token"], crash_log=False)
    accounts = list(User("me").get_ad_accounts(fields=["account_id"], params={"limit": LIMIT}))
    found: dict[str, list[dict]] = {name: [] for name in ("campaigns", "adsets", "ads", "ad_insights")}
    found |= {name: [] for name in ("ad_actions", "ad_action_values", "account_insights")}
    found["ad_accounts"] = [{"account_id": each["account_id"]} for each in accounts]
    for account in (AdAccount(each["id"]) for each in accounts):
        asked = {"effective_status": STATUSES, "limit": LIMIT}
        found["campaigns"] += ids(account.get_campaigns(fields=["account_id"], params=asked))
        found["adsets"] += ids(account.get_ad_sets(fields=["account_id"], params=asked))
        found["ads"] += ids(account.get_ads(fields=["account_id"], params=asked))
        rows = insights(account, "ad", [*KEY[:2], *LISTS.values()])
        found["ad_insights"] += [{name: row[name] for name in KEY} for row in rows]
        for table, name in LISTS.items():
            found[table] += [
                {**{part: row[part] for part in KEY}, "action_type": each["action_type"]}
                for row in rows
                for each in row.get(name, [])
            ]
        found["account_insights"] += [
            {name: row[name] for name in ("account_id", "date_start")}
            for row in insights(account, "account", ["account_id", "spend"])
        ]
    return found


def ids(nodes) -> list[dict]:
    return [{"account_id": each["account_id"], "id": each["id"]} for each in nodes]


def insights(account: AdAccount, level: str, fields: list[str]) -> list:
    """What a job finds, once it is done."""
    job = account.get_insights(
        fields=fields, params={"level": level, "time_increment": 1, "date_preset": "maximum"}, is_async=True
    )
    while (status := job.api_get()[AdReportRun.Field.async_status]) != "Job Completed":
        assert status == "Job Running", status
    return list(job.get_insights(params={"limit": 200}))
