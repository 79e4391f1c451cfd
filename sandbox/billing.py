"""Who is billed, for what: a customer for everybody who was sent an invoice or tried the product, an invoice per deal.

An invoice goes out with the offer, or with the deal where there was none. It is paid when the deal is won and voided
when it is lost; that of a deal that is archived is voided, or its payment refunded. So the paid invoices less their
refunds are the won deals. Some customers first use a card that is declined, some pay twice and get that back later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sandbox.chance import only_if, scatter
from sandbox.clock import DAY, HOUR, NEVER

if TYPE_CHECKING:
    from sandbox.company import Company

_TRIES = 0.2  # of the people in the CRM, those who try the product
_LEAVES = 0.4  # of those who tried and never bought, those whose account is deleted
_TRIAL = 40 * DAY
_DECLINED, _TWICE = 0.06, 0.12  # of the payments
_BACK = 12 * DAY  # until a second payment is refunded


def billing_at(company: Company, as_of: int) -> dict[str, Any]:
    """View.billing_customers and View.billing_invoices."""
    invoices = _invoices(company)
    customers = _customers(company, invoices)
    times = ["paid_at", "voided_at", "refunded_at", "declined_at", "second_paid_at", "second_refunded_at"]
    known = invoices[invoices["issued_at"] <= as_of].reset_index(drop=True)
    known[times] = known[times].where(known[times] <= as_of, NEVER)
    served = customers[customers["created_at"] <= as_of].reset_index(drop=True)
    served["deleted_at"] = served["deleted_at"].where(served["deleted_at"] <= as_of, NEVER)
    return {"billing_customers": served, "billing_invoices": known}


def _invoices(company: Company) -> pd.DataFrame:
    """All invoices there will be."""
    deals = company.population.deals.deals
    number = deals.index.to_numpy() + 1
    issued_at, closed_at, archived_at = (deals[name].to_numpy() for name in ("firm_at", "closed_at", "archived_at"))
    is_paid = ((deals["outcome"] == "won") & (closed_at < archived_at)).to_numpy()
    paid_at = only_if(is_paid, closed_at)
    ends_at = np.where(deals["outcome"] == "lost", np.minimum(closed_at, archived_at), archived_at)
    is_declined = is_paid & (scatter(number, 11) < _DECLINED)
    second_at = only_if(is_paid & (scatter(number, 22) < _TWICE), paid_at + np.where(is_paid, HOUR, 0))
    frame = pd.DataFrame(
        {
            "id": number,
            "customer_id": deals["person"],
            "product": deals["product"],
            "amount_cents": deals["amount_cents"],
            "currency": deals["currency"],
            "issued_at": issued_at,
            "paid_at": paid_at,
            "voided_at": only_if(~is_paid, ends_at),
            "refunded_at": only_if(is_paid, archived_at),
            "declined_at": only_if(is_declined, np.maximum(issued_at, np.where(is_paid, paid_at - HOUR, 0))),
            "second_paid_at": second_at,
            "second_refunded_at": only_if(second_at != NEVER, np.where(is_paid, paid_at, 0) + _BACK),
        }
    )
    return frame[(issued_at != NEVER) & (issued_at < archived_at)]


def _customers(company: Company, invoices: pd.DataFrame) -> pd.DataFrame:
    """All customers there will be; those who never buy may be deleted, and who leaves the CRM is."""
    people, journeys = company.population.people, company.population.journeys
    person = np.arange(1, len(people) + 1)
    crm_at, gone_at = journeys["crm_at"].to_numpy(), journeys["gone_at"].to_numpy()
    email = people["email"].where(journeys["capture"] != "phone", "")
    tried = (crm_at < gone_at) & (email != "").to_numpy() & (scatter(person, 13) < _TRIES)
    invoiced_at = invoices.groupby("customer_id")["issued_at"].min().reindex(person, fill_value=NEVER).to_numpy()
    created_at = np.minimum(invoiced_at, only_if(tried, crm_at))
    leaves = tried & (invoiced_at == NEVER) & (scatter(person, 14) < _LEAVES)
    frame = pd.DataFrame(
        {
            "id": person,
            "person": person,
            "email": email,
            "name": people["first"] + " " + people["last"],
            "created_at": created_at,
            "deleted_at": np.minimum(gone_at, only_if(leaves, np.where(leaves, crm_at, 0) + _TRIAL)),
        }
    )
    return frame[created_at != NEVER]
