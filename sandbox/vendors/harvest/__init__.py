"""Harvest: people, projects, rates and the hours that half of the staff book, API v2.

View -> https://api.harvestapp.com as sandbox.vendor.Vendor
"""

from functools import partial

from sandbox.oauth import Client, Tokens
from sandbox.vendor import Answer, Call, Handler, Vendor
from sandbox.vendors.harvest import account, errors, time_entries
from sandbox.vendors.harvest.account import Account
from sandbox.view import View

CLIENT = Client("harvest-client", "harvest-secret", "harvest-refresh")
ACCOUNT_ID = "1400001"
TOKEN_PATH = "/api/v2/oauth2/token"  # noqa: S105 - a path; in life on https://id.getharvest.com

_PATHS = {
    "/company": account.company,
    "/users": account.list_users,
    "/users/{id}": account.get_user,
    "/users/{id}/{kind}_rates": account.list_rates,
    "/clients": account.list_clients,
    "/projects": account.list_projects,
    "/tasks": account.list_tasks,
    "/time_entries": time_entries.list_entries,
    "/time_entries/{id}": time_entries.get_entry,
}


def build(view: View) -> Vendor:
    """Harvest over a View."""
    tokens, of_view = Tokens("harvest-access-"), Account(view)
    handlers: dict[str, Handler] = {path: partial(handler, of_view) for path, handler in _PATHS.items()}
    return Vendor(
        routes=[
            ("POST", TOKEN_PATH, partial(_refresh, tokens)),
            *(("GET", f"/v2{path}", handler) for path, handler in handlers.items()),
        ],
        credentials={
            "account_id": ACCOUNT_ID,
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "token_uri": "{base_url}" + TOKEN_PATH,
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.invalid("Malformed JSON").answer,
        },
        headers=lambda call, remaining: {},  # 100 requests in 15 seconds, of which no header speaks
        expire_tokens=tokens.expire,
    )


def _authorize(tokens: Tokens, call: Call) -> None:
    """A live token, and the number of the account that is meant."""
    if call.location == TOKEN_PATH:
        return
    if not tokens.accepts(call.bearer):
        raise errors.unauthenticated()
    if call.headers.get("harvest-account-id") != ACCOUNT_ID:
        raise errors.wrong_account()


def _refresh(tokens: Tokens, call: Call) -> Answer:
    """POST https://id.getharvest.com/api/v2/oauth2/token."""
    if not CLIENT.is_granted(call.form):
        return errors.error(400, "invalid_grant", "The provided refresh token is invalid or was revoked.")
    return Answer(
        {
            "access_token": tokens.issue(),
            "refresh_token": CLIENT.refresh_token,
            "token_type": "bearer",
            "expires_in": 1209599,
        }
    )
