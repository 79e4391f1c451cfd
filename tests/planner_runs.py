"""The planner on simulated companies, and how a plan compares with the truth."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from simulated_histories import Company, Floats

from planning.history import Experiment, History, Question
from planning.plan import Plan, interval, plan

Test = tuple[int, int, int, float, float]
Planner = Callable[[History, Question], Plan]


def history(company: Company, tests: list[Test] | None = None) -> History:
    """What the planner may know of a company."""
    return History(
        channels=company.names,
        day=738886,
        per_week=1 if company.freq == "W" else 7,
        outcome=company.outcome,
        spend=company.spend,
        events=company.promo[: len(company.outcome), None],
        experiments=[Experiment(*test) for test in tests or []],
    )


def question(company: Company) -> Question:
    flighting = np.full(company.horizon, 1 / company.horizon)
    return Question(company.current, company.low, company.high, flighting, company.tail)


@dataclass(frozen=True)
class Score:
    """Of a proposal: regret, and that of today; does it harm; did the interval of lift hold the truth; seconds."""

    regret: float
    today: float
    is_harm: bool
    is_held: bool
    seconds: float


def score(company: Company, tests: list[Test] | None = None, planner: Planner = plan) -> Score:
    """Plans for a company, with lift tests or without, and compares with what would really come of it."""
    began = perf_counter()
    found = planner(history(company, tests), question(company))
    seconds = perf_counter() - began
    best, today, proposed = (company.response(split) for split in (company.best(), company.current, found.allocation))
    low, high = interval(found.lift)
    room = 1e-9 * today
    return Score(
        regret=1 - proposed / best,
        today=1 - today / best,
        is_harm=proposed < 0.99 * today,
        is_held=bool(low - room <= proposed - today <= high + room),
        seconds=seconds,
    )


def with_spend(company: Company, spend: Floats) -> Company:
    """The same company had its spend been another; the outcome moves with what the spend causes."""
    other = replace(company, spend=spend)
    moved = sum(
        other.caused(channel, spend[:, channel]) - company.caused(channel, company.spend[:, channel])
        for channel in range(spend.shape[1])
    )
    return replace(other, outcome=company.outcome + moved)
