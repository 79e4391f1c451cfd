"""msads reads accounts and campaigns, and downloads the reports that it has waited for."""

import csv
import tempfile
from functools import reduce
from operator import or_
from pathlib import Path

import bingads.authorization as authorization
from bingads.service_client import ServiceClient
from bingads.v13.reporting import ReportingDownloadParameters, ReportingServiceManager
from openapi_client.exceptions import ApiException
from openapi_client.models import reporting
from openapi_client.models.campaign import CampaignType, GetCampaignsByAccountIdRequest
from openapi_client.models.customer import GetUserRequest, Paging, Predicate, SearchAccountsRequest

REFUSED = ApiException
TYPES = reduce(or_, CampaignType)


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    uris = authorization._UriOAuthService.AUTH_TOKEN_URI
    authorization._UriOAuthService.AUTH_TOKEN_URI = dict.fromkeys(uris, credentials["token_uri"])
    granted = authorization.OAuthWebAuthCodeGrant(credentials["client_id"], credentials["client_secret"], None)
    granted.request_oauth_tokens_by_refresh_token(credentials["refresh_token"])
    data = authorization.AuthorizationData(developer_token=credentials["developer_token"], authentication=granted)
    customers = ServiceClient("CustomerManagement", 13, data, location=url)
    user = customers.get_user(GetUserRequest(user_id=None)).User
    predicate = Predicate(field="UserId", operator="Equals", value=user.Id)
    asked = SearchAccountsRequest(page_info=Paging(index=0, size=100), predicates=[predicate])
    found: dict[str, list[dict]] = {"accounts": [], "campaigns": []}
    found |= {"campaign_performance_report": [], "account_performance_report": []}
    for account in customers.search_accounts(asked).Accounts:
        number = account.Id
        found["accounts"].append({"id": number})
        data.account_id, data.customer_id = number, account.ParentCustomerId
        campaigns = ServiceClient("CampaignManagement", 13, data, location=url)
        listed = campaigns.get_campaigns_by_account_id(
            GetCampaignsByAccountIdRequest(account_id=number, campaign_type=TYPES)
        )
        found["campaigns"] += [{"account_id": number, "id": each.Id} for each in listed.Campaigns]
        for kind, columns in (("Campaign", {"campaign_id": "CampaignId"}), ("Account", {})):
            rows = report(url, data, number, kind, {**columns, "time_period": "TimePeriod"})
            found[f"{kind.lower()}_performance_report"] += [{"account_id": number, **row} for row in rows]
    return found


def report(url: str, data, account: str, kind: str, columns: dict[str, str]) -> list[dict]:
    request = getattr(reporting, f"{kind}PerformanceReportRequest")(
        format="Csv",
        format_version="2.0",
        exclude_report_header=True,
        exclude_report_footer=True,
        aggregation="Daily",
        columns=[*columns.values(), "Spend"],
        scope={"AccountIds": [account]},
        time=reporting.ReportTime(
            custom_date_range_start=reporting.Date(day=1, month=1, year=2026),
            custom_date_range_end=reporting.Date(day=31, month=12, year=2026),
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        manager = ReportingServiceManager(data, 100, working_directory=folder, location=url)
        parameters = ReportingDownloadParameters(
            report_request=request,
            result_file_directory=folder,
            result_file_name="report.csv",
            overwrite_result_file=True,
            timeout_in_milliseconds=60_000,
        )
        with Path(manager.download_file(parameters)).open(encoding="utf-8-sig") as file:
            return [{name: row[column] for name, column in columns.items()} for row in csv.DictReader(file)]
