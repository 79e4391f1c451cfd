"""The raw tables of Marketo, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

# Marketo's own fields of a lead that no column needs; a company's own fields are kept in _extra.
_LEAD = fields(
    "acquisition_date acquired_program_id address annual_revenue anonymous_ip billing_city billing_country"
    " billing_postal_code billing_state billing_street black_listed black_listed_cause city company_type"
    " contact_company cookies date_of_birth department do_not_call do_not_call_reason email_suspended"
    " email_suspended_at email_suspended_cause external_company_id external_sales_person_id fax gender industry"
    " inferred_city inferred_company inferred_country inferred_metropolitan_area inferred_phone_area_code"
    " inferred_postal_code inferred_state_region is_anonymous is_lead lead_partition_id lead_person"
    " lead_revenue_cycle_model_id lead_revenue_stage_id main_phone marketing_suspended marketing_suspended_cause"
    " middle_name mkto_company_notes mkto_done mkto_name mkto_person_notes number_of_employees original_referrer"
    " original_search_engine original_search_phrase original_source_info original_source_type"
    " person_level_engagement_score person_notes person_primary_lead_interest person_time_zone person_type"
    " postal_code priority rating registration_source_info registration_source_type relative_score relative_urgency"
    " salutation sic_code site state urgency website mobile_phone lead_role"
)

RESOURCES = (
    Resource(
        "leads",
        columns(
            "email first_name last_name phone title country company lead_source lead_status",
            int="id",
            flag="unsubscribed email_invalid",
            time="created_at updated_at",
        ),
        key=("id",),
        description="One row per lead; deleted and merged ones stay, activities 37 and 32 tell of them.",
        ignored=_LEAD,
    ),
    Resource(
        "activities",
        columns(
            "marketo_guid primary_attribute_value",
            json="attributes",
            int="lead_id activity_type_id campaign_id primary_attribute_value_id",
            time="activity_date",
        ),
        key=("marketo_guid",),
        description="One row per activity of a lead, of the kinds that are loaded.",
        ignored=fields("id"),  # the activity's number, which bulk extracts leave out
    ),
    Resource(
        "programs",
        columns("name description type channel status workspace", int="id", time="created_at updated_at"),
        key=("id",),
        description="One row per program.",
        ignored=fields("url folder head_start sfdc_id sfdc_name tags costs start_date end_date"),
        disposition="replace",
    ),
    Resource(
        "campaigns",
        columns("name type", int="id program_id", flag="active", time="created_at updated_at"),
        key=("id",),
        description="One row per smart campaign: what sends a program's e-mails and moves its members on.",
        ignored=fields("description program_name workspace_name"),
        disposition="replace",
    ),
)
