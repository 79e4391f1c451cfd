"""LinkedIn Ads as they show themselves: every account, and the days of all its campaigns in one question each."""

CHANGES = {"restated": "ad_analytics_by_campaign"}
PAGES = {"ingestion.sources.linkedin_ads.accounts._PAGE": 2}
STATUSES = "ACTIVE,ARCHIVED,CANCELED,COMPLETED,DRAFT,PAUSED,PENDING_DELETION,REMOVED"
FIELDS = {
    "impressions": "impressions",
    "clicks": "clicks",
    "costInLocalCurrency": "cost_in_local_currency",
    "externalWebsiteConversions": "external_website_conversions",
    "oneClickLeads": "one_click_leads",
}
NAMES = {"servingStatuses": "serving_statuses", "costType": "cost_type", "objectiveType": "objective_type",
         "dailyBudget": "daily_budget", "unitCost": "unit_cost"}  # fmt: skip
KNOWN = ("account", "campaignGroup", "changeAuditStamps", "runSchedule", "test")


def sign_in(api) -> None:
    api.sign_in()
    api.session.headers.update({"LinkedIn-Version": "202607", "X-Restli-Protocol-Version": "2.0.0"})


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    accounts = [_named(each) for each in _search(api, "/rest/adAccounts?q=search")]
    found: dict[str, list[dict]] = {"ad_accounts": accounts, "ad_campaign_groups": [], "ad_campaigns": []}
    found |= {"ad_analytics_by_campaign": [], "ad_analytics_by_account": []}
    for account in (str(each["id"]) for each in accounts):
        path, asked = f"/rest/adAccounts/{account}", f"q=search&search=(status:(values:List({STATUSES})))"
        for table, finder in (("ad_campaign_groups", "adCampaignGroups"), ("ad_campaigns", "adCampaigns")):
            found[table] += [_entity(account, each) for each in _search(api, f"{path}/{finder}?{asked}")]
        whole = f"accounts=List(urn%3Ali%3AsponsoredAccount%3A{account})"
        for table, pivot in (("ad_analytics_by_campaign", "CAMPAIGN"), ("ad_analytics_by_account", "ACCOUNT")):
            found[table] += [_day(account, pivot, each) for each in _analyse(api, pivot, whole)]
    return found


def _search(api, address: str) -> list[dict]:
    elements, token = [], ""
    while True:
        page = api.get(f"{address}&pageSize=2{token}").json()
        elements += page["elements"]
        if "nextPageToken" not in page["metadata"]:
            return elements
        token = f"&pageToken={page['metadata']['nextPageToken']}"


def _analyse(api, pivot: str, whole: str) -> list[dict]:
    days = "(start:(year:2026,month:1,day:1),end:(year:2026,month:12,day:31))"
    query = f"q=analytics&pivot={pivot}&timeGranularity=DAILY&dateRange={days}&{whole}"
    return api.get(f"/rest/adAnalytics?{query}&fields=dateRange,pivotValues,{','.join(FIELDS)}").json()["elements"]


def _entity(account: str, entity: dict) -> dict:
    stamps, schedule = entity["changeAuditStamps"], entity["runSchedule"]
    group = entity.get("campaignGroup")
    return {
        **_named(entity),
        "account_id": account,
        **({"campaign_group_id": group.split(":")[-1]} if group else {}),
        "created_at": stamps["created"]["time"],
        "last_modified_at": stamps["lastModified"]["time"],
        "run_start_at": schedule["start"],
        "run_end_at": schedule.get("end"),
    }


def _day(account: str, pivot: str, element: dict) -> dict:
    start = element.pop("dateRange")["start"]
    (pivoted,) = element.pop("pivotValues")
    return {
        **{FIELDS.get(name, name): value for name, value in element.items()},
        "account_id": account,
        **({"campaign_id": pivoted.split(":")[-1]} if pivot == "CAMPAIGN" else {}),
        "date": f"{start['year']}-{start['month']:02d}-{start['day']:02d}",
    }


def _named(entity: dict) -> dict:
    return {NAMES.get(name, name): value for name, value in entity.items() if name not in KNOWN}
