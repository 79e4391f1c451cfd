"""LinkedIn Ads: accounts, campaign groups, campaigns and adAnalytics of the versioned Marketing API, in Rest.li.

View -> https://api.linkedin.com as sandbox.vendor.Vendor
"""

from functools import partial
from typing import Any

from sandbox.oauth import Client, Tokens
from sandbox.vendor import Answer, Call, Handler, Refused, Vendor
from sandbox.vendors.linkedin_ads import errors, restli
from sandbox.vendors.linkedin_ads.analytics import Analytics
from sandbox.vendors.linkedin_ads.entities import Entities, Entity, search
from sandbox.view import View

CLIENT = Client("linkedin-client", "linkedin-secret", "linkedin-refresh")
FIRST_VERSION, LAST_VERSION = "202512", "202607"  # a version is spoken for about a year
SCOPE = "r_ads,r_ads_reporting"


def build(view: View) -> Vendor:
    """LinkedIn Ads over a View."""
    tokens, entities = Tokens("AQX-"), Entities(view)
    analytics = Analytics(view, entities)
    gets: list[tuple[str, Handler]] = [
        ("/rest/adAccounts", lambda call: search(entities.accounts, restli.query(call))),
        ("/rest/adAccounts/{id}/adCampaignGroups", partial(_of_account, entities.groups)),
        ("/rest/adAccounts/{id}/adCampaigns", partial(_of_account, entities.campaigns)),
        ("/rest/adAnalytics", lambda call: analytics.run(restli.query(call))),
    ]
    return Vendor(
        routes=[
            ("POST", "/oauth/v2/accessToken", partial(_token, tokens)),
            *(("GET", path, handler) for path, handler in gets),
            *(("POST", path, partial(_tunnelled, handler)) for path, handler in gets),
        ],
        credentials={
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "token_uri": "{base_url}/oauth/v2/accessToken",
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": errors.not_found,
            "unreadable": errors.unreadable,
        },
        headers=lambda call, remaining: {"x-restli-protocol-version": "2.0.0"},  # LinkedIn sends no limits along
        expire_tokens=tokens.expire,
        records=lambda body: body.get("elements") or [],
        next_page="metadata.nextPageToken",
    )


def _authorize(tokens: Tokens, call: Call) -> None:
    if call.location.startswith("/oauth/"):
        return
    if not tokens.accepts(call.bearer):
        raise errors.unauthenticated(is_expired=call.bearer in tokens.expired)
    version = call.headers.get("linkedin-version")
    if version is None:
        raise errors.no_version()
    if not FIRST_VERSION <= version <= LAST_VERSION:
        raise errors.old_version(version)


def _token(tokens: Tokens, call: Call) -> Answer:
    """POST accessToken: sixty days of access for a year of refreshing."""
    if not CLIENT.is_granted(call.form):
        message = "The provided authorization grant or refresh token is invalid, expired or revoked"
        return Answer({"error": "invalid_grant", "error_description": message}, 400)
    answer = {"access_token": tokens.issue(), "token_type": "Bearer", "expires_in": 5_183_999, "scope": SCOPE}
    return Answer(answer | {"refresh_token": CLIENT.refresh_token, "refresh_token_expires_in": 31_535_999})


def _of_account(entities: dict[int, list[Entity]], call: Call) -> Entity:
    """What an account has."""
    account = call.path["id"]
    if not account.isdigit() or int(account) not in entities:
        raise errors.forbidden(f"adAccounts/{account}")
    return search(entities[int(account)], restli.query(call))


def _tunnelled(handler: Handler, call: Call) -> Any:
    """A GET whose query is too long for an address."""
    if call.headers.get("x-http-method-override", "").upper() != "GET":
        raise Refused(errors.not_found())
    return handler(call)
