"""The sandbox's Drift speaks its protocol, and says what the view holds."""

import pytest
import requests
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.company import Company
from sandbox.view import View


def test_drift_lists_conversations_page_by_page_with_the_last_changed_first(drift: Api, view: View) -> None:
    found: list[dict] = []
    token = ""
    while True:
        page = drift.get("/conversations/list", limit=7, page_token=token).json()
        found += page["data"]
        if not page["pagination"]["more"]:
            break
        token = page["pagination"]["next"]
    assert [each["id"] for each in found] == view.chat_conversations["id"].tolist()
    times = [each["updatedAt"] for each in found]
    assert times == sorted(times, reverse=True)
    closed = drift.get("/conversations/list", limit=100, statusId="CLOSED").json()["data"]
    assert 0 < len(closed) == sum(each["status"] == "closed" for each in found) < len(found)


def test_drift_tells_what_was_said_and_by_whom(drift: Api, view: View) -> None:
    longest = int(view.chat_messages["conversation_id"].mode().iloc[0])
    own = view.chat_messages[view.chat_messages["conversation_id"] == longest]
    messages = drift.get(f"/conversations/{longest}/messages").json()["data"]["messages"]
    assert [each["body"] for each in messages] == own["body"].tolist()
    assert [each["author"]["bot"] for each in messages] == (own["by"] == "bot").tolist()
    users = {each["id"] for each in drift.get("/users/list").json()["data"]}
    assert {each["author"]["id"] for each in messages if each["author"]["type"] == "user"} <= users


def test_drifts_contacts_are_people_of_the_crm_who_are_still_there(company: Company, view: View, drift: Api) -> None:
    known = view.chat_contacts[view.chat_contacts["email"] != ""]
    living = view.contacts[view.contacts["archived_at"] == NEVER].merge(known, on="person", suffixes=("", "_chat"))
    born = living.groupby("person")[["created_at", "created_at_chat"]].min()
    assert set(known["person"]) == set(born.index)
    assert (born["created_at"] < born["created_at_chat"]).all()
    assert (view.chat_contacts["email"] == "").any()
    shown = drift.get("/contacts", email=known["email"].iloc[0]).json()["data"]
    assert [each["id"] for each in shown] == [known["id"].iloc[0]]
    gone = company.chats.conversations[company.chats.conversations["gone_at"] <= view.as_of]
    assert not set(gone["id"]) & set(view.chat_conversations["id"])


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/conversations/list?limit=101", 400, "invalid_request"),
        ("/contacts/1", 404, "not_found"),
        ("/contacts", 400, "invalid_request"),
        ("/nowhere", 404, "not_found"),
    ],
)
def test_drifts_errors_name_their_type(drift: Api, path: str, status: int, kind: str) -> None:
    answer = drift.get(path)
    assert (answer.status_code, answer.json()["error"]["type"]) == (status, kind)


def test_drift_refuses_a_wrong_token(drift: Api) -> None:
    answer = requests.get(f"{drift.url}/users/list", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication_error")
