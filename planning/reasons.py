"""Why each channel's line is as it is, in words a manager understands."""

import numpy as np

from planning.history import History, Question
from planning.plan import Plan
from planning.response import Floats

MOVED = 0.005  # of a channel's money: less is not worth a word
SATURATED = 0.6  # share of what the channel could bring at the very most


def reasons(history: History, question: Question, plan: Plan, share: str = "") -> list[str]:
    """One text per channel (C,); `share` says what the question's current split is, where it is not today's money."""
    unit = next_unit(question)
    marginal = marginals(plan, question.current, unit)
    while marginal.max() < 1 and unit < question.budget / 10:  # nobody thinks in tenths of an SQL
        unit *= 10
        marginal = marginals(plan, question.current, unit)
    channels = range(len(history.channels))
    return [_reason(channel, history, question, plan, marginal, unit, share) for channel in channels]


def next_unit(question: Question) -> float:
    """A round sum, a tenth of a mean channel's money or less: what `the next 1,000` means."""
    return float(10 ** np.floor(np.log10(max(question.budget / len(question.current) / 10, 1e-9))))


def marginals(plan: Plan, split: Floats, unit: float) -> Floats:
    """What the next `unit` of money is expected to bring in each channel (C,) on top of a split; where the curve ends,
    what the last one brings."""
    ends = plan.curves.money[:, -1]
    step = np.maximum(unit, ends / 20)
    above = np.minimum(split + step, ends)
    below = np.maximum(above - step, 0)
    brings = plan.curves.at(above)[0] - plan.curves.at(below)[0]
    return brings.mean(axis=0) * unit / np.maximum(above - below, 1e-12)


def saturation(plan: Plan, split: Floats) -> Floats:
    """How far the last money of a split (C,) falls short of the best (C,): 0 not at all, 1 it brings nothing."""
    brings = plan.curves.brings.mean(axis=0)
    steep = np.max(np.diff(brings, axis=1) / np.diff(plan.curves.money, axis=1), axis=1)
    _, slope = plan.curves.at(split)
    return np.clip(1 - slope.mean(axis=0) / np.maximum(steep, 1e-12), 0, 1)


def _reason(
    channel: int, history: History, question: Question, plan: Plan, marginal: Floats, unit: float, share: str
) -> str:
    name, current, proposed = history.channels[channel], question.current[channel], plan.allocation[channel]
    if channel in plan.refused:
        forced = "" if abs(proposed - current) <= MOVED * current else " but for what the bounds or the total force"
        return f"{name} keeps its {share or 'money'}{forced}: {plan.refused[channel]}"
    evidence = "a lift test" if any(test.channel == channel for test in history.experiments) else "its history alone"
    change = proposed - current
    worth = f"the next {_money(unit)} brings {_money(marginal[channel])}"
    if abs(change) <= MOVED * max(current, unit):
        return f"{name}: {worth}; no move is sure enough to be worth it; kept; known from {evidence}"
    other = _other(plan, question, marginal, channel, change)
    beside = f", {history.channels[other]}'s brings {_money(marginal[other])}" if other is not None else ""
    is_past = saturation(plan, question.current)[channel] > SATURATED
    state = "not saturated:" if not is_past else "past saturation, yet" if change > 0 else "past saturation:"
    moved = f"{change / current:+.0%}" if current > 0 else f"{_money(change)} from nothing"
    moved += f" from its {share}" if share else ""
    limit = _limit(channel, history, question, plan)
    return f"{name} is {state} {worth}{beside}; moved {moved}{limit}; known from {evidence}"


def _other(plan: Plan, question: Question, marginal: Floats, channel: int, change: float) -> int | None:
    """The channel that moves most the other way."""
    moves = -np.sign(change) * (plan.allocation - question.current)
    moves[channel] = 0
    return int(moves.argmax()) if moves.max() > 0 else None


def _limit(channel: int, history: History, question: Question, plan: Plan) -> str:
    money = plan.allocation[channel]
    near = 1e-4 * question.budget
    if abs(money - question.low[channel]) < near or abs(money - question.high[channel]) < near:
        return ", as far as its bounds allow"
    if money * question.flighting.max() > history.spend[:, channel].max():
        return ", which is more per period than was ever spent on it"
    return ""


def _money(amount: float) -> str:
    """A sum to three figures, thousands apart."""
    if amount == 0:
        return "0"
    places = max(0, 2 - int(np.floor(np.log10(abs(amount)))))
    return f"{round(amount, min(places, 4)):,.{min(places, 4) if abs(amount) < 100 else 0}f}"
