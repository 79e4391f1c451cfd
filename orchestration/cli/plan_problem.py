"""problem.json of `mops plan`, and the JSON of its answer."""

import json
import math
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from orchestration.cli.mistakes import MistakeError
from orchestration.cli.plan_history import STEP, Table
from planning.history import Experiment, History, Question
from planning.plan import Plan, interval
from planning.reasons import reasons
from planning.response import Floats

LONGEST = 3_660  # periods that can be planned, ten years of days
EXACT = 1e-6  # share of the budget by which sums may be off


def read(file: Path) -> dict[str, Any]:
    """The problem as written, its freq known; MistakeError where it is no such JSON."""
    if not file.is_file():
        raise MistakeError(f"--problem: there is no file {file}")
    try:
        problem = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise MistakeError(f"{file} is no JSON that can be read: {error}") from None
    if not isinstance(problem, dict):
        raise MistakeError(f"{file} must hold an object with freq, horizon, budget, bounds and current")
    if missing := [key for key in ("freq", "horizon", "budget", "bounds", "current") if key not in problem]:
        raise MistakeError(f"{file} lacks {', '.join(missing)}")
    if not isinstance(problem["freq"], str) or problem["freq"] not in STEP:
        raise MistakeError(f"{file}: freq is {problem['freq']!r}; it must be D or W")
    return problem


def history(file: Path, problem: dict[str, Any], table: Table) -> History:
    """The history of a table, with the problem's experiments; MistakeError where it has not even two whole weeks."""
    if len(table.dates) * STEP[problem["freq"]] < 14:
        raise MistakeError(f"the history has {len(table.dates)} lines; it must hold at least two whole weeks")
    empty = np.empty((len(table.dates), 0))
    return History(
        channels=table.channels,
        day=table.dates[0].toordinal(),
        per_week=7 if problem["freq"] == "D" else 1,
        outcome=table.columns["outcome"],
        spend=np.column_stack([table.columns[f"spend_{name}"] for name in table.channels]),
        events=np.column_stack([empty, *(table.columns[name] for name in table.events)]),
        experiments=_experiments(file, problem, table),
    )


def question(file: Path, problem: dict[str, Any], channels: Sequence[str]) -> Question:
    """What is asked; MistakeError names the first thing that cannot be."""
    horizon = _whole(file, "horizon", problem["horizon"], 1)
    budget = _number(file, "budget", problem["budget"])
    if budget <= 0:
        raise MistakeError(f"{file}: budget is {budget:g}; it must be above 0")
    current = _current(file, problem["current"], channels)
    if abs(current.sum() - budget) > EXACT * budget:
        raise MistakeError(f"{file}: current sums to {current.sum():.2f}, the budget is {budget:.2f}")
    low, high = _bounds(file, problem["bounds"], channels, budget)
    if not low.sum() <= budget * (1 + EXACT) or not high.sum() >= budget * (1 - EXACT):
        sums = f"{low.sum():.2f} to {high.sum():.2f}"
        raise MistakeError(f"{file}: the bounds allow {sums} in all, which cannot meet the budget {budget:.2f}")
    flighting = _flighting(file, problem.get("flighting"), horizon)
    return Question(current, low, high, flighting, _whole(file, "tail", problem.get("tail") or 0, 0))


def _named(file: Path, key: str, given: Any, channels: Sequence[str]) -> list[Any]:
    if not isinstance(given, dict):
        raise MistakeError(f"{file}: {key} must be an object with a value for each channel")
    if unknown := [name for name in given if name not in channels]:
        raise MistakeError(f"{file}: {key} has {unknown[0]}, for which the history has no column spend_{unknown[0]}")
    if missing := [name for name in channels if name not in given]:
        raise MistakeError(f"{file}: {key} lacks the channel {missing[0]}")
    return [given[name] for name in channels]


def _current(file: Path, given: Any, channels: Sequence[str]) -> Floats:
    named = zip(channels, _named(file, "current", given, channels), strict=True)
    current = np.array([_number(file, f"current of {name}", value) for name, value in named])
    if (current < 0).any():
        raise MistakeError(f"{file}: current of {channels[int(current.argmin())]} is negative")
    return current


def _bounds(file: Path, given: Any, channels: Sequence[str], budget: float) -> tuple[Floats, Floats]:
    pairs = []
    for name, pair in zip(channels, _named(file, "bounds", given, channels), strict=True):
        if not isinstance(pair, list) or len(pair) != 2:
            raise MistakeError(f"{file}: bounds of {name} must be [min, max]")
        low, high = (_number(file, f"bounds of {name}", bound) for bound in pair)
        if low < 0 or high < low:
            raise MistakeError(f"{file}: bounds of {name} are impossible: {low:g} to {high:g}")
        pairs.append((low, min(high, max(budget, low))))
    lows, highs = np.array(pairs).T
    return lows, highs


