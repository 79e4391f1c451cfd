"""The raw tables of Salesforce, by the names of its objects; custom fields are loaded too, into `_extra`."""

import re
from functools import cache

from ingestion.resource import Resource, columns

_TIMES = "created_date last_modified_date system_modstamp"

OBJECTS = {
    "Lead": Resource(
        "lead",
        columns(
            "id master_record_id first_name last_name title company country phone email lead_source status owner_id"
            " converted_account_id converted_contact_id converted_opportunity_id",
            flag="is_deleted is_converted",
            date="converted_date",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per lead, converted, merged and deleted ones too.",
    ),
    "Contact": Resource(
        "contact",
        columns(
            "id master_record_id account_id first_name last_name title mailing_country phone email lead_source"
            " owner_id",
            flag="is_deleted",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per contact, merged and deleted ones too.",
    ),
    "Account": Resource(
        "account",
        columns(
            "id master_record_id parent_id name website industry billing_country",
            int="number_of_employees",
            money="annual_revenue",
            flag="is_deleted",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per account, merged and deleted ones too.",
    ),
    "Opportunity": Resource(
        "opportunity",
        columns(
            "id account_id contact_id campaign_id owner_id name stage_name type lead_source forecast_category_name"
            " currency_iso_code",
            real="probability",
            money="amount",
            flag="is_closed is_won is_deleted",
            date="close_date",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per opportunity, deleted ones too.",
    ),
    "OpportunityHistory": Resource(
        "opportunity_history",
        columns(
            "id opportunity_id stage_name forecast_category currency_iso_code created_by_id",
            real="probability",
            money="amount",
            flag="is_deleted",
            date="close_date",
            time="created_date system_modstamp",
        ),
        key=("id",),
        description="One row per change of an opportunity's stage, amount, probability or close date.",
    ),
    "OpportunityLineItem": Resource(
        "opportunity_line_item",
        columns(
            "id opportunity_id product2_id product_code name currency_iso_code",
            real="quantity",
            amount="unit_price total_price",
            flag="is_deleted",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per product of an opportunity.",
    ),
    "Campaign": Resource(
        "campaign",
        columns(
            "id parent_id name type status",
            int="number_of_leads",
            money="budgeted_cost actual_cost",
            flag="is_active is_deleted",
            date="start_date end_date",
            time=_TIMES,
        ),
        key=("id",),
        disposition="replace",
        description="One row per campaign.",
    ),
    "CampaignMember": Resource(
        "campaign_member",
        columns(
            "id campaign_id lead_id contact_id status",
            flag="has_responded is_deleted",
            date="first_responded_date",
            time=_TIMES,
        ),
        key=("id",),
        description="One row per lead or contact of a campaign.",
    ),
    "LeadHistory": Resource(
        "lead_history",
        columns("id lead_id field data_type old_value new_value created_by_id", flag="is_deleted", time="created_date"),
        key=("id",),
        description="One row per change of a tracked field of a lead.",
    ),
    "Task": Resource(
        "task",
        columns(
            "id who_id what_id owner_id subject status task_subtype call_type",
            int="call_duration_in_seconds",
            flag="is_closed is_deleted",
            date="activity_date",
            time=f"completed_date_time {_TIMES}",
        ),
        key=("id",),
        description="One row per task, call and logged e-mail.",
    ),
    "Event": Resource(
        "event",
        columns(
            "id who_id what_id owner_id subject event_subtype",
            int="duration_in_minutes",
            flag="is_deleted",
            date="activity_date",
            time=f"start_date_time end_date_time {_TIMES}",
        ),
        key=("id",),
        description="One row per meeting in a calendar.",
    ),
    "User": Resource(
        "user",
        columns("id username email first_name last_name name user_type", flag="is_active", time=_TIMES),
        key=("id",),
        disposition="replace",
        description="One row per user, those who left included.",
    ),
}
IDS = Resource(
    "object_ids",
    columns("object_type id"),
    key=("object_type", "id"),
    disposition="replace",
    description="Every id the vendor still shows, recycle bin included; what is in a table but not here is gone.",
)
RESOURCES = (*OBJECTS.values(), IDS)


@cache
def column_name(field: str) -> str:
    """The column of a standard field: SystemModstamp is system_modstamp. Custom fields keep their names."""
    return field if field.endswith("__c") else re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", field).lower()
