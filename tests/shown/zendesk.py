"""Zendesk as it shows itself: the export of all tickets with their users, and every rating, page by page."""

from collections.abc import Iterator

CHANGES = {"restated": "tickets", "deleted": "tickets.status"}


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
    path = "/api/v2/incremental/tickets/cursor.json"
    page = api.get(path, start_time=0, per_page=7, include="users,metric_sets").json()
    yield page
    while not page["end_of_stream"]:
        page = api.get(page["after_url"]).json()
        yield page


def _ratings(api) -> Iterator[dict]:
    path = "/api/v2/satisfaction_ratings.json?page[size]=5"
    while path:
        page = api.get(path).json()
        yield from page["satisfaction_ratings"]
        path = page["links"]["next"]


def _flat(ticket: dict) -> dict:
    metrics = ticket["metric_set"]
    return {
        **ticket,
        "channel": ticket["via"]["channel"],
        "satisfaction_score": ticket["satisfaction_rating"]["score"],
        "solved_at": metrics["solved_at"],
        "reopens": metrics["reopens"],
        "replies": metrics["replies"],
        "generated_timestamp": ticket["generated_timestamp"] * 1000,
    }
