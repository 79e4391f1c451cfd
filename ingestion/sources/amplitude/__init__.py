"""Amplitude: the raw events of a project, Export API -> data/raw/amplitude.duckdb."""

import base64
from collections.abc import Iterator

from ingestion.authorization import Key
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.amplitude.export import read_export
from ingestion.sources.amplitude.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://amplitude.com"  # projects in the EU: https://analytics.eu.amplitude.com
CREDENTIALS = ("api_key", "secret_key")
OPTIONS = ()


def readers(pull: Pull) -> list[Iterator[Item]]:
    """The reader of the export."""
    keys = base64.b64encode(f"{pull.account['api_key']}:{pull.account['secret_key']}".encode()).decode()
    client = Client("amplitude", pull.account["base_url"], Key({"Authorization": f"Basic {keys}"}))
    return [read_export(client, pull.span)]
