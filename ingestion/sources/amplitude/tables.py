"""The raw tables of Amplitude, and the fields of its events that no table needs."""

from ingestion.resource import Resource, columns, fields

_KNOWN = fields(
    "$schema schema insert_key adid amplitude_attribution_ids amplitude_event_type app city client_event_time"
    " client_upload_time data data_type device_brand device_carrier device_manufacturer device_model device_type dma"
    " event_id global_user_properties group_properties groups idfa ip_address is_attribution_event location_lat"
    " location_lng os_version partner_id paying plan processed_time region sample_rate server_received_time"
    " source_id start_version user_creation_time version_name"
)

RESOURCES = (
    Resource(
        "events",
        columns(
            "uuid insert_id event_type user_id device_id platform os_name device_family country language library"
            " utm_source utm_medium utm_campaign utm_content referring_domain click_id_type email page_url",
            int="amplitude_id session_id",
            json="event_properties user_properties",
            date="uploaded_on",
            time="event_time server_upload_time",
        ),
        key=("uploaded_on", "uuid"),
        description="One row per exported event; an event may be uploaded twice, with the same insert_id.",
        disposition="scoped",
        scope=("uploaded_on",),
        ignored=_KNOWN,
    ),
    Resource(
        "export_days",
        columns(int="events", date="uploaded_on"),
        key=("uploaded_on",),
        description="One row per day of upload that had events, with how many were read.",
        disposition="scoped",
        scope=("uploaded_on",),
    ),
)
