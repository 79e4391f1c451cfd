"""How good the planner's proposals are on simulated companies whose truth is known."""

import time

import numpy as np
import pytest
from planner_runs import Score, history, question, score
from simulated_histories import Company, simulate

from planning.plan import plan

ERROR = 0.2  # of the lift tests
WEEKLY, DAILY = range(200, 220), range(200, 205)


def run(seed: int, freq: str, is_confounded: bool, has_tests: bool) -> Score:
    company = simulate(seed, freq, is_confounded)
    tests = company.lift_tests(np.random.default_rng([seed, 1]), ERROR) if has_tests else None
    return score(company, tests)


def test_three_proposals_are_better_than_today() -> None:
    scores = [run(seed, "W", confounded, False) for seed, confounded in ((1, False), (2, False), (3, True))]
    assert np.mean([each.regret for each in scores]) < np.mean([each.today for each in scores])


def seconds_of(company: Company) -> float:
    began = time.process_time()
    plan(history(company), question(company))
    return time.process_time() - began


def test_a_plan_of_five_channels_and_130_weeks_takes_under_10_seconds() -> None:
    assert seconds_of(simulate(4)) < 10  # of one core


@pytest.mark.long
def test_a_plan_of_twenty_channels_and_910_days_takes_under_60_seconds() -> None:
    assert seconds_of(simulate(4, "D", channels=20)) < 60
