"""Harvest's people with what an hour of each costs, and the projects they book on."""

from collections.abc import Iterator

from ingestion.client import Client
from ingestion.reading import Item, Page
from ingestion.sources.harvest.pages import flat, list_pages


def read_users(client: Client) -> Iterator[Item]:
    """Everybody, those who have left too, and each one's rates over time."""
    for users in list_pages(client, "/users", "users"):
        yield Page("users", users)
        for user in users:
            for table in ("cost_rates", "billable_rates"):
                for rates in list_pages(client, f"/users/{user['id']}/{table}", table):
                    yield Page(table, [{**rate, "user_id": user["id"]} for rate in rates])


def read_projects(client: Client) -> Iterator[Item]:
    """Every project, closed ones too."""
    for projects in list_pages(client, "/projects", "projects"):
        yield Page("projects", [flat(project, "client") for project in projects])
