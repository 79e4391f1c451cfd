"""What Meta, LinkedIn, TikTok and Microsoft delivered day by day, in the end and as known at an as-of.

The demand of Paid Social is given (sandbox.demand); its spend is the one that explains it: a Hill curve over adstock,
inverted, then shared out among the campaigns in whole cents of each account's currency. Microsoft's small spend brings
nobody who would not have come. A recent day still moves: its cost is a little too high, its conversions come in late.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.ads import season
from sandbox.clock import DAY, local_day, to_local
from sandbox.demand import CHANNELS, Demand
from sandbox.fx import ONE, FxRates
from sandbox.platform_accounts import CURRENCY_OF, FINAL_AGES, PLANS, PLATFORM_OF, SEARCH, SOCIAL, ZONE_OF, Plan

# of Paid Social: carry-over per day, steepness, and the mean response as a share of the largest there could be
_DECAY, _SLOPE, _MEAN_RESPONSE = 0.4, 1.4, 0.45
_BUDGETS = {SOCIAL: 0.18, SEARCH: 0.03}  # per channel, as shares of Google's
_CLAIMED_PER_CLICK = 0.08
_METRICS = ["impressions", "clicks", "cost_cents", "conversions"]


@dataclass(frozen=True)
class PlatformAds:
    """`campaigns` as View.platform_campaigns plus after; `days` as View.platform_days in the end, plus overcharge
    (share); `curve`: what the spend of Paid Social does, one row as in Demand.curves."""

    campaigns: pd.DataFrame
    days: pd.DataFrame
    curve: pd.DataFrame

    def home_costs(self, fx: FxRates, as_of: int) -> pd.DataFrame:
        """Cost per day of the account and campaign as known at an as-of, unrounded, as Ads.home_costs plus source."""
        days = days_at(self, as_of)
        known = self.campaigns.set_index("id").loc[days["campaign_id"], ["channel", "name"]].reset_index(drop=True)
        currencies = days["account_id"].map(CURRENCY_OF).to_numpy(dtype=object)
        rates = fx.micros(days["local_day"].to_numpy(), currencies)
        return days[["account_id", "campaign_id"]].assign(
            spend_day=days["local_day"],
            channel=known["channel"],
            campaign=known["name"],
            cost_home=days["cost_cents"] * rates / (100 * ONE),
            source=days["platform"],
        )


def run_platforms(
    rng: Generator, demand: Demand, fx: FxRates, first_day: int, last_day: int, daily_budget: float
) -> PlatformAds:
    """Everything the campaigns delivered from first_day to last_day; daily_budget is that of Google Ads."""
    days = np.arange(first_day, last_day + 1)
    social, curve = _explain(demand.expected[:, CHANNELS.index(SOCIAL)], daily_budget * _BUDGETS[SOCIAL])
    weekday = np.where((days + 3) % 7 < 5, 1.1, 0.7)
    budgets = {SOCIAL: social, SEARCH: daily_budget * _BUDGETS[SEARCH] * weekday * season(days)}
    campaigns = _plan_campaigns(first_day, len(days))
    frames = []
    for channel, budget in budgets.items():
        plans = [plan for plan in PLANS if plan.channel == channel]
        for plan, cost_cents in zip(plans, _share_out(rng, plans, budget, days, fx), strict=True):
            frames.append(_deliver(rng, plan, days, cost_cents))
    order = ["platform", "account_id", "campaign_id", "local_day"]
    return PlatformAds(campaigns, pd.concat(frames).sort_values(order, ignore_index=True), curve)


def _explain(expected: np.ndarray, daily_budget: float) -> tuple[np.ndarray, pd.DataFrame]:
    """The daily spend, of the given mean, that causes the expected people; and the curve by which it does."""
    max_effect = expected.mean() / _MEAN_RESPONSE
    response = expected / max_effect
    stock = (response / (1 - response)) ** (1 / _SLOPE)  # in units of the half saturation
    spend = stock - _DECAY * np.append(0.0, stock[:-1])
    half_saturation = daily_budget / spend.mean()
    curve = {
        "channel": SOCIAL,
        "adstock_decay": _DECAY,
        "half_saturation": half_saturation,
        "slope": _SLOPE,
        "max_effect": max_effect,
    }
    return spend * half_saturation, pd.DataFrame([curve])


def _plan_campaigns(first_day: int, days: int) -> pd.DataFrame:
    """The campaigns with their first day and the first after their last (0 where they go on)."""
    plans = pd.DataFrame(PLANS)
    ends = first_day + (plans["ends"] * days).astype(int)
    plans.insert(0, "platform", plans["account_id"].map(PLATFORM_OF))
    plans = plans.assign(
        start_day=(first_day + (plans["begins"] * days).astype(int)).astype(np.int32),
        end_day=ends.where(plans["after"] != "", 0).astype(np.int32),
    )
    columns = ["platform", "account_id", "id", "name", "objective", "start_day", "end_day", "channel", "after"]
    return plans[columns].sort_values(["platform", "account_id", "id"], ignore_index=True)


def _share_out(
    rng: Generator, plans: list[Plan], budget: np.ndarray, days: np.ndarray, fx: FxRates
) -> list[np.ndarray]:
    """Whole cents of the account's currency per day, for each campaign; at home they sum to the budget of the day."""
    part = (np.arange(len(days)) + 0.5) / len(days)
    weights = np.array([plan.share * ((part >= plan.begins) & (part < plan.ends)) for plan in plans])
    weights *= rng.lognormal(0, 0.25, weights.shape)
    home = 100 * budget * weights / weights.sum(axis=0)
    rates = np.array([fx.micros(days, np.full(len(days), CURRENCY_OF[plan.account_id])) / ONE for plan in plans])
    cents = np.round(home / rates)
    cents[0] = np.round(100 * budget - (cents[1:] * rates[1:]).sum(axis=0))
    return list(cents.astype(np.int64))


