"""Salesforce: the sales side of the company - SOQL over REST, Bulk API 2.0, describe, OAuth.

View -> https://<domain>.my.salesforce.com as sandbox.vendor.Vendor
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sandbox.vendor import Answer, Call, Vendor
from sandbox.vendors.salesforce import bulk, errors, rest, tokens
from sandbox.vendors.salesforce.bulk import Jobs
from sandbox.vendors.salesforce.objects import objects_of
from sandbox.vendors.salesforce.rest import Org
from sandbox.view import View

DAILY = 100_000
_DATA = "/services/data/{version}"
_READING: dict[str, Callable[[Org, Call], Any]] = {
    "/query": rest.query,
    "/queryAll": rest.query,
    "/query/{locator}": rest.next_page,
    "/queryAll/{locator}": rest.next_page,
    "/sobjects": rest.list_objects,
    "/sobjects/{name}/describe": rest.describe,
    "/limits": rest.limits,
}
_BULK: list[tuple[str, str, Callable[[Jobs, Call], Any]]] = [
    ("POST", "/jobs/query", bulk.create),
    ("GET", "/jobs/query/{id}", bulk.show),
    ("PATCH", "/jobs/query/{id}", bulk.abort),
    ("DELETE", "/jobs/query/{id}", bulk.delete),
    ("GET", "/jobs/query/{id}/results", bulk.results),
]


def build(view: View) -> Vendor:
    """Salesforce over a View."""
    sessions, org = tokens.new_tokens(), Org(objects_of(view))
    jobs = Jobs(org)
    ends = ("", "/")  # clients write some paths with a slash at the end
    return Vendor(
        routes=[
            ("POST", tokens.TOKEN_PATH, partial(tokens.grant, sessions)),
            ("GET", "/services/data", _versions),
            *(("GET", _DATA + path + end, partial(show, org)) for path, show in _READING.items() for end in ends),
            *((method, _DATA + path + end, partial(act, jobs)) for method, path, act in _BULK for end in ends),
        ],
        credentials={
            "client_id": tokens.CLIENT.id,
            "client_secret": tokens.CLIENT.secret,
            "refresh_token": tokens.CLIENT.refresh_token,
        },
        authorize=partial(tokens.authorize, sessions),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": errors.unreadable,
        },
        headers=_headers,
        expire_tokens=sessions.expire,
        records=lambda body: body.get("records", []) if isinstance(body, dict) else [],
        next_page="nextRecordsUrl",
        may_repeat=False,  # a result of bulk is counted
    )


def _versions(call: Call) -> Answer:
    return Answer([{"label": "Winter '25", "url": "/services/data/v62.0", "version": "62.0"}])


def _headers(call: Call, remaining: int) -> Mapping[str, str]:
    """How much of the day's calls is used; of the calls at a time no header speaks."""
    return {"Sforce-Limit-Info": f"api-usage={DAILY - remaining}/{DAILY}"}
