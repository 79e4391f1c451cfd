"""Stripe: customers, invoices, charges and refunds, API v1 -> data/raw/stripe.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import Bearer
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.stripe.objects import read_kind
from ingestion.sources.stripe.tables import EVENTS, RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.stripe.com"
CREDENTIALS = ("api_key",)
OPTIONS = ()
# The shapes of the tables are this version's: in later ones a charge no longer names its invoice.
VERSION = "2025-02-24.acacia"


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader per kind of object."""
    authorization = Bearer(pull.account["api_key"], {"Stripe-Version": VERSION})
    client = Client("stripe", pull.account["base_url"], authorization)
    return [read_kind(client, pull.span, kind) for kind in EVENTS]
