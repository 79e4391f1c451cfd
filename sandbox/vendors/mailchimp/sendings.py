"""Mailchimp's sent campaigns as columns: who received each, and what they did with it."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.vendor import Call
from sandbox.vendors.mailchimp import errors
from sandbox.vendors.mailchimp.audience import Audience
from sandbox.vendors.mailchimp.pages import Row
from sandbox.view import View


class Sendings:
    """Campaigns of a View with their recipients; a campaign is its position in mail_campaigns."""

    def __init__(self, view: View, audience: Audience) -> None:
        self.view = view
        self.audience = audience
        self.campaigns = view.mail_campaigns
        self.position_of = {name: position for position, name in enumerate(self.campaigns["id"])}
        self.list_names = dict(zip(view.mail_lists["id"], view.mail_lists["name"], strict=True))

    def position(self, call: Call) -> int:
        """The campaign that a path names; only sent ones have reports."""
        position = self.position_of.get(call.path["id"])
        if position is None or self.campaigns["send_at"].iloc[position] == NEVER:
            raise errors.not_found()
        return position

    def recipients(self, campaign: int) -> np.ndarray:
        """Positions, in mail_members, of those who got a campaign."""
        return self.view.mail_recipients["member"].to_numpy()[_range(self._recipient_campaigns, campaign)]

    def unsubscribes(self, campaign: int) -> pd.DataFrame:
        """Who unsubscribed from a campaign."""
        return self.view.mail_unsubscribes.iloc[_range(self._unsubscribe_campaigns, campaign)]

    def activity(self, campaign: int, since: int | None) -> pd.DataFrame:
        """What was done with a campaign after a moment, by member and time."""
        frame = self.view.mail_activity.iloc[_range(self._activity_campaigns, campaign)]
        return frame if since is None else frame[frame["at"] > since]

    def readers(self, campaign: int, members: Sequence[int]) -> list[Row]:
        """How rows about members within a campaign begin."""
        campaign_id = self.campaigns["id"].iloc[campaign]
        addresses, lists = self.audience.columns["email_address"], self.audience.columns["list_id"]
        return [
            {
                "campaign_id": campaign_id,
                "list_id": lists[member],
                "list_is_active": True,
                "email_id": self.audience.ids[member],
                "email_address": addresses[member],
            }
            for member in members
        ]

    @cached_property
    def _recipient_campaigns(self) -> np.ndarray:
        return self.view.mail_recipients["campaign"].to_numpy()

    @cached_property
    def _unsubscribe_campaigns(self) -> np.ndarray:
        return self.view.mail_unsubscribes["campaign"].to_numpy()

    @cached_property
    def _activity_campaigns(self) -> np.ndarray:
        return self.view.mail_activity["campaign"].to_numpy()


def entries(activity: pd.DataFrame, members: Sequence[int]) -> list[list[Row]]:
    """The activity of each of some members, as it is sent; `activity` is one campaign's."""
    of_member = activity["member"].to_numpy()
    starts = np.searchsorted(of_member, members, side="left").tolist()
    ends = np.searchsorted(of_member, members, side="right").tolist()
    if not starts:
        return []
    first = min(starts)
    chosen = activity.iloc[first : max(ends)]
    texts = {name: chosen[name].tolist() for name in ("action", "type", "url", "ip")}
    columns = (texts["action"], texts["type"], wire.seconds(chosen["at"]), texts["url"], texts["ip"])
    made = [_entry(*values) for values in zip(*columns, strict=True)]
    return [made[start - first : end - first] for start, end in zip(starts, ends, strict=True)]


def _entry(action: str, type_: str, timestamp: str, url: str, ip: str) -> Row:
    entry = {"action": action, "timestamp": timestamp, "type": type_, "url": url, "ip": ip}
    return {key: value for key, value in entry.items() if value}


def _range(campaigns: np.ndarray, campaign: int) -> slice:
    start, end = np.searchsorted(campaigns, [campaign, campaign + 1]).tolist()
    return slice(start, end)
