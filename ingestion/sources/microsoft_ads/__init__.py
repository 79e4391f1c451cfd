"""Microsoft Ads: accounts, campaigns and their days, Microsoft Advertising v13 -> data/raw/microsoft_ads.duckdb."""

from collections.abc import Iterator

from ingestion.authorization import RefreshToken
from ingestion.reading import Item, Pull
from ingestion.settings import SettingsError
from ingestion.sources.microsoft_ads.accounts import read_accounts
from ingestion.sources.microsoft_ads.services import Services, refused
from ingestion.sources.microsoft_ads.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{service}.api.bingads.microsoft.com"
TOKEN_URI = "https://login.microsoftonline.com/common/oauth2/v2.0/token"  # noqa: S105 - an address
OPTIONS = ("account_ids", "token_uri")
CREDENTIALS = ("client_id", "client_secret", "refresh_token", "developer_token", "token_uri")


def readers(pull: Pull) -> list[Iterator[Item]]:
    """One reader: which accounts there are is known only once it runs."""
    account = pull.account
    if "developer_token" not in account:
        raise SettingsError("sources.microsoft_ads.credentials: developer_token is missing")
    also = {"DeveloperToken": account["developer_token"]}
    authorization = RefreshToken("microsoft_ads", account.get("token_uri", TOKEN_URI), account, also, refused)
    return [read_accounts(Services(account["base_url"], authorization), pull)]
