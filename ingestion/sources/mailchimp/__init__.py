"""Mailchimp: audiences, campaigns, their reports and recipients, API 3.0 -> data/raw/mailchimp.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import Bearer
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.mailchimp.audience import read_audiences
from ingestion.sources.mailchimp.sendings import read_campaigns, read_sendings
from ingestion.sources.mailchimp.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{data_center}.api.mailchimp.com"
CREDENTIALS = ("api_key",)
OPTIONS = ()


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Mailchimp has for us."""
    api_key = pull.account["api_key"]
    data_center = api_key.rpartition("-")[2]
    client = Client("mailchimp", pull.account["base_url"].format(data_center=data_center), Bearer(api_key))
    return [read_audiences(client, pull.span), read_campaigns(client), read_sendings(client, pull.span)]
