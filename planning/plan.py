"""A budget's plan: fit the history, say what channels do, propose a split, and say how sure and why."""

from dataclasses import dataclass

import numpy as np

from planning.allocation import fit_to_budget, propose
from planning.fit import Fit, fit
from planning.history import History, Ints, Question
from planning.model import parameters
from planning.money import POINTS, Horizon, Returns, tabulate
from planning.refusal import refused
from planning.response import Floats

INTERVAL = (0.05, 0.95)  # 90 %
BEYOND = 1.5  # times the highest spend ever of a period, up to which a channel may be raised
# How much what a channel brings may change over the horizon: unseen demand over what all channels bring, times CHANGE.
CHANGE = 2.5
LEAST_CHANGE, MOST_CHANGE = 0.1, 0.4


@dataclass(frozen=True)
class Plan:
    """What is proposed for C channels. Draws are of one posterior, so that they can be compared; curves hold `money`
    (C, M) over the horizon from nothing to above the most that is allowed, and `brings` (draws, C, M). `outliers` are
    the weeks (K,) of the history that stand out and were not learnt from."""

    allocation: Floats
    response: Floats
    today: Floats
    contribution: Floats
    curves: Returns
    refused: dict[int, str]
    outliers: Ints

    @property
    def lift(self) -> Floats:
        """Response of the allocation less that of today's split (draws,)."""
        return (self.response - self.today).sum(axis=1)


def plan(history: History, question: Question, seed: int = 0) -> Plan:
    """The plan for a question; the same input and seed give the same plan. The history has two whole weeks or more."""
    return plan_with(fit(history, seed), history, question)


def plan_with(fitted: Fit, history: History, question: Question) -> Plan:
    """The plan for one of several questions to a history that is fitted already."""
    held = refused(history)
    low, high = open_bounds(history, question, held)
    proposed = _split(history, question, fitted, low, high)
    most = np.maximum(question.high, question.current) * 1.0
    most = np.maximum(np.minimum(most, 2 * np.maximum(question.current, high)), 1e-6)
    curves = _returns(history, question, fitted, np.zeros_like(most), most)
    exact = _at(history, question, fitted, np.stack([proposed, question.current], axis=1))
    contribution = _contributions(history, fitted)
    return Plan(proposed, exact[:, :, 0], exact[:, :, 1], contribution, curves, held, fitted.outliers)


def _split(history: History, question: Question, fitted: Fit, low: Floats, high: Floats) -> Floats:
    current = fit_to_budget(question.current, low, high, question.budget)
    if not (high > low).sum() > 1:
        return current
    return propose(_returns(history, question, fitted, low, high), current, question.budget)


def open_bounds(history: History, question: Question, held: dict[int, str]) -> tuple[Floats, Floats]:
    """Bounds (C,), (C,) that also hold refused channels to their money and others to what is near what was ever spent;
    where those cannot meet the budget, the question's own."""
    ever = history.spend.max(axis=0) * BEYOND / question.flighting.max()
    high = np.clip(ever, np.maximum(question.current, question.low), question.high)
    low = question.low.copy()
    for channel in held:
        low[channel] = high[channel] = np.clip(question.current[channel], question.low[channel], question.high[channel])
    tolerance = 1e-9 * question.budget
    if low.sum() > question.budget + tolerance:
        return question.low, high
    if high.sum() < question.budget - tolerance:
        return low, question.high
    return low, high


def _returns(history: History, question: Question, fitted: Fit, low: Floats, high: Floats) -> Returns:
    money = np.linspace(low, np.maximum(high, low + 1e-9 * question.budget), POINTS, axis=1)
    return Returns(money, _at(history, question, fitted, money))


def _at(history: History, question: Question, fitted: Fit, money: Floats) -> Floats:
    horizon = Horizon(question.flighting, question.tail)
    brings = tabulate(fitted.model, fitted.points, history.spend, fitted.mean_outcome, horizon, money)
    return brings * _changes(fitted)[:, :, None]


def _changes(fitted: Fit) -> Floats:
    """What each channel will bring of what it brought (draws, C), 1 on average; the same whenever asked.

    Creatives, prices and competition change. How much is told by the past: where much moved the outcome that nobody
    recorded, the same may have moved what channels brought, and will.
    """
    at = parameters(fitted.model, fitted.points)
    unseen = np.sqrt(np.exp(2 * at.log_drift) + np.exp(2 * at.log_follow))
    media = np.exp(at.log_contribution).sum(axis=1)
    spread = np.clip(CHANGE * (unseen / media).mean(), LEAST_CHANGE, MOST_CHANGE)
    changes = np.exp(spread * np.random.default_rng(0).standard_normal(at.log_contribution.shape))
    return changes / changes.mean(axis=0)


def _contributions(history: History, fitted: Fit) -> Floats:
    """What each channel caused over the history (draws, C)."""
    at = parameters(fitted.model, fitted.points)
    return np.exp(at.log_contribution) * fitted.mean_outcome * len(history.outcome)


def interval(draws: Floats) -> list[float]:
    """The 90 % interval of draws (draws,)."""
    return [float(bound) for bound in np.quantile(draws, INTERVAL)]
