"""What there is to advertise with: accounts, campaigns, ad sets and ads, as the Graph API shows them.

A View knows campaigns; below each are two ad sets with three ads, of which the second is deleted after a while.
"""

from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from sandbox import clock, wire
from sandbox.view import View

Node = dict[str, Any]
PLATFORM = "meta_ads"
AD_NAMES = ("Carousel", "Video", "Single image")
AD_SHARES = (0.5, 0.3, 0.2)  # of what the campaign delivers; the ads that are left take over from a deleted one
_LIVES = (0, 40, 0)  # days from a campaign's start on which its ads are deleted (0: they stay)
_OBJECTIVES = {
    "leads": "OUTCOME_LEADS",
    "sales": "OUTCOME_SALES",
    "traffic": "OUTCOME_TRAFFIC",
    "awareness": "OUTCOME_AWARENESS",
}


class Advertising:
    """The nodes of a View by kind and id, and the ads with the days between which each delivers."""

    def __init__(self, view: View) -> None:
        accounts = view.platform_accounts[view.platform_accounts["platform"] == PLATFORM]
        campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == PLATFORM]
        self.accounts = {row["id"]: row for row in map(_account, wire.rows(accounts))}
        self.zones = {int(row["id"]): row["time_zone"] for row in wire.rows(accounts)}
        self.currencies = dict(zip(accounts["id"], accounts["currency"], strict=True))
        self.today = {account: clock.local_day(view.as_of, zone) for account, zone in self.zones.items()}
        self.ads = _ads(campaigns)
        self.days = _split(view.platform_days[view.platform_days["platform"] == PLATFORM], self.ads)
        self.nodes: dict[str, dict[str, Node]] = {"campaigns": {}, "adsets": {}, "ads": {}}
        for row in wire.rows(campaigns):
            self._add(row)

    def _add(self, row: dict[str, Any]) -> None:
        """A campaign and what is below it."""
        zone, end = self.zones[row["account_id"]], row["end_day"]
        campaign = {
            "id": str(row["id"]),
            "account_id": str(row["account_id"]),
            "name": row["name"],
            "objective": _OBJECTIVES[row["objective"]],
            "buying_type": "AUCTION",
            "daily_budget": "5000",
            "status": row["status"].upper(),
            "effective_status": row["status"].upper(),
            **_times(row["start_day"], end, zone),
        }
        self.nodes["campaigns"][campaign["id"]] = campaign
        below = "CAMPAIGN_PAUSED" if campaign["status"] == "PAUSED" else campaign["status"]
        ads = self.ads[self.ads["campaign_id"] == row["id"]]
        for ad in wire.rows(ads):
            adset = {
                "id": str(ad["adset_id"]),
                "account_id": campaign["account_id"],
                "campaign_id": campaign["id"],
                "name": f"{row['name']} | {ad['adset']}",
                "status": "ACTIVE" if below == "CAMPAIGN_PAUSED" else below,
                "effective_status": below,
                "optimization_goal": "OFFSITE_CONVERSIONS",
                "billing_event": "IMPRESSIONS",
                **_times(row["start_day"], end, zone),
            }
            self.nodes["adsets"].setdefault(adset["id"], adset)
            self.nodes["ads"][str(ad["id"])] = self._ad(ad, adset, end, zone)

    def _ad(self, ad: dict[str, Any], adset: Node, campaign_end: int, zone: str) -> Node:
        """An ad is deleted on its own, or shares the fate of its campaign."""
        is_deleted = 0 < ad["end_day"] <= min(self.today[int(adset["account_id"])], campaign_end or clock.NEVER)
        times = _times(ad["start_day"], ad["end_day"], zone) if is_deleted else adset
        return {
            **{name: adset[name] for name in ("account_id", "campaign_id")},
            "id": str(ad["id"]),
            "adset_id": adset["id"],
            "name": ad["name"],
            "status": "DELETED" if is_deleted else adset["status"],
            "effective_status": "DELETED" if is_deleted else adset["effective_status"],
            "created_time": times["created_time"],
            "updated_time": times["updated_time"],
        }


def _account(row: dict[str, Any]) -> Node:
    return {
        "id": f"act_{row['id']}",
        "account_id": str(row["id"]),
        "name": row["name"],
        "currency": row["currency"],
        "timezone_name": row["time_zone"],
        "account_status": 1,
    }


def _times(start_day: int, end_day: int, zone: str) -> Node:
    """When something began, and changed last."""
    began, ended = (_midnight(day, zone) for day in (start_day, end_day or start_day))
    return {"created_time": began, "start_time": began, "updated_time": ended}


def _midnight(day: int, zone: str) -> str:
    """The begin of a day as 2026-01-05T00:00:00+0100."""
    moment = pd.Timestamp(day, unit="D").tz_localize(ZoneInfo(zone))
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")


def _ads(campaigns: pd.DataFrame) -> pd.DataFrame:
    """account_id campaign_id adset_id adset id name number start_day end_day(0) of every ad."""
    ads = campaigns[["account_id", "id", "name", "start_day"]].rename(columns={"id": "campaign_id"})
    ads = ads.merge(pd.DataFrame({"number": range(len(AD_NAMES)), "ad": AD_NAMES, "life": _LIVES}), how="cross")
    adset = np.minimum(ads["number"], 1)
    return ads.assign(
        adset_id=ads["campaign_id"] + 1_000 * (adset + 1),
        adset=np.array(["Lookalike", "Interests"])[adset],
        id=ads["campaign_id"] + 100_000 * (ads["number"] + 1),
        name=ads["name"] + " | " + ads["ad"],
        end_day=np.where(ads["life"] > 0, ads["start_day"] + ads["life"], 0),
    ).drop(columns=["ad", "life"])


def _split(days: pd.DataFrame, ads: pd.DataFrame) -> pd.DataFrame:
    """What each ad delivered: the campaign's day, shared out among those that still ran, to the last cent."""
    metrics = ["impressions", "clicks", "cost_cents", "conversions"]
    starts = ads.groupby("campaign_id")["start_day"].first()
    age = (days["local_day"] - days["campaign_id"].map(starts)).to_numpy()[:, None]
    lives = np.array(_LIVES)
    shares = np.array(AD_SHARES) * ((lives == 0) | (age < lives))
    edges = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    frames = []
    for number in range(len(lives)):
        below = edges[:, number - 1] if number else np.zeros(len(days))
        parts = {name: _share(days[name].to_numpy(), below, edges[:, number]) for name in metrics}
        frames.append(days[["account_id", "campaign_id", "local_day"]].assign(number=number, **parts))
    split = pd.concat(frames).merge(ads[["campaign_id", "number", "id", "adset_id"]], on=["campaign_id", "number"])
    split = split[(split["impressions"] > 0) | (split["cost_cents"] > 0)].rename(columns={"id": "ad_id"})
    return split.sort_values(["local_day", "ad_id"], ignore_index=True)


def _share(amounts: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The whole units of amounts that lie between two of their parts; parts that adjoin lose none."""
    return np.round(amounts * high).astype(np.int64) - np.round(amounts * low).astype(np.int64)
