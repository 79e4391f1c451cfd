"""Google Search Console: what Google's unpaid results showed and brought -> data/raw/google_search_console.duckdb."""

from collections.abc import Iterator
from typing import Any

from ingestion.authorization import RefreshToken
from ingestion.client import Client, Refusal
from ingestion.reading import Item, Pull
from ingestion.sources.google_search_console.searches import read_sites
from ingestion.sources.google_search_console.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://searchconsole.googleapis.com"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
OPTIONS = ("site_urls", "token_uri")
CREDENTIALS = ("client_id", "client_secret", "refresh_token", "token_uri")
_SPENT = {"quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded"}


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which sites there are is known only once it runs."""
    account = pull.account
    authorization = RefreshToken(
        "google_search_console", account.get("token_uri", TOKEN_URI), account, refused=_refused
    )
    client = Client("google_search_console", account["base_url"], authorization, refused=_refused)
    return [read_sites(client, pull)]


def _refused(body: Any) -> Refusal | None:
    """A quota per second or minute is refused with 403, like a right that is missing; its reason tells them apart."""
    error = body.get("error") if isinstance(body, dict) else None
    reasons = error.get("errors") or [] if isinstance(error, dict) else []
    spent = next((each["reason"] for each in reasons if each.get("reason") in _SPENT), None)
    return Refusal(spent, is_transient=True) if spent else None
