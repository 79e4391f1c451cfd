"""Zendesk Support: tickets, who asked, and how satisfied they were, API v2 -> data/raw/zendesk.duckdb."""

import base64
from collections.abc import Iterator
from typing import Any

from requests import Response

from ingestion.authorization import Bearer, Key
from ingestion.client import Authorization, Client
from ingestion.reading import Item, Pull
from ingestion.sources.zendesk.tables import RESOURCES
from ingestion.sources.zendesk.tickets import read_ratings, read_tickets

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{subdomain}.zendesk.com"
CREDENTIALS = ("email", "api_token", "access_token")  # the first two, or the last
OPTIONS = ("subdomain",)


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Zendesk has for us."""
    account = pull.account
    base_url = account["base_url"].format_map(account)
    client = Client("zendesk", base_url, _authorization(account), _asks_to_wait)
    return [read_tickets(client, pull.span), read_ratings(client, pull.span)]


def _authorization(account: Any) -> Authorization:
    if "access_token" in account:
        return Bearer(account["access_token"])
    pair = f"{account['email']}/token:{account['api_token']}"
    return Key({"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"})


def _asks_to_wait(response: Response) -> float | None:
    """When nothing of the minute's limit is left, a header says how many seconds of it are."""
    if response.headers.get("X-Rate-Limit-Remaining") != "0":
        return None
    return float(response.headers.get("ratelimit-reset", 60))
