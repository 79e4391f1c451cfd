"""Klaviyo: profiles, lists, segments, campaigns, metrics and events, JSON:API of revision 2026-10-15.

View -> https://a.klaviyo.com as sandbox.vendor.Vendor
"""

import re
from functools import partial

from sandbox.vendor import Call, Handler, Refused, Vendor
from sandbox.vendors.klaviyo import campaigns, errors, events, profiles
from sandbox.view import View

API_KEY = "pk_00000000000000000000sandbox"
_SCHEME = "Klaviyo-API-Key"


def build(view: View) -> Vendor:
    """Klaviyo over a View."""
    people, sent = profiles.Profiles(view), campaigns.Campaigns(view)
    log = events.Events(view, people, sent)
    handlers: dict[str, Handler] = {
        "/api/profiles": partial(profiles.list_profiles, people),
        "/api/profiles/{id}": partial(profiles.get_profile, people),
        "/api/lists": partial(profiles.list_lists, people),
        "/api/lists/{id}/profiles": partial(profiles.list_members, people),
        "/api/segments": partial(profiles.list_segments, people),
        "/api/segments/{id}/profiles": partial(profiles.list_members, people),
        "/api/campaigns": partial(campaigns.list_campaigns, sent),
        "/api/metrics": partial(events.list_metrics, log),
        "/api/events": partial(events.list_events, log),
    }
    return Vendor(
        routes=[("GET", path + slash, handler) for path, handler in handlers.items() for slash in ("", "/")],
        credentials={"api_key": API_KEY},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.error(400, "invalid", "Invalid input.", "Malformed request."),
        },
        headers=_headers,
        fields=lambda record: record.get("attributes", record),
        next_page="links.next",
    )


def _authorize(call: Call) -> None:
    """The private key under Klaviyo's own scheme, and a revision of the API."""
    scheme, _, key = call.headers.get("authorization", "").partition(" ")
    if scheme != _SCHEME or key != API_KEY:
        raise errors.unauthenticated(is_missing=scheme != _SCHEME)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(\.\w+)?", call.headers.get("revision", "")):
        detail = "A revision header must be included in all requests."
        raise Refused(errors.error(400, "invalid", "Missing or invalid revision header.", detail))


def _headers(call: Call, remaining: int) -> dict[str, str]:
    """The limits of the endpoint: the burst of a second and the steady rate of a minute."""
    return {
        "RateLimit-Limit": "75, 75;w=1, 700;w=60",
        "RateLimit-Remaining": str(min(remaining, 74)),
        "RateLimit-Reset": "1",
    }
