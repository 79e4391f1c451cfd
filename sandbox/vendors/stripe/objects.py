"""Stripe's objects, each as the changes it went through: when, the event that told, and the object from then on.

Ids are made of what they stand for, so that an as-of later they are the same.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sandbox import wire
from sandbox.clock import NEVER, SECOND
from sandbox.view import View

Object = dict[str, Any]
NO_INVOICE_ON_CHARGES = "2025-03-31"  # from this version on charges and invoices do not name each other
_RETAINED = 30 * 86_400  # seconds that an event can be read


class Change(NamedTuple):
    """An object from a moment (seconds) on, and the type of the event that tells of it."""

    at: int
    event: str
    object: Object


class Account:
    """Every object of a View by kind, newest first, and the events of the last 30 days."""

    def __init__(self, view: View) -> None:
        self.histories: dict[str, dict[str, list[Change]]] = {
            kind: {} for kind in ("customers", "invoices", "charges", "refunds")
        }
        for row in wire.rows(view.billing_customers):
            self._keep("customers", _customer(row))
        emails = dict(zip(view.billing_customers["id"], view.billing_customers["email"], strict=True))
        for row in wire.rows(view.billing_invoices):
            self._keep("invoices", _invoice(row, emails.get(row["customer_id"], "")))
            for charge, refunded_at in _charges(row):
                self._keep("charges", _charge_history(charge, refunded_at))
                if refunded_at != NEVER:
                    self._keep("refunds", _refund(charge, refunded_at))
        now = view.as_of // SECOND
        self.lists = {kind: _newest_first(self._current(kind)) for kind in self.histories}
        self.lists["events"] = _newest_first(each for each in self._events() if each["created"] > now - _RETAINED)

    def _keep(self, kind: str, history: list[Change]) -> None:
        self.histories[kind][history[-1].object["id"]] = history

    def _current(self, kind: str) -> Iterator[Object]:
        """The objects as they are; deleted ones are not listed."""
        for history in self.histories[kind].values():
            if not history[-1].event.endswith(".deleted"):
                yield history[-1].object

    def _events(self) -> Iterator[Object]:
        for histories in self.histories.values():
            for history in histories.values():
                for change in history:
                    yield {
                        "id": _id("evt", change.event, change.object["id"]),
                        "object": "event",
                        "type": change.event,
                        "created": change.at,
                        "livemode": False,
                        "data": {"object": change.object},
                    }


def _newest_first(objects: Iterator[Object]) -> list[Object]:
    return sorted(objects, key=lambda each: (-each["created"], each["id"]))


def _id(prefix: str, *parts: object) -> str:
    return f"{prefix}_{hashlib.md5(':'.join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()[:24]}"


def _customer(row: dict[str, Any]) -> list[Change]:
    created = row["created_at"] // SECOND
    customer = {
        "id": _id("cus", row["id"]),
        "object": "customer",
        "created": created,
        "email": row["email"] or None,
        "name": row["name"],
        "phone": None,
        "description": None,
        "currency": None,
        "balance": 0,
        "delinquent": False,
        "livemode": False,
        "metadata": {},
    }
    changes = [Change(created, "customer.created", customer)]
    if row["deleted_at"] != NEVER:
        changes.append(Change(row["deleted_at"] // SECOND, "customer.deleted", customer))
    return changes


def _invoice(row: dict[str, Any], email: str) -> list[Change]:
    """Open, then paid or void; a refund does not change it."""
    issued, amount = row["issued_at"] // SECOND, row["amount_cents"]
    given = {
        "id": _id("in", row["id"]),
        "object": "invoice",
        "number": f"NWL-{row['id']:06d}",
        "created": issued,
        "customer": _id("cus", row["customer_id"]),
        "customer_email": email or None,
        "currency": row["currency"].lower(),
        "description": row["product"],
        "billing_reason": "manual",
        "collection_method": "send_invoice",
        "due_date": issued + 30 * 86_400,
        "subscription": None,
        "amount_due": amount,
        "subtotal": amount,
        "tax": None,
        "total": amount,
        "livemode": False,
        "metadata": {},
    }
    changes = [Change(issued, "invoice.finalized", _state(given, "open", 0, None))]
    if row["paid_at"] != NEVER:
        paid = _state(given, "paid", row["paid_at"] // SECOND, _id("ch", row["id"], "first"))
        changes.append(Change(row["paid_at"] // SECOND, "invoice.paid", paid))
    elif row["voided_at"] != NEVER:
        voided_at = row["voided_at"] // SECOND
        changes.append(Change(voided_at, "invoice.voided", _state(given, "void", voided_at, None)))
    return changes


def _state(given: Object, status: str, at: int, charge: str | None) -> Object:
    paid = given["amount_due"] if status == "paid" else 0
    times = {
        "finalized_at": given["created"],
        "marked_uncollectible_at": None,
        "paid_at": at if status == "paid" else None,
        "voided_at": at if status == "void" else None,
    }
    return {
        **given,
        "status": status,
        "paid": status == "paid",
        "charge": charge,
        "amount_paid": paid,
        "amount_remaining": given["amount_due"] - paid,
        "status_transitions": times,
    }


def _charges(row: dict[str, Any]) -> Iterator[tuple[Object, int]]:
    """The payments for an invoice, each with the time of its refund: one that failed, the good one, one too many."""
    for name, paid, refunded, status, invoice in (
        ("declined", "declined_at", None, "failed", _id("in", row["id"])),
        ("first", "paid_at", "refunded_at", "succeeded", _id("in", row["id"])),
        ("second", "second_paid_at", "second_refunded_at", "succeeded", None),
    ):
        if row[paid] == NEVER:
            continue
        has_succeeded = status == "succeeded"
        charge = {
            "id": _id("ch", row["id"], name),
            "object": "charge",
            "created": row[paid] // SECOND,
            "customer": _id("cus", row["customer_id"]),
            "invoice": invoice,
            "payment_intent": _id("pi", row["id"], name),
            "currency": row["currency"].lower(),
            "amount": row["amount_cents"],
            "amount_captured": row["amount_cents"] if has_succeeded else 0,
            "amount_refunded": 0,
            "status": status,
            "paid": has_succeeded,
            "captured": has_succeeded,
            "refunded": False,
            "disputed": False,
            "failure_code": None if has_succeeded else "card_declined",
            "livemode": False,
            "metadata": {},
        }
        yield charge, row[refunded] if refunded else NEVER


def _charge_history(charge: Object, refunded_at: int) -> list[Change]:
    changes = [Change(charge["created"], f"charge.{charge['status']}", charge)]
    if refunded_at != NEVER:
        back = {**charge, "refunded": True, "amount_refunded": charge["amount"]}
        changes.append(Change(refunded_at // SECOND, "charge.refunded", back))
    return changes


def _refund(charge: Object, refunded_at: int) -> list[Change]:
    refund = {
        "id": _id("re", charge["id"]),
        "object": "refund",
        "created": refunded_at // SECOND,
        "charge": charge["id"],
        "payment_intent": charge["payment_intent"],
        "currency": charge["currency"],
        "amount": charge["amount"],
        "status": "succeeded",
        "reason": "requested_by_customer" if charge["invoice"] else "duplicate",
        "metadata": {},
    }
    return [Change(refund["created"], "refund.created", refund)]


def in_version(object: Object, version: str) -> Object:
    """The object as a version of the API shows it; what an event holds is shown the same."""
    if version < NO_INVOICE_ON_CHARGES:
        return object
    if object["object"] == "event":
        return {**object, "data": {"object": in_version(object["data"]["object"], version)}}
    gone = {"invoice": ("charge", "paid", "tax", "subscription"), "charge": ("invoice",)}.get(object["object"], ())
    return {name: value for name, value in object.items() if name not in gone}
