"""The sandbox's Salesforce speaks its protocol, and says what the view holds."""

import csv
import io

import pytest
import requests
from shown import salesforce as shown
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View

DATA = "/services/data/v62.0"


@pytest.fixture(scope="module")
def salesforce(sandbox: dict) -> Api:
    api = Api(sandbox, "salesforce")
    shown.sign_in(api)
    return api


def query(api: Api, text: str, path: str = "query") -> requests.Response:
    return api.get(f"{DATA}/{path}", q=text)


def test_salesforce_pages_by_locator_and_counts_the_whole(salesforce: Api) -> None:
    salesforce.session.headers["Sforce-Query-Options"] = "batchSize=200"
    try:
        page = query(salesforce, "SELECT Id FROM LeadHistory ORDER BY Id", "queryAll").json()
        ids = [each["Id"] for each in page["records"]]
        assert (len(ids), page["done"]) == (200, False)
        while not page["done"]:
            page = salesforce.get(page["nextRecordsUrl"]).json()
            ids += [each["Id"] for each in page["records"]]
    finally:
        del salesforce.session.headers["Sforce-Query-Options"]
    assert len(ids) == page["totalSize"] == len(set(ids))
    assert all(len(each) == 18 for each in ids)


def test_salesforce_opportunities_are_the_deals(salesforce: Api, view: View) -> None:
    found = list(shown.records(salesforce, "Opportunity"))
    assert sum(each["Amount"] for each in found) == pytest.approx(view.deals["amount_cents"].sum() / 100)
    assert sum(each["IsDeleted"] for each in found) == (view.deals["archived_at"] != NEVER).sum()
    assert sum(each["IsWon"] for each in found) == view.deals["stage"].isin(["closedwon", "118734504"]).sum()
    living = query(salesforce, "SELECT COUNT() FROM Opportunity").json()
    assert living["totalSize"] == len(found) - sum(each["IsDeleted"] for each in found)


def test_salesforce_leads_are_converted_merged_and_nobody_without_an_address(salesforce: Api, view: View) -> None:
    leads = {each["Id"]: each for each in shown.records(salesforce, "Lead")}
    contacts = {each["Id"]: each for each in shown.records(salesforce, "Contact")}
    assert {each["Email"].lower() for each in leads.values()} <= {
        email
        for emails in view.contacts["email"] + ";" + view.contacts["additional_emails"]
        for email in emails.split(";")
        if email
    }
    converted = [each for each in leads.values() if each["IsConverted"]]
    assert {each["ConvertedContactId"] for each in converted} == set(contacts)
    merged = [each for each in leads.values() if each["MasterRecordId"]]
    assert merged and all(each["IsDeleted"] and not leads[each["MasterRecordId"]]["IsDeleted"] for each in merged)


def test_salesforce_filters_by_moments(salesforce: Api) -> None:
    stamps = sorted(each["SystemModstamp"] for each in shown.records(salesforce, "Lead"))
    middle = stamps[len(stamps) // 2]
    assert middle.endswith("+0000")
    moment = middle.replace("+0000", "Z")
    later = query(salesforce, f"SELECT Id FROM Lead WHERE SystemModstamp >= {moment}", "queryAll").json()
    assert later["totalSize"] == sum(each >= middle for each in stamps)


def test_salesforce_bulk_says_the_same_in_csv(salesforce: Api) -> None:
    fields = "Id, Email, IsConverted, Grade__c, CreatedDate"
    body = {"operation": "queryAll", "query": f"SELECT {fields} FROM Lead", "contentType": "CSV"}
    job = salesforce.post(f"{DATA}/jobs/query", body).json()
    path = f"{DATA}/jobs/query/{job['id']}"
    assert salesforce.get(f"{path}/results").status_code == 400
    states = [salesforce.get(path).json()["state"] for _ in range(2)]
    assert states == ["InProgress", "JobComplete"]
    rows, locator = [], None
    while locator != "null":
        answer = salesforce.get(f"{path}/results", maxRecords=50, locator=locator)
        page = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(page) == int(answer.headers["Sforce-NumberOfRecords"])
        rows, locator = rows + page, answer.headers["Sforce-Locator"]
    told = {each["Id"]: each for each in shown.records(salesforce, "Lead")}
    assert {each["Id"] for each in rows} == set(told)
    for row in rows:
        lead = told[row["Id"]]
        assert (row["Email"], row["IsConverted"]) == (lead["Email"], str(lead["IsConverted"]).lower())
        assert row["CreatedDate"].replace("Z", "+0000") == lead["CreatedDate"]


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("SELECT Id FORM Lead", 400, "MALFORMED_QUERY"),
        ("SELECT Id FROM Nothing", 400, "INVALID_TYPE"),
        ("SELECT Nothing__c FROM Lead", 400, "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01'", 400, "INVALID_FIELD"),
        (f"SELECT {'Id, ' * 6000}Id FROM Lead", 414, "URI_TOO_LONG"),
    ],
)
def test_salesforce_errors_are_lists(salesforce: Api, text: str, status: int, code: str) -> None:
    answer = query(salesforce, text)
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (status, code)


def test_salesforce_bulk_takes_no_compound_fields(salesforce: Api) -> None:
    answer = salesforce.post(f"{DATA}/jobs/query", {"operation": "query", "query": "SELECT Address FROM Lead"})
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALIDENTITY")


def test_salesforce_refuses_a_wrong_session_and_a_wrong_secret(salesforce: Api) -> None:
    answer = requests.get(f"{salesforce.url}{DATA}/limits", headers={"Authorization": "Bearer 00D!wrong"})
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")
    body = {"grant_type": "client_credentials", "client_id": salesforce.credentials["client_id"], "client_secret": "no"}
    answer = requests.post(f"{salesforce.url}/services/oauth2/token", data=body)
    assert answer.status_code == 400 and set(answer.json()) == {"error", "error_description"}
