"""The sandbox's Harvest speaks its protocol, and says what the view holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from shown.harvest import sign_in
from vendor_api import Api

from sandbox.view import View


@pytest.fixture(scope="module")
def harvest(sandbox: dict) -> Api:
    return signed_in(sandbox)


def signed_in(facts: dict) -> Api:
    api = Api(facts, "harvest")
    sign_in(api)
    return api


@pytest.fixture(scope="module")
def bookings(view: View) -> pd.DataFrame:
    return view.time_bookings[view.time_bookings["tool"] == "harvest"]


def entries(api: Api, **query: Any) -> list[dict]:
    """Every time entry, by the links to the next page."""
    records: list[dict] = []
    link = "/v2/time_entries"
    while link:
        page = api.get(link, **query).json()
        records += page["time_entries"]
        link, query = page["links"]["next"], {}
    assert len(records) == page["total_entries"]
    return records


def test_harvest_lists_every_booking_to_the_last_page(harvest: Api, bookings: pd.DataFrame) -> None:
    shown = entries(harvest, per_page=20)
    assert {each["id"]: each["hours"] for each in shown} == dict(zip(bookings["id"], bookings["hours"], strict=True))
    days = [each["spent_date"] for each in shown]
    assert days == sorted(days, reverse=True)
    assert {each["user"]["name"] for each in shown} == {"K. Arndt", "M. Sommer"}


def test_harvest_filters_by_change_and_by_day(harvest: Api, bookings: pd.DataFrame) -> None:
    middle = int(bookings["updated_at"].median())
    since = datetime.fromtimestamp(middle / 1000, UTC).isoformat()
    changed = entries(harvest, updated_since=since, per_page=7)
    assert {each["id"] for each in changed} == set(bookings.loc[bookings["updated_at"] >= middle, "id"])
    day = int(bookings["worked_day"].median())
    text = str(date(1970, 1, 1) + timedelta(days=day))
    of_day = entries(harvest, **{"from": text, "to": text})
    assert {each["id"] for each in of_day} == set(bookings.loc[bookings["worked_day"] == day, "id"])


def test_harvest_tells_rates_of_every_user(harvest: Api, bookings: pd.DataFrame) -> None:
    for user in harvest.get("/v2/users").json()["users"]:
        rates = harvest.get(f"/v2/users/{user['id']}/cost_rates").json()["cost_rates"]
        staff = user["email"].partition("@")[0]
        assert [rate["amount"] * 100 for rate in rates] == bookings.loc[
            bookings["staff"] == staff, "hourly_rate_cents"
        ].unique().tolist()


def test_bookings_are_wrong_for_a_while_and_right_in_the_end(view: View, start: Callable[..., Any]) -> None:
    with start(as_of="2026-06-10") as facts:
        before = {each["id"]: each for each in entries(signed_in(facts))}
    after = view.time_bookings.set_index("id")
    gone = before.keys() - set(after.index)
    corrected = [id for id, each in before.items() if id in after.index and each["hours"] != after.loc[id, "hours"]]
    assert gone and corrected
    worked = view.time_entries
    assert view.time_bookings[worked.columns].equals(worked)


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({"Authorization": "Bearer wrong"}, 401, "invalid_token"),
        ({"Harvest-Account-Id": "1"}, 403, "forbidden"),
    ],
)
def test_harvest_refuses_a_wrong_token_and_a_wrong_account(
    harvest: Api, headers: dict[str, str], status: int, error: str
) -> None:
    answer = harvest.session.get(f"{harvest.url}/v2/users/me", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_harvest_refuses_what_it_does_not_know(harvest: Api) -> None:
    assert harvest.get("/v2/time_entries", per_page=2001).status_code == 422
    assert harvest.get("/v2/time_entries/1").json() == {"status": 404, "error": "Not Found"}
