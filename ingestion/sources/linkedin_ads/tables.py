"""The raw tables of LinkedIn Ads. Costs are in the account's currency, days are UTC's."""

from ingestion.resource import Resource, columns, fields

_COUNTS = "impressions clicks external_website_conversions one_click_leads"
_COST = "cost_in_local_currency"
# What LinkedIn says of accounts, groups and campaigns that tells nothing of what they cost and brought.
_UNUSED = fields(
    "account campaign_group change_audit_stamps run_schedule version test total_budget targeting targeting_criteria"
    " locale associated_entity audience_expansion_enabled offsite_delivery_enabled offsite_preferences format"
    " creative_selection optimization_target_type pacing_strategy story_delivery_enabled connected_television_only"
    " political_intent reference notified_on_campaign_optimization notified_on_creative_approval"
    " notified_on_creative_rejection notified_on_end_of_campaign notified_on_new_features_enabled"
    " allowed_campaign_types backfilled budget_optimization"
)

RESOURCES = (
    Resource(
        "ad_accounts",
        columns("id name currency status type", json="serving_statuses"),
        key=("id",),
        description="One row per ad account that the user sees or saw.",
        ignored=_UNUSED,
    ),
    Resource(
        "ad_campaign_groups",
        columns(
            "account_id id name status objective_type",
            json="serving_statuses",
            time="created_at last_modified_at run_start_at run_end_at",
        ),
        key=("account_id", "id"),
        description="One row per campaign group of an account, removed ones too.",
        disposition="scoped",
        scope=("account_id",),
        ignored=_UNUSED | {"campaign_group_id"},
    ),
    Resource(
        "ad_campaigns",
        columns(
            "account_id id campaign_group_id name status type cost_type objective_type",
            json="daily_budget unit_cost serving_statuses",
            time="created_at last_modified_at run_start_at run_end_at",
        ),
        key=("account_id", "id"),
        description="One row per campaign of an account, archived and removed ones too.",
        disposition="scoped",
        scope=("account_id",),
        ignored=_UNUSED,
    ),
    Resource(
        "ad_analytics_by_campaign",
        columns("account_id campaign_id", int=_COUNTS, amount=_COST, date="date"),
        key=("account_id", "campaign_id", "date"),
        description="One row per campaign and day with any activity.",
        disposition="scoped",
        scope=("account_id", "date"),
    ),
    Resource(
        "ad_analytics_by_campaign_versions",
        columns("account_id campaign_id", int=_COUNTS, amount=_COST, date="date"),
        key=("account_id", "campaign_id", "date", "_loaded_at"),
        versions_of="ad_analytics_by_campaign",
        description="A campaign's day each time it was new or changed; zeros where it vanished.",
    ),
    Resource(
        "ad_analytics_by_account",
        columns("account_id", int=_COUNTS, amount=_COST, date="date"),
        key=("account_id", "date"),
        description="The account's own totals; what its campaigns leave open is the residual.",
        disposition="scoped",
        scope=("account_id", "date"),
    ),
)
