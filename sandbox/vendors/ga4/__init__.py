"""GA4: reports of the Data API. The events themselves come as a daily export, which is files.

View -> https://analyticsdata.googleapis.com as sandbox.vendor.Vendor
"""

from functools import partial
from typing import Any

from sandbox.oauth import Client, Tokens, google_token
from sandbox.vendor import Call, Vendor
from sandbox.vendors.ga4 import errors, fields, report
from sandbox.view import View

PROPERTY_ID = "321654987"
CLIENT = Client("ga4-client", "ga4-secret", "ga4-refresh", account="reader@sandbox.iam.gserviceaccount.test")
SCOPE = "https://www.googleapis.com/auth/analytics.readonly"
MAX_BATCH = 5


def build(view: View) -> Vendor:
    """GA4 over a View."""
    tokens = Tokens("ya29.ga4-")
    token = partial(google_token, CLIENT, tokens, SCOPE)
    return Vendor(
        routes=[
            ("POST", "/token", token),
            ("POST", "/oauth2/v3/token", token),
            ("POST", "/v1beta/properties/{id}:runReport", partial(_run_report, view)),
            ("POST", "/v1beta/properties/{id}:batchRunReports", partial(_run_reports, view)),
            ("GET", "/v1beta/properties/{id}/metadata", _describe),
        ],
        credentials={
            "property_id": PROPERTY_ID,
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "client_email": CLIENT.account,
            "token_uri": "{base_url}/token",
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": lambda: errors.error(503, "The service is currently unavailable."),
            "not_found": lambda: errors.error(404, "Method not found."),
            "unreadable": lambda: errors.error(400, "Invalid JSON payload received."),
        },
        headers=lambda call, remaining: {},  # the quota comes in the body, on demand
        expire_tokens=tokens.expire,
        records=lambda body: body.get("rows") or [],
        fields=lambda row: row["metricValues"][0],
        may_repeat=False,
    )


def _authorize(tokens: Tokens, call: Call) -> None:
    if not call.location.endswith("/token") and not tokens.accepts(call.bearer):
        raise errors.unauthenticated()


def _check_property(call: Call) -> None:
    if call.path["id"] != PROPERTY_ID:
        raise errors.forbidden()


def _run_report(view: View, call: Call) -> dict[str, Any]:
    """POST :runReport."""
    _check_property(call)
    return report.run(view, call.json)


def _run_reports(view: View, call: Call) -> dict[str, Any]:
    """POST :batchRunReports."""
    _check_property(call)
    requests = call.json.get("requests") or []
    if len(requests) > MAX_BATCH:
        raise errors.invalid(f"A batch may contain at most {MAX_BATCH} requests.")
    return {"reports": [report.run(view, each) for each in requests], "kind": "analyticsData#batchRunReports"}


def _describe(call: Call) -> dict[str, Any]:
    """GET metadata; property 0 stands for what all properties have."""
    if call.path["id"] != "0":
        _check_property(call)
    return fields.metadata(f"properties/{call.path['id']}")
