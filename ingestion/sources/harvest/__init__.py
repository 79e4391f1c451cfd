"""Harvest: people, projects, rates and the hours they booked, API v2 -> data/raw/harvest.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import Bearer, RefreshToken
from ingestion.client import Authorization, Client
from ingestion.reading import Item, Pull
from ingestion.sources.harvest.account import read_projects, read_users
from ingestion.sources.harvest.tables import RESOURCES
from ingestion.sources.harvest.time_entries import read_time_entries

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.harvestapp.com"
TOKEN_URI = "https://id.getharvest.com/api/v2/oauth2/token"  # noqa: S105 - an address
OPTIONS = ("account_id", "token_uri")
# account_id, and access_token or the three of an OAuth client
CREDENTIALS = ("account_id", "access_token", "client_id", "client_secret", "refresh_token", "token_uri")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Harvest has for us."""
    client = _connect(pull)
    return [read_users(client), read_projects(client), read_time_entries(client, pull.span)]


def _connect(pull: Pull) -> Client:
    account = pull.account
    also = {"Harvest-Account-Id": str(account["account_id"])}
    if "access_token" in account:
        authorization: Authorization = Bearer(account["access_token"], also)
    else:
        authorization = RefreshToken("harvest", account.get("token_uri", TOKEN_URI), account, also)
    return Client("harvest", account["base_url"], authorization)
