"""Reproducible chance: a generator per (seed, size, subject), so that a change to one subject leaves others alone."""

from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.clock import DAY, MINUTE, NEVER

Column = np.ndarray | pd.Series
Chance = Callable[[str], Generator]  # the random generator of a subject


def stream(seed: int, size: str, subject: str) -> Generator:
    """The random generator of one subject of one company."""
    return np.random.default_rng([seed, crc32(size.encode()), crc32(subject.encode())])


def pick(rng: Generator, weights: Sequence[float] | np.ndarray, count: int) -> np.ndarray:
    """`count` positions drawn with the given weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(np.searchsorted(edges, rng.random(count) * edges[-1], side="right"), len(edges) - 1)


def choose(rng: Generator, values: Sequence[Any], weights: Sequence[float], count: int) -> np.ndarray:
    """`count` values drawn with the given weights, as an object array."""
    return np.array(values, dtype=object)[pick(rng, weights, count)]


def days_around(rng: Generator, median: float, count: int, sigma: float = 0.8) -> np.ndarray:
    """Log-normal spans in ms (whole, at least a minute) whose median is in days."""
    return (median * DAY * rng.lognormal(0, sigma, count)).astype(np.int64) + MINUTE


def days_between(rng: Generator, low: float, high: float, count: int) -> np.ndarray:
    """Uniform spans in ms between two numbers of days."""
    return (rng.uniform(low, high, count) * DAY).astype(np.int64)


def only_if(condition: Column, instants: Column) -> np.ndarray:
    """The instants where the condition holds, NEVER elsewhere."""
    return np.where(np.asarray(condition), np.asarray(instants), NEVER)


def scatter(keys: np.ndarray, salt: int) -> np.ndarray:
    """A number in [0, 1) for each key, the same whenever it is asked for (splitmix64): chance without state."""
    mixed = keys.astype(np.uint64) + np.uint64((salt * 0x9E3779B97F4A7C15) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2**53


def uuids(keys: np.ndarray, salt: int) -> np.ndarray:
    """An id in the form of a UUID for each key, the same whenever it is asked for."""
    halves = [(scatter(keys, salt * 100 + part) * 2**52).astype(np.int64).tolist() for part in range(2)]
    texts = (f"{first:013x}{second:013x}" for first, second in zip(*halves, strict=True))
    return np.array([f"{each[:8]}-{each[8:12]}-4{each[12:15]}-a{each[15:18]}-{each[14:26]}" for each in texts], object)
