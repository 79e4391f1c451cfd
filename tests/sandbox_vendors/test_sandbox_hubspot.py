"""The sandbox's HubSpot speaks its protocol, and says what the view holds."""

import pytest
import requests
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View


def hubspot_list(api: Api, path: str, **query) -> list[dict]:
    """Every record of a list, by the links that the vendor gives."""
    page = api.get(path, **query).json()
    records = page["results"]
    while "paging" in page:
        page = api.get(page["paging"]["next"]["link"]).json()
        records += page["results"]
    return records


@pytest.mark.parametrize("object_type", ["contacts", "companies", "deals", "tickets", "meetings", "calls", "emails"])
@pytest.mark.parametrize("archived", [False, True])
def test_hubspot_lists_every_object_to_the_last_page(
    hubspot: Api, view: View, object_type: str, archived: bool
) -> None:
    frame = getattr(view, object_type)
    wanted = frame.loc[(frame["archived_at"] != NEVER) == archived, "id"]
    records = hubspot_list(hubspot, f"/crm/v3/objects/{object_type}", limit=37, archived=str(archived).lower())
    assert [record["id"] for record in records] == [str(number) for number in wanted]
    assert {record["archived"] for record in records} <= {archived}
    assert all(("archivedAt" in record) == archived for record in records)


def test_hubspot_sends_every_value_as_text_and_leaves_unknown_properties_out(hubspot: Api, view: View) -> None:
    asked = "amount,closedate,hs_is_closed,hs_v2_date_entered_contractsent,no_such_property"
    deals = hubspot_list(hubspot, "/crm/v3/objects/deals", limit=100, properties=asked)
    values = [value for deal in deals for value in deal["properties"].values()]
    assert {type(value) for value in values} == {str, type(None)}
    assert not any("no_such_property" in deal["properties"] for deal in deals)
    live = view.deals[view.deals["archived_at"] == NEVER]
    assert [round(float(deal["properties"]["amount"]) * 100) for deal in deals] == live["amount_cents"].tolist()


def test_hubspot_gives_lifecycle_history_newest_first_in_pages_of_50(hubspot: Api, view: View) -> None:
    refused = hubspot.get("/crm/v3/objects/contacts", limit=51, propertiesWithHistory="lifecyclestage")
    assert refused.status_code == 400
    contacts = hubspot_list(hubspot, "/crm/v3/objects/contacts", limit=50, propertiesWithHistory="lifecyclestage")
    sent = {
        (contact["id"], entry["value"])
        for contact in contacts
        for entry in contact["propertiesWithHistory"]["lifecyclestage"]
    }
    live = view.contacts.loc[view.contacts["archived_at"] == NEVER, "id"]
    kept = view.lifecycle_history[view.lifecycle_history["contact_id"].isin(live)]
    assert sent == set(zip(kept["contact_id"].astype(str), kept["value"], strict=True))
    for contact in contacts:
        times = [entry["timestamp"] for entry in contact["propertiesWithHistory"]["lifecyclestage"]]
        assert times == sorted(times, reverse=True)


def test_hubspot_search_finds_what_changed_since(hubspot: Api, view: View) -> None:
    live = view.contacts[view.contacts["archived_at"] == NEVER]
    since = int(live["updated_at"].median())
    condition = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": str(since)}
    body: dict = {
        "filterGroups": [{"filters": [condition]}],
        "sorts": [{"propertyName": "hs_object_id", "direction": "DESCENDING"}],
        "limit": 200,
    }
    found, page = [], hubspot.post("/crm/v3/objects/contacts/search", body)
    assert not [name for name in page.headers if "ratelimit" in name.lower()]
    found += page.json()["results"]
    while "paging" in page.json():
        page = hubspot.post("/crm/v3/objects/contacts/search", body | {"after": page.json()["paging"]["next"]["after"]})
        found += page.json()["results"]
    wanted = live.loc[live["updated_at"] >= since, "id"].sort_values(ascending=False)
    assert [record["id"] for record in found] == wanted.astype(str).tolist()
    assert page.json()["total"] == len(wanted)


@pytest.mark.parametrize("body", [{"limit": 201}, {"after": "10000"}, {"filters": [{"propertyName": "x"}]}])
def test_hubspot_search_refuses_what_it_cannot_do(hubspot: Api, body: dict) -> None:
    answer = hubspot.post("/crm/v3/objects/contacts/search", body)
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


def test_hubspot_leads_a_merged_id_to_its_winner_and_lists_only_the_winner(hubspot: Api, view: View) -> None:
    merge = view.merges[view.merges["object_type"] == "contacts"].iloc[0]
    winner = hubspot.get(f"/crm/v3/objects/contacts/{merge['loser_id']}", properties="hs_merged_object_ids").json()
    assert winner["id"] == str(merge["winner_id"])
    assert str(merge["loser_id"]) in winner["properties"]["hs_merged_object_ids"].split(";")


