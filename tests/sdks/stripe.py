"""stripe reads every list to its end, in the SDK's own version of the API."""

import stripe

REFUSED = stripe.AuthenticationError
LIMIT = 20


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    client = stripe.StripeClient(credentials["api_key"], base_addresses={"api": url})
    return {
        kind: [{"id": each.id} for each in getattr(client.v1, kind).list({"limit": LIMIT}).auto_paging_iter()]
        for kind in ("customers", "invoices", "charges", "refunds")
    }
