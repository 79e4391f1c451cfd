"""Zendesk Support: tickets and users by incremental export and by lists, satisfaction ratings, API v2.

View -> https://<subdomain>.zendesk.com as sandbox.vendor.Vendor
"""

import base64
import binascii
from collections.abc import Mapping
from functools import partial

from sandbox.vendor import Call, Vendor
from sandbox.vendors.zendesk import desk, errors
from sandbox.vendors.zendesk.desk import Desk
from sandbox.view import View

EMAIL, API_TOKEN = "ops@northwind-labs.example", "zendesk-sandbox-token"  # noqa: S105 - opens nothing but the sandbox
MINUTELY = 700

_PATHS = {
    "/incremental/tickets/cursor": desk.export_tickets,
    "/incremental/tickets": desk.export_tickets_by_time,
    "/incremental/users/cursor": desk.export_users,
    "/tickets": desk.list_tickets,
    "/tickets/{id}": desk.get_ticket,
    "/users": desk.list_users,
    "/users/me": desk.show_me,
    "/satisfaction_ratings": desk.list_ratings,
}


def build(view: View) -> Vendor:
    """Zendesk over a View."""
    help_desk = Desk(view)
    return Vendor(
        routes=[
            ("GET", f"/api/v2{path}{end}", partial(handler, help_desk))
            for path, handler in _PATHS.items()
            for end in ("", ".json")
        ],
        credentials={"email": EMAIL, "api_token": API_TOKEN},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.error(400, "InvalidJSON", "Invalid JSON in the body"),
        },
        headers=_headers,
        records=lambda body: body.get("tickets") or body.get("satisfaction_ratings") or [],
        next_page="meta.after_cursor",
    )


def _authorize(call: Call) -> None:
    """`<email>/token` and the API token as basic authorization, or a token of OAuth."""
    if call.bearer != API_TOKEN and _basic(call) != (f"{EMAIL}/token", API_TOKEN):
        raise errors.unauthenticated()


def _basic(call: Call) -> tuple[str, str]:
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    try:
        name, _, token = base64.b64decode(value).decode().partition(":") if scheme.lower() == "basic" else ("", "", "")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, token


def _headers(call: Call, remaining: int) -> Mapping[str, str]:
    """The limit of the account, in the old names and in the new ones."""
    left = str(min(remaining, MINUTELY))
    return {
        "X-Rate-Limit": str(MINUTELY),
        "X-Rate-Limit-Remaining": left,
        "ratelimit-limit": str(MINUTELY),
        "ratelimit-remaining": left,
        "ratelimit-reset": "12",
    }
