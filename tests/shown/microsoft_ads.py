"""Microsoft Ads as they show themselves: every account, and one report over all days for each table."""

import csv
import io
import re
import zipfile

import requests

CHANGES = {"restated": "campaign_performance_report"}
PAGES = {"ingestion.sources.microsoft_ads.accounts._PAGE": 1}
METRICS = ["Impressions", "Clicks", "Spend", "Conversions"]
TYPES = "Search,Shopping,DynamicSearchAds,Audience,Hotel,PerformanceMax,App"
UNREAD = ("AccountFinancialStatus", "PauseReason", "TimeZone", "UseCampaignLevelDates")


def sign_in(api) -> None:
    api.sign_in()
    api.session.headers["DeveloperToken"] = api.credentials["developer_token"]


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    user = api.post("/CustomerManagement/v13/User/Query", {"UserId": None}).json()["User"]["Id"]
    predicate = {"Field": "UserId", "Operator": "Equals", "Value": user}
    asked = {"PageInfo": {"Index": 0, "Size": 1000}, "Predicates": [predicate]}
    accounts = api.post("/CustomerManagement/v13/Accounts/Search", asked).json()["Accounts"]
    found: dict[str, list[dict]] = {"accounts": [], "campaigns": []}
    found |= {"campaign_performance_report": [], "account_performance_report": []}
    for account in accounts:
        number = account["Id"]
        api.session.headers.update({"CustomerAccountId": number, "CustomerId": account["ParentCustomerId"]})
        found["accounts"].append(_raw(account) | {"time_zone": account["TimeZone"]})
        body = {"AccountId": number, "CampaignType": TYPES}
        campaigns = api.post("/CampaignManagement/v13/Campaigns/QueryByAccountId", body).json()["Campaigns"]
        found["campaigns"] += [_raw(each) | {"account_id": number} for each in campaigns]
        for table, kind, columns in (
            ("campaign_performance_report", "CampaignPerformanceReport", ["CampaignId", "CampaignName"]),
            ("account_performance_report", "AccountPerformanceReport", ["AccountId"]),
        ):
            rows = _report(api, number, kind, ["TimePeriod", *columns, *METRICS])
            found[table] += [_raw(row) | {"account_id": number} for row in rows]
    return found


def _report(api, account: str, kind: str, columns: list[str]) -> list[dict]:
    span = {"CustomDateRangeStart": {"Day": 1, "Month": 1, "Year": 2026}}
    span["CustomDateRangeEnd"] = {"Day": 31, "Month": 12, "Year": 2026}
    request = {"Type": f"{kind}Request", "Aggregation": "Daily", "Columns": columns, "Time": span}
    request["Scope"] = {"AccountIds": [account]}
    submitted = api.post("/Reporting/v13/GenerateReport/Submit", {"ReportRequest": request}).json()
    status = {"Status": "Pending"}
    while status["Status"] == "Pending":
        status = api.post("/Reporting/v13/GenerateReport/Poll", submitted).json()["ReportRequestStatus"]
    file = zipfile.ZipFile(io.BytesIO(requests.get(status["ReportDownloadUrl"], timeout=60).content))
    return list(csv.DictReader(io.StringIO(file.read(file.namelist()[0]).decode("utf-8-sig"))))


def _raw(record: dict) -> dict:
    return {re.sub("(?<!^)(?=[A-Z])", "_", name).lower(): value for name, value in record.items() if name not in UNREAD}
