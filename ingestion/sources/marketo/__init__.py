"""Marketo Engage: leads, activities, programs and smart campaigns, REST v1 -> data/raw/marketo.duckdb."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from requests import Response

from ingestion.authorization import ClientCredentials
from ingestion.client import Client, Refusal
from ingestion.reading import Item, Pull
from ingestion.sources.marketo.activities import read_activities
from ingestion.sources.marketo.assets import read_campaigns, read_programs
from ingestion.sources.marketo.leads import read_leads
from ingestion.sources.marketo.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{munchkin_id}.mktorest.com"
CREDENTIALS = ("client_id", "client_secret")
OPTIONS = ("munchkin_id",)

_TOKEN = {"600", "601", "602", "603"}  # missing, invalid, expired; and access denied, which a new token seldom mends
_TRANSIENT = {"502", "604", "606", "608", "611", "615", "713", "1029"}
_RATE_LIMIT = re.compile(r"in '(\d+)' secs")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything Marketo has for us."""
    base_url = pull.account["base_url"].format_map(pull.account)
    authorization = ClientCredentials("marketo", f"{base_url}/identity/oauth/token", pull.account, refused=_refused)
    client = Client("marketo", base_url, authorization, _asks_to_wait, _refused)
    return [
        read_leads(client, pull.span),
        read_activities(client, pull.span),
        read_programs(client),
        read_campaigns(client),
    ]


def _refused(body: Any) -> Refusal | None:
    """Marketo's errors come with HTTP 200: success is false, and a code says why."""
    if not isinstance(body, dict) or body.get("success") is not False:
        return None
    first: dict[str, Any] = next(iter(body.get("errors") or ()), {})
    code = str(first.get("code", "unknown"))
    is_of_the_day = "daily quota" in str(first.get("message"))  # 1029 says it of exports, as well as of a full queue
    return Refusal(f"error {code}", code in _TRANSIENT and not is_of_the_day, code in _TOKEN)


def _asks_to_wait(response: Response) -> float | None:
    """Error 606 says in its message within how many seconds too many calls were made."""
    if b'"606"' not in response.content[:1000]:
        return None
    found = _RATE_LIMIT.search(orjson.dumps(orjson.loads(response.content)).decode())
    return float(found[1]) if found else None
