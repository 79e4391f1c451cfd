"""Deals as HubSpot records them at an as-of: stage, amount, close date; some entered twice and merged."""

import pandas as pd

from sandbox.clock import NEVER
from sandbox.deals import OFFER_STAGE, Deals
from sandbox.records import last_change, leading_ids, living, merged_from, record

_FIRST_ID = 30_300_000_000


def record_deals(deals: Deals) -> pd.DataFrame:
    """The records of the deals (see records.py; thing: row of deals) with merged_ids."""
    fate = {name: deals.deals[name].to_numpy() for name in ("twin_at", "merged_at")}
    records = record(deals.deals.index.to_numpy(), deals.deals["opened_at"].to_numpy(), _FIRST_ID, **fate)
    return records.assign(merged_ids=merged_from(records)["merged_ids"])


def deals_at(deals: Deals, records: pd.DataFrame, people: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.deals. `people`: ContactRecords.facts."""
    present = living(records, as_of).reset_index(drop=True)
    deal = deals.deals.loc[present["thing"]].reset_index(drop=True)
    history = deals.stages[deals.stages["entered_at"] <= as_of]
    latest = history.groupby("deal")[["stage", "entered_at"]].last().loc[present["thing"]].reset_index(drop=True)
    offer_at = history[history["stage"] == OFFER_STAGE].set_index("deal")["entered_at"]
    buyer = people.loc[deal["person"] - 1].reset_index(drop=True)
    is_firm, is_closed = deal["firm_at"] <= as_of, deal["closed_at"] <= as_of
    columns = {
        "id": present["id"],
        "person": deal["person"],
        "second_person": deal["second_person"],
        "name": deal["product"].str.title() + " for " + buyer["name"],
        "amount_cents": deal["amount_cents"].where(is_firm, deal["estimate_cents"]),
        "currency": deal["currency"],
        "pipeline": deal["pipeline"],
        "stage": latest["stage"],
        "type": deal["type"],
        "product": deal["product"],
        "close_at": deal["closed_at"].where(is_closed, deal["planned_close_at"]),
        "owner_id": buyer["owner_id"],
        "contract_sent_at": offer_at.reindex(present["thing"], fill_value=NEVER).to_numpy(),
        "analytics_source": buyer["analytics_source"],
        "merged_ids": present["merged_ids"],
        "created_at": present["created_at"],
        # a contact that comes after the deal is associated with it then
        "updated_at": last_change(
            as_of, latest["entered_at"], present["born_at"], deal["archived_at"], buyer["crm_at"]
        ),
        "archived_at": deal["archived_at"].where(deal["archived_at"] <= as_of, NEVER),
    }
    return pd.DataFrame(columns)


def deal_stages_at(deals: Deals, records: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.deal_stage_history, of every living record of each deal."""
    present = living(records, as_of)[["thing", "id", "born_at"]]
    history = deals.stages[deals.stages["entered_at"] <= as_of].merge(present, left_on="deal", right_on="thing")
    frame = history[["id", "stage", "entered_at"]].rename(columns={"id": "deal_id"})
    return frame.sort_values(["deal_id", "entered_at"], kind="stable", ignore_index=True)


def live_deals(deals: Deals, records: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """Deals that count at an as-of (opened, not archived), with `id`, the id each goes by."""
    opened = deals.deals[(deals.deals["opened_at"] <= as_of) & (deals.deals["archived_at"] > as_of)]
    ids = leading_ids(records, as_of, len(deals.deals))
    return opened.assign(id=ids[opened.index])
