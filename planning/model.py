"""What is unknown, what is believed of it before data, and what a point means.

outcome of a week / mean outcome = baseline + events + Σ channels + unseen demand + noise. A channel's effect is its
mean contribution times Hill(adstock) over the mean of that, so that how much and which shape are told apart. The unseen
demand is smooth (autoregressive); a part of it goes along with what is spent.

A point is a vector of D standard normal coordinates, so the prior is one and the same for all; `parameters` says where
which one is and what a unit of it means.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import log_softmax

from planning.response import Floats

_FAR = 7.0
POWER = 2.0  # of the demand that spend does not follow, with which that grows which it does


@dataclass(frozen=True)
class Prior:
    """Centre and spread of what is believed before data; contributions are relative to the mean outcome of a week.

    In nineteen companies of twenty: a channel is half saturated at 0.4 to 3 times its mean stock, with a slope of 0.8
    to 2.3; all channels bring 15 to 70 % of the outcome; one brings 0.3 to 3.4 times what its spend to the power of the
    elasticity, 0.2 to 1.4, lets expect.
    """

    decay_logit: tuple[float, float]
    log_half: tuple[float, float] = (0.1, 0.5)
    log_slope: tuple[float, float] = (0.3, 0.28)
    log_media: tuple[float, float] = (-1.1, 0.4)  # of what all channels together contribute
    elasticity: tuple[float, float] = (0.8, 0.3)  # between channels, of contribution to spend
    log_return: float = 0.62  # spread of a channel's contribution around that
    log_noise: tuple[float, float] = (-3.3, 0.6)
    log_drift: tuple[float, float] = (-3.5, 1.0)  # of the demand that nobody sees and spend does not follow
    drift_logit: tuple[float, float] = (1.9, 0.7)
    log_follow: tuple[float, float] = (-3.3, 0.7)  # of the demand that spend does follow, at the centre of log_drift
    follow: float = 0.5  # how much channels differ in it


@dataclass(frozen=True)
class Evidence:
    """E experiments: their channel (E,), the weeks' log stocks without the tested spend (E, decays, W), outcome and
    error (E,) relative to the mean outcome of a week."""

    channel: np.ndarray
    log_stock_without: Floats
    outcome: Floats
    error: Floats


@dataclass(frozen=True)
class Model:
    """W weeks, C channels, X columns of baseline: outcome (W,) of mean 1; log_stock (C, decays, W), relative to
    stock_scale (C, decays); followed (W, C), what each channel's spend tells of unseen demand;
    columns (W, X) and column_spread (X,) prior standard deviations; column_mean (X,); log_spend (C,), of all spend."""

    outcome: Floats
    log_stock: Floats
    stock_scale: Floats
    followed: Floats
    columns: Floats
    column_mean: Floats
    column_spread: Floats
    log_spend: Floats
    prior: Prior
    evidence: Evidence

    @property
    def channels(self) -> int:
        """C."""
        return len(self.log_spend)

    @property
    def size(self) -> int:
        """D: five per channel, what all have in common (contribution, elasticity, following), three of noise and drift,
        columns."""
        return 5 * self.channels + 6 + self.columns.shape[1]


@dataclass(frozen=True)
class Parameters:
    """Points (B, D) in their own units: (B, C) each, (B,) for noise and drift, (B, X) for the columns."""

    log_share: Floats
    log_contribution: Floats
    decay_logit: Floats
    log_half: Floats
    log_slope: Floats
    log_noise: Floats
    log_drift: Floats
    drift_logit: Floats
    log_follow: Floats
    follow: Floats
    coefficients: Floats


def parameters(model: Model, points: Floats) -> Parameters:
    """What points (B, D) mean; a coordinate beyond _FAR, where the prior lets nothing come, counts as that."""
    points = np.clip(points, -_FAR, _FAR)
    count, prior = model.channels, model.prior
    returns, decay, half, slope, follow = (points[:, at * count : (at + 1) * count] for at in range(5))
    media, noise, drift, persistence, common, elasticity = (points[:, 5 * count + at] for at in range(6))
    log_drift = prior.log_drift[0] + prior.log_drift[1] * drift
    log_follow = prior.log_follow[0] + POWER * prior.log_drift[1] * drift + prior.log_follow[1] * common
    log_media = prior.log_media[0] + prior.log_media[1] * media
    log_share = log_softmax((prior.elasticity[0] + prior.elasticity[1] * elasticity)[:, None] * model.log_spend, axis=1)
    return Parameters(
        log_share=log_share,
        log_contribution=log_share + log_media[:, None] + prior.log_return * returns,
        decay_logit=prior.decay_logit[0] + prior.decay_logit[1] * decay,
        log_half=prior.log_half[0] + prior.log_half[1] * half,
        log_slope=prior.log_slope[0] + prior.log_slope[1] * slope,
        log_noise=prior.log_noise[0] + prior.log_noise[1] * noise,
        log_drift=log_drift,
        drift_logit=prior.drift_logit[0] + prior.drift_logit[1] * persistence,
        log_follow=log_follow,
        follow=np.exp(log_follow)[:, None] * (1 + prior.follow * follow),
        coefficients=model.column_mean + model.column_spread * points[:, 5 * count + 6 :],
    )
