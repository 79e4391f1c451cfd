"""Where the export keeps what the declared columns hold, and what it has besides.

A place is a column, with the fields within it, or after a colon the key of an event parameter; the first that is
there and not NULL counts.
"""

from ingestion.resource import fields

PLACES = {
    "event_name": "event_name",
    "user_pseudo_id": "user_pseudo_id",
    "user_id": "user_id",
    "page_location": ":page_location",
    "page_referrer": ":page_referrer",
    "source": "collected_traffic_source.manual_source :source",
    "medium": "collected_traffic_source.manual_medium :medium",
    "campaign": "collected_traffic_source.manual_campaign_name :campaign",
    "content": "collected_traffic_source.manual_content :content",
    "term": "collected_traffic_source.manual_term :term",
    "gclid": "collected_traffic_source.gclid :gclid",
    "dclid": "collected_traffic_source.dclid :dclid",
    "google_ads_campaign": "session_traffic_source_last_click.google_ads_campaign.campaign_name",
    "device_category": "device.category",
    "country": "geo.country",
    "hostname": "device.web_info.hostname event_dimensions.hostname",
    "transaction_id": "ecommerce.transaction_id :transaction_id",
    "ga_session_id": ":ga_session_id",
    "ga_session_number": ":ga_session_number",
    "engagement_time_msec": ":engagement_time_msec",
    "event_bundle_sequence_id": "event_bundle_sequence_id",
    "batch_event_index": "batch_event_index",
    "batch_page_id": "batch_page_id",
    "batch_ordering_id": "batch_ordering_id",
    "purchase_revenue": "ecommerce.purchase_revenue",
    "session_engaged": ":session_engaged",
}
KNOWN_COLUMNS = fields(
    "event_date event_timestamp event_previous_timestamp event_name event_params event_value_in_usd"
    " event_bundle_sequence_id event_server_timestamp_offset user_id user_pseudo_id privacy_info user_properties"
    " user_first_touch_timestamp user_ltv device geo app_info traffic_source stream_id platform event_dimensions"
    " ecommerce items collected_traffic_source is_active_user batch_event_index batch_page_id batch_ordering_id"
    " session_traffic_source_last_click publisher"
)
KNOWN_PARAMETERS = fields(
    "page_location page_referrer source medium campaign content term gclid dclid transaction_id ga_session_id"
    " ga_session_number engagement_time_msec session_engaged page_title campaign_id srsltid entrances ignore_referrer"
    " engaged_session_event debug_mode percent_scrolled link_url link_domain link_classes link_id outbound file_name"
    " file_extension search_term unique_search_term video_title video_url video_percent video_duration"
    " video_current_time video_provider form_id form_name form_destination form_submit_text first_field_id"
    " first_field_name first_field_type first_field_position language screen_resolution currency value tax shipping"
    " coupon synthetic_bundle tag_exp batch_page_id batch_ordering_id medium_group campaign_info_source"
)