def _deliver(rng: Generator, plan: Plan, days: np.ndarray, cost_cents: np.ndarray) -> pd.DataFrame:
    """What a campaign's money bought, on the days it ran."""
    clicks = rng.poisson(cost_cents / 100 / plan.click_price)
    impressions = clicks + 1 + rng.poisson((clicks + 1) / plan.click_rate)
    delivered = pd.DataFrame(
        {
            "platform": PLATFORM_OF[plan.account_id],
            "account_id": plan.account_id,
            "campaign_id": plan.id,
            "local_day": days.astype(np.int32),
            "impressions": impressions,
            "clicks": clicks,
            "cost_cents": cost_cents,
            "conversions": rng.poisson(clicks * _CLAIMED_PER_CLICK),
            "overcharge": rng.uniform(0, 0.03, len(days)),
        }
    )
    return delivered[delivered["cost_cents"] > 0]


def days_at(ads: PlatformAds, as_of: int) -> pd.DataFrame:
    """View.platform_days: the recent ones as known at the as-of, the day that goes on as far as it has gone."""
    wall_clock = ads.days["account_id"].map(
        {account: int(to_local(np.array([as_of + 1]), zone)[0]) for account, zone in ZONE_OF.items()}
    )
    local_day = ads.days["local_day"].astype(np.int64)
    elapsed = np.clip(wall_clock / DAY - local_day, 0, 1)  # 0 where a day has not begun
    final_age = ads.days["platform"].map(FINAL_AGES)
    young = 1 - np.clip((wall_clock - 1) // DAY - local_day, 0, final_age) / final_age  # 1 today, 0 once final
    known = ads.days.assign(
        cost_cents=ads.days["cost_cents"] + np.round(ads.days["cost_cents"] * ads.days["overcharge"] * young),
        conversions=np.floor(ads.days["conversions"] * (1 - 0.45 * young**2)),
    ).drop(columns="overcharge")
    known[_METRICS] = np.floor(known[_METRICS].mul(elapsed, axis=0)).astype(np.int64)
    return known[known["impressions"] > 0].reset_index(drop=True)


def campaigns_at(ads: PlatformAds, as_of: int) -> pd.DataFrame:
    """View.platform_campaigns: the campaigns started by the as-of, with the status they had."""
    today = ads.campaigns["account_id"].map({account: local_day(as_of, zone) for account, zone in ZONE_OF.items()})
    is_over = (ads.campaigns["end_day"] > 0) & (ads.campaigns["end_day"] <= today)
    known = ads.campaigns.assign(
        status=ads.campaigns["after"].where(is_over, "active"), end_day=ads.campaigns["end_day"].where(is_over, 0)
    )
    columns = ["platform", "account_id", "id", "name", "objective", "status", "start_day", "end_day", "channel"]
    return known.loc[known["start_day"] <= today, columns].reset_index(drop=True)
