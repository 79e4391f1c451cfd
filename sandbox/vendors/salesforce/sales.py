"""Salesforce's Account, Opportunity with history and line items, Task, Event and User, as columns of what is sent."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.vendors.salesforce.ids import record_id, record_ids
from sandbox.vendors.salesforce.people import ACCOUNT, CONTACT, LEAD, OPPORTUNITY, QUEUE, SOURCES, USER, Columns, dates
from sandbox.vendors.salesforce.prospects import Prospects, own_numbers

_HISTORY, _LINE_ITEM, _PRODUCT, _TASK, _EVENT = "008", "00k", "01t", "00T", "00U"


class Stage(NamedTuple):
    """A stage of an opportunity, with the probability of winning in per cent."""

    name: str
    probability: float
    category: str


_STAGES = {  # by HubSpot's stage
    "appointmentscheduled": Stage("Qualification", 20.0, "Pipeline"),
    "qualifiedtobuy": Stage("Needs Analysis", 40.0, "Pipeline"),
    "presentationscheduled": Stage("Value Proposition", 60.0, "Best Case"),
    "decisionmakerboughtin": Stage("Id. Decision Makers", 80.0, "Commit"),
    "contractsent": Stage("Proposal/Price Quote", 90.0, "Commit"),
    "118734501": Stage("Qualification", 20.0, "Pipeline"),
    "118734502": Stage("Needs Analysis", 50.0, "Pipeline"),
    "118734503": Stage("Negotiation/Review", 80.0, "Commit"),
    "closedwon": Stage("Closed Won", 100.0, "Closed"),
    "118734504": Stage("Closed Won", 100.0, "Closed"),
    "closedlost": Stage("Closed Lost", 0.0, "Omitted"),
    "118734505": Stage("Closed Lost", 0.0, "Omitted"),
}
_FIRM = ("contractsent", "118734503", "closedwon", "118734504")  # the amount is no estimate any more
_TYPES = {"newbusiness": "New Business", "existingbusiness": "Existing Business"}


def account_columns(prospects: Prospects) -> Columns:
    """Account: the companies; one that was merged away stays, deleted, with its master."""
    companies = prospects.view.companies
    living = companies.assign(number=own_numbers(companies), master=0, deleted_at=companies["archived_at"])
    merges = prospects.view.merges[prospects.view.merges["object_type"] == "companies"]
    lost = living.merge(merges, left_on="id", right_on="winner_id")
    lost = lost[lost["loser_id"] != lost["number"]]
    lost = lost.assign(master=lost["number"], number=lost["loser_id"], deleted_at=lost["merged_at"])
    lost["created_at"], lost["updated_at"] = lost["loser_created_at"], lost["merged_at"]
    frame = pd.concat([living, lost], ignore_index=True).sort_values("number", ignore_index=True)
    return {
        "Id": record_ids(ACCOUNT, frame["number"].tolist()),
        "IsDeleted": (frame["deleted_at"] != NEVER).tolist(),
        "MasterRecordId": record_ids(ACCOUNT, frame["master"].tolist()),
        "Name": frame["name"].tolist(),
        "ParentId": [None] * len(frame),
        "Website": [f"https://www.{domain}" if domain else None for domain in frame["domain"]],
        "Industry": [industry.replace("_", " ").title() or None for industry in frame["industry"]],
        "BillingCountry": wire.texts(frame["country"]),
        "NumberOfEmployees": [number % 900 + 3 for number in frame["number"].tolist()],
        "AnnualRevenue": [None] * len(frame),
        **_times(frame["created_at"], frame["updated_at"]),
    }


def opportunity_frame(prospects: Prospects) -> pd.DataFrame:
    """The deals, with `contact` and `company` (numbers, 0 where none) and changed_at."""
    deals = prospects.view.deals
    leads = prospects.leads[prospects.leads["converted_at"] != NEVER].set_index("person")
    employers = prospects.view.contacts.sort_values("id").drop_duplicates("person").set_index("person")["company_id"]
    converted_at = leads["converted_at"].reindex(deals["person"], fill_value=0).to_numpy()
    frame = deals.assign(
        number=own_numbers(deals),
        contact=leads["number"].reindex(deals["person"], fill_value=0).to_numpy(),
        company=prospects.company_numbers(employers.reindex(deals["person"], fill_value=0)),
        changed_at=np.maximum(deals["updated_at"], converted_at),
    )
    return frame.sort_values("number", ignore_index=True)


def opportunity_columns(prospects: Prospects) -> Columns:
    """Opportunity: the deals, partners' too."""
    frame = opportunity_frame(prospects)
    stages = [_STAGES[stage] for stage in frame["stage"]]
    return {
        "Id": record_ids(OPPORTUNITY, frame["number"].tolist()),
        "IsDeleted": (frame["archived_at"] != NEVER).tolist(),
        "AccountId": record_ids(ACCOUNT, frame["company"].tolist()),
        "ContactId": record_ids(CONTACT, frame["contact"].tolist()),
        "CampaignId": [None] * len(frame),
        "Name": frame["name"].tolist(),
        "StageName": [stage.name for stage in stages],
        "Amount": (frame["amount_cents"] / 100).tolist(),
        "CurrencyIsoCode": frame["currency"].tolist(),
        "Probability": [stage.probability for stage in stages],
        "CloseDate": dates(frame["close_at"]),
        "Type": [_TYPES[kind] for kind in frame["type"]],
        "LeadSource": [SOURCES.get(word, word) for word in frame["analytics_source"]],
        "IsClosed": [stage.name.startswith("Closed") for stage in stages],
        "IsWon": [stage.name == "Closed Won" for stage in stages],
        "ForecastCategoryName": [stage.category for stage in stages],
        "OwnerId": record_ids(USER, frame["owner_id"].tolist()),
        "Partner_Deal__c": (frame["pipeline"] != "default").tolist(),
        **_times(frame["created_at"], frame["changed_at"]),
    }


