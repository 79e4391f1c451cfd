"""Marketo's programs, and the smart campaigns that run them."""

from functools import cached_property

import pandas as pd

from sandbox import wire
from sandbox.vendor import Call
from sandbox.vendors.marketo import envelope
from sandbox.vendors.marketo.envelope import Row
from sandbox.vendors.marketo.leads import TOOL, zulu
from sandbox.vendors.marketo.paging import asked, asset_page, instant, list_page
from sandbox.view import View

FIRST_CAMPAIGN = 3000  # a program's smart campaign has its number, from here
_KINDS = {"email": ("email", "Email Send"), "webinar": ("event", "Webinar")}


class Assets:
    """The programs of a View."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Of Marketo only."""
        programs = self._view.programs
        return programs[programs["tool"] == TOOL].reset_index(drop=True)

    @cached_property
    def programs(self) -> list[Row]:
        """As they are sent; assets write their times in a fashion of their own: 2026-02-02T08:00:00Z+0000."""
        times = [f"{text}+0000" for text in zulu(self.frame["created_at"])]
        return [
            {
                "id": row["id"],
                "name": row["name"],
                "description": "",
                "createdAt": at,
                "updatedAt": at,
                "url": f"https://app-sandbox.marketo.com/#ME{row['id']}A1",
                "type": _KINDS[row["kind"]][0],
                "channel": _KINDS[row["kind"]][1],
                "folder": {"type": "Folder", "value": 21, "folderName": "Programs"},
                "status": "unlocked" if row["kind"] == "email" else "",
                "workspace": "Default",
                "headStart": False,
            }
            for row, at in zip(wire.rows(self.frame), times, strict=True)
        ]

    @cached_property
    def campaigns(self) -> list[Row]:
        """One for each program."""
        times = zulu(self.frame["created_at"])
        return [
            {
                "id": FIRST_CAMPAIGN + row["id"],
                "name": f"Run {row['name']}",
                "type": "batch",
                "workspaceName": "Default",
                "programId": row["id"],
                "programName": row["name"],
                "createdAt": at,
                "updatedAt": at,
                "active": False,
            }
            for row, at in zip(wire.rows(self.frame), times, strict=True)
        ]


def list_programs(assets: Assets, call: Call) -> Row:
    """GET /rest/asset/v1/programs.json, perhaps of those changed within a time."""
    rows, query = assets.programs, asked(call)
    at = assets.frame["created_at"].tolist()
    first = (
        instant("earliestUpdatedAt", query["earliestUpdatedAt"]) if "earliestUpdatedAt" in query else min(at, default=0)
    )
    last = instant("latestUpdatedAt", query["latestUpdatedAt"]) if "latestUpdatedAt" in query else max(at, default=0)
    return asset_page(call, [row for row, moment in zip(rows, at, strict=True) if first <= moment <= last])


def list_campaigns(assets: Assets, call: Call) -> Row:
    """GET, or POST with _method=GET, /rest/v1/campaigns.json."""
    return list_page(call, range(len(assets.campaigns)), lambda positions: wire.pick(assets.campaigns, positions))


def usage(assets: Assets, call: Call) -> Row:
    """GET /rest/v1/stats/usage.json: what was called today."""
    return envelope.success([{"date": "2026-06-30", "total": 1, "users": [{"userId": "api-user", "count": 1}]}])
