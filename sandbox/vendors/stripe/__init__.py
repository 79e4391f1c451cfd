"""Stripe: customers, invoices, charges, refunds and the events that tell of their changes, API v1.

View -> https://api.stripe.com as sandbox.vendor.Vendor
"""

import base64
import binascii
import re
from collections.abc import Callable
from functools import partial
from operator import ge, gt, le, lt
from typing import Any
from uuid import uuid4

from sandbox.vendor import Call, Handler, Vendor
from sandbox.vendors.stripe import errors
from sandbox.vendors.stripe.objects import Account, Object, in_version
from sandbox.view import View

API_KEY = "sk_test_sandbox0000000000"
OLDEST_VERSION = "2022-11-15"  # that of the account, where a call names none
_FILTERS = {
    "customers": {"email"},
    "invoices": {"customer", "status"},
    "charges": {"customer", "payment_intent"},
    "refunds": {"charge", "payment_intent"},
    "events": {"type", "types[]"},
}
_PAGING = {"limit", "starting_after", "ending_before", "expand[]"}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


def build(view: View) -> Vendor:
    """Stripe over a View."""
    account = Account(view)
    routes: list[tuple[str, str, Handler]] = [("GET", "/v1/account", _account)]
    for kind in _FILTERS:
        routes.append(("GET", f"/v1/{kind}", partial(_list, account, kind)))
        routes.append(("GET", f"/v1/{kind}/{{id}}", partial(_get, account, kind)))
    return Vendor(
        routes=routes,
        credentials={"api_key": API_KEY},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": errors.not_found,
            "unreadable": lambda: errors.error(400, "Invalid request."),
        },
        headers=lambda call, remaining: {"Request-Id": f"req_{uuid4().hex[:14]}", "Stripe-Version": _version(call)},
    )


def _authorize(call: Call) -> None:
    """The key as a token, or as the user of a password that is empty."""
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        value = _user(value)
    if value != API_KEY:
        raise errors.unauthenticated(value)


def _user(encoded: str) -> str:
    try:
        return base64.b64decode(encoded).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _version(call: Call) -> str:
    return call.headers.get("stripe-version", OLDEST_VERSION)


def _account(call: Call) -> Object:
    return {"id": "acct_sandbox", "object": "account", "country": "DE", "default_currency": "eur"}


def _get(account: Account, kind: str, call: Call) -> Object:
    """One object; of a deleted one only its id."""
    id, singular = call.path["id"], kind.removesuffix("s")
    if kind == "events":
        found = next((each for each in account.lists[kind] if each["id"] == id), None)
        if found is None:
            raise errors.missing(singular, id)
        return in_version(found, _version(call))
    history = account.histories[kind].get(id)
    if history is None:
        raise errors.missing(singular, id)
    if history[-1].event.endswith(".deleted"):
        return {"id": id, "object": singular, "deleted": True}
    return in_version(history[-1].object, _version(call))


def _list(account: Account, kind: str, call: Call) -> Object:
    """A page of a list, newest first."""
    known = _FILTERS[kind] | _PAGING
    for name in call.query:
        if name not in known and not re.fullmatch(r"created(\[(gt|gte|lt|lte)\])?", name):
            raise errors.invalid(name, f"Received unknown parameter: {name}")
    found = [each for each in account.lists[kind] if _is_asked_for(each, call)]
    page, has_more = _page(found, call)
    version = _version(call)
    data = [in_version(each, version) for each in page]
    return {"object": "list", "url": f"/v1/{kind}", "has_more": has_more, "data": data}


def _is_asked_for(object: Object, call: Call) -> bool:
    types = call.query.getlist("types[]") or call.query.getlist("type")
    if types and object["type"] not in types:
        return False
    for name, value in call.query.items():
        if name == "created" and object["created"] != _number(name, value):
            return False
        if name.startswith("created["):
            if not _COMPARISONS[name[8:-1]](object["created"], _number(name, value)):
                return False
        elif name in object and name != "type" and object[name] != value and name != "created":
            return False
    return True


def _page(found: list[Object], call: Call) -> tuple[list[Object], bool]:
    limit = _number("limit", call.query.get("limit", "10"))
    if not 1 <= limit <= 100:
        raise errors.invalid("limit", "This value must be between 1 and 100, inclusive.")
    if before := call.query.get("ending_before"):
        end = _position(found, "ending_before", before)
        start = max(end - limit, 0)
        return found[start:end], start > 0
    after = call.query.get("starting_after")
    start = _position(found, "starting_after", after) + 1 if after else 0
    return found[start : start + limit], start + limit < len(found)


def _position(found: list[Object], parameter: str, id: str) -> int:
    position = next((number for number, each in enumerate(found) if each["id"] == id), None)
    if position is None:
        raise errors.invalid(parameter, f"No such object: '{id}'")
    return position


def _number(parameter: str, text: str) -> int:
    if not text.isdigit():
        raise errors.invalid(parameter, f"Invalid integer: {text}")
    return int(text)
