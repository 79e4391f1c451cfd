"""The warehouse's weeks as arrays: what channels cost, when what began in a week came, and what is asked of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from planning.history import Experiment, History, Ints, Question
from planning.lag import completed
from planning.refusal import refused
from planning.response import Floats

Row = dict[str, Any]
ROOM = (0.5, 1.5)  # of what a channel gets today: its bounds where none are set
TAIL = 4  # weeks after the horizon in which carried-over response still counts
PAST = 2  # proposals of the past that are made again


@dataclass(frozen=True)
class LiftTest:
    """What the spend on a channel from one day to another (both included) caused."""

    channel: str
    starts_on: date
    ends_on: date
    outcome: float
    standard_error: float


@dataclass(frozen=True)
class Weeks:
    """W whole weeks from a Monday on, C channels: `spend` on media and `other_cost`, and `conversions` that met the
    channel on their way, by the week they came (W, C); `counts` of outcomes, and `outcome` in its unit, by the week
    their way began and the week they came (W, W); `customers` that are new with a unit of the outcome.

    Asked is a split over the next `horizon` weeks, within `bounds` of money over them, and the budget at which a new
    customer costs `target_cac`, where that is set."""

    first: date
    channels: list[str]
    spend: Floats
    other_cost: Floats
    conversions: Ints
    counts: Floats
    outcome: Floats
    customers: float
    tests: list[LiftTest]
    horizon: int
    bounds: dict[str, tuple[float, float]]
    target_cac: float | None

    def __len__(self) -> int:
        """W."""
        return len(self.spend)

    def day(self, week: int) -> date:
        """The Monday of a week, which may lie in the future."""
        return self.first + timedelta(weeks=week)

    def last_day(self, count: int) -> date:
        """The Sunday that ends the first `count` weeks."""
        return self.day(count) - timedelta(days=1)

    def until(self, count: int) -> "Weeks":
        """The first weeks, with what was known at their end; nobody recorded which bounds were set then."""
        return replace(
            self,
            spend=self.spend[:count],
            other_cost=self.other_cost[:count],
            conversions=self.conversions[:count],
            counts=self.counts[:count, :count],
            outcome=self.outcome[:count, :count],
            tests=[test for test in self.tests if test.ends_on < self.day(count)],
            bounds=self.bounds if count == len(self) else {},
        )

    def history(self) -> History:
        """What the planner may learn from: the weeks that are old enough."""
        outcome = completed(self.counts, self.outcome)
        kept = len(outcome)
        return History(
            channels=self.channels,
            day=self.first.toordinal(),
            per_week=1,
            outcome=outcome,
            spend=self.spend[:kept],
            events=np.empty((kept, 0)),
            experiments=[found for test in self.tests for found in self._experiments(test, kept)],
            conversions=self.conversions.sum(axis=0),
        )

    def _experiments(self, test: LiftTest, kept: int) -> list[Experiment]:
        """The test, once its last week is old enough: its weeks are those that begin within it. One that began before
        the history is left out, since a part of what it found came of spend that is not known."""
        inside = [week for week in range(kept) if test.starts_on <= self.day(week) <= test.ends_on]
        is_known = self.first <= test.starts_on and test.ends_on < self.day(kept)
        if test.channel not in self.channels or not inside or not is_known:
            return []
        place = self.channels.index(test.channel)
        return [Experiment(place, inside[0], inside[-1], test.outcome, test.standard_error)]


def gather(
    asked: Iterable[Row],
    channel_weeks: Iterable[Row],
    outcomes: Iterable[Row],
    customers: Iterable[Row],
    tests: Iterable[Row],
    bounds: Iterable[Row],
) -> Weeks:
    """The whole weeks from the first with spend to the day before `planned_from`, in the one row of `asked`; that of
    `customers` tells how many come with a unit of the outcome."""
    (plan,), (rated,) = asked, customers
    spent, end = list(channel_weeks), plan["planned_from"]
    paid = [row for row in spent if row["spend"] > 0 and row["week"] < end]
    first = min((row["week"] for row in paid), default=end)
    channels = sorted({row["channel"] for row in paid})
    count = (end - first).days // 7
    by_channel, by_week = (count, len(channels)), (count, count)
    spend, other_cost, conversions = np.zeros(by_channel), np.zeros(by_channel), np.zeros(by_channel, dtype=np.int64)
    counts, outcome = np.zeros(by_week), np.zeros(by_week)
    for row in spent:
        if row["channel"] in channels and first <= row["week"] < end:
            at = (row["week"] - first).days // 7, channels.index(row["channel"])
            spend[at], other_cost[at] = max(float(row["spend"]), 0.0), float(row["other_cost"])
            conversions[at] = row["conversions"]
    for row in outcomes:
        if first <= row["begun_week"] <= row["reached_week"] < end:
            at = (row["begun_week"] - first).days // 7, (row["reached_week"] - first).days // 7
            counts[at], outcome[at] = row["conversions"], float(row["outcome"])
    return Weeks(
        first=first,
        channels=channels,
        spend=spend,
        other_cost=other_cost,
        conversions=conversions,
        counts=counts,
        outcome=outcome,
        customers=rated["customers_per_outcome"] or 0.0,
        tests=_lift_tests(tests),
        horizon=plan["horizon_weeks"],
        bounds={row["channel"]: (float(row["min_spend"]), float(row["max_spend"])) for row in bounds},
        target_cac=None if plan["target_cac"] is None else float(plan["target_cac"]),
    )


def _lift_tests(rows: Iterable[Row]) -> list[LiftTest]:
    names = ("channel", "starts_on", "ends_on", "outcome", "standard_error")
    return sorted((LiftTest(*(row[name] for name in names)) for row in rows), key=str)


def lately(weeks: Weeks, money: Floats) -> Floats:
    """What the last weeks (C,) of money (W, C) come to, over as many weeks as are planned."""
    recent = money[-weeks.horizon :]
    return recent.sum(axis=0) * weeks.horizon / max(len(recent), 1)


def question(weeks: Weeks) -> Question:
    """How to split over the horizon what its number of weeks cost last."""
    current, horizon = lately(weeks, weeks.spend), weeks.horizon
    given = [weeks.bounds.get(channel) for channel in weeks.channels]
    pairs = [own or (ROOM[0] * money, ROOM[1] * money) for own, money in zip(given, current, strict=True)]
    low, high = np.array(pairs).reshape(-1, 2).T
    return Question(current, low, high, np.full(horizon, 1 / horizon), TAIL)


def held(history: History, asked: Question) -> dict[int, str]:
    """The channels that keep their money, with the reason; all of them where there is nothing to plan."""
    budget, low, high = asked.budget, asked.low.sum(), asked.high.sum()
    reason = None
    if not budget > 0:
        reason = f"nothing was spent in the last {len(asked.flighting)} weeks"
    elif low > budget * (1 + 1e-9) or high < budget * (1 - 1e-9):
        reason = f"the bounds allow {low:,.0f} to {high:,.0f} in all, which cannot meet the budget of {budget:,.0f}"
    return refused(history) if reason is None else dict.fromkeys(range(len(history.channels)), reason)


def looked_from(weeks: Weeks) -> list[int]:
    """From the end of how many weeks is planned: now, and as often as a whole horizon passed since, in the past."""
    return [now for now in (len(weeks) - back * weeks.horizon for back in range(PAST + 1)) if now > 0]
