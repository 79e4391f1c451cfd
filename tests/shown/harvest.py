"""Harvest as it shows itself: every list read plainly, page by numbered page."""

CHANGES = {"restated": "time_entries", "deleted": "time_entries"}
PAGES = {"ingestion.sources.harvest.pages._PER_PAGE": 20}
_PARTS = {"projects": ("client",), "time_entries": ("user", "client", "project", "task")}


def sign_in(api) -> None:
    api.sign_in()
    api.session.headers["Harvest-Account-Id"] = api.credentials["account_id"]


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    tables = {name: _listed(api, f"/v2/{name}", name) for name in ("users", "projects", "time_entries")}
    for name in ("cost_rates", "billable_rates"):
        tables[name] = [
            {**rate, "user_id": user["id"]}
            for user in tables["users"]
            for rate in _listed(api, f"/v2/users/{user['id']}/{name}", name)
        ]
    for name, parts in _PARTS.items():
        tables[name] = [_flat(record, parts) for record in tables[name]]
    return tables


def _listed(api, path: str, key: str) -> list[dict]:
    found: list[dict] = []
    number = 1
    while number:
        page = api.get(path, page=number, per_page=100).json()
        found += page[key]
        number = page["next_page"]
    return found


def _flat(record: dict, parts: tuple[str, ...]) -> dict:
    flat = dict(record)
    for part in parts:
        flat |= {f"{part}_{name}": value for name, value in record[part].items()}
    return flat
