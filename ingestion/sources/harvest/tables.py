"""The raw tables of Harvest, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

_USER = fields(
    "telephone has_access_to_all_future_projects calendar_integration_enabled calendar_integration_source"
    " can_create_projects can_create_invoices permissions_claims access_roles avatar_url weekly_capacity"
)
_PROJECT = fields(
    "client is_fixed_fee budget budget_by budget_is_monthly notify_when_over_budget over_budget_notification_percentage"
    " over_budget_notification_date show_budget_to_all cost_budget cost_budget_include_expenses fee notes"
)
_ENTRY = fields(
    "user client project task user_assignment task_assignment invoice external_reference hours_without_timer"
    " locked_reason timer_started_at started_time ended_time budgeted"
)
_RATE = columns("id user_id", amount="amount", date="start_date end_date", time="created_at updated_at")

RESOURCES = (
    Resource(
        "users",
        columns(
            "id first_name last_name email timezone employee_id",
            json="roles",
            amount="default_hourly_rate cost_rate",
            flag="is_contractor is_active",
            time="created_at updated_at",
        ),
        key=("id",),
        description="One row per person.",
        ignored=_USER,
        disposition="replace",
    ),
    Resource(
        "cost_rates",
        _RATE,
        key=("user_id", "id"),
        description="One row per person and time in which an hour of theirs costs the same.",
        disposition="replace",
    ),
    Resource(
        "billable_rates",
        _RATE,
        key=("user_id", "id"),
        description="One row per person and time in which an hour of theirs is billed at the same rate.",
        disposition="replace",
    ),
    Resource(
        "projects",
        columns(
            "id name code client_id client_name client_currency bill_by",
            amount="hourly_rate",
            flag="is_active is_billable",
            date="starts_on ends_on",
            time="created_at updated_at",
        ),
        key=("id",),
        description="One row per project.",
        ignored=_PROJECT,
        disposition="replace",
    ),
    Resource(
        "time_entries",
        columns(
            "id user_id user_name client_id client_name client_currency project_id project_name project_code"
            " task_id task_name notes approval_status",
            amount="hours rounded_hours billable_rate cost_rate",
            flag="billable is_locked is_closed is_billed is_running",
            date="spent_date",
            time="created_at updated_at",
        ),
        key=("spent_date", "id"),
        description="One row per time entry.",
        ignored=_ENTRY,
        disposition="scoped",
        scope=("spent_date",),
    ),
)
