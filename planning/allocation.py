"""The split of a budget: the optimum of what is expected, held back where the draws say that it may do harm.

Expected response is a sum of one curve per channel, so its optimum over steps of the budget is found exactly by dynamic
programming, S-shaped curves included (Bellman, 1957). The step there from today's split is shortened until a loss is
unlikely.
"""

import numpy as np

from planning.money import Returns
from planning.response import Floats

STEPS = 400  # of the money that the bounds leave open
LOSS, CHANCE = 0.01, 0.10  # a proposal may lose over LOSS of today's response with at most this chance


def best_expected(returns: Returns, budget: float) -> Floats:
    """The split (C,) with the highest mean response, in steps of 1/STEPS of what the ends of the grid leave open."""
    low, high = returns.money[:, 0], returns.money[:, -1]
    step = (budget - low.sum()) / STEPS
    if step <= 0:
        return low
    mean, best, choices = returns.brings.mean(axis=0), np.full(STEPS + 1, -np.inf), []
    best[0] = 0.0
    for channel in range(len(low)):
        most = min(STEPS, int((high[channel] - low[channel]) / step + 1e-9))
        taken = np.arange(most + 1)
        brings = np.interp(low[channel] + step * taken, returns.money[channel], mean[channel])
        before = np.subtract.outer(np.arange(STEPS + 1), taken)
        total = np.where(before >= 0, best[np.maximum(before, 0)] + brings, -np.inf)
        choices.append(total.argmax(axis=1))
        best = total.max(axis=1)
    left, split = int(np.flatnonzero(np.isfinite(best))[-1]), low.copy()
    for channel in reversed(range(len(low))):
        split[channel] += step * choices[channel][left]
        left -= choices[channel][left]
    return fit_to_budget(split, low, high, budget)


def fit_to_budget(split: Floats, low: Floats, high: Floats, budget: float) -> Floats:
    """The split (C,) within bounds that sums to the budget and is nearest: all move by the room they have."""
    split = np.clip(split, low, high)
    missing = budget - split.sum()
    room = high - split if missing > 0 else split - low
    return split if room.sum() <= 0 else split + missing * room / room.sum()


def propose(returns: Returns, current: Floats, budget: float) -> Floats:
    """The split (C,) to recommend instead of `current` (C,), which keeps to the bounds and the budget: the longest step
    towards the best expected in which a loss is unlikely; `current` where there is no such step."""
    today = returns.at(current)[0].sum(axis=1)
    best = best_expected(returns, budget)
    for length in np.linspace(1, 0.05, 20):
        split = current + length * (best - current)
        lift = returns.at(split)[0].sum(axis=1) - today
        if (lift < -LOSS * today).mean() <= CHANCE and lift.mean() > 0:
            return split
    return current
