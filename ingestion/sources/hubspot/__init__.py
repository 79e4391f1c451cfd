"""HubSpot: CRM v3 objects, associations v4, marketing v3 -> data/raw/hubspot.duckdb.

The first load lists every object; later ones search what changed since, and sweep all ids for what is gone.
"""

from collections.abc import Iterator
from dataclasses import replace

from requests import Response

from ingestion.authorization import Bearer, RefreshToken
from ingestion.client import Authorization, Client
from ingestion.reading import Item, Pull, Span
from ingestion.settings import SettingsError
from ingestion.sources.hubspot import marketing, objects
from ingestion.sources.hubspot.account import read_owners, read_pipelines
from ingestion.sources.hubspot.tables import OBJECTS, RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = "https://api.hubapi.com"
CREDENTIALS = ("access_token", "client_id", "client_secret", "refresh_token")  # the first, or the three others
OPTIONS = ("without",)  # what not to ask for, where an account's plan or scopes do not open it

READ = ("owners", "pipelines", *OBJECTS, "marketing_emails", "forms")
_WITHOUT = "without"  # in the state: what the last load did not ask for


def readers(pull: Pull) -> list[Iterator[Item]]:
    """Readers of everything HubSpot has for us, but for what mops.yaml leaves out."""
    client, without = _connect(pull), _without(pull)
    by_name = {
        "owners": read_owners(client),
        "pipelines": read_pipelines(client, without),
        **{name: objects.read(client, _span(pull, name), name, without) for name in OBJECTS},
        "marketing_emails": marketing.read_emails(client),
        "forms": marketing.read_forms(client, _span(pull, "forms")),
    }
    if not pull.span.is_range:
        pull.state[_WITHOUT] = sorted(without)
    return [by_name[name] for name in READ if name not in without]


def _without(pull: Pull) -> set[str]:
    named = pull.account.get("without", [])
    without = {named} if isinstance(named, str) else set(named)
    if unknown := without - {*READ}:
        raise SettingsError(
            f"sources.hubspot.options: without may name {', '.join(READ)}, not {', '.join(sorted(unknown))}"
        )
    return without


def _span(pull: Pull, name: str) -> Span:
    """What was left out before is read from its beginning."""
    is_new = name in pull.state.get(_WITHOUT, ()) and not pull.span.is_range
    return replace(pull.span, since=None) if is_new else pull.span


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
