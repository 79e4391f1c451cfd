"""Puts together a View: the company's records as they are at one as-of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sandbox import staff
from sandbox.ad_accounts import ACCOUNTS
from sandbox.ads import campaigns_at, hours_at
from sandbox.chance import only_if
from sandbox.clock import DAY
from sandbox.crm_activities import activities_at
from sandbox.crm_associations import associations_at
from sandbox.crm_companies import companies_at
from sandbox.crm_contacts import contacts_at
from sandbox.crm_deals import deal_stages_at, deals_at
from sandbox.crm_forms import forms_at, marketing_emails_at, submissions_at
from sandbox.crm_lifecycle import lifecycle_at
from sandbox.deals import PIPELINE_STAGES
from sandbox.ga4_report import daily_at
from sandbox.mail_views import mail_at
from sandbox.records import merges
from sandbox.view import View

if TYPE_CHECKING:
    from sandbox.company import Company


def look(company: Company, as_of: int) -> View:
    """Everything the vendors can show at an as-of."""
    first_at = company.first_day * DAY
    journeys = company.journeys
    purged_at = only_if(journeys["is_purged"].to_numpy(), journeys["gone_at"].to_numpy())
    mail: dict[str, Any] = mail_at(company.mailing, first_at, as_of)
    older = {"created_at": first_at - 400 * DAY, "updated_at": first_at - 400 * DAY}
    return View(
        as_of=as_of,
        **_crm(company, as_of),
        owners=staff.owners_at(company.owners, as_of),
        pipeline_stages=PIPELINE_STAGES.assign(**older),
        forms=forms_at(first_at),
        form_submissions=submissions_at(company.submissions, purged_at, as_of),
        marketing_emails=marketing_emails_at(company.marketing_emails, as_of),
        **mail,
        ad_accounts=ACCOUNTS,
        ad_campaigns=campaigns_at(company.ads, as_of),
        ad_hours=hours_at(company.ads, as_of),
        ga4_daily=daily_at(company.visits, company.sources, as_of),
        fx_rates=company.fx.at(as_of),
        time_entries=staff.hours_at(company.time_entries, as_of),
    )


def _crm(company: Company, as_of: int) -> dict[str, Any]:
    """Contacts, companies, deals, activities, and what ties them."""
    company_ids = company.companies.ids(as_of)
    contact_ids = company.contacts.ids(as_of)
    employer = company.contacts.facts["employer"].to_numpy()
    company_of = np.where(employer >= 0, company_ids[employer], 0)
    contacts = contacts_at(company.contacts, company_of, as_of)
    deals = deals_at(company.deals, company.deal_records, company.contacts.facts, as_of)
    activities = activities_at(company.activities, as_of)
    records = {
        "contacts": company.contacts.records,
        "companies": company.companies.records,
        "deals": company.deal_records,
    }
    return {
        "contacts": contacts,
        "merges": pd.concat([merges(own, as_of, name) for name, own in records.items()], ignore_index=True),
        "lifecycle_history": lifecycle_at(company.contacts, as_of),
        "companies": companies_at(company.companies, as_of),
        "deals": deals,
        "deal_stage_history": deal_stages_at(company.deals, company.deal_records, as_of),
        "associations": associations_at(contacts, deals, activities, contact_ids, company_of),
        **activities,
    }
