"""Clockify: a workspace with its users, projects and tasks, and the hours that half of the staff book, API v1.

View -> https://api.clockify.me as sandbox.vendor.Vendor
"""

from functools import partial
from typing import Any

from sandbox.vendor import Answer, Call, Handler, Vendor
from sandbox.vendors.clockify import errors, workspace
from sandbox.vendors.clockify.workspace import Workspace
from sandbox.view import View

API_KEY = "sandbox-clockify-key"  # noqa: S105 - opens nothing but the sandbox

_OF_WORKSPACE = "/workspaces/{workspace}"
_PATHS = {
    "/user": workspace.get_me,
    "/workspaces": workspace.list_workspaces,
    f"{_OF_WORKSPACE}/users": workspace.list_users,
    f"{_OF_WORKSPACE}/clients": workspace.list_nothing,
    f"{_OF_WORKSPACE}/tags": workspace.list_nothing,
    f"{_OF_WORKSPACE}/projects": workspace.list_projects,
    f"{_OF_WORKSPACE}/projects/{{project}}/tasks": workspace.list_tasks,
    f"{_OF_WORKSPACE}/user/{{user}}/time-entries": workspace.list_entries,
}


def build(view: View) -> Vendor:
    """Clockify over a View."""
    of_view = Workspace(view)
    handlers: dict[str, Handler] = {path: partial(handler, of_view) for path, handler in _PATHS.items()}
    return Vendor(
        routes=[("GET", f"/api/v1{path}", handler) for path, handler in handlers.items()],
        credentials={"api_key": API_KEY},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: Answer({"message": "Malformed JSON request", "code": 3002}, 400),
        },
        headers=lambda call, remaining: {},  # the limit is told only once it is reached
        fields=_fields,
    )


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    """Clockify keeps amounts and times one level down."""
    return record.get("timeInterval") or record.get("hourlyRate") or record


def _authorize(call: Call) -> None:
    if call.headers.get("x-api-key") != API_KEY:
        raise errors.unauthenticated(is_given="x-api-key" in call.headers)
