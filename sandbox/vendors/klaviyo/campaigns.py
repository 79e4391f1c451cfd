"""Klaviyo's campaigns, each with its one message."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.vendor import Answer, Call
from sandbox.vendors.klaviyo.pages import Row, filtered, page, resource, seconds
from sandbox.vendors.klaviyo.profiles import TOOL
from sandbox.view import View


class Campaigns:
    """The campaigns of a View; none is archived yet."""

    def __init__(self, view: View) -> None:
        self._as_of = view.as_of
        self._programs = view.programs

    @cached_property
    def frame(self) -> pd.DataFrame:
        """key, message, name, subject, is_sent, created_at."""
        own = self._programs[self._programs["tool"] == TOOL].reset_index(drop=True)
        return own.assign(
            key=[f"01J{number:023d}" for number in own["id"]],
            message=[f"01K{number:023d}" for number in own["id"]],
            is_sent=own["starts_at"] <= self._as_of,
            archived=False,
            updated_at=np.where(own["starts_at"] <= self._as_of, own["starts_at"], own["created_at"]),
        )

    def show(self, call: Call, rows: Sequence[int]) -> list[Row]:
        """The campaigns at rows."""
        frame = self.frame.iloc[list(rows)]
        columns = (wire.rows(frame), seconds(frame["created_at"]), seconds(frame["updated_at"]))
        return [
            resource(
                call,
                "campaign",
                row["key"],
                {"created_at": made, "updated_at": changed, "definition": _definition(row["name"])},
                {"campaign-messages": {"data": [{"type": "campaign-message", "id": row["message"]}]}},
            )
            for row, made, changed in zip(*columns, strict=True)
        ]

    def messages(self, call: Call, rows: Sequence[int]) -> list[Row]:
        """Their messages."""
        frame = self.frame.iloc[list(rows)]
        columns = (wire.rows(frame), seconds(frame["created_at"]), seconds(frame["updated_at"]))
        return [
            resource(
                call,
                "campaign-message",
                row["message"],
                {
                    "created": made,
                    "updated": changed,
                    "definition": {"name": row["subject"], "status": "sent" if row["is_sent"] else "scheduled"},
                },
                {"campaign": {"data": {"type": "campaign", "id": row["key"]}}},
            )
            for row, made, changed in zip(*columns, strict=True)
        ]


def _definition(name: str) -> Row:
    return {"name": name, "builder": "wizard", "archived": False}


def list_campaigns(campaigns: Campaigns, call: Call) -> Answer:
    """GET /api/campaigns: with include=campaign-messages those of the page beside it."""
    frame = campaigns.frame
    columns = {"archived": frame["archived"], "created_at": frame["created_at"], "updated_at": frame["updated_at"]}
    rows = np.flatnonzero(filtered(call, columns)).tolist()
    shown: list[int] = []

    def show(found: Sequence[int]) -> list[Row]:
        shown.extend(found)
        return campaigns.show(call, found)

    answer = page(call, rows, show, 100, 100)
    if "campaign-messages" in call.query.get("include", ""):
        answer.body["included"] = campaigns.messages(call, shown)
    return answer