def opportunity_history_columns(prospects: Prospects) -> Columns:
    """OpportunityHistory: every stage of a deal, with the amount once it is no estimate; it goes with the deal."""
    deals = opportunity_frame(prospects)
    stages = prospects.view.deal_stage_history.assign(
        place=lambda frame: frame.groupby("deal_id").cumcount(), is_firm=lambda frame: frame["stage"].isin(_FIRM)
    )
    stages["is_firm"] = stages.groupby("deal_id")["is_firm"].cummax()
    frame = deals.merge(stages, left_on="id", right_on="deal_id", suffixes=("", "_entered"))
    entered = [_STAGES[stage] for stage in frame["stage_entered"]]
    is_gone = frame["archived_at"] != NEVER
    is_closed = pd.Series([stage.name.startswith("Closed") for stage in entered], dtype=bool)
    amounts = zip(frame["amount_cents"], frame["is_firm"], strict=True)
    return {
        "Id": record_ids(_HISTORY, (frame["number"] * 16 + frame["place"]).tolist()),
        "IsDeleted": is_gone.tolist(),
        "OpportunityId": record_ids(OPPORTUNITY, frame["number"].tolist()),
        "StageName": [stage.name for stage in entered],
        "Amount": [cents / 100 if is_firm else None for cents, is_firm in amounts],
        "CurrencyIsoCode": frame["currency"].tolist(),
        "CloseDate": dates(frame["close_at"].where(is_closed, NEVER)),
        "Probability": [stage.probability for stage in entered],
        "ForecastCategory": [stage.category for stage in entered],
        "CreatedById": record_ids(USER, frame["owner_id"].tolist()),
        "CreatedDate": wire.instants(frame["entered_at"]),
        "SystemModstamp": wire.instants(frame["archived_at"].where(is_gone, frame["entered_at"])),
    }


def line_item_columns(prospects: Prospects) -> Columns:
    """OpportunityLineItem: the one product of each deal."""
    frame = opportunity_frame(prospects)
    products = {name: place for place, name in enumerate(sorted(set(frame["product"])), 1)}
    amounts = (frame["amount_cents"] / 100).tolist()
    return {
        "Id": record_ids(_LINE_ITEM, frame["number"].tolist()),
        "IsDeleted": (frame["archived_at"] != NEVER).tolist(),
        "OpportunityId": record_ids(OPPORTUNITY, frame["number"].tolist()),
        "Product2Id": [record_id(_PRODUCT, products[name]) for name in frame["product"]],
        "ProductCode": frame["product"].tolist(),
        "Name": [f"{name.title()} for {deal}" for name, deal in zip(frame["product"], frame["name"], strict=True)],
        "Quantity": [1.0] * len(frame),
        "UnitPrice": amounts,
        "TotalPrice": amounts,
        "CurrencyIsoCode": frame["currency"].tolist(),
        **_times(frame["created_at"], frame["changed_at"]),
    }


