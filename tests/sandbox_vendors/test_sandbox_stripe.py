"""The sandbox's Stripe speaks its protocol, and says what the view holds."""

import pytest
import requests
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.company import Company
from sandbox.view import View

BEFORE_BASIL = {"Stripe-Version": "2025-02-24.acacia"}


@pytest.fixture(scope="module")
def stripe(sandbox: dict) -> Api:
    api = Api(sandbox, "stripe")
    api.session.headers["Authorization"] = f"Bearer {api.credentials['api_key']}"
    api.session.headers.update(BEFORE_BASIL)
    return api


def everything(api: Api, kind: str, **query) -> list[dict]:
    """All of a list, from page to page."""
    found: list[dict] = []
    while True:
        after = {"starting_after": found[-1]["id"]} if found else {}
        page = api.get(f"/v1/{kind}", limit=7, **query, **after).json()
        found += page["data"]
        if not page["has_more"]:
            return found


def test_stripe_lists_newest_first_and_no_deleted_customer(stripe: Api, view: View) -> None:
    customers = everything(stripe, "customers")
    living = view.billing_customers[view.billing_customers["deleted_at"] == NEVER]
    assert 0 < len(customers) == len(living) < len(view.billing_customers)
    assert [each["created"] for each in customers] == sorted((each["created"] for each in customers), reverse=True)
    assert {each["email"] for each in customers} - {None} == set(living["email"]) - {""}


def test_stripe_shows_of_a_deleted_customer_its_id(stripe: Api) -> None:
    (deleted, *_) = everything(stripe, "events", type="customer.deleted")
    id = deleted["data"]["object"]["id"]
    assert stripe.get(f"/v1/customers/{id}").json() == {"id": id, "object": "customer", "deleted": True}


def test_stripe_invoices_less_refunds_are_the_deals_won(stripe: Api, company: Company) -> None:
    kept = {each["id"]: each for each in everything(stripe, "invoices", status="paid")}
    invoice_of = {each["id"]: each["invoice"] for each in everything(stripe, "charges")}
    for refund in everything(stripe, "refunds"):
        if invoice := invoice_of[refund["charge"]]:
            kept[invoice]["amount_paid"] -= refund["amount"]
    found = [(each["amount_paid"] / 100, each["currency"].upper()) for each in kept.values() if each["amount_paid"]]
    assert sorted(found) == sorted((each["amount"], each["currency"]) for each in company.truth(None)["deals"])


def test_stripe_pages_backwards_and_within_a_time(stripe: Api) -> None:
    charges = everything(stripe, "charges")
    third = charges[2]
    before = stripe.get("/v1/charges", ending_before=third["id"], limit=100).json()
    assert (before["data"], before["has_more"]) == (charges[:2], False)
    later = everything(stripe, "charges", **{"created[gt]": third["created"]})
    assert later == [each for each in charges if each["created"] > third["created"]]


def test_stripe_events_hold_the_object_as_it_was(stripe: Api) -> None:
    events = everything(stripe, "events", **{"types[]": ["invoice.finalized", "invoice.paid"]})
    assert {each["type"] for each in events} == {"invoice.finalized", "invoice.paid"}
    assert {each["data"]["object"]["status"] for each in events if each["type"] == "invoice.finalized"} == {"open"}
    assert events[0]["created"] - events[-1]["created"] < 30 * 86_400


def test_stripe_newer_versions_tell_no_invoice_of_a_charge(stripe: Api) -> None:
    answer = stripe.session.get(f"{stripe.url}/v1/charges", headers={"Stripe-Version": "2026-10-28.endive"})
    assert answer.headers["Stripe-Version"] == "2026-10-28.endive"
    assert not any("invoice" in each for each in answer.json()["data"])


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/v1/customers?limit=101", 400, "limit"),
        ("/v1/customers?since=1", 400, "since"),
        ("/v1/customers?created[gte]=yesterday", 400, "created[gte]"),
        ("/v1/charges?starting_after=ch_none", 400, "starting_after"),
        ("/v1/invoices/in_none", 404, "id"),
        ("/v1/nowhere", 404, None),
    ],
)
def test_stripe_errors_name_the_parameter(stripe: Api, path: str, status: int, parameter: str | None) -> None:
    answer = stripe.get(path)
    assert (answer.status_code, answer.json()["error"]["type"]) == (status, "invalid_request_error")
    assert answer.json()["error"].get("param") == parameter


def test_stripe_takes_the_key_as_a_user_and_refuses_a_wrong_one(stripe: Api) -> None:
    url = f"{stripe.url}/v1/account"
    assert requests.get(url, auth=(stripe.credentials["api_key"], "")).status_code == 200
    answer = requests.get(url, headers={"Authorization": "Bearer sk_live_0123456789"})
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "Invalid API Key provided: ********6789"
