"""Google Ads accounts, campaigns and what each hour of them delivered, in the end and as known at an as-of.

Costs are billed in whole cents; conversions are the platform's claim, more than there were. A recent day still moves:
its cost is a little too high until invalid clicks are credited, its conversions come in late. It stands after FINAL_AGE
days.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.ad_accounts import ACCOUNT_ZONES, ACCOUNTS, CAMPAIGNS, CHANNEL_OF_TYPE, PLANS, Plan
from sandbox.clock import DAY, HOUR, local_day, local_days, to_local
from sandbox.fx import FxRates

CENT = 10_000  # micros
FINAL_AGE = 29  # days; the window that is re-read is 30
CLAIMED_PER_CLICK = 0.11  # conversions the platform claims: more than people came
VALUE_PER_CONVERSION = 180.0

_RESIDUAL_ACCOUNTS = (1112223333, 3334445555)
_PRICES = {  # per type: cost of a click in the account's currency, clicks per impression
    "SEARCH": (6.5, 0.06),
    "PERFORMANCE_MAX": (4.0, 0.02),
    "DISPLAY": (2.2, 0.006),
    "VIDEO": (3.0, 0.01),
    "SHOPPING": (2.8, 0.012),
}
_HOUR_WEIGHTS = np.array([2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 10, 11, 11, 10, 9, 8, 8, 8, 7, 5, 3], dtype=float)


@dataclass(frozen=True)
class Ads:
    """`campaigns` as View.ad_campaigns plus after; `hours` as View.ad_hours in the end, plus overcharge (share)."""

    campaigns: pd.DataFrame
    hours: pd.DataFrame

    def home_costs(self, fx: FxRates, as_of: int | None = None) -> pd.DataFrame:
        """Cost per home day and campaign, unrounded: spend_day, account_id, campaign_id, channel, campaign, cost_home.

        An hour's cost is converted at the rate of its home day. Channel and campaign are "" for residual spend.
        """
        hours = self.hours if as_of is None else hours_at(self, as_of)
        days = local_days(hours["hour_at"].to_numpy())
        currency = hours["account_id"].map(ACCOUNTS.set_index("id")["currency"]).to_numpy(dtype=object)
        # micros x millionths: 1e-12 of the home currency, exact in 64 bits for a campaign's day
        cost = hours["cost_micros"].to_numpy() * fx.micros(days, currency)
        keys = hours[["account_id", "campaign_id"]].assign(spend_day=days, cost_home=cost)
        daily = keys.groupby(["spend_day", "account_id", "campaign_id"], as_index=False).sum()
        known = self.campaigns.set_index("id")
        daily["channel"] = daily["campaign_id"].map(known["channel_type"].map(CHANNEL_OF_TYPE)).fillna("")
        daily["campaign"] = daily["campaign_id"].map(known["name"]).fillna("")
        return daily.assign(cost_home=daily["cost_home"] / 1e12)


def run_ads(rng: Generator, first_day: int, last_day: int, daily_budget: float) -> Ads:
    """Everything the campaigns delivered from first_day to last_day (days of each account's zone)."""
    days = last_day - first_day + 1
    starts = [first_day + int(plan.begins * days) for plan in PLANS]
    ends = [first_day + int(plan.ends * days) if plan.after else 0 for plan in PLANS]
    grids = {account: _local_hours(first_day, last_day, zone) for account, zone in ACCOUNT_ZONES.items()}
    frames = [
        _deliver(rng, plan, grids[plan.account_id], _daily_plan(rng, first_day, days) * daily_budget * plan.share, span)
        for plan, span in zip(PLANS, zip(starts, ends, strict=True), strict=True)
    ]
    frames += [_residual(rng, account, grids[account], daily_budget) for account in _RESIDUAL_ACCOUNTS]
    order = ["account_id", "local_day", "local_hour", "campaign_id", "hour_at"]
    hours = pd.concat(frames).sort_values(order, ignore_index=True)
    return Ads(CAMPAIGNS.assign(start_day=starts, end_day=ends), _price(rng, hours))


def _local_hours(first_day: int, last_day: int, zone: str) -> pd.DataFrame:
    """Every UTC hour that starts on one of the days in the zone: hour_at, local_day, local_hour."""
    hour_at = np.arange((first_day - 1) * 24, (last_day + 2) * 24, dtype=np.int64) * HOUR
    wall = to_local(hour_at, zone)
    hours = {"hour_at": hour_at, "local_day": wall // DAY, "local_hour": wall // HOUR % 24}
    grid = pd.DataFrame(hours).astype({"local_day": np.int32, "local_hour": np.int8})
    return grid[grid["local_day"].between(first_day, last_day)].reset_index(drop=True)


def season(days: np.ndarray) -> np.ndarray:
    """How lively the market is on a day: a yearly wave, slack in August and at the turn of the year."""
    of_year = np.asarray(days) % 365.25
    wave = 1 + 0.15 * np.cos(2 * np.pi * (of_year - 80) / 365.25)
    slack = 0.25 * np.exp(-(((of_year - 222) / 12) ** 2)) + 0.45 * np.exp(-(((of_year - 361) / 6) ** 2))
    return wave - slack


def _daily_plan(rng: Generator, first_day: int, days: int) -> np.ndarray:
    """A campaign's budget per day, relative: season, weekday, and flights of three to eight weeks at other levels."""
    level = np.ones(0)
    while len(level) < days:
        level = np.append(level, np.full(rng.integers(21, 57), rng.choice([0.45, 0.75, 1.0, 1.35, 1.8])))
    weekday = np.where((first_day + np.arange(days) + 3) % 7 < 5, 1.1, 0.7)
    return level[:days] * weekday * season(first_day + np.arange(days)) * rng.lognormal(0, 0.15, days)


def _deliver(rng: Generator, plan: Plan, grid: pd.DataFrame, budget: np.ndarray, span: tuple[int, int]) -> pd.DataFrame:
    """The hours in which a campaign delivered anything. budget: by day; span: its first day and the first after it."""
    cpc, ctr = _PRICES[plan.channel_type]
    day = grid["local_day"].to_numpy()
    runs = (day >= span[0]) & ((day < span[1]) | (span[1] == 0))
    weight = (_HOUR_WEIGHTS / _HOUR_WEIGHTS.sum())[grid["local_hour"]]
    expected = budget[day - day[0]] * weight * runs / cpc
    clicks = rng.poisson(expected)
    impressions = clicks + rng.poisson(expected / ctr)
    hours = grid.assign(
        account_id=plan.account_id, campaign_id=plan.id, impressions=impressions, clicks=clicks, cpc=cpc
    )
    return hours[hours["impressions"] > 0]


def _residual(rng: Generator, account_id: int, grid: pd.DataFrame, daily_budget: float) -> pd.DataFrame:
    """Spend that the account has and none of its campaigns shows: now and then a little, before noon."""
    hours = grid[(grid["local_hour"] == 11) & (rng.random(len(grid)) < 0.15)]
    clicks = 1 + rng.poisson(daily_budget * 0.01, len(hours))
    return hours.assign(account_id=account_id, campaign_id=0, impressions=clicks * 20, clicks=clicks, cpc=3.0)


def _price(rng: Generator, hours: pd.DataFrame) -> pd.DataFrame:
    """What the clicks cost in the end, and what the platform claims they led to."""
    count, clicks = len(hours), hours["clicks"].to_numpy()
    cost = clicks * hours["cpc"].to_numpy() * rng.lognormal(0, 0.2, count)
    return hours.drop(columns="cpc").assign(
        cost_micros=np.round(cost * 100).astype(np.int64) * CENT,
        conversions=np.round(rng.poisson(clicks * CLAIMED_PER_CLICK) * rng.uniform(0.7, 1.0, count), 2),
        overcharge=rng.uniform(0, 0.03, count),
    )


def hours_at(ads: Ads, as_of: int) -> pd.DataFrame:
    """View.ad_hours: the hours over by the as-of, the recent ones as known then. Depends on (row, its age) alone."""
    hours = ads.hours[ads.hours["hour_at"] + HOUR <= as_of + 1].reset_index(drop=True)
    today = hours["account_id"].map({account: local_day(as_of, zone) for account, zone in ACCOUNT_ZONES.items()})
    young = 1 - np.minimum((today - hours["local_day"]).to_numpy(), FINAL_AGE) / FINAL_AGE  # 1 today, 0 once final
    extra_cents = np.round(hours["cost_micros"] / CENT * hours["overcharge"] * young).astype(np.int64)
    conversions = np.round(hours["conversions"] * (1 - 0.45 * young**2), 2)
    return hours.drop(columns="overcharge").assign(
        cost_micros=hours["cost_micros"] + extra_cents * CENT,
        conversions=conversions,
        conversions_value=np.round(conversions * VALUE_PER_CONVERSION, 2),
        all_conversions=np.round(conversions * 1.25, 2),
    )


def campaigns_at(ads: Ads, as_of: int) -> pd.DataFrame:
    """View.ad_campaigns: the campaigns started by the as-of, with the status they had."""
    campaigns = ads.campaigns[ads.campaigns["start_day"] <= local_day(as_of)].reset_index(drop=True)
    is_over = (campaigns["end_day"] > 0) & (campaigns["end_day"] <= local_day(as_of))
    status = campaigns["after"].where(is_over, "ENABLED")
    return campaigns.drop(columns="after").assign(status=status, end_day=campaigns["end_day"].where(is_over, 0))
