"""The raw tables of Microsoft Ads. Costs are in the account's currency, days are the account's."""

from ingestion.resource import Resource, columns, fields

_METRICS = {"int": "impressions clicks", "real": "conversions", "amount": "spend", "date": "time_period"}

RESOURCES = (
    Resource(
        "accounts",
        columns("id name number currency_code time_zone parent_customer_id account_life_cycle_status"),
        key=("id",),
        description="One row per account that the user has or had.",
        ignored=fields(
            "account_financial_status account_mode auto_tag_type back_up_payment_instrument_id bill_to_customer_id"
            " billing_threshold_amount business_address forward_compatibility_map language last_modified_by_user_id"
            " last_modified_time linked_agencies parent_customer_number pause_reason payment_method_id"
            " payment_method_type primary_user_id sales_house_customer_id sold_to_payment_instrument_id tax_certificate"
            " tax_information time_stamp"
        ),
    ),
    Resource(
        "campaigns",
        columns(
            "account_id id name status campaign_type sub_type budget_type",
            amount="daily_budget",
            time="start_date end_date",
        ),
        key=("account_id", "id"),
        description="One row per campaign of an account; deleted ones are not shown.",
        disposition="scoped",
        scope=("account_id",),
        ignored=fields(
            "ad_schedule_use_searcher_time_zone audience_ads_bid_adjustment bid_strategy_id bid_strategy_scope"
            " bidding_scheme brand_color brand_logo budget_id business_name deal_ids experiment_id final_url_suffix"
            " forward_compatibility_map goal_ids is_deal_campaign is_political languages marketing_objective"
            " multimedia_ads_bid_adjustment privacy_status settings term_exclusions time_zone tracking_url_template"
            " url_custom_parameters use_campaign_level_dates"
        ),
    ),
    Resource(
        "campaign_performance_report",
        columns("account_id campaign_id campaign_name", **_METRICS),
        key=("account_id", "campaign_id", "time_period"),
        description="One row per campaign and day with any activity, deleted campaigns too.",
        disposition="scoped",
        scope=("account_id", "time_period"),
    ),
    Resource(
        "campaign_performance_report_versions",
        columns("account_id campaign_id campaign_name", **_METRICS),
        key=("account_id", "campaign_id", "time_period", "_loaded_at"),
        versions_of="campaign_performance_report",
        description="A campaign's day each time it was new or changed; zeros where it vanished.",
    ),
    Resource(
        "account_performance_report",
        columns("account_id", **_METRICS),
        key=("account_id", "time_period"),
        description="The account's own totals; what its campaigns leave open is the residual.",
        disposition="scoped",
        scope=("account_id", "time_period"),
    ),
)
