"""What would come of other budgets: a split for each, against what today's split brings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planning.fit import Fit
from planning.history import History, Question
from planning.plan import Plan, interval, plan_with
from planning.reasons import marginals, next_unit, reasons, saturation
from planning.response import Floats
from planning.weeks import Row, Weeks, held, question

AS_TODAY = "budget as today"
CHANGES = (-30, -20, -10, 10, 20, 30)  # % of the budget


@dataclass(frozen=True)
class Scenario:
    """A split (C,) of some budget, what it brings (draws, C), and per channel what is said of it."""

    name: str
    spend: Floats
    brings: Floats
    told: list[Row]


def scenario_rows(weeks: Weeks, fitted: Fit | None) -> Iterator[Row]:
    """A row per scenario and channel; without a fit, only why nothing is proposed. Money is over the horizon."""
    history, asked = weeks.history(), question(weeks)
    refused = held(history, asked)
    calendar = {
        "horizon_starts_on": weeks.day(len(weeks)),
        "horizon_ends_on": weeks.last_day(len(weeks) + weeks.horizon),
        "seasonality_index": seasonality(history, len(weeks), weeks.horizon),
    }
    tested = {test.channel for test in history.experiments}
    for scenario, today in _scenarios(history, asked, fitted, refused):
        change = scenario.brings - today
        known = [channel for channel in range(len(weeks.channels)) if channel not in refused]
        for channel, name in enumerate(weeks.channels):
            row = {
                "scenario": scenario.name,
                "channel": name,
                "current_spend": asked.current[channel],
                "recommended_spend": scenario.spend[channel],
                "min_spend": asked.low[channel],
                "max_spend": asked.high[channel],
                "is_refused": channel in refused,
                "is_calibrated": channel in tested,
                **calendar,
                **scenario.told[channel],
            }
            if channel in known:
                row |= estimate("expected_revenue", scenario.brings[:, channel])
                row |= estimate("expected_change", change[:, channel])
            if known:
                row |= estimate("scenario_change", change[:, known].sum(axis=1))
            yield row


def curve_rows(weeks: Weeks, fitted: Fit | None) -> Iterator[Row]:
    """A row per channel that is not refused and sum of money over the horizon: what it brings, and what more would."""
    history, asked = weeks.history(), question(weeks)
    if fitted is None:
        return
    found = plan_with(fitted, history, asked)
    for channel, name in enumerate(weeks.channels):
        if channel in found.refused or not asked.current[channel] > 0:
            continue
        money, brings = found.curves.money[channel], found.curves.brings[:, channel]
        slopes = np.gradient(brings.mean(axis=0), money)
        for point, spend in enumerate(money):
            row = {"channel": name, "spend": float(spend), "marginal_roas": float(slopes[point])}
            yield row | estimate("response", brings[:, point])


def estimate(name: str, draws: Floats) -> Row:
    """The mean of draws (draws,), and their 90 % interval."""
    low, high = interval(draws)
    return {name: float(draws.mean()), f"{name}_low": low, f"{name}_high": high}


def seasonality(history: History, start: int, horizon: int) -> float | None:
    """The outcome of the horizon's weeks over that of mean weeks, by one wave of the year; None under a whole year."""
    if history.weeks < 52 or not history.outcome.mean() > 0:
        return None
    middle = (history.weeks - 1) / 2
    columns = _calendar(np.arange(history.weeks, dtype=np.float64) - middle)
    level, _, *wave = np.linalg.lstsq(columns, history.outcome, rcond=None)[0]
    ahead = _calendar(np.arange(start, start + horizon, dtype=np.float64) - middle)[:, 2:] @ wave
    return float(max(1 + ahead.mean() / level, 0)) if level > 0 else None


def _calendar(week: Floats) -> Floats:
    """Level, trend and one wave of a year (weeks, 4); weeks count from the middle of the history."""
    year = 2 * np.pi * week / (365.25 / 7)
    return np.column_stack([np.ones(len(week)), week, np.sin(year), np.cos(year)])


def _scenarios(
    history: History, asked: Question, fitted: Fit | None, refused: dict[int, str]
) -> Iterator[tuple[Scenario, Floats]]:
    """Each scenario, and what today's split brings (draws, C); today's budget is the first."""
    if fitted is None:
        told = [{"reason": f"{name} keeps its money: {refused[at]}"} for at, name in enumerate(history.channels)]
        nothing = np.zeros((1, len(told)))
        yield Scenario(AS_TODAY, asked.current, nothing, told), nothing
        return
    as_today = plan_with(fitted, history, asked)
    yield _planned(AS_TODAY, history, asked, as_today), as_today.today
    for change in CHANGES:
        scaled = replace(asked, current=asked.current * (1 + change / 100))
        if len(held(history, scaled)) == len(refused):
            found = plan_with(fitted, history, scaled)
            yield _planned(f"budget {change:+d} %", history, scaled, found), as_today.today
    for channel, name in enumerate(history.channels):
        if channel not in refused and asked.current[channel] > 0:
            yield _without(channel, name, asked, as_today), as_today.today


def _planned(name: str, history: History, asked: Question, found: Plan) -> Scenario:
    unit = next_unit(asked)
    marginal, saturated = marginals(found, found.allocation, unit) / unit, saturation(found, asked.current)
    told: list[Row] = [{"reason": reason} for reason in reasons(history, asked, found)]
    for channel in set(range(len(told))) - found.refused.keys():
        told[channel] |= {"marginal_roas": float(marginal[channel]), "saturation": float(saturated[channel])}
    return Scenario(name, found.allocation, found.response, told)


def _without(channel: int, name: str, asked: Question, as_today: Plan) -> Scenario:
    """A channel switched off, the others as today."""
    kept = np.arange(len(asked.current)) != channel
    told = [{"reason": "keeps its money" if keeps else "switched off"} for keeps in kept]
    return Scenario(f"without {name}", asked.current * kept, as_today.today * kept, told)
