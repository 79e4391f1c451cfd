"""The sandbox's Zendesk speaks its protocol, and says what the view holds."""

import pytest
import requests
from shown import zendesk as shown
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View

EXPORT = "/api/v2/incremental/tickets/cursor.json"


@pytest.fixture(scope="module")
def zendesk(sandbox: dict) -> Api:
    api = Api(sandbox, "zendesk")
    shown.sign_in(api)
    return api


def test_zendesk_exports_every_ticket_once_in_the_order_of_its_changes(zendesk: Api, view: View) -> None:
    tickets = [each for page in shown.exported(zendesk) for each in page["tickets"]]
    assert {each["id"] for each in tickets} == set(view.support_tickets["id"])
    assert len(tickets) == len(view.support_tickets)
    stamps = [each["generated_timestamp"] for each in tickets]
    assert stamps == sorted(stamps)


def test_zendesk_exports_what_a_job_changed_though_updated_at_is_older(zendesk: Api, view: View) -> None:
    closed = view.support_tickets[view.support_tickets["closed_at"] != NEVER]
    ticket = closed[closed["closed_at"] > closed["updated_at"]].iloc[0]
    later = zendesk.get(EXPORT, start_time=int(ticket["closed_at"]) // 1000).json()["tickets"]
    assert ticket["id"] in {each["id"] for each in later}


def test_zendesk_brings_the_users_on_a_page_along(zendesk: Api) -> None:
    for page in shown.exported(zendesk):
        users = {each["id"]: each for each in page["users"]}
        assert {each["requester_id"] for each in page["tickets"]} <= set(users)
        assert all("@" in each["email"] for each in users.values() if each["active"])
    assert "users" not in zendesk.get(EXPORT, start_time=0).json()


def test_zendesk_exports_by_time_repeat_the_last_second(zendesk: Api, view: View) -> None:
    ids, path = [], "/api/v2/incremental/tickets.json?start_time=0&per_page=10"
    while True:
        page = zendesk.get(path).json()
        ids += [each["id"] for each in page["tickets"]]
        if page["end_of_stream"]:
            break
        path = page["next_page"]
    assert set(ids) == set(view.support_tickets["id"])
    assert len(ids) > len(set(ids))


def test_zendesk_lists_by_number_and_by_cursor_and_leaves_the_deleted_out(zendesk: Api, view: View) -> None:
    found, path = [], "/api/v2/tickets.json?per_page=20"
    while path:
        page = zendesk.get(path).json()
        found += page["tickets"]
        path = page["next_page"]
    living = view.support_tickets[view.support_tickets["status"] != "deleted"]
    assert [each["id"] for each in found] == sorted(living["id"])
    ratings, path = [], "/api/v2/satisfaction_ratings.json?page[size]=10"
    while path:
        page = zendesk.get(path).json()
        ratings += page["satisfaction_ratings"]
        path = page["links"]["next"]
    assert len(ratings) == (view.support_tickets["offered_at"] != NEVER).sum()


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        (f"{EXPORT}?start_time=4102444800", 400, "StartTimeTooRecent"),
        (f"{EXPORT}?start_time=yesterday", 400, "InvalidValue"),
        (f"{EXPORT}?cursor=oops", 400, "InvalidCursor"),
        ("/api/v2/tickets/1.json", 404, "RecordNotFound"),
        ("/api/v2/nothing.json", 404, "RecordNotFound"),
    ],
)
def test_zendesk_errors_are_a_word(zendesk: Api, path: str, status: int, word: str) -> None:
    answer = zendesk.get(path)
    assert (answer.status_code, answer.json()["error"]) == (status, word)


def test_zendesk_refuses_a_wrong_token(zendesk: Api) -> None:
    name = f"{zendesk.credentials['email']}/token"
    answer = requests.get(f"{zendesk.url}/api/v2/users/me.json", auth=(name, "wrong"))
    assert (answer.status_code, answer.json()) == (401, {"error": "Couldn't authenticate you"})
