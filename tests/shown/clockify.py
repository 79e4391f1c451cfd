"""Clockify as it shows itself: every list read plainly, until a page is empty."""

CHANGES = {"restated": "time_entries", "deleted": "time_entries"}
PAGES = {"ingestion.sources.clockify.pages._SIZE": 20}
_NAMES = {
    "projectId": "project_id",
    "taskId": "task_id",
    "clientId": "client_id",
    "clientName": "client_name",
    "tagIds": "tag_ids",
    "isLocked": "is_locked",
}


def sign_in(api) -> None:
    api.session.headers["X-Api-Key"] = api.credentials["api_key"]


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    tables: dict[str, list[dict]] = {"workspaces": [], "users": [], "projects": [], "tasks": [], "time_entries": []}
    for workspace in api.get("/api/v1/workspaces").json():
        beside = {"workspace_id": workspace["id"]}
        path = f"/api/v1/workspaces/{workspace['id']}"
        tables["workspaces"].append(_row(workspace, workspace))
        for user in _listed(api, f"{path}/users"):
            tables["users"].append(_row(user, user["memberships"][0]) | beside)
            for entry in _listed(api, f"{path}/user/{user['id']}/time-entries"):
                tables["time_entries"].append(_entry(entry) | beside | {"user_id": user["id"]})
        for project in _listed(api, f"{path}/projects"):
            tables["projects"].append(_row(project, project) | beside)
            for task in _listed(api, f"{path}/projects/{project['id']}/tasks"):
                tables["tasks"].append(_row(task, task) | beside)
    return tables


def _listed(api, path: str) -> list[dict]:
    found: list[dict] = []
    number = 1
    while page := api.get(path, **{"page": number, "page-size": 100}).json():
        found += page
        number += 1
    return found


def _row(record: dict, told_rates: dict) -> dict:
    rates = {
        f"{name}_{part}": value
        for name, told in (("hourly_rate", "hourlyRate"), ("cost_rate", "costRate"))
        for part, value in (told_rates.get(told) or {}).items()
    }
    return {_NAMES.get(name, name): value for name, value in record.items()} | rates


def _entry(entry: dict) -> dict:
    interval = entry["timeInterval"]
    times = {"started_at": interval["start"], "ended_at": interval["end"], "started_on": interval["start"][:10]}
    return interval | _row(entry, entry) | times
