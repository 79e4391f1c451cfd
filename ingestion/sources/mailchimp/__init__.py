"""Mailchimp: audiences, campaigns, their reports and recipients, API 3.0 -> data/raw/mailchimp.duckdb."""

import re
from collections.abc import Iterator

from ingestion.authorization import Bearer
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.settings import SettingsError
from ingestion.sources.mailchimp.audience import read_audiences
from ingestion.sources.mailchimp.sendings import read_campaigns, read_sendings
from ingestion.sources.mailchimp.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{data_center}.api.mailchimp.com"
CREDENTIALS = ("api_key",)
OPTIONS = ()

_DATA_CENTER = re.compile(r".+-([a-z]{2,3}[0-9]{1,3})")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Mailchimp has for us."""
    client = Client("mailchimp", _base_url(pull), Bearer(pull.account["api_key"]))
    return [read_audiences(client, pull.span), read_campaigns(client), read_sendings(client, pull.span)]


def _base_url(pull: Pull) -> str:
    """The host of the data centre that the key ends in; nothing else of a key may become a name to look up."""
    base_url: str = pull.account["base_url"]
    found = _DATA_CENTER.fullmatch(pull.account["api_key"])
    if not found and "{data_center}" in base_url:
        raise SettingsError("sources.mailchimp.credentials: api_key does not end in its data centre, such as -us21")
    return base_url.format(data_center=found and found[1])
