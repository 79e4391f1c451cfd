"""Clockify's one workspace. Lists are bare arrays; a header says whether a page is the last."""

from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import SECOND
from sandbox.staff import full_name
from sandbox.vendor import Answer, Call
from sandbox.vendors.clockify import errors
from sandbox.view import View

Row = dict[str, Any]
WORKSPACE_ID = "66a000000000000000000001"
_MOST, _UNASKED = 5000, 50  # items of a page
_BILLED_AT = 2  # times what the hour costs


class Workspace:
    """Ids of what the bookings name, and the bookings themselves, latest first."""

    def __init__(self, view: View) -> None:
        bookings = view.time_bookings
        bookings = bookings[bookings["tool"] == "clockify"]
        self.entries = bookings.sort_values(["started_at", "id"], ascending=False, ignore_index=True)
        self.users = _identified(self.entries["staff"])
        self.projects = _identified(self.entries["campaign"])
        self.activities = sorted(self.entries["activity"].unique())
        rates = self.entries.groupby("staff")["hourly_rate_cents"].first()
        self.cost_cents: dict[str, int] = {str(staff): int(cents) for staff, cents in rates.items()}

    def task_id(self, project: str, activity: str) -> str:
        """Every project has a task for each activity."""
        return _object_id(f"{project} {activity}")


def _identified(names: pd.Series) -> dict[str, str]:
    """Ids that do not depend on which other names there are yet."""
    return {name: _object_id(name) for name in sorted(names.unique())}


def _object_id(name: str) -> str:
    return f"66a{crc32(name.encode()):021x}"


def get_me(workspace: Workspace, call: Call) -> Row:
    """GET /user: whose key it is."""
    return {**_show_users(workspace, list(workspace.users)[:1])[0], "defaultWorkspace": WORKSPACE_ID}


def list_workspaces(workspace: Workspace, call: Call) -> list[Row]:
    """GET /workspaces: all of them, without pages."""
    rate = {"amount": 5_000, "currency": "EUR"}
    return [{"id": WORKSPACE_ID, "name": "Northwind Labs", "hourlyRate": rate, "costRate": None, "memberships": []}]


def list_users(workspace: Workspace, call: Call) -> Answer:
    """GET /workspaces/{id}/users."""
    _check(call)
    return _page(call, list(workspace.users), lambda found: _show_users(workspace, found))


def _show_users(workspace: Workspace, found: Sequence[str]) -> list[Row]:
    return [
        {
            "id": workspace.users[staff],
            "email": f"{staff}@northwind-labs.example",
            "name": full_name(staff),
            "memberships": [
                {
                    "userId": workspace.users[staff],
                    "targetId": WORKSPACE_ID,
                    "membershipType": "WORKSPACE",
                    "membershipStatus": "ACTIVE",
                    **_rates(workspace, staff),
                }
            ],
            "activeWorkspace": WORKSPACE_ID,
            "status": "ACTIVE",
            "settings": {"timeZone": "Europe/Berlin", "weekStart": "MONDAY"},
        }
        for staff in found
    ]


def _rates(workspace: Workspace, staff: str) -> Row:
    """Cents of an hour."""
    cents = workspace.cost_cents[staff]
    return {
        "hourlyRate": {"amount": cents * _BILLED_AT, "currency": "EUR"},
        "costRate": {"amount": cents, "currency": "EUR"},
    }


def list_nothing(workspace: Workspace, call: Call) -> Answer:
    """GET /workspaces/{id}/clients and tags: the company has none."""
    _check(call)
    return _page(call, [], list)


def list_projects(workspace: Workspace, call: Call) -> Answer:
    """GET /workspaces/{id}/projects."""
    _check(call)
    return _page(
        call,
        list(workspace.projects),
        lambda found: [
            {
                "id": workspace.projects[name],
                "name": name,
                "clientId": "",
                "clientName": "",
                "workspaceId": WORKSPACE_ID,
                "billable": False,
                "archived": False,
                "public": True,
                "color": "#03A9F4",
                "hourlyRate": None,
                "costRate": None,
                "duration": "PT0S",
                "note": "",
            }
            for name in found
        ],
    )


