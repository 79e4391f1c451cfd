"""Salesforce's Lead, LeadHistory, Contact, Campaign and CampaignMember, as columns of what is sent."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER, local_days
from sandbox.vendors.salesforce.ids import record_id, record_ids
from sandbox.vendors.salesforce.prospects import CONVERTED, NEW, Prospects

Columns = dict[str, list]

LEAD, CONTACT, ACCOUNT, OPPORTUNITY, USER = "00Q", "003", "001", "006", "005"
_HISTORY, _CAMPAIGN, _MEMBER = "017", "701", "00v"
QUEUE = record_id("00G", 1)  # owns the leads that nobody took over yet
SOURCES = {
    "PAID_SEARCH": "Paid Search",
    "PAID_SOCIAL": "Paid Social",
    "ORGANIC_SEARCH": "Organic Search",
    "SOCIAL_MEDIA": "Social Media",
    "REFERRALS": "Referral",
    "AI_REFERRALS": "AI Referrals",
    "DIRECT_TRAFFIC": "Direct",
    "OTHER_CAMPAIGNS": "Other Campaigns",
    "OFFLINE": "Event",
}
_FORMS = ("guide", "webinar")  # the forms whose submissions are answers to a campaign
_KINDS = {"guide": "Content", "webinar": "Webinar"}


def lead_columns(prospects: Prospects) -> Columns:
    """Lead: those in use, and those that were entered twice."""
    leads = prospects.leads
    last = {change.lead: change for change in prospects.changes}
    changed_at = np.maximum(leads["updated_at"], leads["lead_at"])
    changed_at = np.maximum(changed_at, np.array([last[lead].at for lead in leads.index], dtype=np.int64))
    statuses = [last[lead].after for lead in leads.index]
    own = leads.assign(master=0, merged_at=NEVER, changed_at=changed_at, status=statuses)
    twins = prospects.twins.assign(status=NEW, converted_at=NEVER, deal=0, owner_id=0, ga_client_id="")
    is_merged = twins["merged_at"] != NEVER
    twins["changed_at"] = np.where(is_merged, twins["merged_at"], np.maximum(twins["updated_at"], twins["lead_at"]))
    twins["master"] = twins["master"].where(is_merged, 0)
    frame = pd.concat([own, twins], ignore_index=True).sort_values("number", ignore_index=True)
    is_converted = frame["converted_at"] != NEVER
    return {
        **_person(LEAD, frame, frame["lead_at"]),
        "IsDeleted": ((frame["archived_at"] != NEVER) | (frame["merged_at"] != NEVER)).tolist(),
        "MasterRecordId": record_ids(LEAD, frame["master"].tolist()),
        "Company": companies_named(prospects, frame["company"], "[not provided]"),
        "Country": wire.texts(frame["country"]),
        "Address": [{"country": country} if country else None for country in frame["country"]],
        "Status": frame["status"].tolist(),
        "OwnerId": [owner or QUEUE for owner in record_ids(USER, frame["owner_id"].tolist())],
        "IsConverted": is_converted.tolist(),
        "ConvertedDate": dates(frame["converted_at"]),
        "ConvertedAccountId": record_ids(ACCOUNT, frame["company"].where(is_converted, 0).tolist()),
        "ConvertedContactId": record_ids(CONTACT, frame["number"].where(is_converted, 0).tolist()),
        "ConvertedOpportunityId": record_ids(OPPORTUNITY, frame["deal"].tolist()),
        "GA_Cookie__c": _cookies(frame),
        "Grade__c": [f"{'ABC'[number % 3]}{number % 4 + 1}" for number in frame["number"]],
        "Opted_In__c": [number % 3 > 0 for number in frame["number"]],
    }


def contact_columns(prospects: Prospects) -> Columns:
    """Contact: every converted lead."""
    frame = prospects.leads[prospects.leads["converted_at"] != NEVER]
    frame = frame.assign(changed_at=np.maximum(frame["updated_at"], frame["converted_at"]))
    return {
        **_person(CONTACT, frame, frame["converted_at"]),
        "IsDeleted": (frame["archived_at"] != NEVER).tolist(),
        "MasterRecordId": [None] * len(frame),
        "AccountId": record_ids(ACCOUNT, frame["company"].tolist()),
        "MailingCountry": wire.texts(frame["country"]),
        "MailingAddress": [{"country": country} if country else None for country in frame["country"]],
        "OwnerId": [owner or QUEUE for owner in record_ids(USER, frame["owner_id"].tolist())],
        "GA_Cookie__c": _cookies(frame),
    }


def _person(prefix: str, frame: pd.DataFrame, created_at: pd.Series) -> Columns:
    """What leads and contacts have in common; every seventh address was typed in capitals."""
    emails = zip(frame["email"], frame["number"], strict=True)
    return {
        "Id": record_ids(prefix, frame["number"].tolist()),
        "FirstName": wire.texts(frame["firstname"]),
        "LastName": wire.texts(frame["lastname"], "[not provided]"),
        "Name": (frame["firstname"] + " " + frame["lastname"]).str.strip().tolist(),
        "Email": [email.upper() if number % 7 == 0 else email for email, number in emails],
        "Phone": wire.texts(frame["phone"]),
        "Title": wire.texts(frame["jobtitle"]),
        "LeadSource": [SOURCES.get(word, word) for word in frame["analytics_source"]],
        "CreatedDate": wire.instants(created_at),
        "LastModifiedDate": wire.instants(frame["changed_at"]),
        "SystemModstamp": wire.instants(frame["changed_at"]),
    }


def _cookies(frame: pd.DataFrame) -> list:
    """The value of the cookie that a form took along."""
    return [f"GA1.1.{client_id}" if client_id else None for client_id in frame["ga_client_id"]]


def companies_named(prospects: Prospects, numbers: pd.Series, absent: str) -> list[str]:
    """The names of companies."""
    companies = prospects.view.companies
    names = dict(zip(prospects.company_numbers(companies["id"]).tolist(), companies["name"], strict=True))
    return [names.get(number, absent) for number in numbers]


def lead_history_columns(prospects: Prospects) -> Columns:
    """LeadHistory: each change of a lead's status, and its conversion."""
    rows = list(_history(prospects))
    numbers, places, fields, old, new, instants = map(list, zip(*rows, strict=True)) if rows else [[]] * 6
    return {
        "Id": record_ids(_HISTORY, [16 * number + place for number, place in zip(numbers, places, strict=True)]),
        "IsDeleted": [False] * len(rows),
        "LeadId": record_ids(LEAD, numbers),
        "Field": fields,
        "DataType": ["DynamicEnum" if field == "Status" else "Boolean" for field in fields],
        "OldValue": old,
        "NewValue": new,
        "CreatedById": [record_id(USER, 1)] * len(rows),
        "CreatedDate": wire.instants(pd.Series(instants, dtype="int64")),
    }


