"""Google Search Console: the sites a user sees, and what Google's unpaid results showed of them and brought.

View -> https://searchconsole.googleapis.com as sandbox.vendor.Vendor
"""

from functools import partial
from typing import Any

from sandbox.oauth import Client, Tokens, google_token
from sandbox.vendor import Call, Vendor
from sandbox.vendors.google_search_console import errors, query
from sandbox.view import View

CLIENT = Client("search-console-client", "search-console-secret", "search-console-refresh")
SCOPE = "https://www.googleapis.com/auth/webmasters.readonly"
SITES = {
    "sc-domain:northwind-labs.example": "siteOwner",
    "https://fair.northwind-labs.example/": "siteUnverifiedUser",  # listed, but shows nothing
}


def build(view: View) -> Vendor:
    """Search Console over a View."""
    tokens = Tokens("ya29.search-")
    token = partial(google_token, CLIENT, tokens, SCOPE)
    site = "/webmasters/v3/sites/{site:path}"  # a site may be an address, with slashes
    return Vendor(
        routes=[
            ("POST", "/token", token),
            ("GET", "/webmasters/v3/sites", _list_sites),
            ("POST", f"{site}/searchAnalytics/query", partial(_query, view)),
            ("GET", site, _read_site),
        ],
        credentials={
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "token_uri": "{base_url}/token",
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": errors.not_found,
            "unreadable": lambda: errors.invalid("Invalid JSON payload received.").answer,
        },
        headers=lambda call, remaining: {},  # Google sends no limits along
        expire_tokens=tokens.expire,
        may_repeat=False,
    )


def _authorize(tokens: Tokens, call: Call) -> None:
    if call.location != "/token" and not tokens.accepts(call.bearer):
        raise errors.unauthenticated()


def _list_sites(call: Call) -> dict[str, Any]:
    return {"siteEntry": [{"siteUrl": site, "permissionLevel": level} for site, level in SITES.items()]}


def _read_site(call: Call) -> dict[str, Any]:
    site = call.path["site"]
    if site not in SITES:
        raise errors.forbidden(site)
    return {"siteUrl": site, "permissionLevel": SITES[site]}


def _query(view: View, call: Call) -> dict[str, Any]:
    """POST searchAnalytics/query."""
    site = call.path["site"]
    if SITES.get(site, "siteUnverifiedUser") == "siteUnverifiedUser":
        raise errors.forbidden(site)
    return query.run(view, call.json)
