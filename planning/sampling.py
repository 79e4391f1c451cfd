"""Draws from a density in coordinates whose prior is standard normal: modes, then many Hamiltonian chains at once.

Chains start around several modes, move on the scale of the curvature there, and take that scale anew from where all of
them have been (Neal: MCMC using Hamiltonian dynamics, 2011; Hoffman and Sountsov: Tuning-free generalized HMC, 2022).
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from scipy.optimize import minimize

from planning.response import Floats

Density = Callable[[Floats], tuple[Floats, Floats]]  # points (B, D) -> log density (B,), gradient (B, D)
State = tuple[Floats, Floats, Floats]  # points (B, D), their log density (B,) and gradient (B, D)
ACCEPTANCE = 0.8
LOST = 4.0  # standard deviations of the log density, which varies as half a chi-squared variable
PATH = 1.5  # length of a trajectory on the scale of the posterior; a quarter of a turn is 1.57


def find_mode(density: Density, start: Floats) -> Floats:
    """The point (D,) of highest density that can be reached by climbing from `start`."""

    def downhill(point: Floats) -> tuple[float, Floats]:
        value, gradient = density(point[None])
        return -float(value[0]), -gradient[0]

    return minimize(downhill, start, jac=True, method="L-BFGS-B", options={"maxiter": 300, "maxcor": 30}).x


def curvature(density: Density, point: Floats) -> Floats:
    """The negative second derivatives (D, D) at a point, by differences of gradients."""
    step = 1e-4 * np.eye(len(point))
    ahead, behind = density(point + step)[1], density(point - step)[1]
    second = -(ahead - behind) / 2e-4
    return (second + second.T) / 2


def _scale(precision: Floats) -> Floats:
    """A matrix S (D, D) with S Sᵀ the covariance; no direction is wider than the prior by more than half."""
    values, vectors = np.linalg.eigh(precision)
    return vectors / np.sqrt(np.maximum(values, 0.5))


def sample(density: Density, size: int, rng: Generator, chains: int = 32, warm_up: int = 48, draws: int = 30) -> Floats:
    """Draws (draws, chains, D) of a density over `size` coordinates; the same generator state gives the same draws."""
    modes = [find_mode(density, start) for start in [np.zeros(size), *rng.standard_normal((3, size))]]
    heights = np.array([density(mode[None])[0][0] for mode in modes])
    best = modes[int(heights.argmax())]
    scale = _scale(curvature(density, best))
    kept = [mode for mode, height in zip(modes, heights, strict=True) if height > heights.max() - 4]
    start = np.stack([kept[chain % len(kept)] for chain in range(chains)])
    # nearer to the modes than draws are: a chain that begins far out in a narrow valley may never leave it
    points = start + 0.5 * rng.standard_normal((chains, size)) @ scale.T
    state: State = (points, *density(points))
    step = 0.25
    seen: list[Floats] = []
    taken: list[Floats] = []
    for turn in range(warm_up + draws):
        if turn in (warm_up // 3, 2 * warm_up // 3):
            recent = np.concatenate(seen[turn // 2 :])
            scale = np.linalg.cholesky(0.9 * np.cov(recent.T) + 0.1 * scale @ scale.T).astype(float)
            state = _rejoined(state, rng)
        length = step * rng.uniform(0.8, 1.2)
        steps = int(np.clip(np.ceil(PATH / length), 1, 12))
        state, accepted = _trajectory(density, state, scale, length, steps, rng)
        if turn < warm_up:
            step = float(np.clip(step * np.exp(0.5 * (accepted - ACCEPTANCE)), 0.02, 1.0))
            seen.append(state[0])
        else:
            taken.append(state[0])
    return np.stack(taken)


def _rejoined(state: State, rng: Generator) -> State:
    """Chains that are lower than draws are likely to be never left where they began: they go on where others are."""
    points, value, _ = state
    lost = value < np.median(value) - LOST * np.sqrt(points.shape[1] / 2)
    at = np.arange(len(value))
    at[lost] = rng.choice(at[~lost], lost.sum())
    points, value, gradient = (each[at] for each in state)
    return points, value, gradient


def _trajectory(
    density: Density, state: State, scale: Floats, length: float, steps: int, rng: Generator
) -> tuple[State, float]:
    """One move of every chain, and the mean chance at which it was accepted."""
    points, value, gradient = state
    momentum = rng.standard_normal(points.shape)
    energy = value - 0.5 * (momentum**2).sum(axis=1)
    place, height, slope = state
    momentum = momentum + 0.5 * length * slope @ scale
    for at in range(steps):
        place = place + length * momentum @ scale.T
        height, slope = density(place)
        momentum = momentum + (length if at < steps - 1 else 0.5 * length) * slope @ scale
    gain = height - 0.5 * (momentum**2).sum(axis=1) - energy
    chance = np.exp(np.minimum(np.nan_to_num(gain, nan=-np.inf), 0))
    take = rng.random(len(points)) < chance
    wide = take[:, None]
    moved = np.where(wide, place, points), np.where(take, height, value), np.where(wide, slope, gradient)
    return moved, float(chance.mean())
