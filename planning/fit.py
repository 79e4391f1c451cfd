"""From a history to draws of what its channels do."""

from dataclasses import dataclass

import numpy as np

from planning.history import Experiment, History, Ints
from planning.model import Evidence, Model, Prior
from planning.outliers import without_outliers
from planning.posterior import log_density
from planning.response import DECAYS, Floats, default_decay_logit, log_relative, stock_scales, tabulate_stocks, weekly
from planning.sampling import sample

YEAR = 365.25
CALENDAR = 8  # columns of the baseline that are the calendar's: level, trend, waves
SMOOTH = 0.4  # demand moves slowly: weight of a week against the next nearer one
DRAWS = 320  # kept of those taken


@dataclass(frozen=True)
class Fit:
    """`points` (draws, D) of a model, whose unit is `mean_outcome`; `outliers` are the weeks (K,) that stand out."""

    model: Model
    points: Floats
    mean_outcome: float
    outliers: Ints

    @property
    def weeks(self) -> int:
        """W."""
        return len(self.model.outcome)


def fit(history: History, seed: int = 0) -> Fit:
    """Draws from what is believed after the history; the same input and seed give the same draws."""
    model, mean = build(history)
    model, outliers = without_outliers(model)
    draws = sample(lambda points: log_density(model, points), model.size, np.random.default_rng(seed))
    flat = draws.reshape(-1, model.size)
    return Fit(model, flat[:: max(1, len(flat) // DRAWS)], mean, outliers)


def build(history: History) -> tuple[Model, float]:
    """The model of a history, and the mean outcome of its periods, which is the unit of the model's outcome."""
    skip, per_week = history.skipped, history.per_week
    outcome = weekly(history.outcome[skip:], per_week)
    mean = float(outcome.mean()) or 1.0
    tables = [tabulate_stocks(history.spend[:, channel], per_week, skip) for channel in range(len(history.channels))]
    scales = [stock_scales(table) for table in tables]
    columns, centre, spread = _baseline(history)
    spent = np.maximum(history.spend[skip:].sum(axis=0), 1e-9 * max(history.spend.sum(), 1.0))
    return (
        Model(
            outcome=outcome / mean,
            log_stock=np.stack([log_relative(*each) for each in zip(tables, scales, strict=True)]),
            stock_scale=np.stack(scales),
            followed=_followed(weekly(history.spend[skip:], per_week), columns[:, :CALENDAR]),
            columns=columns,
            column_mean=centre,
            column_spread=spread,
            log_spend=np.log(spent / spent.sum()),
            prior=Prior((default_decay_logit(per_week), 1.0)),
            evidence=_evidence(history, scales, mean),
        ),
        mean,
    )


def _baseline(history: History) -> tuple[Floats, Floats, Floats]:
    """Columns (W, X) of level, trend, three waves of a year and the events, with their prior means and spreads (X,)."""
    weeks = history.weeks
    days = history.day + 7 * np.arange(weeks)
    year = 2 * np.pi * days / YEAR
    columns = [np.ones(weeks), np.linspace(-1, 1, weeks)]
    columns += [wave(times * year) for times in (1, 2, 3) for wave in (np.sin, np.cos)]
    spread = [0.3, 0.2, 0.15, 0.15, 0.07, 0.07, 0.04, 0.04]
    for event in weekly(history.events[history.skipped :], history.per_week).T:
        if event.std() > 0:
            columns.append((event - event.mean()) / event.std())
            spread.append(0.1)
    centre = np.zeros(len(columns))
    centre[0] = 0.67
    return np.column_stack(columns), centre, np.array(spread)


def _followed(spend: Floats, calendar: Floats) -> Floats:
    """What each channel's spend tells of demand that no column shows (W, C), so that their sum has variance 1.

    Who plans budgets sees that demand, and follows it. If log spend is demand plus what is the channel's own, the best
    weights of the channels are the inverse of the latter's variance (Bartlett's factor scores, 1937); as a column of
    the baseline their sum is a control function (Wooldridge: Control Function Methods in Applied Econometrics, 2015).
    """
    log = np.log(spend + 0.1 * spend.mean(axis=0) + 1e-12)
    smooth = _smoothed(log - calendar @ np.linalg.lstsq(calendar, log, rcond=None)[0])
    told = smooth / (smooth.var(axis=0) + 0.05**2)
    return told / (told.sum(axis=1).std() or 1.0)


def _smoothed(values: Floats) -> Floats:
    """Means (W, C) over the weeks before and after, each farther one counting SMOOTH of the one before it."""
    apart = np.abs(np.subtract.outer(np.arange(len(values)), np.arange(len(values))))
    weight = SMOOTH**apart
    return weight @ values / weight.sum(axis=1, keepdims=True)


def _evidence(history: History, scales: list[Floats], mean: float) -> Evidence:
    """The experiments, in the model's units."""
    tests = history.experiments
    without = [_log_stock_without(history, test, scales[test.channel]) for test in tests]
    per_week = mean * history.per_week
    return Evidence(
        channel=np.array([test.channel for test in tests], dtype=np.int64),
        log_stock_without=np.stack(without) if without else np.empty((0, len(DECAYS), history.weeks)),
        outcome=np.array([test.outcome for test in tests]) / per_week,
        error=np.array([test.standard_error for test in tests]) / per_week,
    )


def _log_stock_without(history: History, test: Experiment, scale: Floats) -> Floats:
    spend = history.spend[:, test.channel].copy()
    spend[test.start : test.end + 1] = 0
    return log_relative(tabulate_stocks(spend, history.per_week, history.skipped), scale)
