"""The raw tables of Google Ads. Costs are micros of the account's currency, days and hours are the account's."""

from ingestion.resource import Resource, columns

RESOURCES = (
    Resource(
        "customers",
        columns("id descriptive_name currency_code time_zone status", int="level", flag="manager"),
        key=("id",),
        description="One row per account that is or was below the login customer, managers too.",
    ),
    Resource(
        "campaigns",
        columns("customer_id id name status advertising_channel_type", date="start_date end_date"),
        key=("customer_id", "id"),
        description="One row per campaign of an account, removed ones too.",
        disposition="scoped",
        scope=("customer_id",),
    ),
    Resource(
        "campaign_performance",
        columns(
            "customer_id campaign_id campaign_name",
            int="hour impressions clicks cost_micros",
            real="conversions conversions_value all_conversions",
            date="date",
        ),
        key=("customer_id", "campaign_id", "date", "hour"),
        disposition="scoped",
        scope=("customer_id", "date"),
        optional=("hour",),
        description="One row per campaign and day, or hour (hour is NULL for accounts in the home time zone).",
    ),
    Resource(
        "campaign_performance_versions",
        columns(
            "customer_id campaign_id campaign_name",
            int="impressions clicks cost_micros",
            real="conversions conversions_value all_conversions",
            date="date",
        ),
        key=("customer_id", "campaign_id", "date", "_loaded_at"),
        versions_of="campaign_performance",
        description="A campaign's day each time it was new or changed, hours summed; zeros where it vanished.",
    ),
    Resource(
        "account_performance",
        columns(
            "customer_id",
            int="hour impressions clicks cost_micros",
            real="conversions conversions_value",
            date="date",
        ),
        key=("customer_id", "date", "hour"),
        disposition="scoped",
        scope=("customer_id", "date"),
        optional=("hour",),
        description="The account's own totals; what its campaigns leave open is the residual.",
    ),
)
