"""HubSpot's OAuth endpoints, and who may call the others."""

from typing import Any

from sandbox.oauth import Client, Tokens
from sandbox.vendor import Answer, Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.account import PORTAL_ID
from sandbox.vendors.hubspot.portal import Portal

ACCESS_TOKEN = "pat-eu1-00000000-sandbox"  # noqa: S105 - of a private app: never expires, opens nothing but the sandbox
CLIENT = Client("hubspot-client", "hubspot-secret", "hubspot-refresh")


def new_tokens() -> Tokens:
    """The account's tokens: the private app's, and those to come."""
    return Tokens("hubspot-access-", fixed=frozenset({ACCESS_TOKEN}))


def authorize(tokens: Tokens, call: Call) -> None:
    """Refuse a call without a live token; the token endpoints need none."""
    if not call.location.startswith("/oauth/") and not tokens.accepts(call.bearer):
        raise errors.unauthenticated(call.bearer in tokens.expired)


def refresh(portal: Portal, call: Call) -> Answer:
    """POST /oauth/v1/token."""
    if not CLIENT.is_granted(call.form):
        return errors.error(
            400, "VALIDATION_ERROR", "missing or unknown refresh token", status_code="BAD_REFRESH_TOKEN"
        )
    return Answer(
        {
            "access_token": portal.tokens.issue(),
            "refresh_token": CLIENT.refresh_token,
            "token_type": "bearer",
            "expires_in": 1800,
        }
    )


def describe(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /oauth/v1/access-tokens/{token}."""
    token = call.path["token"]
    if not portal.tokens.accepts(token):
        raise errors.not_found("access token not found")
    return {
        "token": token,
        "hub_id": PORTAL_ID,
        "user": "ops@sandbox.test",
        "app_id": 1,
        "scopes": ["crm.objects.contacts.read"],
        "expires_in": 1800,
        "token_type": "access",
    }
