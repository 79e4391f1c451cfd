"""The raw tables of Drift, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

_UTM = " ".join(
    f"{when}_utm_{name}" for when in ("original", "recent") for name in ("source", "medium", "campaign", "content")
)

RESOURCES = (
    Resource(
        "conversations",
        columns(
            "id status contact_id inbox_id related_playbook_id",
            json="participants conversation_tags",
            time="created_at updated_at",
        ),
        key=("id",),
        description="One row per conversation that is still listed.",
        disposition="replace",
    ),
    Resource(
        "messages",
        columns("id conversation_id type body author_id author_type", flag="is_bot", time="created_at"),
        key=("conversation_id", "id"),
        description="One row per message, and note of a colleague, of a conversation.",
        ignored=fields("context attributes buttons attachments edited_message_id edit_type"),
        disposition="scoped",
        scope=("conversation_id",),
    ),
    Resource(
        "contacts",
        columns(f"id email name phone {_UTM}", time="created_at last_contacted"),
        key=("id",),
        description="One row per contact who had a conversation.",
        ignored=fields("_END_USER_VERSION _end_user_version _START_VERSION start_date events tags socialProfiles"),
    ),
    Resource(
        "users",
        columns("id name email role", flag="bot", time="created_at updated_at"),
        key=("id",),
        description="One row per user who answers, bots too.",
        ignored=fields("org_id alias availability phone locale avatar_url verified time_zone"),
        disposition="replace",
    ),
)
