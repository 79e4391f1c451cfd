"""A View of which there is less than usual: an empty account, or one with a single record of each kind.

View + rows of each frame -> View
"""

from dataclasses import fields, replace
from typing import Any

import pandas as pd

from sandbox.view import View

# What every account has from its first day on.
_SETTINGS = frozenset({"owners", "pipeline_stages", "ad_accounts", "fx_rates"})
# Rows that speak of a row of another frame go with it: (frame, column) -> the frame whose id it is.
_REFERENCES = {
    ("lifecycle_history", "contact_id"): "contacts",
    ("deal_stage_history", "deal_id"): "deals",
    ("form_submissions", "form_id"): "forms",
    ("mail_members", "list_id"): "mail_lists",
    ("mail_campaigns", "list_id"): "mail_lists",
    ("ad_hours", "campaign_id"): "ad_campaigns",
    ("chat_conversations", "contact_id"): "chat_contacts",
    ("chat_messages", "conversation_id"): "chat_conversations",
}
# The same, where the column is a position in the other frame.
_POSITIONS = {
    ("mail_reports", "campaign"): "mail_campaigns",
    ("mail_recipients", "campaign"): "mail_campaigns",
    ("mail_recipients", "member"): "mail_members",
    ("mail_activity", "campaign"): "mail_campaigns",
    ("mail_activity", "member"): "mail_members",
    ("mail_unsubscribes", "campaign"): "mail_campaigns",
    ("mail_unsubscribes", "member"): "mail_members",
}


def reduced(view: View, rows: int) -> View:
    """The view with at most so many rows in every frame, none of them about a row that is gone."""
    kept: dict[str, Any] = {}
    for each in fields(view):
        value = getattr(view, each.name)
        if isinstance(value, dict):
            kept[each.name] = {key: frame.head(rows).reset_index(drop=True) for key, frame in value.items()}
        elif isinstance(value, pd.DataFrame) and each.name not in _SETTINGS:
            kept[each.name] = _complete(each.name, value, kept).head(rows).reset_index(drop=True)
    return replace(view, **kept)


def _complete(name: str, frame: pd.DataFrame, kept: dict[str, Any]) -> pd.DataFrame:
    """The rows whose references lead somewhere; fields of a View stand behind those they refer to."""
    for (of, column), parent in _REFERENCES.items():
        if of == name:
            frame = frame[frame[column].isin(kept[parent]["id"])]
    for (of, column), parent in _POSITIONS.items():
        if of == name:
            frame = frame[frame[column] < len(kept[parent])]
    return frame
