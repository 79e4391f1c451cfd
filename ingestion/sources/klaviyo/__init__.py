"""Klaviyo: profiles, lists, segments, campaigns and the events of e-mails, JSON:API -> data/raw/klaviyo.duckdb."""

from collections.abc import Iterator
from typing import Any

from ingestion.authorization import Key
from ingestion.client import Client, Refusal
from ingestion.reading import Item, Pull
from ingestion.sources.klaviyo.audience import read_audience
from ingestion.sources.klaviyo.campaigns import read_campaigns
from ingestion.sources.klaviyo.events import read_events
from ingestion.sources.klaviyo.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://a.klaviyo.com"
CREDENTIALS = ("api_key",)
OPTIONS = ()

_REVISION = "2026-10-15"  # of the API: each is kept for two years
_TRANSIENT = {408, 429, 500, 502, 503, 504, 524}


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Klaviyo has for us."""
    headers = {"Authorization": f"Klaviyo-API-Key {pull.account['api_key']}", "revision": _REVISION}
    client = Client("klaviyo", pull.account["base_url"], Key(headers), refused=_refused)
    return [read_audience(client, pull.span), read_campaigns(client), read_events(client, pull.span)]


def _refused(body: Any) -> Refusal | None:
    """Klaviyo's errors: each has the status of HTTP, and a code for what it is."""
    errors = body.get("errors") if isinstance(body, dict) else None
    if not errors:
        return None
    status, code = errors[0].get("status"), errors[0].get("code")
    return Refusal(f"{status} {code}", status in _TRANSIENT, status in (401, 403))
