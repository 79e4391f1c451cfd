"""The raw tables of HubSpot, and with them the properties that are asked for."""

from ingestion.resource import Resource, columns, fields

_OBJECT_TIMES = "createdate hs_lastmodifieddate archived_at"
_ACTIVITY_TIMES = "hs_timestamp hs_createdate hs_lastmodifieddate archived_at"
_IGNORED = fields("hs_object_id created_at updated_at properties_with_history associations")

OBJECTS = {
    "contacts": columns(
        "id email firstname lastname phone company jobtitle country lifecyclestage hs_lead_status hubspot_owner_id"
        " hs_analytics_source hs_analytics_source_data_1 hs_analytics_source_data_2 associatedcompanyid ga_client_id"
        " hs_merged_object_ids hs_calculated_merged_vids hs_additional_emails",
        flag="archived",
        time="createdate lastmodifieddate archived_at",
    ),
    "companies": columns(
        "id name domain industry country hs_merged_object_ids",
        flag="archived",
        time=_OBJECT_TIMES,
    ),
    "deals": columns(
        "id dealname deal_currency_code pipeline dealstage dealtype product hubspot_owner_id hs_analytics_source"
        " hs_merged_object_ids",
        money="amount",
        flag="archived",
        time=f"closedate hs_v2_date_entered_contractsent {_OBJECT_TIMES}",
    ),
    "meetings": columns(
        "id hubspot_owner_id hs_meeting_title hs_meeting_outcome",
        flag="archived",
        time=f"hs_meeting_start_time hs_meeting_end_time {_ACTIVITY_TIMES}",
    ),
    "calls": columns(
        "id hubspot_owner_id hs_call_direction hs_call_status",
        int="hs_call_duration",
        flag="archived",
        time=_ACTIVITY_TIMES,
    ),
    "emails": columns(
        "id hubspot_owner_id hs_email_direction hs_email_status hs_email_subject",
        flag="archived",
        time=_ACTIVITY_TIMES,
    ),
    "tickets": columns(
        "id subject hs_pipeline hs_pipeline_stage hs_ticket_priority hubspot_owner_id",
        flag="archived",
        time=f"closed_date {_OBJECT_TIMES}",
    ),
}

LAST_MODIFIED = {"contacts": "lastmodifieddate"}  # hs_lastmodifieddate on all others
HISTORY = {"contacts": "lifecyclestage"}  # the property whose history is kept
ASSOCIATED = {
    "deals": ("contacts", "companies"),
    "contacts": ("companies",),
    "meetings": ("contacts",),
    "calls": ("contacts",),
    "emails": ("contacts",),
    "tickets": ("contacts",),
}

RESOURCES = (
    *(
        Resource(name, declared, key=("id",), ignored=_IGNORED, description=f"One row per object of the type {name}.")
        for name, declared in OBJECTS.items()
    ),
    Resource(
        "associations",
        columns("from_type from_id to_type to_id type_id category"),
        key=("from_type", "from_id", "to_type", "to_id", "type_id"),
        disposition="scoped",
        scope=("from_type", "from_id", "to_type"),
        description="One row per association of two records and its type.",
    ),
    Resource(
        "contact_lifecycle_history",
        columns("contact_id value source_type source_id", time="timestamp"),
        key=("contact_id", "timestamp", "value"),
        description="One row per value a contact's life-cycle stage has had.",
        disposition="scoped",
        scope=("contact_id",),
        optional=("value",),
        ignored=fields("source_label updated_by_user_id"),
    ),
    Resource(
        "owners",
        columns("id email first_name last_name user_id type", flag="archived", time="created_at updated_at"),
        key=("id",),
        description="One row per owner of records, those who left included.",
        disposition="replace",
        ignored=fields("user_id_including_inactive teams"),
    ),
    Resource(
        "pipelines",
        columns(
            "object_type pipeline_id pipeline_label stage_id stage_label",
            int="display_order",
            real="probability",
            flag="is_closed archived",
        ),
        key=("object_type", "pipeline_id", "stage_id"),
        description="One row per stage of a pipeline of deals or tickets.",
        disposition="replace",
    ),
    Resource(
        "forms",
        columns("id name form_type", flag="archived", time="created_at updated_at"),
        key=("id",),
        description="One row per form.",
        disposition="replace",
        ignored=fields("field_groups configuration display_options legal_consent_options"),
    ),
    Resource(
        "form_submissions",
        columns("form_id email ga_client_id page_url", json="values", time="submitted_at"),
        key=("form_id", "submitted_at", "email"),
        description="One row per submission of a form.",
        disposition="scoped",
        scope=("form_id", "submitted_at"),
        optional=("email",),
    ),
    Resource(
        "marketing_emails",
        columns(
            "id name subject state type campaign campaign_name",
            int="sent delivered open click bounce unsubscribed hardbounced softbounced spamreport",
            flag="is_published archived",
            time="published_at created_at updated_at",
        ),
        key=("id",),
        description="One row per marketing e-mail, with its lifetime statistics as of the load.",
        disposition="replace",
        ignored=fields(
            "stats publish_date from to subscription_details content webversion"
            " reply dropped selected suppressed pending contactslost notsent"
        ),
    ),
    Resource(
        "object_ids",
        columns("object_type id", flag="archived"),
        key=("object_type", "id"),
        disposition="replace",
        description="Every id the vendor still lists; what is in a table but not here was deleted or merged away.",
    ),
)
