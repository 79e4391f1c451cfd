"""Why people come: a base of demand, and what advertising adds to it, day by day.

What a paid channel adds on a day is max_effect x Hill(adstock): adstock carries a share of yesterday's over, Hill
saturates. The base follows the season. This is the ground truth that budget planning is scored against.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.ads import season
from sandbox.chance import pick

BASE_SHARES = {  # parts of all demand that come without Google Ads
    "Organic Search": 0.21,
    "Direct": 0.12,
    "Referral": 0.07,
    "Paid Social": 0.07,
    "Organic Social": 0.06,
    "Organic Video": 0.02,
    "AI Assistant": 0.02,
    "Unassigned": 0.01,
}
# share of all demand; carry-over per day; steepness; half saturation as a multiple of the channel's mean adstock
_PAID = {
    "Paid Search": (0.20, 0.30, 1.6, 1.0),
    "Cross-network": (0.08, 0.45, 1.4, 1.3),
    "Display": (0.05, 0.60, 1.2, 1.6),
    "Paid Video": (0.05, 0.75, 1.5, 1.2),
    "Paid Shopping": (0.04, 0.20, 1.3, 0.8),
}
CHANNELS = (*BASE_SHARES, *_PAID)


@dataclass(frozen=True)
class Demand:
    """`curves`: one row per channel of Google Ads; `expected`: who set out per day (rows) and CHANNELS (columns)."""

    first_day: int
    curves: pd.DataFrame
    expected: np.ndarray

    def draw(self, rng: Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
        """For `count` people the day they set out and the position in CHANNELS of what made them."""
        cells = pick(rng, self.expected.ravel(), count)
        day, channel = np.divmod(cells, len(CHANNELS))
        return (self.first_day + day).astype(np.int32), channel


def adstock(spend: np.ndarray, decay: float) -> np.ndarray:
    """Geometric adstock: each period's spend plus `decay` times what was there before."""
    carried = np.empty(len(spend))
    left = 0.0
    for period, amount in enumerate(spend):
        left = carried[period] = amount + decay * left
    return carried


def hill(stock: np.ndarray, half_saturation: float, slope: float) -> np.ndarray:
    """Saturation from 0 to 1, one half at half_saturation."""
    raised = stock**slope
    return raised / (raised + half_saturation**slope)


def respond(costs: pd.DataFrame, first_day: int, last_day: int, people: int) -> Demand:
    """Demand that amounts to `people`, from the daily costs of Ads.home_costs."""
    days = np.arange(first_day, last_day + 1)
    growth = np.linspace(0.85, 1.15, len(days))
    base = season(days) * growth
    columns = [share * people * base / base.sum() for share in BASE_SHARES.values()]
    curves = []
    for channel, (share, decay, slope, relative_half) in _PAID.items():
        own = costs[costs["channel"] == channel].groupby("spend_day")["cost_home"].sum()
        stock = adstock(own.reindex(days, fill_value=0.0).to_numpy(), decay)
        half = relative_half * stock.mean()
        response = hill(stock, half, slope)
        max_effect = share * people / response.sum()
        columns.append(max_effect * response)
        curves.append((channel, decay, half, slope, max_effect))
    names = ["channel", "adstock_decay", "half_saturation", "slope", "max_effect"]
    return Demand(first_day, pd.DataFrame(curves, columns=names), np.column_stack(columns))
