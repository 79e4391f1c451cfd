"""Klaviyo's metrics and events: what its e-mails were met with."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import SECOND
from sandbox.vendor import Answer, Call
from sandbox.vendors.klaviyo.campaigns import Campaigns
from sandbox.vendors.klaviyo.pages import Row, chosen, document, filtered, ordered, page, resource
from sandbox.vendors.klaviyo.profiles import TOOL, Profiles
from sandbox.view import View

METRICS = {  # what happened -> id and name of its metric
    "sent": ("RcvEm1", "Received Email"),
    "open": ("OpnEm2", "Opened Email"),
    "click": ("ClkEm3", "Clicked Email"),
    "bounce": ("BncEm4", "Bounced Email"),
    "unsubscribe": ("UnsEm5", "Unsubscribed from Email Marketing"),
    "web": ("ActSt6", "Active on Site"),
}


class Events:
    """The events of a View."""

    def __init__(self, view: View, profiles: Profiles, campaigns: Campaigns) -> None:
        self._view = view
        self._profiles = profiles
        self._campaigns = campaigns

    @cached_property
    def frame(self) -> pd.DataFrame:
        """key, metric_id, profile_id, email, at, and what View.program_events has; in order of time."""
        campaigns = self._campaigns.frame.set_index("id")
        people = self._profiles.key_of_person.index
        events = self._view.program_events
        is_known = events["person"].isin(people) & events["program_id"].isin(campaigns.index)
        is_known &= (events["tool"] == TOOL) & events["action"].isin(METRICS)
        events = events[is_known].reset_index(drop=True)
        return events.assign(
            key=[f"5{number:010x}" for number in events["id"]],
            metric_id=events["action"].map({action: key for action, (key, _) in METRICS.items()}),
            profile_id=events["person"].map(self._profiles.key_of_person),
            email=events["person"].map(self._profiles.email_of_person),
            **{name: events["program_id"].map(campaigns[name]) for name in ("message", "name", "subject")},
        )

    @cached_property
    def sortable(self) -> dict[str, pd.Series]:
        """The fields one can filter and sort by."""
        frame = self.frame
        return {"datetime": frame["at"], "metric_id": frame["metric_id"], "profile_id": frame["profile_id"]}

    def show(self, call: Call, rows: Sequence[int]) -> list[Row]:
        """The events at rows; their times are written with a blank."""
        frame = self.frame.iloc[list(rows)]
        times = [text.replace("T", " ") for text in wire.seconds(frame["at"])]
        return [
            resource(
                call,
                "event",
                row["key"],
                {
                    "timestamp": row["at"] // SECOND,
                    "event_properties": _properties(row),
                    "datetime": at,
                    "uuid": f"{row['id']:08x}-0000-11f0-8001-{row['id']:012x}",
                },
                {
                    "profile": {"data": {"type": "profile", "id": row["profile_id"]}},
                    "metric": {"data": {"type": "metric", "id": row["metric_id"]}},
                },
            )
            for row, at in zip(wire.rows(frame), times, strict=True)
        ]


def _properties(row: Row) -> Row:
    """What every e-mail event says, and what only one of its kind does."""
    common = {
        "Recipient Email Address": row["email"],
        "Campaign Name": row["name"],
        "Subject": row["subject"],
        "$message": row["message"],
    }
    own: dict[str, Row] = {
        "open": {"machine_open": row["is_machine"]},
        "click": {"URL": row["url"], "Bot Click": row["is_machine"]},
        "bounce": {"Bounce Type": row["kind"].capitalize()},
    }
    return {**common, **own.get(row["action"], {})}


def list_events(events: Events, call: Call) -> Answer:
    """GET /api/events: the latest first, unless asked otherwise."""
    rows = np.flatnonzero(filtered(call, events.sortable))
    rows = ordered(call, rows, events.sortable, "-datetime")
    return page(call, rows.tolist(), lambda found: events.show(call, found), 200, 1000)


def list_metrics(events: Events, call: Call) -> Answer:
    """GET /api/metrics."""
    at = "2024-11-01T09:00:00+00:00"
    integration = {"object": "integration", "id": "0rG4eQ", "name": "Klaviyo", "category": "Internal"}
    metrics = [
        resource(call, "metric", key, {"name": name, "created": at, "updated": at, "integration": integration})
        for key, name in METRICS.values()
    ]
    return document(call, chosen(call, metrics))
