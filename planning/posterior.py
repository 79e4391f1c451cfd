"""The density of everything unknown, given a history: its logarithm and gradient, for many points at once.

The unseen demand that spend does not follow is integrated out together with the noise: in the cosine basis both are
independent, with the variance of their spectra (Whittle's approximation; Strang: The Discrete Cosine Transform, 1999).
"""

import numpy as np
from scipy.fft import dct
from scipy.special import expit

from planning.model import POWER, Evidence, Model, Parameters, parameters
from planning.response import DECAY_LOGITS, Floats, decay_place

_TINY = 1e-9
CLEAR = 2.0  # times its error
_STEP = DECAY_LOGITS[1] - DECAY_LOGITS[0]


def log_stocks(table: Floats, channel: np.ndarray, decay_logit: Floats) -> tuple[Floats, Floats]:
    """Log stocks (B, K, W) of K rows of a table (K', decays, W), and their slope by the decay's logit."""
    below, along = decay_place(decay_logit)
    low, high = table[channel, below], table[channel, below + 1]
    slope = high - low
    return low + along[..., None] * slope, slope / _STEP


def log_density(model: Model, points: Floats) -> tuple[Floats, Floats]:
    """Log density (B,), but for a constant, and its gradient (B, D) at points (B, D)."""
    count, prior, at = model.channels, model.prior, parameters(model, points)
    size = np.exp(at.log_contribution)[..., None]
    slope = np.exp(at.log_slope)[..., None]
    stock, stock_by_decay = log_stocks(model.log_stock, np.arange(count), at.decay_logit)
    distance = stock - at.log_half[..., None]
    raised = expit(slope * distance)
    mean = raised.mean(axis=-1, keepdims=True) + _TINY
    shape = raised / mean

    residual = model.outcome - (size * shape).sum(axis=1) - at.coefficients @ model.columns.T
    residual = residual - at.follow @ model.followed.T
    value, pull, by_spectrum = _noise_density(at, residual)
    value = value - 0.5 * (points**2).sum(axis=1)

    # what a step of `raised` changes: directly, and through its mean
    weeks = len(model.outcome)
    explained = (pull[:, None, :] * shape).sum(axis=-1, keepdims=True)
    by_size = size[..., 0] * explained[..., 0]
    by_raised = size / mean * (pull[:, None, :] - explained / weeks)
    by_index = by_raised * raised * (1 - raised)
    by_slope = (by_index * distance).sum(axis=-1)
    by_half = by_index.sum(axis=-1)
    by_decay = (by_index * stock_by_decay).sum(axis=-1)
    if len(model.evidence.channel):
        told, *parts = _evidence_density(model, at, stock_by_decay, distance, raised, mean)
        tested = np.eye(count)[model.evidence.channel]
        value = value + told
        for by, part in zip((by_size, by_slope, by_half, by_decay), parts, strict=True):
            by += part @ tested
    gradient = -points
    gradient[:, :count] += prior.log_return * by_size
    gradient[:, count : 2 * count] += prior.decay_logit[1] * slope[..., 0] * by_decay
    gradient[:, 2 * count : 3 * count] -= prior.log_half[1] * slope[..., 0] * by_half
    gradient[:, 3 * count : 4 * count] += prior.log_slope[1] * slope[..., 0] * by_slope
    by_follow = pull @ model.followed
    gradient[:, 4 * count : 5 * count] += prior.follow * np.exp(at.log_follow)[:, None] * by_follow
    gradient[:, 5 * count] += prior.log_media[1] * by_size.sum(axis=1)
    spreads = (prior.log_noise[1], prior.log_drift[1], prior.drift_logit[1])
    for place, (spread, by) in enumerate(zip(spreads, by_spectrum, strict=True), start=5 * count + 1):
        gradient[:, place] += spread * by
    by_log_follow = (by_follow * at.follow).sum(axis=1)
    gradient[:, 5 * count + 2] += POWER * prior.log_drift[1] * by_log_follow
    gradient[:, 5 * count + 4] += prior.log_follow[1] * by_log_follow
    apart = model.log_spend - np.exp(at.log_share) @ model.log_spend[:, None]
    gradient[:, 5 * count + 5] += prior.elasticity[1] * (by_size * apart).sum(axis=1)
    gradient[:, 5 * count + 6 :] += model.column_spread * (pull @ model.columns)
    return value, gradient


