"""Clockify's workspaces, one after the other: who books there, on what, and the hours of the last weeks again.

Entries have no time of change, and deleted ones leave no trace: each user's days are read whole.
"""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Pull, Span, Whole, each_day
from ingestion.sources.clockify.pages import list_pages
from ingestion.sources.clockify.records import entry_row, row, user_row

RESTATED = 60  # days for which changes and deletes are looked for


def read_workspaces(client: Client, pull: Pull) -> Iterator[Item]:
    """Every workspace the key reaches, or the one that mops.yaml names, and all that is in it."""
    wanted = pull.account.get("workspace_id")
    for workspace in client.get("/api/v1/workspaces"):
        if wanted in (None, workspace["id"]):
            yield Page("workspaces", [row(workspace)])
            yield from _read_users(client, pull.span, workspace["id"])
            yield from _read_projects(client, workspace["id"])


def _read_users(client: Client, span: Span, workspace_id: str) -> Iterator[Item]:
    """Everybody, those who have left too, and what they booked."""
    for users in list_pages(client, f"/{workspace_id}/users", status="ALL", memberships="WORKSPACE"):
        yield Page("users", [user_row(user, workspace_id) for user in users])
        for user in users:
            yield from _read_entries(client, span, workspace_id, user["id"])


def _read_projects(client: Client, workspace_id: str) -> Iterator[Item]:
    """Every project, archived ones too, and its tasks."""
    for projects in list_pages(client, f"/{workspace_id}/projects"):
        yield Page("projects", [row(project, workspace_id=workspace_id) for project in projects])
        for project in projects:
            for tasks in list_pages(client, f"/{workspace_id}/projects/{project['id']}/tasks"):
                yield Page("tasks", [row(task, workspace_id=workspace_id) for task in tasks])


def _read_entries(client: Client, span: Span, workspace_id: str, user_id: str) -> Iterator[Item]:
    """The days (of UTC, as the entries are told) that may have moved; of a first load, all there are."""
    scope = {"workspace_id": workspace_id, "user_id": user_id}
    first, last = span.days(RESTATED, span.zone)
    start = None
    if span.since is not None:
        first -= timedelta(days=1)  # on which the home zone's first day may begin
        start = f"{first}T00:00:00Z"
        days = each_day(first, last)
        yield Whole("time_entries", [{**scope, "started_on": day} for day in days])
    path = f"/{workspace_id}/user/{user_id}/time-entries"
    for entries in list_pages(client, path, start=start, end=f"{last}T23:59:59Z"):
        yield Page("time_entries", [entry_row(entry, **scope) for entry in entries])
