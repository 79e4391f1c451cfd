"""Mailchimp: audiences, campaigns, reports and what recipients did, on the Marketing API 3.0.

View -> https://<dc>.api.mailchimp.com as sandbox.vendor.Vendor
"""

import base64
import binascii
from functools import partial

from sandbox.vendor import Call, Handler, Vendor
from sandbox.vendors.mailchimp import audience, campaigns, errors
from sandbox.vendors.mailchimp.audience import Audience
from sandbox.vendors.mailchimp.pages import Row
from sandbox.vendors.mailchimp.sendings import Sendings
from sandbox.view import View

API_KEY = "00000000000000000000000000sandbox-us21"  # noqa: S105 - opens nothing but the sandbox

_AUDIENCE = {
    "/lists": audience.list_lists,
    "/lists/{id}": audience.get_list,
    "/lists/{id}/members": audience.list_members,
    "/lists/{id}/members/{hash}": audience.get_member,
}
_SENDINGS = {
    "/campaigns": campaigns.list_campaigns,
    "/campaigns/{id}": campaigns.get_campaign,
    "/reports": campaigns.list_reports,
    "/reports/{id}": campaigns.get_report,
    "/reports/{id}/email-activity": campaigns.list_activity,
    "/reports/{id}/sent-to": campaigns.list_recipients,
    "/reports/{id}/unsubscribed": campaigns.list_unsubscribes,
}


def build(view: View) -> Vendor:
    """Mailchimp over a View."""
    members = Audience(view)
    sendings = Sendings(view, members)
    handlers: dict[str, Handler] = {
        "/": _account,
        "/ping": _ping,
        **{path: partial(handler, members) for path, handler in _AUDIENCE.items()},
        **{path: partial(handler, sendings) for path, handler in _SENDINGS.items()},
    }
    return Vendor(
        routes=[("GET", f"/3.0{path}", handler) for path, handler in handlers.items()],
        credentials={"api_key": API_KEY},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.problem(400, "JSON Parse Error", "We encountered an unspecified JSON error."),
        },
        headers=lambda call, remaining: {},  # the limit is on connections at a time, and no header speaks of it
        may_repeat=False,
    )


def _account(call: Call) -> Row:
    return {"account_id": "sandbox", "account_name": "Sandbox", "account_timezone": "Europe/Berlin"}


def _ping(call: Call) -> Row:
    return {"health_status": "Everything's Chimpy!"}


def _authorize(call: Call) -> None:
    """The key as the password of any user, or as a token."""
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        value = _password(value)
    if value != API_KEY:
        raise errors.unauthenticated()


def _password(encoded: str) -> str:
    try:
        return base64.b64decode(encoded).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
