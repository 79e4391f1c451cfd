"""The raw tables of TikTok Ads. Costs are in the advertiser's currency, days are the advertiser's."""

from ingestion.resource import Resource, columns, fields

_METRICS = {"int": "impressions clicks", "real": "conversion", "amount": "spend", "date": "stat_time_day"}

RESOURCES = (
    Resource(
        "advertisers",
        columns("advertiser_id name company currency timezone country status role"),
        key=("advertiser_id",),
        description="One row per advertiser account.",
        ignored=fields(
            "display_timezone create_time address advertiser_account_type balance brand cellphone_number contacter"
            " description email industry language license_city license_no license_province license_url owner_bc_id"
            " promotion_area promotion_center_city promotion_center_province rejection_reason telephone_number"
        ),
    ),
    Resource(
        "campaigns",
        columns(
            "advertiser_id campaign_id campaign_name campaign_type objective_type operation_status secondary_status"
            " budget_mode",
            amount="budget",
            time="create_time modify_time",
        ),
        key=("advertiser_id", "campaign_id"),
        description="One row per campaign of an advertiser, deleted ones too.",
        disposition="scoped",
        scope=("advertiser_id",),
        ignored=fields(
            "app_promotion_type bid_align_type budget_optimize_on campaign_app_profile_page_state deep_bid_type"
            " disable_skan_campaign is_advanced_dedicated_campaign is_new_structure is_promotional_campaign"
            " is_search_campaign is_smart_performance_campaign objective postback_window_mode rf_campaign_type"
            " rta_bid_enabled rta_id rta_product_selection_enabled sales_destination special_industries"
        ),
    ),
    Resource(
        "campaign_report",
        columns("advertiser_id campaign_id", **_METRICS),
        key=("advertiser_id", "campaign_id", "stat_time_day"),
        description="One row per campaign and day with any activity.",
        disposition="scoped",
        scope=("advertiser_id", "stat_time_day"),
    ),
    Resource(
        "campaign_report_versions",
        columns("advertiser_id campaign_id", **_METRICS),
        key=("advertiser_id", "campaign_id", "stat_time_day", "_loaded_at"),
        versions_of="campaign_report",
        description="A campaign's day each time it was new or changed; zeros where it vanished.",
    ),
    Resource(
        "advertiser_report",
        columns("advertiser_id", **_METRICS),
        key=("advertiser_id", "stat_time_day"),
        description="The advertiser's own totals; what its campaigns leave open is the residual.",
        disposition="scoped",
        scope=("advertiser_id", "stat_time_day"),
    ),
)