def _noise_density(at: Parameters, residual: Floats) -> tuple[Floats, Floats, tuple[Floats, Floats, Floats]]:
    """Of noise plus drift: log density (B,), its gradient by the fit (B, W), and by the three parameters (B,)."""
    weeks = residual.shape[-1]
    cosine = np.cos(np.pi * np.arange(weeks) / weeks)
    noise, drift = np.exp(2 * at.log_noise)[:, None], np.exp(2 * at.log_drift)[:, None]
    stay = expit(at.drift_logit)[:, None]
    below = 1 - 2 * stay * cosine + stay**2
    colour = (1 - stay**2) / below
    variance = noise + drift * colour
    turned = dct(residual, type=2, norm="ortho", axis=-1)
    value = -0.5 * (turned**2 / variance + np.log(variance)).sum(axis=-1)
    pull = dct(turned / variance, type=3, norm="ortho", axis=-1)
    by_variance = 0.5 * (turned**2 / variance - 1) / variance
    colour_by_stay = (-2 * stay * below - (1 - stay**2) * (2 * stay - 2 * cosine)) / below**2
    return (
        value,
        pull,
        (
            (by_variance * 2 * noise).sum(axis=-1),
            (by_variance * 2 * drift * colour).sum(axis=-1),
            (by_variance * drift * colour_by_stay * stay * (1 - stay)).sum(axis=-1),
        ),
    )


def _evidence_density(
    model: Model, at: Parameters, stock_by_decay: Floats, distance: Floats, raised: Floats, mean: Floats
) -> list[Floats]:
    """Of the experiments: log density (B,), and its gradients (B, E) by log size, and by index as in log_density."""
    evidence, channel = model.evidence, model.evidence.channel
    stock, by_decay_without = log_stocks(
        evidence.log_stock_without, np.arange(len(channel)), at.decay_logit[:, channel]
    )
    apart = stock - at.log_half[:, channel, None]
    without = expit(np.exp(at.log_slope)[:, channel, None] * apart)
    mean = mean[:, channel, 0]
    scale = np.exp(at.log_contribution)[:, channel] / mean
    caused = scale * (raised[:, channel] - without).sum(axis=-1)
    miss, per_change = _missed(evidence, caused)
    own = (scale - caused / (mean * raised.shape[-1]))[..., None] * (raised * (1 - raised))[:, channel]
    other = scale[..., None] * without * (1 - without)
    changes = (
        caused,
        (own * distance[:, channel] - other * apart).sum(axis=-1),
        (own - other).sum(axis=-1),
        (own * stock_by_decay[:, channel] - other * by_decay_without).sum(axis=-1),
    )
    return [-0.5 * (miss**2).sum(axis=-1), *(miss * per_change * change for change in changes)]


def _missed(evidence: Evidence, caused: Floats) -> tuple[Floats, Floats]:
    """How far what is caused (B, E) falls short of what the experiments found, in errors, and its slope.

    Where an experiment found CLEAR times its error, the error is taken as a share of what was caused, so on logarithms
    (as Meridian does: ROI priors and calibration, Google 2024): else large effects, which are measured with large
    errors, would be drawn towards what is believed of all channels more than small ones.
    """
    is_clear = evidence.outcome > CLEAR * evidence.error
    found = np.where(is_clear, evidence.outcome, 1.0)
    share = np.where(is_clear, evidence.error / found, 1.0)
    caused = caused + _TINY
    miss = np.where(is_clear, np.log(found / caused) / share, (evidence.outcome - caused) / evidence.error)
    return miss, np.where(is_clear, 1 / (share * caused), 1 / evidence.error)
