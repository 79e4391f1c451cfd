"""Harvest's account: the people who book there, the one client, a project for each campaign, and what an hour costs."""

from zlib import crc32

import pandas as pd

from sandbox.staff import full_name
from sandbox.vendor import Call
from sandbox.vendors.harvest import errors
from sandbox.vendors.harvest.pages import Row, page
from sandbox.view import View

CLIENT = {"id": 5_700_001, "name": "Northwind Labs", "currency": "EUR"}
_OPENED = "2023-12-01T08:00:00Z"
_BILLED_AT = 2.0  # times what the hour costs


class Account:
    """Ids of what the bookings name, and the bookings themselves, sorted by id."""

    def __init__(self, view: View) -> None:
        bookings = view.time_bookings
        self.entries = bookings[bookings["tool"] == "harvest"].reset_index(drop=True)
        self.users = _numbered(self.entries["staff"])
        self.projects = _numbered(self.entries["campaign"])
        self.tasks = _numbered(self.entries["activity"])
        rates = self.entries.groupby("staff")["hourly_rate_cents"].first()
        self.cost_rates: dict[str, float] = {str(staff): cents / 100 for staff, cents in rates.items()}
        self.billable_rates = {staff: rate * _BILLED_AT for staff, rate in self.cost_rates.items()}

    def staff(self, call: Call) -> str:
        """Who is meant by the id in the path."""
        found = next((staff for staff, number in self.users.items() if str(number) == call.path["id"]), None)
        if found is None:
            raise errors.not_found()
        return found


def _numbered(names: pd.Series) -> dict[str, int]:
    """Ids that do not depend on which other names there are yet."""
    return {name: crc32(name.encode()) for name in sorted(names.unique())}


def company(account: Account, call: Call) -> Row:
    """GET /v2/company."""
    return {"name": CLIENT["name"], "is_active": True, "time_format": "decimal", "approval_feature": False}


def list_users(account: Account, call: Call) -> Row:
    """GET /v2/users."""
    return page(call, "users", list(account.users), lambda found: [_show_user(account, staff) for staff in found])


def get_user(account: Account, call: Call) -> Row:
    """GET /v2/users/{id}; `me` is the first of them."""
    return _show_user(account, next(iter(account.users)) if call.path["id"] == "me" else account.staff(call))


def _show_user(account: Account, staff: str) -> Row:
    first, _, last = full_name(staff).partition(" ")
    return {
        "id": account.users[staff],
        "first_name": first,
        "last_name": last,
        "email": f"{staff}@northwind-labs.example",
        "telephone": "",
        "timezone": "Berlin",
        "has_access_to_all_future_projects": True,
        "is_contractor": False,
        "is_active": True,
        "weekly_capacity": 144_000,
        "default_hourly_rate": account.billable_rates[staff],
        "cost_rate": account.cost_rates[staff],
        "roles": ["Marketing"],
        "access_roles": ["member"],
        "created_at": _OPENED,
        "updated_at": _OPENED,
    }


def list_rates(account: Account, call: Call) -> Row:
    """GET /v2/users/{id}/cost_rates and billable_rates: one each, from the beginning on."""
    staff, kind = account.staff(call), call.path["kind"]
    if kind not in ("cost", "billable"):
        raise errors.not_found()
    rates = account.cost_rates if kind == "cost" else account.billable_rates
    rate = {
        "id": crc32(f"{kind} {staff}".encode()),
        "amount": rates[staff],
        "start_date": None,
        "end_date": None,
        "created_at": _OPENED,
        "updated_at": _OPENED,
    }
    return page(call, f"{kind}_rates", [rate], list)


def list_clients(account: Account, call: Call) -> Row:
    """GET /v2/clients."""
    client = {**CLIENT, "is_active": True, "address": None, "created_at": _OPENED, "updated_at": _OPENED}
    return page(call, "clients", [client], list)


def list_projects(account: Account, call: Call) -> Row:
    """GET /v2/projects."""
    return page(
        call, "projects", list(account.projects), lambda found: [_show_project(account, name) for name in found]
    )


def _show_project(account: Account, name: str) -> Row:
    return {
        "id": account.projects[name],
        "client": CLIENT,
        "name": name,
        "code": "",
        "is_active": True,
        "is_billable": False,
        "is_fixed_fee": False,
        "bill_by": "none",
        "hourly_rate": None,
        "budget": None,
        "budget_by": "none",
        "fee": None,
        "notes": None,
        "starts_on": "2024-01-01",
        "ends_on": None,
        "created_at": _OPENED,
        "updated_at": _OPENED,
    }


def list_tasks(account: Account, call: Call) -> Row:
    """GET /v2/tasks."""
    tasks = [{"id": number, "name": name, "is_active": True} for name, number in account.tasks.items()]
    return page(call, "tasks", tasks, list)
