"""What would come of other budgets: a split for each, against what today's split brings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planning.acquisition import cac, within_target
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
    """A split (C,) of some budget, what it brings (draws, C) where anything is known, and what is said per channel."""

    name: str
    spend: Floats
    brings: Floats | None
    told: list[Row]
    is_target_cac: bool = False


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
    apart = [] if fitted is None else [history.first_day(week).isoformat() for week in fitted.outliers]
    known = [channel for channel in range(len(weeks.channels)) if channel not in refused]
    for scenario, today in _scenarios(weeks, history, asked, fitted, refused):
        expected = _expected(weeks, known, scenario, today)
        for channel, name in enumerate(weeks.channels):
            yield {
                "scenario": scenario.name,
                "is_target_cac": scenario.is_target_cac,
                "channel": name,
                "current_spend": asked.current[channel],
                "recommended_spend": scenario.spend[channel],
                "min_spend": asked.low[channel],
                "max_spend": asked.high[channel],
                "is_refused": channel in refused,
                "is_calibrated": channel in tested,
                "outlier_weeks": ", ".join(apart) or None,
                **calendar,
                **scenario.told[channel],
                **expected[channel],
            }


def _expected(weeks: Weeks, known: list[int], scenario: Scenario, today: Floats) -> list[Row]:
    """Per channel (C,) what a scenario is expected to bring and to change, alone and with all others that are known."""
    rows: list[Row] = [{} for _ in weeks.channels]
    if scenario.brings is None or not known:
        return rows
    change = scenario.brings - today
    whole = estimate("scenario_change", change[:, known].sum(axis=1))
    whole |= cac(weeks, known, scenario.spend, scenario.brings)
    for channel in known:
        rows[channel] |= estimate("expected_revenue", scenario.brings[:, channel])
        rows[channel] |= estimate("expected_change", change[:, channel])
    return [row | whole for row in rows]


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
    weeks: Weeks, history: History, asked: Question, fitted: Fit | None, refused: dict[int, str]
) -> Iterator[tuple[Scenario, Floats]]:
    """Each scenario, and what today's split brings (draws, C); today's budget is the first."""
    target = [] if weeks.target_cac is None else [f"CAC at most {weeks.target_cac:,.10g}"]
    if fitted is None:
        told = [f"{name} keeps its money: {refused[at]}" for at, name in enumerate(history.channels)]
        for name in (AS_TODAY, *target):
            yield replace(_refused(name, asked, told), is_target_cac=name in target), np.zeros((1, len(told)))
        return
    as_today = plan_with(fitted, history, asked)
    yield _planned(AS_TODAY, history, asked, as_today), as_today.today
    for change in CHANGES:
        scaled = replace(asked, current=asked.current * (1 + change / 100))
        if len(held(history, scaled)) == len(refused):
            planned = plan_with(fitted, history, scaled)
            yield _planned(f"budget {change:+d} %", history, scaled, planned), as_today.today
    for name in target:
        scaled, why_not = within_target(weeks, fitted, history, asked, refused)
        if why_not:
            found = _refused(name, asked, [why_not] * len(asked.current))
        else:
            found = _planned(name, history, scaled, plan_with(fitted, history, scaled))
        yield replace(found, is_target_cac=True), as_today.today
    for channel, name in enumerate(history.channels):
        if channel not in refused and asked.current[channel] > 0:
            yield _without(channel, name, asked, as_today), as_today.today


def _refused(name: str, asked: Question, told: list[str]) -> Scenario:
    return Scenario(name, asked.current, None, [{"reason": reason, "is_refused": True} for reason in told])


def _planned(name: str, history: History, asked: Question, found: Plan) -> Scenario:
    unit = next_unit(asked)
    marginal, saturated = marginals(found, found.allocation, unit) / unit, saturation(found, asked.current)
    share = "" if name == AS_TODAY else "share of that budget"
    told: list[Row] = [{"reason": reason} for reason in reasons(history, asked, found, share)]
    for channel in set(range(len(told))) - found.refused.keys():
        told[channel] |= {"marginal_roas": float(marginal[channel]), "saturation": float(saturated[channel])}
    return Scenario(name, found.allocation, found.response, told)


def _without(channel: int, name: str, asked: Question, as_today: Plan) -> Scenario:
    """A channel switched off, the others as today."""
    kept = np.arange(len(asked.current)) != channel
    told = [{"reason": "keeps its money" if keeps else "switched off"} for keeps in kept]
    return Scenario(f"without {name}", asked.current * kept, as_today.today * kept, told)
