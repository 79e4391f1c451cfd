"""Stripe as it shows itself: every list, newest first, to its end."""

from collections.abc import Iterator

CHANGES = {"restated": "charges", "deleted": "customers"}
PAGES = {"ingestion.sources.stripe.objects._LIMIT": 10}
STILL_SHOWN = {"customers": "deleted is not true"}

TIMES = ("created", "due_date", "finalized_at", "paid_at", "voided_at", "marked_uncollectible_at")


def sign_in(api) -> None:
    api.session.headers["Authorization"] = f"Bearer {api.credentials['api_key']}"
    api.session.headers["Stripe-Version"] = "2025-02-24.acacia"


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    return {
        kind: [_in_milliseconds({**each, **each.get("status_transitions", {})}) for each in _listed(api, kind)]
        for kind in ("customers", "invoices", "charges", "refunds")
    }


def _listed(api, kind: str) -> Iterator[dict]:
    page = api.get(f"/v1/{kind}", limit=50).json()
    yield from page["data"]
    while page["has_more"]:
        page = api.get(f"/v1/{kind}", limit=50, starting_after=page["data"][-1]["id"]).json()
        yield from page["data"]


def _in_milliseconds(record: dict) -> dict:
    return {
        name: int(value) * 1000 if name in TIMES and str(value).isdigit() else value for name, value in record.items()
    }
