"""Meta Ads as it shows itself: every account with all it ever had, and each of its days at once, without jobs."""

import json
from collections.abc import Iterator

CHANGES = {"restated": "ad_insights", "deleted": "ads.status"}
PAGES = {"ingestion.sources.meta_ads.graph._PAGE": 50}

EVERY_STATUS = json.dumps(["ACTIVE", "PAUSED", "ARCHIVED", "DELETED", "CAMPAIGN_PAUSED", "ADSET_PAUSED"])
COUNTED = {"lead", "purchase", "complete_registration"}
FIELDS = {
    "ad_accounts": "account_id,name,currency,timezone_name,account_status",
    "campaigns": "account_id,name,objective,status,effective_status,created_time,start_time,updated_time",
    "adsets": "account_id,campaign_id,name,optimization_goal,status,effective_status,created_time,updated_time",
    "ads": "account_id,campaign_id,adset_id,name,status,effective_status,created_time,updated_time",
    "ad": "account_id,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,impressions,reach,clicks"
    ",inline_link_clicks,spend,actions,action_values",
    "account": "account_id,impressions,clicks,spend",
}


def sign_in(api) -> None:
    api.session.params = {"access_token": api.credentials["access_token"]}


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    accounts = list(_listed(api, "me/adaccounts", fields=FIELDS["ad_accounts"]))
    insights = list(_insights(api, accounts, "ad"))
    return {
        "ad_accounts": accounts,
        **{kind: list(_nodes(api, accounts, kind)) for kind in ("campaigns", "adsets", "ads")},
        "ad_insights": [{**row, "conversions": _conversions(row)} for row in insights],
        "ad_actions": list(_unpacked(insights, "actions")),
        "ad_action_values": list(_unpacked(insights, "action_values")),
        "account_insights": list(_insights(api, accounts, "account")),
    }


def _nodes(api, accounts: list[dict], kind: str) -> Iterator[dict]:
    for account in accounts:
        yield from _listed(api, f"{account['id']}/{kind}", fields=FIELDS[kind], effective_status=EVERY_STATUS)


def _insights(api, accounts: list[dict], level: str) -> Iterator[dict]:
    for account in accounts:
        asked = {"level": level, "fields": FIELDS[level], "time_increment": 1, "date_preset": "maximum"}
        yield from _listed(api, f"{account['id']}/insights", **asked)


def _listed(api, path: str, **query) -> Iterator[dict]:
    page = api.get(f"/v26.0/{path}", limit=100, **query).json()
    yield from page["data"]
    while "next" in page.get("paging", {}):
        page = api.get(page["paging"]["next"]).json()
        yield from page["data"]


def _conversions(row: dict) -> float:
    return sum(float(each["value"]) for each in row.get("actions", []) if each["action_type"] in COUNTED)


def _unpacked(rows: list[dict], name: str) -> Iterator[dict]:
    for row in rows:
        key = {each: row[each] for each in ("account_id", "campaign_id", "adset_id", "ad_id", "date_start")}
        for item in row.get(name, []):
            yield {**key, **item}
