"""The raw tables of Mailchimp."""

from ingestion.resource import Resource, columns

RESOURCES = (
    Resource(
        "lists",
        columns("id web_id name", int="member_count", time="date_created"),
        key=("id",),
        disposition="replace",
    ),
    Resource(
        "members",
        columns(
            "list_id id email_address unique_email_id contact_id full_name email_type status unsubscribe_reason"
            " fname lname phone language source",
            json="tags",
            flag="vip",
            time="timestamp_signup timestamp_opt last_changed",
        ),
        key=("list_id", "id"),
    ),
    Resource(
        "member_ids",
        columns("list_id id"),
        key=("list_id", "id"),
        disposition="replace",
        description="Every member id the vendor still lists; what is in members but not here was deleted.",
    ),
    Resource(
        "campaigns",
        columns(
            "id web_id type status title subject_line list_id",
            int="emails_sent",
            time="create_time send_time",
        ),
        key=("id",),
        disposition="replace",
    ),
    Resource(
        "reports",
        columns(
            "id campaign_title type list_id",
            int="emails_sent abuse_reports unsubscribed hard_bounces soft_bounces syntax_errors opens_total"
            " unique_opens proxy_excluded_opens proxy_excluded_unique_opens clicks_total unique_clicks"
            " unique_subscriber_clicks",
            time="send_time last_open last_click",
        ),
        key=("id",),
    ),
    Resource(
        "email_recipients",
        columns("campaign_id list_id email_id email_address"),
        key=("campaign_id", "email_id"),
        disposition="scoped",
        scope=("campaign_id",),
    ),
    Resource(
        "email_activity",
        columns("campaign_id list_id email_id email_address action type url ip", time="timestamp"),
        key=("campaign_id", "email_id", "action", "timestamp", "url"),
        disposition="scoped",
        scope=("campaign_id",),
    ),
    Resource(
        "unsubscribes",
        columns("campaign_id list_id email_id email_address reason", time="timestamp"),
        key=("campaign_id", "email_id"),
        disposition="scoped",
        scope=("campaign_id",),
    ),
)
