"""zenpy reads the export of tickets and of users, and the ratings."""

import rehost
from zenpy import Zenpy
from zenpy.lib.exception import APIException

REFUSED = APIException
PER_PAGE = 10


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    zendesk = Zenpy(
        subdomain="acme", email=credentials["email"], token=credentials["api_token"], session=rehost.session(url)
    )
    tickets = zendesk.tickets.incremental(start_time=0, include=["users"], per_page=PER_PAGE)
    users = zendesk.users.incremental(start_time=0, per_page=PER_PAGE)
    ratings = zendesk.satisfaction_ratings(cursor_pagination=PER_PAGE)
    return {
        "tickets": [{"id": each.id} for each in tickets],
        "users": [{"id": each.id} for each in users],
        "satisfaction_ratings": [{"id": each.id} for each in ratings],
    }
