"""What a channel's money over the horizon brings: a table per draw, on a grid of money."""

from dataclasses import dataclass

import numpy as np

from planning.model import Model, parameters
from planning.posterior import log_stocks
from planning.response import DECAYS, Floats, adstock, decay_place, hill, log_shift

POINTS = 41  # of the grid of money, per channel


@dataclass(frozen=True)
class Horizon:
    """`shares` (H,) of the money per period, sum 1, and how many periods after it still count."""

    shares: Floats
    tail: int


@dataclass(frozen=True)
class Returns:
    """`money` (C, M), evenly spaced, and what it brings (draws, C, M) beyond what earlier spend still does."""

    money: Floats
    brings: Floats

    def at(self, split: Floats) -> tuple[Floats, Floats]:
        """What a split (C,) brings (draws, C), in straight lines between the grid's points, and its slopes."""
        step = (self.money[:, -1] - self.money[:, 0]) / (self.money.shape[1] - 1)
        place = np.clip((split - self.money[:, 0]) / step, 0, self.money.shape[1] - 1 - 1e-9)
        below, channel = place.astype(int), np.arange(len(split))
        low, high = self.brings[:, channel, below], self.brings[:, channel, below + 1]
        return low + (high - low) * (place - below), (high - low) / step


def tabulate(
    model: Model, points: Floats, spend: Floats, mean_outcome: float, horizon: Horizon, money: Floats
) -> Floats:
    """What each channel's money (C, M) brings (draws, C, M), for draws `points` (draws, D).

    `spend` (T, C) is the history per period; mean_outcome, per period, gives the scale of the model's outcome.
    """
    at = parameters(model, points)
    brings = np.empty((len(points), *money.shape))
    for channel in range(model.channels):
        own = [channel]
        decay_logit, log_half = at.decay_logit[:, channel], at.log_half[:, own]
        slope = np.exp(at.log_slope[:, own])
        stock, _ = log_stocks(model.log_stock[own], np.array([0]), decay_logit[:, None])
        in_history = hill(stock[:, 0], log_half, slope).mean(axis=1)
        effect = np.exp(at.log_contribution[:, channel]) * mean_outcome / in_history
        shape = _Shape(log_half, slope, _on_decays(model.stock_scale[channel], decay_logit)[:, None])
        last = adstock(spend[:, channel], DECAYS)[-1]
        carried, unit = _future(decay_logit, _on_decays(last, decay_logit), horizon)
        before = shape(carried)
        for place, amount in enumerate(money[channel]):
            brings[:, channel, place] = effect * (shape(carried + amount * unit) - before)
    return brings


@dataclass(frozen=True)
class _Shape:
    log_half: Floats
    slope: Floats
    scale: Floats

    def __call__(self, stock: Floats) -> Floats:
        """Saturation (draws,) summed over the periods of stocks (draws, periods)."""
        return hill(log_shift(stock / self.scale), self.log_half, self.slope).sum(axis=1)


def _on_decays(values: Floats, decay_logit: Floats) -> Floats:
    """Values (draws,) tabulated for DECAYS (decays,), at decays in between."""
    below, along = decay_place(decay_logit)
    return values[below] * (1 - along) + values[below + 1] * along


def _future(decay_logit: Floats, last: Floats, horizon: Horizon) -> tuple[Floats, Floats]:
    """Stocks (draws, H + tail) left of the past, and those of one unit of money spent over the horizon."""
    decay = 1 / (1 + np.exp(-decay_logit))
    spend = np.concatenate([horizon.shares, np.zeros(horizon.tail)])
    unit = np.empty((len(decay), len(spend)))
    stock = np.zeros(len(decay))
    for period, share in enumerate(spend):
        stock = unit[:, period] = share + decay * stock
    return last[:, None] * decay[:, None] ** np.arange(1, len(spend) + 1), unit
