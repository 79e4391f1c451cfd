"""Companies whose response to advertising is known, as the planner's files would show them.

Five channels, 130 weeks, by week or by day. *Well-behaved*: budgets follow plans, the season and chance. *Confounded*:
a demand that nobody recorded moves the outcome and, channel by channel more or less, the spend. Nothing here imports
planning/: the truth is computed on its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WEEKS, CHANNELS = 130, 5
STEPS = 400  # of the budget, where the best split is searched


@dataclass(frozen=True)
class Company:
    """`spend` (T, C) and `outcome` (T,) per period, `promo` (T + horizon,), the truth (C,) and the question asked."""

    freq: str
    spend: Floats
    outcome: Floats
    promo: Floats
    decay: Floats
    half: Floats
    slope: Floats
    effect: Floats
    horizon: int
    current: Floats
    low: Floats
    high: Floats
    tail: int = 0

    @property
    def names(self) -> list[str]:
        return [f"channel_{number + 1}" for number in range(self.spend.shape[1])]

    def caused(self, channel: int, spend: Floats) -> Floats:
        """What a channel's spend (periods, …) brings in each of these periods."""
        stock = adstock(spend, self.decay[channel])
        return self.effect[channel] * hill(stock, self.half[channel], self.slope[channel])

    def channel_response(self, channel: int, money: Floats) -> Floats:
        """What sums of money (K,), spread evenly over the horizon, bring on top of what earlier spend still does."""
        past = np.repeat(self.spend[:, [channel]], len(money) + 1, axis=1)
        even = np.tile(np.append(money, 0) / self.horizon, (self.horizon, 1))
        caused = self.caused(channel, np.vstack([past, even, np.zeros((self.tail, len(money) + 1))])).sum(axis=0)
        return caused[:-1] - caused[-1]

    def response(self, split: Floats) -> float:
        """What a split (C,) of money brings."""
        return float(sum(self.channel_response(channel, np.array([money]))[0] for channel, money in enumerate(split)))

    def best(self) -> Floats:
        """The split that brings most, in steps of 1/STEPS of what the bounds leave open; all of them are tried."""
        step = (self.current.sum() - self.low.sum()) / STEPS
        best, choices = np.full(STEPS + 1, -np.inf), []
        best[0] = 0.0
        for channel in range(len(self.low)):
            most = min(STEPS, int(np.floor((self.high[channel] - self.low[channel]) / step + 1e-9)))
            brings = self.channel_response(channel, self.low[channel] + step * np.arange(most + 1))
            total = np.full((most + 1, STEPS + 1), -np.inf)
            for taken in range(most + 1):
                total[taken, taken:] = best[: STEPS + 1 - taken] + brings[taken]
            choices.append(total.argmax(axis=0))
            best = total.max(axis=0)
        left, split = STEPS, np.zeros(len(self.low))
        for channel in reversed(range(len(self.low))):
            split[channel] = self.low[channel] + step * choices[channel][left]
            left -= choices[channel][left]
        return split

    def contribution(self) -> Floats:
        """What each channel (C,) caused over the history."""
        return np.array([self.caused(channel, self.spend[:, channel]).sum() for channel in range(len(self.low))])

    def lift_tests(self, rng: Generator, error: float) -> list[tuple[int, int, int, float, float]]:
        """One test per channel: channel, first and last period, what it measured, its standard error."""
        tests = []
        length = 8 if self.freq == "W" else 56
        for channel in range(len(self.low)):
            start = int(rng.integers(len(self.spend) // 2, len(self.spend) - 2 * length))
            without = self.spend[:, channel].copy()
            without[start : start + length] = 0
            truth = (self.caused(channel, self.spend[:, channel]) - self.caused(channel, without)).sum()
            deviation = error * truth
            tests.append((channel, start, start + length - 1, truth + deviation * rng.standard_normal(), deviation))
        return tests


def adstock(spend: Floats, decay: float) -> Floats:
    """Geometric carry-over (periods, …)."""
    carried = np.array(spend)
    for period in range(1, len(carried)):
        carried[period] += decay * carried[period - 1]
    return carried


def hill(stock: Floats, half: float, slope: float) -> Floats:
    """Saturation from 0 to 1 (periods, …)."""
    return stock**slope / (stock**slope + half**slope)


def wandering(rng: Generator, length: int, persistence: float) -> Floats:
    """An autoregressive series (length,) of mean 0 and variance 1."""
    shocks = rng.standard_normal(length) * np.sqrt(1 - persistence**2)
    shocks[0] = rng.standard_normal()
    return adstock(shocks, persistence)


def simulate(seed: int, freq: str = "W", confounded: bool = False, channels: int = CHANNELS) -> Company:
    """One company; the same seed and arguments give the same one."""
    rng = np.random.default_rng([seed, freq == "D", confounded])
    per_week = 1 if freq == "W" else 7
    length, horizon = WEEKS * per_week, int(rng.choice([8, 13, 26])) * per_week
    year = 2 * np.pi * np.arange(length) / (52.18 * per_week)
    season = np.sin(year + rng.uniform(0, 2 * np.pi)) + 0.4 * np.sin(2 * year + rng.uniform(0, 2 * np.pi))
    demand = wandering(rng, length, rng.uniform(0.80, 0.95) ** (1 / per_week))
    spend = _spend(rng, length, channels, per_week, season, demand if confounded else np.zeros(length))
    decay = rng.uniform(0.1, 0.8, channels) ** (1 / per_week if freq == "D" and rng.random() < 0.5 else 1)
    slope = rng.uniform(0.8, 2.0, channels)
    half = np.array([adstock(spend[:, c], decay[c]).mean() for c in range(channels)]) * np.exp(
        rng.uniform(np.log(0.5), np.log(2.5), channels)
    )
    raised = np.column_stack([hill(adstock(spend[:, c], decay[c]), half[c], slope[c]) for c in range(channels)])
    returns = rng.lognormal(0, 0.6, channels)
    weight = returns * spend.sum(axis=0) ** rng.uniform(0.5, 1)
    base, media = 100_000 / per_week, rng.uniform(0.2, 0.5)
    effect = base * media * weight / weight.sum() / raised.mean(axis=0)
    promo = (rng.random(length + horizon) < 0.05).astype(float)
    trend = 1 + rng.uniform(-0.1, 0.3) * np.linspace(-0.5, 0.5, length)
    baseline = base * (1 - media) * trend * (1 + rng.uniform(0.05, 0.2) * season)
    if confounded:
        baseline = baseline * np.exp(rng.uniform(0.06, 0.15) * demand)
    if freq == "D":
        baseline = baseline * np.tile(1 + 0.15 * rng.standard_normal(7), WEEKS)
    noise = rng.uniform(0.02, 0.05) * np.sqrt(per_week)
    outcome = baseline + raised @ effect + base * rng.uniform(0.05, 0.2) * promo[:length]
    outcome = np.maximum(outcome + base * noise * rng.standard_normal(length), 0)
    current = spend[-52 * per_week :].mean(axis=0) * horizon
    return Company(
        freq, spend, outcome, promo, decay, half, slope, effect, horizon, current, 0.3 * current, 2.5 * current
    )


def _spend(rng: Generator, length: int, channels: int, per_week: int, season: Floats, demand: Floats) -> Floats:
    """Budgets by plan, season, chance and (where it is not 0) demand; some channels come in bursts."""
    shared = wandering(rng, length, 0.9 ** (1 / per_week))
    columns = []
    for _ in range(channels):
        own = wandering(rng, length, rng.uniform(0.3, 0.9) ** (1 / per_week))
        log = rng.uniform(0, 0.3) * season + rng.uniform(0.15, 0.5) * own + rng.uniform(0, 0.2) * shared
        log = log + rng.uniform(0.1, 0.4) * demand + 0.1 * rng.standard_normal(length)
        if rng.random() < 0.25:
            burst = np.repeat(rng.random(length // (4 * per_week) + 1) < 0.6, 4 * per_week)[:length]
            log = log + np.where(burst, 0.3, -2.0)
        columns.append(np.exp(rng.uniform(np.log(2_000), np.log(15_000)) - np.log(per_week) + log))
    return np.column_stack(columns)
