"""The sandbox's Microsoft Ads makes its reports in jobs, and says what the view holds."""

import csv
import io
import zipfile
from typing import Any

import pandas as pd
import pytest
import requests
from vendor_api import Api

from sandbox.view import View


@pytest.fixture(scope="session")
def microsoft(sandbox: dict) -> Api:
    api = Api(sandbox, "microsoft_ads").sign_in()
    api.session.headers["DeveloperToken"] = api.credentials["developer_token"]
    return api


@pytest.fixture(scope="session")
def account(microsoft: Api) -> str:
    """The user's account, within which everything else is asked."""
    user = microsoft.post("/CustomerManagement/v13/User/Query", {"UserId": None}).json()["User"]["Id"]
    predicate = {"Field": "UserId", "Operator": "Equals", "Value": user}
    asked = {"PageInfo": {"Index": 0, "Size": 10}, "Predicates": [predicate]}
    (found,) = microsoft.post("/CustomerManagement/v13/Accounts/Search", asked).json()["Accounts"]
    microsoft.session.headers.update({"CustomerAccountId": found["Id"], "CustomerId": found["ParentCustomerId"]})
    return found["Id"]


@pytest.fixture(scope="session")
def days(view: View) -> pd.DataFrame:
    return view.platform_days[view.platform_days["platform"] == "microsoft_ads"]


def submit(api: Api, account: str, kind: str = "Campaign", first: int = 2025, **more: Any) -> requests.Response:
    request = {
        "Type": f"{kind}PerformanceReportRequest",
        "Aggregation": "Daily",
        "Columns": ["TimePeriod", f"{kind}Id", "Spend", "Clicks", "Revenue"],
        "Scope": {"AccountIds": [account]},
        "Time": {
            "CustomDateRangeStart": {"Day": 1, "Month": 1, "Year": first},
            "CustomDateRangeEnd": {"Day": 31, "Month": 12, "Year": first + 1},
        },
    }
    return api.post("/Reporting/v13/GenerateReport/Submit", {"ReportRequest": request | more})


def statuses(api: Api, submitted: requests.Response) -> list[dict]:
    """What a job says until it is done."""
    told: list[dict] = []
    while not told or told[-1]["Status"] == "Pending":
        answer = api.post("/Reporting/v13/GenerateReport/Poll", submitted.json())
        told.append(answer.json()["ReportRequestStatus"])
    return told


@pytest.mark.parametrize("kind", ["Campaign", "Account"])
def test_microsoft_reports_come_as_a_zipped_csv(microsoft: Api, account: str, days: pd.DataFrame, kind: str) -> None:
    told = statuses(microsoft, submit(microsoft, account, kind))
    assert [each["Status"] for each in told] == ["Pending", "Success"]
    file = zipfile.ZipFile(io.BytesIO(requests.get(told[-1]["ReportDownloadUrl"]).content))
    (name,) = file.namelist()
    assert file.read(name).startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.read(name).decode("utf-8-sig"))))
    assert round(sum(float(row["Spend"]) for row in rows) * 100) == days["cost_cents"].sum()
    assert sum(int(row["Clicks"]) for row in rows) == days["clicks"].sum()
    assert {row["Revenue"] for row in rows} == {"--"}


def test_microsoft_makes_no_file_of_nothing(microsoft: Api, account: str) -> None:
    done = statuses(microsoft, submit(microsoft, account, first=2001))[-1]
    assert done == {"Status": "Success", "ReportDownloadUrl": None}


def test_microsoft_shows_search_campaigns_only_where_no_types_are_named(microsoft: Api, account: str) -> None:
    path = "/CampaignManagement/v13/Campaigns/QueryByAccountId"
    for types, found in ((None, 2), ("Search,Shopping", 2), ("Shopping", 0)):
        answer = microsoft.post(path, {"AccountId": account, "CampaignType": types}).json()
        assert len(answer["Campaigns"]) == found


@pytest.mark.parametrize(
    "more",
    [{"Columns": ["Spend", "Colour"]}, {"Columns": ["TimePeriod"]}, {"Scope": {"AccountIds": ["1"]}}, {"Time": {}}],
)
def test_microsoft_refuses_a_report_it_cannot_make(microsoft: Api, account: str, more: dict) -> None:
    answer = submit(microsoft, account, **more)
    assert (answer.status_code, answer.json()["Type"]) == (400, "ApiFaultDetail")


def test_microsoft_gives_a_new_refresh_token_each_time(microsoft: Api) -> None:
    asked = {name: microsoft.credentials[name] for name in ("client_id", "client_secret", "refresh_token")}
    for _ in range(2):
        form = {"grant_type": "refresh_token", **asked}
        answer = requests.post(microsoft.credentials["token_uri"], data=form).json()
        assert answer["refresh_token"] != asked["refresh_token"]
        asked["refresh_token"] = answer["refresh_token"]
    wrong = requests.post(microsoft.credentials["token_uri"], data=form | {"refresh_token": "wrong"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")


def test_microsoft_refuses_wrong_tokens_by_code(microsoft: Api) -> None:
    right = {name: microsoft.session.headers[name] for name in ("Authorization", "DeveloperToken")}
    for wrong in ({"Authorization": "Bearer wrong"}, {"DeveloperToken": "wrong"}):
        answer = requests.post(f"{microsoft.url}/CustomerManagement/v13/User/Query", json={}, headers=right | wrong)
        assert (answer.status_code, answer.json()["Errors"][0]["Code"]) == (400, 105)