def test_hubspot_batch_read_says_which_ids_lead_nowhere(hubspot: Api, view: View) -> None:
    known = str(view.companies.loc[view.companies["archived_at"] == NEVER, "id"].iloc[0])
    body = {"inputs": [{"id": known}, {"id": "1"}], "properties": ["name"]}
    answer = hubspot.post("/crm/v3/objects/companies/batch/read", body)
    assert answer.status_code == 207
    assert [record["id"] for record in answer.json()["results"]] == [known]
    assert answer.json()["errors"][0]["context"]["ids"] == ["1"]


@pytest.mark.parametrize("path", ["/crm/v3/objects/deals/batch/read", "/crm/v4/associations/deals/contacts/batch/read"])
@pytest.mark.parametrize("inputs", [[{"id": "1"}] * 1001, [{"key": "1"}], ["1"]])
def test_hubspot_refuses_a_batch_it_cannot_read(hubspot: Api, path: str, inputs: list) -> None:
    answer = hubspot.post(path, {"inputs": inputs})
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("pair", [("deals", "contacts"), ("contacts", "companies"), ("emails", "contacts")])
def test_hubspot_associations_are_the_same_in_batch_inline_and_backwards(
    hubspot: Api, view: View, pair: tuple[str, str]
) -> None:
    start_type, end_type = pair
    frame = view.associations[pair]
    wanted = set(zip(frame["from_id"].tolist(), frame["to_id"].tolist(), strict=True))
    assert pairs_in_batch(hubspot, start_type, end_type, frame["from_id"].unique()) == wanted
    backwards = pairs_in_batch(hubspot, end_type, start_type, frame["to_id"].unique())
    assert {(start, end) for end, start in backwards} == wanted
    records = hubspot_list(hubspot, f"/crm/v3/objects/{start_type}", limit=100, associations=end_type)
    inline = {
        (int(record["id"]), int(other["id"]))
        for record in records
        for other in record.get("associations", {}).get(end_type, {"results": []})["results"]
    }
    assert inline == {each for each in wanted if each[0] in {int(record["id"]) for record in records}}


def pairs_in_batch(api: Api, start_type: str, end_type: str, ids) -> set[tuple[int, int]]:
    pairs = set()
    for first in range(0, len(ids), 1000):
        inputs = [{"id": str(number)} for number in ids[first : first + 1000]]
        answer = api.post(f"/crm/v4/associations/{start_type}/{end_type}/batch/read", {"inputs": inputs}).json()
        pairs |= {(int(each["from"]["id"]), to["toObjectId"]) for each in answer["results"] for to in each["to"]}
    return pairs


def test_hubspot_submissions_are_newest_first_and_at_most_50(hubspot: Api, view: View) -> None:
    form = view.form_submissions["form_id"].iloc[0]
    path = f"/form-integrations/v1/submissions/forms/{form}"
    assert hubspot.get(path, limit=51).status_code == 400
    times = [each["submittedAt"] for each in hubspot_list(hubspot, path, limit=50)]
    assert times == sorted(times, reverse=True)
    assert len(times) == (view.form_submissions["form_id"] == form).sum()


def test_hubspot_marketing_emails_carry_their_counters_when_asked(hubspot: Api, view: View) -> None:
    emails = hubspot_list(hubspot, "/marketing/v3/emails/", limit=100, includeStats="true")
    sent = sum(email["stats"]["counters"]["sent"] for email in emails)
    live = view.marketing_emails[view.marketing_emails["archived_at"] == NEVER]
    assert sent == live["sent"].sum()
    assert "stats" not in hubspot.get("/marketing/v3/emails").json()["results"][0]


def test_hubspot_pipelines_and_owners_hold_text_where_the_vendor_does(hubspot: Api) -> None:
    stages = [stage for each in hubspot.get("/crm/v3/pipelines/deals").json()["results"] for stage in each["stages"]]
    assert {stage["metadata"]["isClosed"] for stage in stages} == {"true", "false"}
    assert all(isinstance(stage["metadata"]["probability"], str) for stage in stages)
    archived = hubspot.get("/crm/v3/owners/", archived="true").json()["results"]
    assert {owner["userId"] for owner in archived} <= {None}


def test_hubspot_answers_under_date_versioned_names_too(hubspot: Api) -> None:
    dated = hubspot.get("/crm/objects/2026-03/deals", limit=5).json()["results"]
    assert dated == hubspot.get("/crm/v3/objects/deals", limit=5).json()["results"]


def test_hubspot_sends_its_limits_with_every_list(hubspot: Api) -> None:
    headers = hubspot.get("/crm/v3/owners").headers
    assert int(headers["X-HubSpot-RateLimit-Remaining"]) < int(headers["X-HubSpot-RateLimit-Max"])


def test_hubspot_refuses_a_wrong_token_in_its_own_words(hubspot: Api) -> None:
    answer = requests.get(f"{hubspot.url}/crm/v3/owners", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")
