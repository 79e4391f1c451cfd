"""The raw tables of Meta Ads. Spend is in units of the account's currency, days are the account's."""

from ingestion.resource import Resource, columns

ENTITIES = {
    "campaigns": "account_id,name,objective,status,effective_status,created_time,start_time,stop_time,updated_time",
    "adsets": "account_id,campaign_id,name,optimization_goal,status,effective_status,created_time,updated_time",
    "ads": "account_id,campaign_id,adset_id,name,status,effective_status,created_time,updated_time",
}
ACCOUNT_INSIGHTS = "account_id,impressions,clicks,spend"
AD_INSIGHTS = (
    "account_id,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,impressions,reach,clicks,"
    "inline_link_clicks,spend,actions,action_values"
)
_SCOPE = ("account_id", "date_start")
_ACTION = ("account_id", "ad_id", "date_start", "action_type")
_STEP = frozenset({"date_stop"})  # the same day: rows are asked for day by day
_WINDOWS = "value click_1d click_7d click_28d view_1d engaged_view_1d"

RESOURCES = (
    Resource(
        "ad_accounts",
        columns("account_id id name currency timezone_name", int="account_status"),
        key=("account_id",),
        description="One row per ad account that the token sees or saw.",
    ),
    Resource(
        "campaigns",
        columns(
            "account_id id name objective status effective_status",
            time="created_time start_time stop_time updated_time",
        ),
        key=("account_id", "id"),
        description="One row per campaign, archived and deleted ones too.",
        disposition="scoped",
        scope=("account_id",),
    ),
    Resource(
        "adsets",
        columns(
            "account_id campaign_id id name optimization_goal status effective_status",
            time="created_time updated_time",
        ),
        key=("account_id", "id"),
        description="One row per ad set, archived and deleted ones too.",
        disposition="scoped",
        scope=("account_id",),
    ),
    Resource(
        "ads",
        columns("account_id campaign_id adset_id id name status effective_status", time="created_time updated_time"),
        key=("account_id", "id"),
        description="One row per ad, archived and deleted ones too.",
        disposition="scoped",
        scope=("account_id",),
    ),
    Resource(
        "ad_insights",
        columns(
            "account_id campaign_id campaign_name adset_id adset_name ad_id ad_name",
            int="impressions reach clicks inline_link_clicks",
            real="conversions",
            amount="spend",
            date="date_start",
        ),
        key=("account_id", "ad_id", "date_start"),
        disposition="scoped",
        scope=_SCOPE,
        ignored=_STEP,
        description="One row per ad and day; conversions are the actions that count as such.",
    ),
    Resource(
        "ad_insights_versions",
        columns(
            "account_id campaign_id campaign_name",
            int="impressions clicks",
            real="conversions",
            amount="spend",
            date="date_start",
        ),
        key=("account_id", "campaign_id", "date_start", "_loaded_at"),
        versions_of="ad_insights",
        description="A campaign's day each time it was new or changed, ads summed; zeros where it vanished.",
    ),
    Resource(
        "ad_actions",
        columns("account_id campaign_id adset_id ad_id action_type", real=_WINDOWS, date="date_start"),
        key=_ACTION,
        disposition="scoped",
        scope=_SCOPE,
        description="One row per ad, day and action type: how often, in the default windows and in those asked for.",
    ),
    Resource(
        "ad_action_values",
        columns("account_id campaign_id adset_id ad_id action_type", amount=_WINDOWS, date="date_start"),
        key=_ACTION,
        disposition="scoped",
        scope=_SCOPE,
        description="One row per ad, day and action type: what it was worth, in the account's currency.",
    ),
    Resource(
        "account_insights",
        columns("account_id", int="impressions clicks", amount="spend", date="date_start"),
        key=("account_id", "date_start"),
        disposition="scoped",
        scope=_SCOPE,
        ignored=_STEP,
        description="The account's own totals by day; what its ads leave open is the residual.",
    ),
)