def _history(prospects: Prospects) -> Iterator[tuple]:
    """number and place of each entry, its field, the old and the new value, and when; the first status is none."""
    numbers = prospects.leads["number"].tolist()
    for lead, changes in groupby(prospects.changes, key=lambda change: change.lead):
        for place, change in enumerate(changes):
            if place:
                yield numbers[lead], place, "Status", change.before, change.after, change.at
            if change.after == CONVERTED:
                yield numbers[lead], place + 1, "leadConverted", None, None, change.at


def campaign_columns(prospects: Prospects) -> Columns:
    """Campaign: the guide and the webinar that forms are the answer to; how many answered is counted anew each time."""
    forms = _campaign_forms(prospects)
    answered = member_frame(prospects)["form"].value_counts()
    return {
        "Id": record_ids(_CAMPAIGN, (forms.index + 1).tolist()),
        "IsDeleted": [False] * len(forms),
        "Name": forms["name"].tolist(),
        "Type": [next(kind for word, kind in _KINDS.items() if word in name.lower()) for name in forms["name"]],
        "Status": ["In Progress"] * len(forms),
        "IsActive": [True] * len(forms),
        "ParentId": [None] * len(forms),
        "StartDate": dates(forms["created_at"]),
        "EndDate": [None] * len(forms),
        "BudgetedCost": [None] * len(forms),
        "ActualCost": [None] * len(forms),
        "NumberOfLeads": [int(answered.get(form, 0)) for form in forms["id"]],
        "CreatedDate": wire.instants(forms["created_at"]),
        "LastModifiedDate": wire.instants(forms["updated_at"]),
        "SystemModstamp": wire.instants(forms["updated_at"]),
    }


def _campaign_forms(prospects: Prospects) -> pd.DataFrame:
    forms = prospects.view.forms
    return forms[forms["name"].str.lower().str.contains("|".join(_FORMS))].reset_index(drop=True)


def member_frame(prospects: Prospects) -> pd.DataFrame:
    """Who answered which campaign: the lead with form and answered_at, the first time."""
    sent = prospects.view.form_submissions.sort_values("submitted_at", kind="stable")
    sent = sent[sent["form_id"].isin(_campaign_forms(prospects)["id"])]
    sent = sent.assign(email=sent["email"].str.lower()).drop_duplicates(["form_id", "email"])
    leads = prospects.leads.assign(email=prospects.leads["email"].str.lower())
    found = leads.merge(sent[["email", "form_id", "submitted_at"]], on="email")
    answered_at = np.maximum(found["submitted_at"], found["lead_at"])
    return found.rename(columns={"form_id": "form"}).assign(answered_at=answered_at)


def campaign_member_columns(prospects: Prospects) -> Columns:
    """CampaignMember: once converted, a member is lead and contact in one row."""
    forms = {form: place + 1 for place, form in enumerate(_campaign_forms(prospects)["id"])}
    frame = member_frame(prospects)
    place = frame["form"].map(forms).astype("int64")
    frame = frame.assign(key=frame["number"] * 8 + place, place=place).sort_values("key", ignore_index=True)
    touched = (frame[name].where(frame[name] != NEVER, 0) for name in ("converted_at", "archived_at"))
    changed_at = pd.Series(np.max([frame["answered_at"], *touched], axis=0))
    return {
        "Id": record_ids(_MEMBER, frame["key"].tolist()),
        "IsDeleted": (frame["archived_at"] != NEVER).tolist(),
        "CampaignId": record_ids(_CAMPAIGN, frame["place"].tolist()),
        "LeadId": record_ids(LEAD, frame["number"].tolist()),
        "ContactId": record_ids(CONTACT, frame["number"].where(frame["converted_at"] != NEVER, 0).tolist()),
        "Status": ["Responded"] * len(frame),
        "HasResponded": [True] * len(frame),
        "FirstRespondedDate": dates(frame["answered_at"]),
        "CreatedDate": wire.instants(frame["answered_at"]),
        "LastModifiedDate": wire.instants(changed_at),
        "SystemModstamp": wire.instants(changed_at),
    }


def dates(instants: pd.Series) -> list:
    """The days, at home, of instants; none for NEVER."""
    is_known = (instants != NEVER).to_numpy()
    return wire.days(pd.Series(np.where(is_known, local_days(np.where(is_known, instants, 0)), 0)))
