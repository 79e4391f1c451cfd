"""What the planner is given: a history of spend and outcome, and the question how to split a budget."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planning.response import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Experiment:
    """A lift test: what a channel's spend in the periods `start` to `end` (both included) caused, and its error."""

    channel: int
    start: int
    end: int
    outcome: float
    standard_error: float


@dataclass(frozen=True)
class History:
    """T periods without gaps, weeks (per_week 1) or days (7), over C channels and E known events.

    `day` is the first period's, as date.toordinal counts days; `outcome` (T,), `spend` (T, C) in money, none negative;
    `events` (T, E). `conversions` (C,), where they are known, are those on whose way each channel was met.
    """

    channels: list[str]
    day: int
    per_week: int
    outcome: Floats
    spend: Floats
    events: Floats
    experiments: list[Experiment] = field(default_factory=list)
    conversions: Ints | None = None

    @property
    def skipped(self) -> int:
        """Periods before the first whole week; weeks are counted back from the end."""
        return len(self.outcome) % self.per_week

    @property
    def weeks(self) -> int:
        """W: whole weeks."""
        return len(self.outcome) // self.per_week

    def first_day(self, week: int) -> date:
        """Of a whole week, counted from 0."""
        return date.fromordinal(self.day + self.skipped + 7 * week)


@dataclass(frozen=True)
class Question:
    """`current`, `low` and `high` (C,) in money over the horizon; `flighting` (H,) its shares per period, sum 1; `tail`
    the periods after it in which carried-over response still counts. The bounds can meet the sum of `current`."""

    current: Floats
    low: Floats
    high: Floats
    flighting: Floats
    tail: int = 0

    @property
    def budget(self) -> float:
        """What is to be split."""
        return float(self.current.sum())