def list_tasks(workspace: Workspace, call: Call) -> Answer:
    """GET /workspaces/{id}/projects/{id}/tasks."""
    _check(call)
    project = _named(workspace.projects, call.path["project"])
    return _page(
        call,
        workspace.activities,
        lambda found: [
            {
                "id": workspace.task_id(project, activity),
                "name": activity,
                "projectId": workspace.projects[project],
                "status": "ACTIVE",
                "billable": False,
                "assigneeIds": [],
                "estimate": "PT0S",
            }
            for activity in found
        ],
    )


def list_entries(workspace: Workspace, call: Call) -> Answer:
    """GET /workspaces/{id}/user/{id}/time-entries: those that started between start and end, latest first."""
    _check(call)
    frame = workspace.entries
    mask = (frame["staff"] == _named(workspace.users, call.path["user"])).to_numpy(copy=True)
    if (start := _instant(call, "start")) is not None:
        mask &= (frame["started_at"] >= start).to_numpy()
    if (end := _instant(call, "end")) is not None:
        mask &= (frame["started_at"] <= end).to_numpy()
    return _page(call, np.flatnonzero(mask).tolist(), lambda positions: _show_entries(workspace, positions))


def _show_entries(workspace: Workspace, positions: Sequence[int]) -> list[Row]:
    frame = workspace.entries.iloc[list(positions)]
    seconds = (frame["hours"] * 3600).round().astype("int64")
    times = (wire.seconds(frame["started_at"]), wire.seconds(frame["started_at"] + seconds * SECOND), seconds.tolist())
    return [
        {
            "id": f"66e{row['id']:021x}",
            "description": "",
            "userId": workspace.users[row["staff"]],
            "billable": False,
            "projectId": workspace.projects[row["campaign"]],
            "taskId": workspace.task_id(row["campaign"], row["activity"]),
            "tagIds": [],
            "workspaceId": WORKSPACE_ID,
            "timeInterval": {"start": _zulu(start), "end": _zulu(end), "duration": _duration(duration)},
            **_rates(workspace, row["staff"]),
            "customFieldValues": [],
            "isLocked": False,
            "kioskId": None,
            "type": "REGULAR",
        }
        for row, start, end, duration in zip(wire.rows(frame), *times, strict=True)
    ]


def _zulu(text: str) -> str:
    return text.replace("+00:00", "Z")


def _duration(seconds: int) -> str:
    """7620 seconds are PT2H7M."""
    parts = ((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def _check(call: Call) -> None:
    if call.path["workspace"] != WORKSPACE_ID:
        raise errors.forbidden()


def _named(ids: dict[str, str], wanted: str) -> str:
    found = next((name for name, number in ids.items() if number == wanted), None)
    if found is None:
        raise errors.not_found()
    return found


def _page(call: Call, found: Sequence[Any], show: Callable[[Sequence[Any]], list[Row]]) -> Answer:
    """The page asked for by page and page-size."""
    size, number = _number(call, "page-size", _UNASKED, most=_MOST), _number(call, "page", 1)
    is_last = number * size >= len(found)
    return Answer(
        show(found[(number - 1) * size : number * size]), headers={"Last-Page": "true" if is_last else "false"}
    )


def _number(call: Call, name: str, default: int, most: int | None = None) -> int:
    text = call.query.get(name, str(default))
    if not text.isdigit() or int(text) < 1 or (most and int(text) > most):
        raise errors.invalid(f"{name} is not valid")
    return int(text)


def _instant(call: Call, name: str) -> int | None:
    if not (text := call.query.get(name)):
        return None
    try:
        return wire.read_instant(text)
    except ValueError:
        raise errors.invalid(f"{name} should be in yyyy-MM-ddThh:mm:ssZ format") from None
