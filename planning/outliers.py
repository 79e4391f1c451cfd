"""Weeks that stand out: a tracking outage, a strike, one huge deal. They say nothing of channels, and would say much.

Each gets a column of its own in the baseline, so that it is as if it had not been seen. Which do is told by score
tests (Rao, 1948): of a column for each week, how steeply the density rises with it from 0.
"""

from dataclasses import replace

import numpy as np
from scipy.stats import median_abs_deviation

from planning.history import Ints
from planning.model import Model
from planning.posterior import log_density
from planning.response import Floats
from planning.sampling import find_mode

FAR = 4.5  # standard deviations: one week in 150,000, were all normal
MOST = 0.1  # of the weeks: where more stand out, that is how the outcome is
ROUNDS = 3  # what hid behind the worst is seen without them


def without_outliers(model: Model) -> tuple[Model, Ints]:
    """The model without what its outliers tell, and which weeks (K,) these are, in order."""
    found = np.array([], dtype=np.int64)
    without = model
    for _ in range(ROUNDS):
        scores = _scores(without)
        more = np.setdiff1d(np.flatnonzero(np.abs(scores) > FAR), found)
        if len(found) + len(more) > MOST * len(scores):
            return model, found[:0]
        if not len(more):
            break
        found = np.sort(np.append(found, more))
        without = _with_columns(model, np.eye(len(scores))[:, found])
    return without, found


def _scores(model: Model) -> Floats:
    """How far each week (W,) lies from what the others tell, in robust standard deviations."""
    weeks = len(model.outcome)
    mode = find_mode(lambda points: log_density(model, points), np.zeros(model.size))
    every = _with_columns(model, np.eye(weeks))
    slopes = log_density(every, np.append(mode, np.zeros(weeks))[None])[1][0, -weeks:]
    return slopes / max(median_abs_deviation(slopes, scale="normal"), 1e-12)


def _with_columns(model: Model, columns: Floats) -> Model:
    """A model with more columns (W, X) in its baseline, of which little is believed before data."""
    count = columns.shape[1]
    return replace(
        model,
        columns=np.column_stack([model.columns, columns]),
        column_mean=np.append(model.column_mean, np.zeros(count)),
        column_spread=np.append(model.column_spread, np.ones(count)),
    )
