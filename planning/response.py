"""What spend brings: geometric adstock, then Hill saturation (Jin et al.: Bayesian Methods for Media Mix Modeling with
Carryover and Shape Effects, Google 2017).

Periods are the steps of the history (days or weeks); the model looks at weeks, `per_week` periods each. The stock of a
week is the mean of its periods' adstocks, so a daily history keeps its daily carry-over.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

Floats = NDArray[np.float64]

DECAY_LOGITS = np.linspace(-4.0, 5.0, 181)  # the decays for which stocks are tabulated: 0.018 to 0.993
DECAYS = 1 / (1 + np.exp(-DECAY_LOGITS))
_TRACE = 1e-6  # of a channel's mean stock: what stands for none, so that its logarithm exists


def adstock(spend: Floats, decay: float | Floats, carried: float = 0.0) -> Floats:
    """Stock of each period, (T,), or (T, K) for decays (K,): its spend plus `decay` times the stock before; `carried`
    is that before the first."""
    stock = np.empty((len(spend), *np.shape(decay)))
    left = np.full(np.shape(decay), carried)
    for period, amount in enumerate(spend):
        left = stock[period] = amount + decay * left
    return stock


def hill(log_stock: Floats, log_half: Floats, slope: Floats) -> Floats:
    """Saturation from 0 to 1: stock^slope / (stock^slope + half^slope), all of one broadcast shape."""
    return 1 / (1 + np.exp(slope * (log_half - log_stock)))


def weekly(values: Floats, per_week: int) -> Floats:
    """Means of each week (W, …) of values per period (W * per_week, …)."""
    return values.reshape(len(values) // per_week, per_week, *values.shape[1:]).mean(axis=1)


def tabulate_stocks(spend: Floats, per_week: int, skip: int = 0) -> Floats:
    """Stocks of each week (decays, W) of one channel's spend (skip + W * per_week,) for each of DECAYS.

    `skip` periods before the first week are carried over, but are in no week.
    """
    return weekly(adstock(spend, DECAYS)[skip:], per_week).T


def stock_scales(stocks: Floats) -> Floats:
    """The mean stock for each decay (decays,), in which half-saturation is counted; 1 where there never was any."""
    means = stocks.mean(axis=-1)
    return np.where(means > 0, means, 1.0)


def log_relative(stocks: Floats, scales: Floats) -> Floats:
    """Logarithms of stocks (decays, W) as multiples of `scales` (decays,); no stock counts as a millionth."""
    return log_shift(stocks / scales[:, None])


def log_shift(relative: Floats) -> Floats:
    """Logarithm of a stock relative to the channel's mean."""
    return np.log(relative + _TRACE)


def decay_place(decay_logit: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Where decays lie in DECAYS: the index below, and how far to the next (0 to 1)."""
    step = DECAY_LOGITS[1] - DECAY_LOGITS[0]
    place = np.clip((decay_logit - DECAY_LOGITS[0]) / step, 0, len(DECAY_LOGITS) - 1 - 1e-9)
    below = place.astype(np.int64)
    return below, place - below


def default_decay_logit(per_week: int) -> float:
    """The centre of what is believed of a decay before data: half a week ago's stock is left, or 0.8 of yesterday's."""
    return float(logit(0.45 if per_week == 1 else 0.75))