def task_columns(prospects: Prospects) -> Columns:
    """Task: the calls that reached somebody."""
    calls = prospects.view.calls
    frame = _with_who(prospects, calls[calls["status"] == "COMPLETED"])
    return {
        "Id": record_ids(_TASK, frame["id"].tolist()),
        **_activity(frame),
        "Subject": ["Call"] * len(frame),
        "TaskSubtype": ["Call"] * len(frame),
        "CallType": frame["direction"].str.title().tolist(),
        "CallDurationInSeconds": (frame["duration_ms"] // 1000).tolist(),
        "Status": ["Completed"] * len(frame),
        "IsClosed": [True] * len(frame),
        "ActivityDate": dates(frame["logged_at"]),
        "CompletedDateTime": wire.instants(frame["logged_at"]),
    }


def event_columns(prospects: Prospects) -> Columns:
    """Event: the meetings."""
    frame = _with_who(prospects, prospects.view.meetings)
    return {
        "Id": record_ids(_EVENT, frame["id"].tolist()),
        **_activity(frame),
        "Subject": frame["title"].tolist(),
        "EventSubtype": ["Event"] * len(frame),
        "ActivityDate": dates(frame["start_at"]),
        "StartDateTime": wire.instants(frame["start_at"]),
        "EndDateTime": wire.instants(frame["end_at"]),
        "DurationInMinutes": ((frame["end_at"] - frame["start_at"]) // 60_000).tolist(),
        "Outcome__c": frame["outcome"].str.title().tolist(),
    }


def _with_who(prospects: Prospects, done: pd.DataFrame) -> pd.DataFrame:
    """Activities with those who are leads; a conversion hands them to the contact, and touches them."""
    leads = prospects.leads[["person", "number", "lead_at", "converted_at", "archived_at"]]
    leads = leads.rename(columns={"archived_at": "lead_gone_at"})
    frame = done.drop(columns=["number"], errors="ignore").merge(leads, on="person")
    logged_at = np.maximum(frame["created_at"], frame["lead_at"])
    gone_at = np.minimum(frame["archived_at"], frame["lead_gone_at"])
    touched = [np.where(at == NEVER, 0, at) for at in (frame["converted_at"], gone_at)]
    changed_at = np.max([logged_at, frame["updated_at"], *touched], axis=0)
    found = frame.assign(logged_at=logged_at, gone_at=gone_at, changed_at=changed_at)
    return found.sort_values("id", ignore_index=True)


def _activity(frame: pd.DataFrame) -> Columns:
    """What tasks and events have in common."""
    is_contact = frame["converted_at"] != NEVER
    leads, contacts = (record_ids(prefix, frame["number"].tolist()) for prefix in (LEAD, CONTACT))
    return {
        "IsDeleted": (frame["gone_at"] != NEVER).tolist(),
        "WhoId": [contact if has else lead for lead, contact, has in zip(leads, contacts, is_contact, strict=True)],
        "WhatId": [None] * len(frame),
        "OwnerId": [owner or QUEUE for owner in record_ids(USER, frame["owner_id"].tolist())],
        **_times(frame["logged_at"], frame["changed_at"]),
    }


def user_columns(prospects: Prospects) -> Columns:
    """User: the owners; who left is inactive, for users are never deleted."""
    frame = prospects.view.owners
    return {
        "Id": record_ids(USER, frame["id"].tolist()),
        "Username": frame["email"].tolist(),
        "Email": frame["email"].tolist(),
        "FirstName": frame["first_name"].tolist(),
        "LastName": frame["last_name"].tolist(),
        "Name": (frame["first_name"] + " " + frame["last_name"]).tolist(),
        "UserType": ["Standard"] * len(frame),
        "IsActive": (frame["archived_at"] == NEVER).tolist(),
        **_times(frame["created_at"], frame["updated_at"]),
    }


def _times(created_at: pd.Series, changed_at: pd.Series) -> Columns:
    changed = wire.instants(changed_at)
    return {"CreatedDate": wire.instants(created_at), "LastModifiedDate": changed, "SystemModstamp": changed}
