"""The raw tables of GA4: the exported events, the days they came in, and the report of the Data API."""

from ingestion.resource import Resource, columns

EVENTS = Resource(
    "events",
    columns(
        "event_name user_pseudo_id user_id page_location page_referrer source medium campaign content term gclid"
        " dclid google_ads_campaign device_category country hostname transaction_id",
        int="ga_session_id ga_session_number engagement_time_msec event_bundle_sequence_id batch_event_index"
        " batch_page_id batch_ordering_id",
        amount="purchase_revenue",
        flag="session_engaged",
        date="event_day",
        time="event_timestamp",
    ),
    key=(),
    description="One row per event of the export; the export may hold an event twice, so there is no key.",
    disposition="scoped",
    scope=("event_day",),
)

RESOURCES = (
    EVENTS,
    Resource(
        "event_days",
        columns("file fingerprint", int="rows", date="event_day"),
        key=("event_day",),
        description="One row per day of the export, with the file it was last read from.",
    ),
    Resource(
        "daily_channel_report",
        columns(
            "property_id session_default_channel_group currency",
            int="sessions",
            real="key_events",
            amount="total_revenue",
            flag="is_thresholded",
            date="date",
        ),
        key=("property_id", "date", "session_default_channel_group"),
        description="One row per day and channel as GA4 itself reports them.",
        disposition="scoped",
        scope=("property_id", "date"),
    ),
)
