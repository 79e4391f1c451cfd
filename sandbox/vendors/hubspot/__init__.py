"""HubSpot: CRM v3 objects with search and history, associations v4, marketing e-mails and forms.

View -> https://api.hubapi.com as sandbox.vendor.Vendor
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sandbox.vendor import Call, Vendor
from sandbox.vendors.hubspot import account, associations, errors, marketing, objects, search, tokens
from sandbox.vendors.hubspot.portal import Portal
from sandbox.view import View

TEN_SECONDLY, SECONDLY, DAILY = 190, 19, 650_000

Handler = Callable[[Portal, Call], Any]
Routes = list[tuple[str, str, Handler]]
_OBJECTS = "/crm/v3/objects/{type}"
_ROUTES: Routes = [
    ("GET", _OBJECTS, objects.list_page),
    ("GET", f"{_OBJECTS}/{{id}}", objects.get_one),
    ("POST", f"{_OBJECTS}/batch/read", objects.read_batch),
    ("POST", f"{_OBJECTS}/search", search.search),
    ("GET", "/crm/v3/owners", account.list_owners),
    ("GET", "/crm/v3/pipelines/{type}", account.list_pipelines),
    ("GET", "/crm/v3/properties/{type}", account.list_properties),
    ("GET", "/crm/v4/objects/{type}/{id}/associations/{to_type}", associations.of_one),
    ("POST", "/crm/v4/associations/{type}/{to_type}/batch/read", associations.of_batch),
    ("GET", "/marketing/v3/emails", marketing.list_emails),
    ("GET", "/marketing/v3/emails/statistics/list", marketing.email_statistics),
    ("GET", "/marketing/v3/emails/{id}", marketing.get_email),
    ("GET", "/marketing/v3/forms", marketing.list_forms),
    ("GET", "/form-integrations/v1/submissions/forms/{id}", marketing.list_submissions),
    ("GET", "/account-info/v3/details", account.details),
    ("POST", "/oauth/v1/token", tokens.refresh),
    ("GET", "/oauth/v1/access-tokens/{token}", tokens.describe),
]


def build(view: View) -> Vendor:
    """HubSpot over a View."""
    handed_out = tokens.new_tokens()
    portal = Portal(view, handed_out)
    routes = [*_ROUTES, *_with_slash(_ROUTES), *_by_date(_ROUTES)]
    return Vendor(
        routes=[(method, path, partial(handler, portal)) for method, path, handler in routes],
        credentials={
            "access_token": tokens.ACCESS_TOKEN,
            "client_id": tokens.CLIENT.id,
            "client_secret": tokens.CLIENT.secret,
            "refresh_token": tokens.CLIENT.refresh_token,
        },
        authorize=partial(tokens.authorize, handed_out),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.invalid("Invalid input JSON").answer,
        },
        headers=_headers,
        expire_tokens=handed_out.expire,
        records=lambda body: body.get("results") or [],
        fields=lambda record: record.get("properties", record),
        next_page="paging.next.after",
    )


def _with_slash(routes: Routes) -> Routes:
    """The SDK writes some lists with a slash at the end."""
    return [(method, f"{path}/", handler) for method, path, handler in routes if method == "GET"]


def _by_date(routes: Routes) -> Routes:
    """The date-versioned names of the same endpoints: /crm/objects/2026-03/contacts."""
    return [
        (method, f"/crm/{area}/{{version}}{path.removeprefix(f'/crm/v3/{area}')}", handler)
        for method, path, handler in routes
        for area in ("objects", "owners", "pipelines", "properties")
        if path.startswith(f"/crm/v3/{area}")
    ]


def _headers(call: Call, remaining: int) -> Mapping[str, str]:
    """The limits of a private app; search answers carry none."""
    if call.location.endswith("/search"):
        return {}
    return {
        "X-HubSpot-RateLimit-Max": str(TEN_SECONDLY),
        "X-HubSpot-RateLimit-Remaining": str(min(remaining, TEN_SECONDLY - 1)),
        "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
        "X-HubSpot-RateLimit-Secondly": str(SECONDLY),
        "X-HubSpot-RateLimit-Secondly-Remaining": str(min(remaining, SECONDLY - 1)),
        "X-HubSpot-RateLimit-Daily": str(DAILY),
        "X-HubSpot-RateLimit-Daily-Remaining": str(DAILY - 1),
    }
