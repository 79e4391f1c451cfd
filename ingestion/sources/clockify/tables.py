"""The raw tables of Clockify, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

_RATES = "hourly_rate_currency cost_rate_currency"
_CENTS = "hourly_rate_amount cost_rate_amount"
_FLAT = "hourly_rate cost_rate memberships"  # their parts are columns
_WORKSPACE = fields(
    f"{_FLAT} workspace_settings image_url feature_subscription_type features currencies subdomain cake_organization_id"
)
_USER = fields(f"{_FLAT} active_workspace default_workspace settings profile_picture custom_fields user_custom_fields")
_PROJECT = fields(
    f"{_FLAT} color estimate time_estimate budget_estimate estimate_reset duration note public template tasks"
)
_TASK = fields(f"{_FLAT} assignee_id assignee_ids user_group_ids budget_estimate estimate duration progress")
_ENTRY = fields(f"{_FLAT} time_interval custom_field_values kiosk_id tags")

RESOURCES = (
    Resource(
        "workspaces",
        columns(f"id name {_RATES}", int=_CENTS),
        key=("id",),
        description="One row per workspace.",
        ignored=_WORKSPACE,
        disposition="replace",
    ),
    Resource(
        "users",
        columns(f"workspace_id id name email status {_RATES}", int=_CENTS),
        key=("workspace_id", "id"),
        description="One row per workspace and user.",
        ignored=_USER,
        disposition="replace",
    ),
    Resource(
        "projects",
        columns(f"workspace_id id name client_id client_name {_RATES}", int=_CENTS, flag="archived billable"),
        key=("workspace_id", "id"),
        description="One row per project.",
        ignored=_PROJECT,
        disposition="replace",
    ),
    Resource(
        "tasks",
        columns(f"workspace_id project_id id name status {_RATES}", int=_CENTS, flag="billable"),
        key=("workspace_id", "project_id", "id"),
        description="One row per task of a project.",
        ignored=_TASK,
        disposition="replace",
    ),
    Resource(
        "time_entries",
        columns(
            f"workspace_id user_id id project_id task_id description type duration {_RATES}",
            int=_CENTS,
            json="tag_ids",
            flag="billable is_locked",
            date="started_on",
            time="started_at ended_at",
        ),
        key=("workspace_id", "user_id", "started_on", "id"),
        description="One row per time entry; while it is running it has no end.",
        ignored=_ENTRY,
        disposition="scoped",
        scope=("workspace_id", "user_id", "started_on"),
    ),
)
