"""Salesforce: leads, contacts, accounts, opportunities and what was done with them -> data/raw/salesforce.duckdb.

The first load reads through Bulk API 2.0; later ones query what changed since, deleted records too, and sweep all ids
for what was deleted for good.
"""

from collections.abc import Iterator
from typing import Any

from ingestion.authorization import ClientCredentials, RefreshToken
from ingestion.client import Client, Refusal
from ingestion.reading import Item, Pull
from ingestion.sources.salesforce.objects import Org, read_object
from ingestion.sources.salesforce.tables import OBJECTS, RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://{my_domain}.my.salesforce.com"
CREDENTIALS = ("client_id", "client_secret", "refresh_token")  # the last may be missing: then the client's own
OPTIONS = ("my_domain",)
_PASSING = {"SERVER_UNAVAILABLE", "QUERY_TIMEOUT", "UNABLE_TO_LOCK_ROW"}


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of every object that Salesforce shows us."""
    org = Org(_connect(pull), pull.span)
    return [read_object(org, name) for name in OBJECTS]


def _connect(pull: Pull) -> Client:
    account = pull.account
    base_url = account["base_url"].format_map(account)
    granted = RefreshToken if "refresh_token" in account else ClientCredentials
    authorization = granted("salesforce", f"{base_url}/services/oauth2/token", account, refused=_refused)
    return Client("salesforce", base_url, authorization, refused=_refused)


def _refused(body: Any) -> Refusal | None:
    """An error is a list; one code stands for too many calls at a time, which pass, and for too many in a day."""
    error = body[0] if isinstance(body, list) and body and isinstance(body[0], dict) else {}
    code = error.get("errorCode")
    if not code:
        return None
    is_moment = code == "REQUEST_LIMIT_EXCEEDED" and str(error.get("message")).startswith("Concurrent")
    return Refusal(code, is_transient=code in _PASSING or is_moment, is_of_token=code == "INVALID_SESSION_ID")
