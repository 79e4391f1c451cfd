"""HubSpot: CRM v3 objects, associations v4, marketing v3 -> data/raw/hubspot.duckdb.

The first load lists every object; later ones search what changed since, and sweep all ids for what is gone.
"""

from collections.abc import Iterator

from requests import Response

from ingestion.authorization import Bearer, RefreshToken
from ingestion.client import Authorization, Client
from ingestion.reading import Item, Pull
from ingestion.sources.hubspot import marketing, objects
from ingestion.sources.hubspot.account import read_owners, read_pipelines
from ingestion.sources.hubspot.tables import OBJECTS, RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.hubapi.com"
CREDENTIALS = ("access_token", "client_id", "client_secret", "refresh_token")  # the first, or the three others
OPTIONS = ()


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything HubSpot has for us."""
    client = _connect(pull)
    return [
        read_owners(client),
        read_pipelines(client),
        *(objects.read(client, pull.span, name) for name in OBJECTS),
        marketing.read_emails(client),
        marketing.read_forms(client, pull.span),
    ]


def _connect(pull: Pull) -> Client:
    base_url = pull.account["base_url"]
    if "access_token" in pull.account:
        authorization: Authorization = Bearer(pull.account["access_token"])
    else:
        authorization = RefreshToken("hubspot", f"{base_url}/oauth/v1/token", pull.account)
    return Client("hubspot", base_url, authorization, _asks_to_wait)


def _asks_to_wait(response: Response) -> float | None:
    """When nothing of the rolling ten seconds is left, a tenth of them frees a tenth of the limit."""
    if response.headers.get("X-HubSpot-RateLimit-Remaining") != "0":
        return None
    return float(response.headers.get("X-HubSpot-RateLimit-Interval-Milliseconds", 10_000)) / 1000 / 10
