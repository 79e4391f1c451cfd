"""The raw tables of GA4: the exported events, the days they came in, and the report of the Data API."""

from ingestion.resource import Resource, columns

RESOURCES = (
    Resource(
        "events",
        columns(
            "event_name user_pseudo_id user_id page_location page_referrer source medium campaign content term gclid"
            " dclid device_category country hostname transaction_id",
            int="ga_session_id ga_session_number engagement_time_msec event_bundle_sequence_id batch_event_index"
            " batch_page_id batch_ordering_id",
            amount="purchase_revenue",
            flag="session_engaged",
            date="event_day",
            time="event_timestamp",
        ),
        key=(),
        disposition="scoped",
        scope=("event_day",),
    ),
    Resource(
        "event_days",
        columns("file fingerprint", int="rows", date="event_day"),
        key=("event_day",),
        disposition="scoped",
        scope=("event_day",),
    ),
    Resource(
        "daily_channel_report",
        columns(
            "property_id session_default_channel_group",
            int="sessions",
            real="key_events",
            amount="total_revenue",
            flag="is_thresholded",
            date="date",
        ),
        key=("property_id", "date", "session_default_channel_group"),
        disposition="scoped",
        scope=("property_id", "date"),
    ),
)
