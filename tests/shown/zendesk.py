"""Zendesk as it shows itself: the export of all tickets with their users, and every rating, page by page."""

from collections.abc import Iterator

CHANGES = {"restated": "tickets", "deleted": "tickets.status"}
PAGES = {
    "ingestion.sources.zendesk.tickets._EXPORTED": 20,
    "ingestion.sources.zendesk.tickets._LISTED": 20,
}


def sign_in(api) -> None:
    api.session.auth = (f"{api.credentials['email']}/token", api.credentials["api_token"])


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    pages = list(exported(api))
    return {
        "tickets": [_flat(ticket) for page in pages for ticket in page["tickets"]],
        "users": [user for page in pages for user in page["users"]],
        "satisfaction_ratings": list(_ratings(api)),
    }


def exported(api) -> Iterator[dict]:
    query: dict = {"start_time": 0}
    while True:
        path = "/api/v2/incremental/tickets/cursor.json"
        page = api.get(path, per_page=7, include="users,metric_sets", **query).json()
        yield page
        if page["end_of_stream"]:
            return
        query = {"cursor": page["after_cursor"]}


def _ratings(api) -> Iterator[dict]:
    query: dict = {"page[size]": 5}
    while True:
        page = api.get("/api/v2/satisfaction_ratings.json", **query).json()
        yield from page["satisfaction_ratings"]
        if not page["meta"]["has_more"]:
            return
        query["page[after]"] = page["meta"]["after_cursor"]


def _flat(ticket: dict) -> dict:
    metrics = ticket["metric_set"]
    return {
        **ticket,
        "channel": ticket["via"]["channel"],
        "satisfaction_score": ticket["satisfaction_rating"]["score"],
        "solved_at": metrics["solved_at"],
        "reopens": metrics["reopens"],
        "replies": metrics["replies"],
        "generated_timestamp": _milliseconds(ticket["generated_timestamp"]),
    }


def _milliseconds(seconds) -> object:
    return seconds * 1000 if isinstance(seconds, int) else seconds
