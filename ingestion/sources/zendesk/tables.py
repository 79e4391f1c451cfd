"""The raw tables of Zendesk, and the fields of its answers that no table needs: above all what people wrote."""

from ingestion.resource import Resource, columns, fields

_TICKET = fields(
    "url via raw_subject description recipient collaborator_ids follower_ids email_cc_ids has_incidents is_public"
    " fields brand_id allow_channelback allow_attachments forum_topic_id problem_id due_at sharing_agreement_ids"
    " followup_ids ticket_form_id custom_status_id from_messaging_channel encoded_id metric_set satisfaction_rating"
)
_USER = fields(
    "url name time_zone iana_time_zone locale locale_id tags user_fields verified phone shared_phone_number photo alias"
    " organization_id external_id signature details notes role_type custom_role_id moderator ticket_restriction"
    " only_private_comments restricted_agent suspended default_group_id report_csv shared shared_agent last_login_at"
    " two_factor_auth_enabled chat_only"
)

RESOURCES = (
    Resource(
        "tickets",
        columns(
            "id external_id type subject priority status channel requester_id submitter_id assignee_id organization_id"
            " group_id satisfaction_score",
            json="tags custom_fields",
            int="reopens replies",
            time="created_at updated_at solved_at generated_timestamp",
        ),
        key=("id",),
        description="One row per ticket, deleted ones too (scrubbed, with that status).",
        ignored=_TICKET,
    ),
    Resource(
        "users",
        columns("id email role", flag="active", time="created_at updated_at"),
        key=("id",),
        description="One row per user who stands on a ticket: requesters and agents.",
        ignored=_USER,
    ),
    Resource(
        "satisfaction_ratings",
        columns(
            "id ticket_id requester_id assignee_id group_id score reason",
            time="created_at updated_at",
        ),
        key=("id",),
        description="One row per rating that was asked for: offered, good or bad.",
        ignored=fields("url comment reason_code reason_id"),
    ),
)
