"""The raw tables of Segment, and the columns of its warehouse that no table needs."""

from ingestion.resource import Resource, columns, fields

_WHO = "file id anonymous_id user_id"
_TIMES = "received_at timestamp uuid_ts"  # original_timestamp and sent_at are the device's clock
_CAMPAIGN = " ".join(f"context_campaign_{name}" for name in ("name", "source", "medium", "term", "content"))
_KNOWN = fields(
    "original_timestamp sent_at loaded_at context_ip context_user_agent context_locale context_timezone"
    " context_library_name context_library_version context_page_path context_page_url context_page_referrer"
    " context_page_search context_page_title context_user_agent_data_brands context_user_agent_data_mobile"
    " context_user_agent_data_platform"
)


def _table(name: str, text: str, description: str) -> Resource:
    """A table whose rows are replaced file by file; one row may be in several, which staging sees to."""
    return Resource(
        name,
        columns(f"{_WHO} {_CAMPAIGN} {text}", time=_TIMES),
        key=("file", "id"),
        description=description,
        disposition="scoped",
        scope=("file",),
        ignored=_KNOWN - fields(text),
    )


EVENTS = (
    _table(
        "identifies",
        "email first_name last_name name phone title company employees",
        "One row per file and identify call.",
    ),
    _table("pages", "name path url referrer search title", "One row per file and page viewed."),
    _table(
        "tracks",
        "event event_text context_page_url context_page_path context_page_referrer",
        "One row per file and track call, without the event's properties.",
    ),
)

RESOURCES = (
    *EVENTS,
    Resource(
        "loads",
        columns("file table_name fingerprint", int="rows", date="loaded_on"),
        key=("file",),
        description="One row per file that was read.",
    ),
)