def _flighting(file: Path, given: Any, horizon: int) -> Floats:
    if given is None:
        return np.full(horizon, 1 / horizon)
    if not isinstance(given, list) or len(given) != horizon:
        raise MistakeError(f"{file}: flighting must be a list of {horizon} shares, one per period of the horizon")
    shares = np.array([_number(file, "flighting", share) for share in given])
    if (shares < 0).any() or abs(shares.sum() - 1) > 1e-3:
        raise MistakeError(f"{file}: the shares of flighting must not be negative and sum to 1, not {shares.sum():g}")
    return shares / shares.sum()


def _experiments(file: Path, problem: dict[str, Any], table: Table) -> list[Experiment]:
    given = problem.get("experiments") or []
    if not isinstance(given, list) or not all(isinstance(test, dict) for test in given):
        raise MistakeError(f"{file}: experiments must be a list of objects")
    freq = problem["freq"]
    return [_experiment(file, f"experiment {number}", test, table, freq) for number, test in enumerate(given, start=1)]


def _experiment(file: Path, which: str, test: dict[str, Any], table: Table, freq: str) -> Experiment:
    if missing := [key for key in ("channel", "start", "end", "outcome", "standard_error") if key not in test]:
        raise MistakeError(f"{file}: {which} lacks {', '.join(missing)}")
    if test["channel"] not in table.channels:
        raise MistakeError(f"{file}: {which} is of {test['channel']}, for which the history has no spend column")
    start, end = (_day(file, f"{which}, {key}", test[key]) for key in ("start", "end"))
    inside = [at for at, day in enumerate(table.dates) if start <= day <= end]
    if not inside:
        raise MistakeError(f"{file}: {which}, {start} to {end}, has no date of the history")
    first, last = table.dates[0], table.dates[-1] + timedelta(days=STEP[freq] - 1)
    if start < first or end > last:
        raise MistakeError(f"{file}: {which}, {start} to {end}, reaches beyond the history, {first} to {last}")
    error = _number(file, f"standard_error of {which}", test["standard_error"])
    if error <= 0:
        raise MistakeError(f"{file}: standard_error of {which} is {error:g}; it must be above 0")
    outcome = _number(file, f"outcome of {which}", test["outcome"])
    return Experiment(table.channels.index(test["channel"]), inside[0], inside[-1], outcome, error)


def _day(file: Path, what: str, value: Any) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise MistakeError(f"{file}: {what} is no date (2026-06-30): {value}") from None


def _whole(file: Path, what: str, value: Any, least: int) -> int:
    number = _number(file, what, value)
    if number != int(number) or not least <= number <= LONGEST:
        raise MistakeError(f"{file}: {what} is {value}; it must be a whole number of periods, {least} to {LONGEST}")
    return int(number)


def _number(file: Path, what: str, value: Any) -> float:
    try:
        if not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value):
            return float(value)
    except OverflowError:
        raise MistakeError(f"{file}: {what} is too large to reckon with") from None
    raise MistakeError(f"{file}: {what} is not a number: {value!r}")


def answer(asked: Question, known: History, plan: Plan, seconds: float) -> dict[str, Any]:
    """The plan as DESIGN.md fixes it."""
    names = known.channels
    curves = zip(plan.curves.money, plan.curves.brings.mean(axis=0), strict=True)
    return {
        "allocation": dict(zip(names, plan.allocation.tolist(), strict=True)),
        "response": float(plan.response.sum(axis=1).mean()),
        "response_interval": interval(plan.response.sum(axis=1)),
        "lift": float(plan.lift.mean()),
        "lift_interval": interval(plan.lift),
        "contribution": dict(zip(names, plan.contribution.mean(axis=0).tolist(), strict=True)),
        "contribution_interval": {name: interval(plan.contribution[:, at]) for at, name in enumerate(names)},
        "curves": {name: np.column_stack(each).tolist() for name, each in zip(names, curves, strict=True)},
        "outliers": [known.first_day(week).isoformat() for week in plan.outliers],
        "refused": len(plan.refused) == len(names),
        "refused_channels": {names[channel]: reason for channel, reason in plan.refused.items()},
        "reasons": dict(zip(names, reasons(known, asked, plan), strict=True)),
        "seconds": round(seconds, 3),
    }
