"""The columns of GA4's daily event export, as BigQuery has them."""

import pyarrow as pa

TEXT, INT, REAL = pa.string(), pa.int64(), pa.float64()


def _struct(**fields: pa.DataType) -> pa.StructType:
    return pa.struct(list(fields.items()))


def _texts(names: str) -> pa.StructType:
    return pa.struct([(name, TEXT) for name in names.split()])


VALUE = _struct(string_value=TEXT, int_value=INT, float_value=REAL, double_value=REAL)
PARAM = _struct(key=TEXT, value=VALUE)
TRAFFIC_SOURCE = _texts("name medium source")
COLLECTED_SOURCE = _texts(
    "manual_campaign_id manual_campaign_name manual_source manual_medium manual_term manual_content gclid dclid srsltid"
)
LAST_CLICK = _struct(
    manual_campaign=_texts("campaign_id campaign_name source medium term content source_platform"),
    google_ads_campaign=_texts("customer_id account_name campaign_id campaign_name ad_group_id ad_group_name"),
    cross_channel_campaign=_texts(
        "campaign_id campaign_name source medium source_platform default_channel_group primary_channel_group"
    ),
)
SCHEMA = pa.schema(
    {
        "event_date": TEXT,
        "event_timestamp": INT,
        "event_previous_timestamp": INT,
        "event_name": TEXT,
        "event_params": pa.list_(PARAM),
        "event_value_in_usd": REAL,
        "event_bundle_sequence_id": INT,
        "event_server_timestamp_offset": INT,
        "user_id": TEXT,
        "user_pseudo_id": TEXT,
        "privacy_info": _texts("analytics_storage ads_storage uses_transient_token"),
        "user_properties": pa.list_(PARAM),
        "user_first_touch_timestamp": INT,
        "user_ltv": _struct(revenue=REAL, currency=TEXT),
        "device": _struct(
            category=TEXT, operating_system=TEXT, language=TEXT, web_info=_texts("browser browser_version hostname")
        ),
        "geo": _texts("city country continent region sub_continent metro"),
        "app_info": _texts("id version install_store firebase_app_id install_source"),
        "traffic_source": TRAFFIC_SOURCE,
        "stream_id": TEXT,
        "platform": TEXT,
        "event_dimensions": _texts("hostname"),
        "ecommerce": _struct(
            total_item_quantity=INT,
            purchase_revenue_in_usd=REAL,
            purchase_revenue=REAL,
            refund_value=REAL,
            shipping_value=REAL,
            tax_value=REAL,
            unique_items=INT,
            transaction_id=TEXT,
        ),
        "items": pa.list_(_struct(item_id=TEXT, item_name=TEXT, price=REAL, quantity=INT, item_revenue=REAL)),
        "collected_traffic_source": COLLECTED_SOURCE,
        "is_active_user": pa.bool_(),
        "batch_event_index": INT,
        "batch_page_id": INT,
        "batch_ordering_id": INT,
        "session_traffic_source_last_click": LAST_CLICK,
    }
)
