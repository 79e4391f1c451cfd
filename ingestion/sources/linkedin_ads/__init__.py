"""LinkedIn Ads: accounts, campaigns and their days, Marketing API in Rest.li -> data/raw/linkedin_ads.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import Bearer, RefreshToken
from ingestion.client import Authorization, Client
from ingestion.reading import Item, Pull
from ingestion.sources.linkedin_ads.accounts import read_accounts
from ingestion.sources.linkedin_ads.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.linkedin.com"
TOKEN_URI = "https://www.linkedin.com/oauth/v2/accessToken"  # noqa: S105 - an address
VERSION = "202607"
OPTIONS = ("account_ids", "version", "token_uri")
CREDENTIALS = ("access_token", "client_id", "client_secret", "refresh_token", "token_uri")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which accounts there are is known only once it runs."""
    account = pull.account
    also = {"LinkedIn-Version": str(account.get("version", VERSION)), "X-Restli-Protocol-Version": "2.0.0"}
    if "access_token" in account:
        authorization: Authorization = Bearer(account["access_token"], also)
    else:
        authorization = RefreshToken("linkedin_ads", account.get("token_uri", TOKEN_URI), account, also)
    return [read_accounts(Client("linkedin_ads", account["base_url"], authorization), pull)]
