"""What was proposed, or would have been, from what was known then, against what was spent and is known by now."""

from collections.abc import Iterator, Mapping

import numpy as np

from planning.fit import Fit
from planning.history import Question
from planning.money import Horizon, tabulate
from planning.plan import plan_with
from planning.response import Floats
from planning.scenarios import estimate
from planning.weeks import Row, Weeks, held, looked_from, question


def backtest_rows(weeks: Weeks, fits: Mapping[int, Fit]) -> Iterator[Row]:
    """A row per past proposal and channel; `fits` by the number of weeks known, where anything could be planned.

    Bounds are those that hold where none are set: nobody recorded what was set then.
    """
    for then in looked_from(weeks)[1:]:
        yield from _proposal(weeks, then, fits)


def _proposal(weeks: Weeks, then: int, fits: Mapping[int, Fit]) -> Iterator[Row]:
    known = weeks.until(then)
    history, asked = known.history(), question(known)
    refused = held(history, asked)
    spent = weeks.spend[then : then + weeks.horizon].sum(axis=0)
    proposed = plan_with(fits[then], history, asked).allocation if then in fits else asked.current
    told = _told(weeks, then, asked, fits, spent, proposed, [at for at in range(len(spent)) if at not in refused])
    for channel, name in enumerate(weeks.channels):
        yield {
            "horizon_starts_on": weeks.day(then),
            "horizon_ends_on": weeks.last_day(then + weeks.horizon),
            "channel": name,
            "current_spend": asked.current[channel],
            "recommended_spend": proposed[channel],
            "actual_spend": spent[channel],
            "is_refused": channel in refused,
            "reason": refused.get(channel),
            **told.get(channel, {}),
        }


def _told(
    weeks: Weeks, then: int, asked: Question, fits: Mapping[int, Fit], spent: Floats, proposed: Floats, known: list[int]
) -> dict[int, Row]:
    """By channel not refused: what its spend was expected to bring and is now believed to have brought, and what the
    money that these channels cost would have brought more, split among them as proposed."""
    told: dict[int, Row] = {channel: {} for channel in known}
    if then in fits:
        expected = _brings(weeks, then, asked, fits[then], spent)
        told = {channel: estimate("expected_revenue", expected[:, channel, 0]) for channel in known}
    if then in fits and len(weeks) in fits:
        followed = spent.copy()
        followed[known] = proposed[known] * spent[known].sum() / max(proposed[known].sum(), 1e-9)
        found = _brings(weeks, then, asked, fits[len(weeks)], spent, followed)
        lift = estimate("hindsight_lift", (found[:, known, 1] - found[:, known, 0]).sum(axis=1))
        told = {at: told[at] | estimate("estimated_revenue", found[:, at, 0]) | lift for at in known}
    return told


def _brings(weeks: Weeks, then: int, asked: Question, fitted: Fit, *splits: Floats) -> Floats:
    """What each split (C,) of the horizon after `then` brings (draws, C, splits), by a fit."""
    horizon = Horizon(asked.flighting, asked.tail)
    money = np.stack(splits, axis=1)
    return tabulate(fitted.model, fitted.points, weeks.spend[:then], fitted.mean_outcome, horizon, money)
