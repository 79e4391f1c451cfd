"""The company's HubSpot account: everything it ever recorded, and how it looks at an as-of."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sandbox.chance import Chance
from sandbox.clock import DAY, as_of_instant
from sandbox.crm_activities import Activities, activities_at, be_active
from sandbox.crm_associations import associations_at
from sandbox.crm_companies import CompanyRecords, companies_at, record_companies
from sandbox.crm_contacts import ContactRecords, contacts_at, purged_contacts_at, record_contacts
from sandbox.crm_deals import deal_stages_at, deals_at, record_deals
from sandbox.crm_forms import forms_at, mail_marketing, marketing_emails_at, submissions_at, submit_forms
from sandbox.crm_lifecycle import lifecycle_at
from sandbox.deals import PIPELINE_STAGES, Deals
from sandbox.population import Population
from sandbox.records import merges
from sandbox.staff import hire_owners, owners_at


@dataclass(frozen=True)
class Crm:
    """Records of people, companies and deals (`deal_records`: see records.py), and what was done with them."""

    first_at: int
    owners: pd.DataFrame
    companies: CompanyRecords
    contacts: ContactRecords
    deals: Deals
    deal_records: pd.DataFrame
    activities: Activities
    submissions: pd.DataFrame
    marketing_emails: pd.DataFrame


def record_population(
    chance: Chance, population: Population, client_ids: np.ndarray, first_day: int, last_day: int
) -> Crm:
    """Record the population. client_ids: by person - 1 the cookie their form took along, "" where none."""
    people, journeys, employers = population.people, population.journeys, population.employers
    crm_at, won_at = journeys["crm_at"].to_numpy(), population.first_won_at()
    owners = hire_owners(first_day * DAY, as_of_instant(None))
    contacts = record_contacts(
        chance("contacts"), people, journeys, population.duplicates, won_at, owners["id"].to_numpy(), client_ids
    )
    owner_id = contacts.facts["owner_id"].to_numpy()
    return Crm(
        first_at=first_day * DAY,
        owners=owners,
        companies=record_companies(chance("companies"), employers, people["employer"].to_numpy(), crm_at),
        contacts=contacts,
        deals=population.deals,
        deal_records=record_deals(population.deals),
        activities=be_active(chance("activities"), journeys, owner_id, won_at),
        submissions=submit_forms(chance("forms"), people, journeys, employers, client_ids),
        marketing_emails=mail_marketing(chance("marketing"), first_day, last_day, crm_at),
    )


def crm_at(crm: Crm, as_of: int) -> dict[str, Any]:
    """The HubSpot frames of a View."""
    facts = crm.contacts.facts
    employer, contact_ids = facts["employer"].to_numpy(), crm.contacts.ids(as_of)
    company_of = np.where(employer >= 0, crm.companies.ids(as_of)[employer], 0)
    contacts = contacts_at(crm.contacts, company_of, as_of)
    deals = deals_at(crm.deals, crm.deal_records, facts, as_of)
    activities = activities_at(crm.activities, as_of)
    records = {"contacts": crm.contacts.records, "companies": crm.companies.records, "deals": crm.deal_records}
    set_up_at = crm.first_at - 400 * DAY
    return {
        "contacts": contacts,
        "purged_contacts": purged_contacts_at(crm.contacts, as_of),
        "merges": pd.concat([merges(own, as_of, name) for name, own in records.items()], ignore_index=True),
        "lifecycle_history": lifecycle_at(crm.contacts, as_of),
        "companies": companies_at(crm.companies, as_of),
        "deals": deals,
        "deal_stage_history": deal_stages_at(crm.deals, crm.deal_records, as_of),
        "associations": associations_at(contacts, deals, activities, contact_ids, company_of),
        **activities,
        "owners": owners_at(crm.owners, as_of),
        "pipeline_stages": PIPELINE_STAGES.assign(created_at=set_up_at, updated_at=set_up_at),
        "forms": forms_at(crm.first_at),
        "form_submissions": submissions_at(crm.submissions, facts["purged_at"].to_numpy(), as_of),
        "marketing_emails": marketing_emails_at(crm.marketing_emails, as_of),
    }
