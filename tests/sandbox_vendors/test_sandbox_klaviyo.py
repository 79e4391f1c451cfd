"""The sandbox's Klaviyo speaks its protocol, and says what the view holds."""

import pytest
import requests
from shown.klaviyo import sign_in
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View


@pytest.fixture(scope="module")
def klaviyo(sandbox: dict) -> Api:
    api = Api(sandbox, "klaviyo")
    sign_in(api)
    return api


def listed(api: Api, path: str, **query) -> list[dict]:
    """Every record of a collection, by its links."""
    page = api.get(path, **query).json()
    records = page["data"]
    while page["links"]["next"]:
        page = api.get(page["links"]["next"]).json()
        records += page["data"]
    return records


def test_klaviyo_lists_the_people_who_are_not_gone(klaviyo: Api, view: View) -> None:
    members = view.program_members[view.program_members["tool"] == "klaviyo"]
    people = members.loc[members["gone_at"] == NEVER, "person"]
    profiles = listed(klaviyo, "/api/profiles", **{"page[size]": 7})
    contacts = view.contacts[view.contacts["person"].isin(people)].drop_duplicates("person")
    assert sorted(each["attributes"]["email"] for each in profiles) == sorted(contacts["email"])
    assert "subscriptions" not in profiles[0]["attributes"]
    assert listed(klaviyo, "/api/profiles/", **{"page[size]": 100}) == profiles


def test_klaviyo_profiles_changed_since_with_only_the_fields_asked(klaviyo: Api) -> None:
    profiles = listed(klaviyo, "/api/profiles", sort="updated")
    times = [each["attributes"]["updated"] for each in profiles]
    assert times == sorted(times)
    middle = times[len(times) // 2]
    query = {"filter": f"greater-than(updated,{middle})", "sort": "-updated", "fields[profile]": "updated"}
    later = listed(klaviyo, "/api/profiles", **query)
    assert [each["attributes"] for each in later] == [{"updated": each} for each in reversed(times) if each > middle]


def test_klaviyo_says_who_unsubscribed(klaviyo: Api, view: View) -> None:
    members = view.program_members[(view.program_members["tool"] == "klaviyo")]
    left = (members["unsubscribed_at"] != NEVER) & (members["gone_at"] == NEVER)
    profiles = listed(klaviyo, "/api/profiles", **{"additional-fields[profile]": "subscriptions"})
    consents = [each["attributes"]["subscriptions"]["email"]["marketing"]["consent"] for each in profiles]
    assert consents.count("UNSUBSCRIBED") == left.sum()


def test_klaviyo_events_of_a_metric_and_a_time_the_latest_first(klaviyo: Api, view: View) -> None:
    events = view.program_events[view.program_events["tool"] == "klaviyo"]
    metrics = {each["attributes"]["name"]: each["id"] for each in listed(klaviyo, "/api/metrics")}
    opens = f'equals(metric_id,"{metrics["Opened Email"]}")'
    found = listed(klaviyo, "/api/events", filter=opens, **{"page[size]": 40})
    assert len(found) == (events["action"] == "open").sum()
    times = [each["attributes"]["datetime"] for each in found]
    assert times == sorted(times, reverse=True)
    since = f"and({opens},greater-or-equal(datetime,{times[20].replace(' ', 'T')}))"
    assert {each["id"] for each in found[:21]} <= {each["id"] for each in listed(klaviyo, "/api/events", filter=since)}
    assert {each["relationships"]["metric"]["data"]["id"] for each in found} == {metrics["Opened Email"]}


def test_klaviyo_campaigns_come_with_their_messages(klaviyo: Api, view: View) -> None:
    page = klaviyo.get("/api/campaigns", include="campaign-messages", filter="equals(archived,false)").json()
    assert len(page["data"]) == (view.programs["tool"] == "klaviyo").sum()
    told = {each["relationships"]["campaign-messages"]["data"][0]["id"] for each in page["data"]}
    assert told == {each["id"] for each in page["included"]}
    assert listed(klaviyo, "/api/campaigns", filter="equals(archived,true)") == []


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/api/profiles", {"page[size]": 101}, 400, "invalid"),
        ("/api/profiles", {"filter": "greater-than(nothing,1)"}, 400, "invalid"),
        ("/api/profiles", {"page[cursor]": "nonsense"}, 400, "invalid"),
        ("/api/profiles/none", {}, 404, "not_found"),
        ("/api/nowhere", {}, 404, "not_found"),
    ],
)
def test_klaviyo_errors_are_lists(klaviyo: Api, path: str, query: dict, status: int, code: str) -> None:
    answer = klaviyo.get(path, **query)
    assert answer.headers["content-type"].startswith("application/vnd.api+json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_klaviyo_refuses_a_wrong_key_and_a_call_without_a_revision(klaviyo: Api) -> None:
    url, key = f"{klaviyo.url}/api/lists", f"Klaviyo-API-Key {klaviyo.credentials['api_key']}"
    codes = [
        (answer.status_code, answer.json()["errors"][0]["code"])
        for headers in ({}, {"Authorization": "Klaviyo-API-Key wrong"}, {"Authorization": key})
        for answer in [requests.get(url, headers=headers)]
    ]
    assert codes == [(401, "not_authenticated"), (401, "authentication_failed"), (400, "invalid")]
