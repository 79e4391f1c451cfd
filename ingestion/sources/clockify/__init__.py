"""Clockify: workspaces with their users, projects, tasks and hours, API v1 -> data/raw/clockify.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import Key
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.clockify.tables import RESOURCES
from ingestion.sources.clockify.workspaces import read_workspaces

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.clockify.me"  # or a region's own, such as https://euc1.clockify.me
CREDENTIALS = ("api_key",)
OPTIONS = ("workspace_id",)


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which workspaces there are is known only once it runs."""
    client = Client("clockify", pull.account["base_url"], Key({"X-Api-Key": pull.account["api_key"]}))
    return [read_workspaces(client, pull)]
