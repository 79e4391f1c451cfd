"""Attribution of conversions to the channels of their paths: six heuristics, markov and shapley.

A path is the sequence of channels that people touched; one row stands for all people who took it. The rules and the
names of the models are those of DEFINITIONS, "Attribution"; only what needs a CRM (w_shaped, full_path) is not here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planning import markov

HALF_LIFE = 7.0  # steps from the end of the path after which a touch counts half (days, where paths have times)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Paths:
    """P paths with T touches in all, over C channels.

    `channels` (T,) holds codes 0 … C-1, path after path in time order; `lengths` (P,) the touches of each path, one or
    more; `conversions`, `revenue` and `nulls` (P,) how often the path ended in a conversion, what those brought
    (money), and how often it ended without one. `is_direct` (C,) marks the channels that count as Direct.
    """

    channels: Ints
    lengths: Ints
    conversions: Floats
    revenue: Floats
    nulls: Floats
    is_direct: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """C."""
        return len(self.is_direct)

    @property
    def path(self) -> Ints:
        """The path of each touch (T,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @property
    def place(self) -> Ints:
        """The place of each touch in its path, from 0 (T,)."""
        return np.arange(len(self.channels)) - np.repeat(self._starts, self.lengths)

    @property
    def last(self) -> Ints:
        """Where each path ends: the index of its last touch (P,)."""
        return np.cumsum(self.lengths) - 1

    @property
    def _starts(self) -> Ints:
        return np.cumsum(self.lengths) - self.lengths


def attribute(paths: Paths, model: str) -> tuple[Floats, Floats]:
    """The conversions and the revenue (C,), (C,) that a model of MODELS gives each channel.

    They sum to all conversions and all revenue; markov gives nothing where nothing converts. Raises KeyError for a
    model that is none.
    """
    if model == "markov":
        effects = removal_effects(paths)
        total = effects.sum()
        shares = effects / total if total > 0 else effects
        return shares * paths.conversions.sum(), shares * paths.revenue.sum()
    credit = _CREDITS[model](paths)
    return _per_channel(paths, credit, paths.conversions), _per_channel(paths, credit, paths.revenue)


def _per_channel(paths: Paths, credit: Floats, worth: Floats) -> Floats:
    return np.bincount(paths.channels, credit * worth[paths.path], minlength=paths.count).astype(float)


def first(paths: Paths) -> Floats:
    """Credit of each touch (T,): all to the first of its path."""
    return (paths.place == 0).astype(float)


def last(paths: Paths) -> Floats:
    """Credit of each touch (T,): all to the last of its path."""
    credit = np.zeros(len(paths.channels))
    credit[paths.last] = 1
    return credit


def last_non_direct(paths: Paths) -> Floats:
    """Credit of each touch (T,): all to the last that is not Direct; to the last where all are."""
    place = np.where(paths.is_direct[paths.channels], -1, np.arange(len(paths.channels)))
    latest = np.maximum.reduceat(place, paths.last + 1 - paths.lengths)
    credit = np.zeros(len(paths.channels))
    credit[np.where(latest >= 0, latest, paths.last)] = 1
    return credit


def linear(paths: Paths) -> Floats:
    """Credit of each touch (T,): the same to all touches of a path."""
    return 1 / paths.lengths[paths.path]


def position(paths: Paths) -> Floats:
    """Credit of each touch (T,): 0.4 to the first and to the last, 0.2 shared by those between; two get a half each."""
    length = paths.lengths[paths.path]
    at_an_end = (paths.place == 0) | (paths.place == length - 1)
    between = 0.2 / np.maximum(length - 2, 1)
    return np.where(length <= 2, 1 / length, np.where(at_an_end, 0.4, between))


def time_decay(paths: Paths) -> Floats:
    """Credit of each touch (T,): half for every HALF_LIFE steps before the last, scaled to 1 per path."""
    steps = paths.lengths[paths.path] - 1 - paths.place
    weight = 2.0 ** (-steps / HALF_LIFE)
    return weight / np.bincount(paths.path, weight)[paths.path]


def shapley(paths: Paths) -> Floats:
    """Credit of each touch (T,): each path shared equally by its distinct channels, and by a channel's touches.

    The value of a set of channels is the conversions whose paths use no other; its Shapley value is this closed form
    (Zhao, Mahboobi, Bagheri: Shapley value methods for attribution modeling in online advertising, 2018).
    """
    pairs, pair, touches = np.unique(paths.path * paths.count + paths.channels, return_inverse=True, return_counts=True)
    distinct = np.bincount(pairs // paths.count, minlength=len(paths.lengths))
    return 1 / (distinct[paths.path] * touches[pair])


_CREDITS: dict[str, Callable[[Paths], Floats]] = {
    each.__name__: each for each in (first, last, last_non_direct, linear, position, time_decay, shapley)
}
MODELS = (*(name for name in _CREDITS if name != "shapley"), "markov", "shapley")


def removal_effects(paths: Paths) -> Floats:
    """The markov model's removal effect of each channel (C,); see planning.markov."""
    start, flow = paths.count, paths.conversions + paths.nulls
    before = np.empty_like(paths.channels)
    before[1:] = paths.channels[:-1]
    before[paths.last + 1 - paths.lengths] = start
    size = start + 1
    steps = np.bincount(before * size + paths.channels, flow[paths.path], minlength=size**2).reshape(size, size)
    ends = paths.channels[paths.last]
    converted, lost = (
        np.bincount(ends, each, minlength=size).astype(float) for each in (paths.conversions, paths.nulls)
    )
    return markov.removal_effects(steps.astype(float), converted, lost)
