"""The actions of an insights row, unpacked: one record per action type, and what of them counts as a conversion."""

from collections.abc import Collection

from ingestion.resource import Record

# Meta's totals of what companies advertise for; none of them holds another one.
CONVERSIONS = (
    "lead",
    "purchase",
    "complete_registration",
    "contact_total",
    "schedule_total",
    "start_trial_total",
    "submit_application_total",
    "subscribe_total",
)
TABLES = {"actions": "ad_actions", "action_values": "ad_action_values"}  # a list in a row -> the raw table of its items
WINDOWS = {  # a window -> its column, whose name may not begin with a digit
    "1d_click": "click_1d",
    "7d_click": "click_7d",
    "28d_click": "click_28d",
    "1d_view": "view_1d",
    "1d_ev": "engaged_view_1d",
}
_KEY = ("account_id", "campaign_id", "adset_id", "ad_id", "date_start")


def with_conversions(row: Record, counted: Collection[str]) -> Record:
    """The row with the sum of the actions that count, in place of the lists; one that cannot be read stays as it is."""
    try:
        counts = [float(each["value"]) for each in row.get("actions") or () if each["action_type"] in counted]
    except (KeyError, TypeError, ValueError):
        return {**row, "conversions": row["actions"]}  # no number: the row goes to the quarantine
    return {**{name: value for name, value in row.items() if name not in TABLES}, "conversions": sum(counts)}


def unpacked(row: Record, name: str) -> list[Record]:
    """The items of one of the row's lists, each with the row's key."""
    items: list[Record] = row.get(name) or []
    key = {column: row.get(column) for column in _KEY}
    return [
        {**key, **{WINDOWS.get(field, field): value for field, value in item.items()}}
        for item in items
        if isinstance(item, dict)
    ]
