"""TikTok Ads: advertisers, campaigns and their days, Business API v1.3 -> data/raw/tiktok_ads.duckdb."""

from collections.abc import Iterator
from typing import Any

from ingestion.authorization import Key
from ingestion.client import Client, Refusal
from ingestion.reading import Item, Pull
from ingestion.settings import SettingsError
from ingestion.sources.tiktok_ads.advertisers import read_advertisers
from ingestion.sources.tiktok_ads.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://business-api.tiktok.com"
OPTIONS = ("advertiser_ids",)
CREDENTIALS = ("access_token", "app_id", "secret")
_RATE_LIMITED = 40100
_OF_TOKEN = {40001, 40102, 40104, 40105}  # without the right, expired, empty, wrong


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which advertisers there are is known only once it runs."""
    if "access_token" not in pull.account:
        raise SettingsError("sources.tiktok_ads.credentials: access_token is missing")
    authorization = Key({"Access-Token": pull.account["access_token"]})
    return [read_advertisers(Client("tiktok_ads", pull.account["base_url"], authorization, refused=_refused), pull)]


def _refused(body: Any) -> Refusal | None:
    """TikTok answers 200 whatever happens; a code that is not 0 says that it did not go well."""
    code = body.get("code", 0) if isinstance(body, dict) else 0
    if not isinstance(code, int) or code == 0:
        return None
    return Refusal(f"code {code}", is_transient=code == _RATE_LIMITED or code >= 50000, is_of_token=code in _OF_TOKEN)
