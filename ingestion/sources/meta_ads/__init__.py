"""Meta Ads: accounts, campaigns, ad sets, ads and their daily insights, Graph API v26.0 -> data/raw/meta_ads.duckdb."""

from collections.abc import Iterator

from ingestion.reading import Item, Pull
from ingestion.sources.meta_ads.accounts import read_accounts
from ingestion.sources.meta_ads.graph import Graph
from ingestion.sources.meta_ads.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://graph.facebook.com"
CREDENTIALS = ("access_token", "app_secret")
OPTIONS = ("account_ids", "attribution_windows", "conversion_actions")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which accounts there are is known only once it runs."""
    return [read_accounts(Graph(pull.account), pull)]
