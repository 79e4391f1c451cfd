"""The sandbox's Clockify speaks its protocol, and says what the view holds."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
import requests
from shown.clockify import sign_in
from vendor_api import Api

from sandbox.view import View


@pytest.fixture(scope="module")
def clockify(sandbox: dict) -> Api:
    api = Api(sandbox, "clockify")
    sign_in(api)
    return api


@pytest.fixture(scope="module")
def workspace(clockify: Api) -> str:
    (found,) = clockify.get("/api/v1/workspaces").json()
    return f"/api/v1/workspaces/{found['id']}"


@pytest.fixture(scope="module")
def bookings(view: View) -> pd.DataFrame:
    return view.time_bookings[view.time_bookings["tool"] == "clockify"]


def listed(api: Api, path: str, **query: Any) -> list[dict]:
    """Every record of a list: bare arrays, until the header calls one the last."""
    records: list[dict] = []
    number = 1
    while True:
        answer = api.get(path, page=number, **query)
        records += answer.json()
        if answer.headers["Last-Page"] == "true":
            return records
        number += 1


def of_user(api: Api, workspace: str, **query: Any) -> dict[str, list[dict]]:
    users = listed(api, f"{workspace}/users")
    return {
        user["email"].partition("@")[0]: listed(api, f"{workspace}/user/{user['id']}/time-entries", **query)
        for user in users
    }


def hours(entry: dict) -> float:
    start, end = (datetime.fromisoformat(entry["timeInterval"][name]) for name in ("start", "end"))
    return round((end - start).total_seconds() / 3600, 2)


def test_clockify_lists_every_booking_of_every_user(clockify: Api, workspace: str, bookings: pd.DataFrame) -> None:
    for staff, entries in of_user(clockify, workspace, **{"page-size": 9}).items():
        expected = bookings[bookings["staff"] == staff].sort_values("started_at", ascending=False)
        assert [hours(each) for each in entries] == expected["hours"].tolist()
        assert {each["costRate"]["amount"] for each in entries} == set(expected["hourly_rate_cents"])


def test_clockify_names_projects_and_their_tasks(clockify: Api, workspace: str, bookings: pd.DataFrame) -> None:
    projects = {each["id"]: each["name"] for each in listed(clockify, f"{workspace}/projects")}
    tasks = {
        task["id"]: (projects[task["projectId"]], task["name"])
        for project in projects
        for task in listed(clockify, f"{workspace}/projects/{project}/tasks")
    }
    entries = [each for entries in of_user(clockify, workspace).values() for each in entries]
    named = sorted((projects[each["projectId"]], tasks[each["taskId"]][1]) for each in entries)
    assert named == sorted(zip(bookings["campaign"], bookings["activity"], strict=True))
    assert all(tasks[each["taskId"]][0] == projects[each["projectId"]] for each in entries)


def test_clockify_gives_a_window_of_starts(clockify: Api, workspace: str, bookings: pd.DataFrame) -> None:
    first, last = (int(bookings["started_at"].quantile(share)) for share in (0.3, 0.6))
    window = {
        name: datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name, at in (("start", first), ("end", last))
    }
    found = sum(map(len, of_user(clockify, workspace, **window).values()))
    seconds = bookings["started_at"] // 1000
    assert found == seconds.between(first // 1000, last // 1000).sum()


@pytest.mark.parametrize(("headers", "code"), [({}, 1000), ({"X-Api-Key": "wrong"}, 4003)])
def test_clockify_refuses_without_its_key(clockify: Api, headers: dict[str, str], code: int) -> None:
    answer = requests.get(f"{clockify.url}/api/v1/user", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_clockify_refuses_what_it_does_not_know(clockify: Api, workspace: str) -> None:
    assert clockify.get(f"{workspace}/users", **{"page-size": 5001}).status_code == 400
    assert clockify.get("/api/v1/workspaces/none/users").status_code == 403
    assert clockify.get(f"{workspace}/user/none/time-entries").json()["code"] == 404
