"""GA4: the daily event export (Parquet files) and reports of the Data API v1beta -> data/raw/ga4.duckdb.

Either part may be configured alone: `export` is the folder of the files, `property_id` the property to report on.
"""

from collections.abc import Iterator

from ingestion.authorization import RefreshToken
from ingestion.client import Client
from ingestion.reading import Item, Pull
from ingestion.settings import SettingsError
from ingestion.sources.ga4.export import read_export
from ingestion.sources.ga4.report import read_report
from ingestion.sources.ga4.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://analyticsdata.googleapis.com"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
OPTIONS = ("export", "property_id", "token_uri")
CREDENTIALS = ("client_id", "client_secret", "refresh_token", "property_id", "token_uri")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of what is configured."""
    account, found = pull.account, []
    if "export" in account:
        found.append(read_export(pull.folder / account["export"], pull))
    if "property_id" in account:
        authorization = RefreshToken("ga4", account.get("token_uri", TOKEN_URI), account)
        client = Client("ga4", account["base_url"], authorization)
        found.append(read_report(client, account["property_id"], pull.span))
    if not found:
        raise SettingsError("sources.ga4: options need export (a folder), property_id, or both")
    return found
