"""Harvest's time entries."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.staff import full_name
from sandbox.vendor import Call
from sandbox.vendors.harvest import errors
from sandbox.vendors.harvest.account import CLIENT, Account
from sandbox.vendors.harvest.pages import Row, day, instant, page


def list_entries(account: Account, call: Call) -> Row:
    """GET /v2/time_entries: latest day first; a deleted entry is in no answer."""
    frame = account.entries
    mask = np.ones(len(frame), dtype=bool)
    if (since := instant(call, "updated_since")) is not None:
        mask &= (frame["updated_at"] >= since).to_numpy()
    if (first := day(call, "from")) is not None:
        mask &= (frame["worked_day"] >= first).to_numpy()
    if (last := day(call, "to")) is not None:
        mask &= (frame["worked_day"] <= last).to_numpy()
    for parameter, column, ids in (("user_id", "staff", account.users), ("project_id", "campaign", account.projects)):
        if wanted := call.query.get(parameter):
            mask &= (frame[column].map(ids).astype(str) == wanted).to_numpy()
    found = np.flatnonzero(mask)
    found = found[np.argsort(-frame["worked_day"].to_numpy()[found], kind="stable")]
    return page(call, "time_entries", found.tolist(), lambda positions: _show(account, positions))


def get_entry(account: Account, call: Call) -> Row:
    """GET /v2/time_entries/{id}."""
    found = np.flatnonzero(account.entries["id"].astype(str) == call.path["id"])
    if not found.size:
        raise errors.not_found()
    return _show(account, found.tolist())[0]


def _show(account: Account, positions: Sequence[int]) -> list[Row]:
    frame = account.entries.iloc[list(positions)]
    columns = (wire.days(frame["worked_day"]), *(_zulu(frame[name]) for name in ("booked_at", "updated_at")))
    return [
        {
            "id": row["id"],
            "spent_date": spent,
            "hours": row["hours"],
            "hours_without_timer": row["hours"],
            "rounded_hours": row["hours"],
            "notes": None,
            "is_locked": False,
            "locked_reason": None,
            "approval_status": "unsubmitted",
            "is_closed": False,
            "is_billed": False,
            "is_running": False,
            "timer_started_at": None,
            "started_time": None,
            "ended_time": None,
            "billable": False,
            "budgeted": False,
            "billable_rate": None,
            "cost_rate": account.cost_rates[row["staff"]],
            "user": {"id": account.users[row["staff"]], "name": full_name(row["staff"])},
            "client": CLIENT,
            "project": {"id": account.projects[row["campaign"]], "name": row["campaign"], "code": ""},
            "task": {"id": account.tasks[row["activity"]], "name": row["activity"]},
            "invoice": None,
            "external_reference": None,
            "created_at": created,
            "updated_at": updated,
        }
        for row, spent, created, updated in zip(wire.rows(frame), *columns, strict=True)
    ]


def _zulu(column: pd.Series) -> list[str]:
    return [text.replace("+00:00", "Z") for text in wire.seconds(column)]
