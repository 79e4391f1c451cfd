"""Drift: conversations with their messages and contacts, and the users who answer -> data/raw/drift.duckdb.

Drift is being discontinued: this source is there to bring its history in while the API still answers.
"""

from collections.abc import Iterator

from ingestion.authorization import Bearer
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.drift.conversations import read_conversations, read_users
from ingestion.sources.drift.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://driftapi.com"
CREDENTIALS = ("access_token",)
OPTIONS = ()


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Drift has for us."""
    client = Client("drift", pull.account["base_url"], Bearer(pull.account["access_token"]))
    return [read_users(client), read_conversations(client, pull.span)]
