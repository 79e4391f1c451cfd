"""The raw tables of Klaviyo, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

RESOURCES = (
    Resource(
        "lists",
        columns("id name opt_in_process", time="created updated"),
        key=("id",),
        description="One row per list.",
        disposition="replace",
    ),
    Resource(
        "segments",
        columns("id name", json="definition", flag="is_active", time="created updated"),
        key=("id",),
        description="One row per segment.",
        ignored=fields("is_processing is_starred"),
        disposition="replace",
    ),
    Resource(
        "profiles",
        columns(
            "id email phone_number external_id first_name last_name organization title country email_consent",
            json="properties",
            flag="can_receive_email_marketing",
            time="created updated last_event_date",
        ),
        key=("id",),
        description="One row per profile.",
        ignored=fields("image locale location subscriptions predictive_analytics anonymous_id"),
    ),
    Resource(
        "profile_ids",
        columns("id"),
        key=("id",),
        description="Every profile id the vendor still lists; what is in profiles but not here was deleted or merged.",
        disposition="replace",
    ),
    Resource(
        "campaigns",
        columns("id name builder", flag="archived", time="created_at updated_at"),
        key=("id",),
        description="One row per campaign, drafts and archived ones too.",
        ignored=fields("color description send_settings"),
        disposition="replace",
    ),
    Resource(
        "campaign_messages",
        columns("id campaign_id name status", time="created updated"),
        key=("id",),
        description="One row per message of a campaign.",
        ignored=fields("tracking_options send_options ab_test campaign_audience_id"),
        disposition="replace",
    ),
    Resource(
        "metrics",
        columns("id name integration", time="created updated"),
        key=("id",),
        description="One row per kind of event that the account knows.",
        disposition="replace",
    ),
    Resource(
        "events",
        columns("id metric_id profile_id", json="event_properties", time="datetime"),
        key=("id",),
        description="One row per event of an e-mail.",
        ignored=fields("timestamp uuid"),
    ),
)
