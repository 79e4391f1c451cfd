"""Google Ads: accounts, campaigns and their daily or hourly performance, REST v26 -> data/raw/google_ads.duckdb."""

import re
from collections.abc import Iterator

import orjson
from requests import Response

from ingestion.authorization import RefreshToken
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.sources.google_ads.accounts import read_accounts
from ingestion.sources.google_ads.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://googleads.googleapis.com"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
OPTIONS = ("login_customer_id", "customer_ids", "token_uri")
CREDENTIALS = ("developer_token", "client_id", "client_secret", "refresh_token", "login_customer_id", "token_uri")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which accounts there are is known only once it runs."""
    account = pull.account
    also = {"developer-token": account["developer_token"]}
    if "login_customer_id" in account:
        also["login-customer-id"] = account["login_customer_id"].replace("-", "")
    authorization = RefreshToken("google_ads", account.get("token_uri", TOKEN_URI), account, also)
    return [read_accounts(Client("google_ads", account["base_url"], authorization, _asks_to_wait), pull)]


def _asks_to_wait(response: Response) -> float | None:
    """A quota error says in its details when to come back: "retryDelay": "54s"."""
    if response.status_code != 429:
        return None
    try:
        text = orjson.dumps(orjson.loads(response.content)).decode()
    except orjson.JSONDecodeError:
        return None
    delay = re.search(r'"retryDelay":"([0-9.]+)s"', text)
    return float(delay[1]) if delay else None
