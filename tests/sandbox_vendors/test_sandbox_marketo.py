"""The sandbox's Marketo speaks its protocol, and says what the view holds."""

import csv
import io

import pytest
import requests
from shown.marketo import sign_in
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View


@pytest.fixture(scope="module")
def marketo(sandbox: dict) -> Api:
    api = Api(sandbox, "marketo")
    sign_in(api)
    return api


def members(view: View) -> set[int]:
    """The people who are in Marketo and not gone."""
    own = view.program_members[view.program_members["tool"] == "marketo"]
    return set(own.loc[own["gone_at"] == NEVER, "person"])


def log(api: Api, kinds: str, batch: int = 300) -> list[dict]:
    token = api.get("/rest/v1/activities/pagingtoken.json", sinceDatetime="2026-01-01T00:00:00Z").json()
    found, is_more = [], True
    while is_more:
        query = {"activityTypeIds": kinds, "nextPageToken": token["nextPageToken"], "batchSize": batch}
        token = api.get("/rest/v1/activities.json", **query).json()
        found += token.get("result", [])
        is_more = token["moreResult"]
    return found


def test_marketo_logs_what_came_of_its_programs_whatever_the_batch(marketo: Api, view: View) -> None:
    events = view.program_events[view.program_events["tool"] == "marketo"]
    found = log(marketo, "6,10", batch=30)
    assert len(found) == events["action"].isin(["sent", "open"]).sum()
    assert [each["activityDate"] for each in found] == sorted(each["activityDate"] for each in found)
    assert log(marketo, "6,10") == found
    assert log(marketo, "1") == []


def test_marketo_knows_leads_by_number_and_address_with_the_fields_asked_for(marketo: Api, view: View) -> None:
    people = members(view)
    contacts = view.contacts[view.contacts["person"].isin(people)]
    ids = ",".join(map(str, range(1, 301)))
    form = {"_method": "GET", "filterType": "id", "filterValues": ids, "fields": "id,email", "batchSize": 40}
    leads, token = [], {}
    while True:
        page = marketo.session.post(f"{marketo.url}/rest/v1/leads.json", data={**form, **token}).json()
        leads += page["result"]
        if "nextPageToken" not in page:
            break
        token = {"nextPageToken": page["nextPageToken"]}
    assert {each["email"] for each in leads} == set(contacts.loc[contacts["id"] <= 101_000_000_300, "email"])
    address = leads[0]["email"].upper()
    assert marketo.get("/rest/v1/leads.json", filterType="email", filterValues=address).json()["result"][0].keys() == {
        "id", "email", "firstName", "lastName", "createdAt", "updatedAt"
    }  # fmt: skip


def test_marketo_takes_what_is_too_long_for_an_address_as_a_form(marketo: Api) -> None:
    asked = {"filterType": "id", "filterValues": ",".join(map(str, range(1, 301))), "fields": ",".join(["id"] * 3000)}
    assert marketo.get("/rest/v1/leads.json", **asked).status_code == 414
    answer = marketo.session.post(f"{marketo.url}/rest/v1/leads.json?_method=GET", data=asked)
    assert answer.json()["result"]


def test_marketo_extracts_the_same_leads_in_bulk(marketo: Api, view: View) -> None:
    wanted = {"createdAt": {"startAt": "2026-06-01T00:00:00Z", "endAt": "2026-06-30T21:59:59Z"}}
    job = {"format": "CSV", "fields": ["id", "email", "phone"], "filter": wanted}
    path = "/bulk/v1/leads/export"
    made = marketo.post(f"{path}/create.json", job).json()["result"][0]
    steps = [marketo.post(f"{path}/{made['exportId']}/enqueue.json", {}).json()["result"][0]["status"]]
    for _ in range(2):
        status = marketo.get(f"{path}/{made['exportId']}/status.json").json()["result"][0]
        steps.append(status["status"])
    assert [made["status"], *steps] == ["Created", "Queued", "Processing", "Completed"]
    answer = marketo.get(f"{path}/{made['exportId']}/file.json")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) == status["numberOfRecords"] > 10
    contacts = view.contacts[view.contacts["person"].isin(members(view))]
    assert {row["email"] for row in rows} <= set(contacts["email"])
    assert "null" in {row["phone"] for row in rows}
    part = requests.get(answer.url, headers={**marketo.session.headers, "Range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, answer.content[3:10])


def test_marketo_tells_of_deleted_leads_and_no_longer_shows_them(marketo: Api, view: View) -> None:
    own = view.program_members[view.program_members["tool"] == "marketo"]
    deleted = log(marketo, "37")
    assert len(deleted) == (own["gone_at"] != NEVER).sum() > 0
    ids = [each["leadId"] for each in deleted]
    leads = marketo.get("/rest/v1/leads.json", filterType="id", filterValues=",".join(map(str, ids))).json()
    assert leads["result"] == []
    assert not {each["leadId"] for each in log(marketo, "2,6,10,11,101,104")} & set(ids)


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/rest/v1/activities.json", {"activityTypeIds": "1"}, "701"),
        ("/rest/v1/activities.json", {"activityTypeIds": "1,2,3,4,5,6,7,8,9,10,11"}, "1003"),
        ("/rest/v1/leads.json", {"filterType": "id", "filterValues": "1", "fields": "nothing"}, "1006"),
        ("/bulk/v1/leads/export/none/status.json", {}, "1013"),
        ("/rest/v1/nowhere.json", {}, "610"),
    ],
)
def test_marketo_errors_are_good_answers(marketo: Api, path: str, query: dict, code: str) -> None:
    answer = marketo.get(path, **query)
    assert answer.status_code == 200
    assert (answer.json()["success"], answer.json()["errors"][0]["code"]) == (False, code)


def test_marketo_refuses_exports_of_more_than_31_days(marketo: Api) -> None:
    wanted = {"createdAt": {"startAt": "2026-04-01T00:00:00Z", "endAt": "2026-06-30T00:00:00Z"}}
    answer = marketo.post("/bulk/v1/activities/export/create.json", {"filter": wanted}).json()
    assert answer["errors"][0]["code"] == "1003"


def test_marketo_says_whether_a_token_is_missing_or_wrong_and_refuses_wrong_credentials(marketo: Api) -> None:
    path = f"{marketo.url}/rest/v1/activities/types.json"
    wrong = requests.get(path, headers={"Authorization": "Bearer nonsense"}).json()
    assert [requests.get(path).json()["errors"][0]["code"], wrong["errors"][0]["code"]] == ["600", "601"]
    identity = f"{marketo.url}/identity/oauth/token?grant_type=client_credentials&client_id=x&client_secret=y"
    assert (requests.get(identity).status_code, requests.get(identity).json()["error"]) == (401, "invalid_client")
