"""How good the planner's proposals are on simulated companies whose truth is known."""

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from planner_runs import Score, history, question, score
from simulated_histories import Company, simulate

from planning.fit import Fit, build
from planning.history import History, Question
from planning.plan import Plan, plan, plan_with
from planning.posterior import log_density
from planning.sampling import sample

ERROR = 0.2  # of the lift tests
WEEKLY, DAILY = range(300, 320), range(300, 305)  # nothing was chosen by these

# Means and standard deviations of what `simulate` draws for well-behaved companies by week: no unseen demand.
DRAWN = {
    "decay_logit": (-0.25, 1.0),
    "log_half": (0.11, 0.46),
    "log_slope": (0.30, 0.26),
    "log_media": (-1.08, 0.26),
    "elasticity": (0.75, 0.144),
    "log_return": 0.6,
    "log_noise": (-3.4, 0.26),
    "log_drift": (-6.5, 0.1),
    "log_follow": (-12.0, 0.1),
}


def run(seed: int, freq: str, is_confounded: bool, has_tests: bool, is_informed: bool = False) -> Score:
    company = simulate(seed, freq, is_confounded)
    tests = company.lift_tests(np.random.default_rng([seed, 1]), ERROR) if has_tests else None
    return score(company, tests, informed_plan if is_informed else plan)


def informed_plan(history: History, question: Question) -> Plan:
    """The plan of somebody who knows how well-behaved companies are made."""
    model, mean = build(history)
    model = replace(model, prior=replace(model.prior, **DRAWN))
    draws = sample(lambda points: log_density(model, points), model.size, np.random.default_rng(0))
    fitted = Fit(model, draws.reshape(-1, model.size)[::3], mean, np.array([], dtype=np.int64))
    return plan_with(fitted, history, question)


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


@pytest.mark.long
def test_weeks_that_stand_out_cost_nothing() -> None:
    """Four weeks of halved or doubled outcome, without which the proposals would be hardly better."""
    plain, odd = [], []
    for seed in range(340, 352):
        company = simulate(seed)
        rng = np.random.default_rng(seed)
        outcome = company.outcome.copy()
        outcome[rng.choice(len(outcome), 4, replace=False)] *= rng.choice([0.5, 2], 4)
        plain.append(score(company).regret)
        odd.append(score(replace(company, outcome=outcome)).regret)
    assert np.mean(odd) < np.mean(plain) + 0.01


@pytest.mark.long
@pytest.mark.parametrize("has_tests", [False, True])
def test_little_is_lost_by_not_knowing_how_the_companies_are_made(has_tests: bool) -> None:
    cases = [(seed, "W", False, has_tests, is_informed) for is_informed in (False, True) for seed in WEEKLY]
    with ProcessPoolExecutor(2) as workers:
        regret = np.array([each.regret for each in workers.map(run, *zip(*cases, strict=True))])
    found, possible = regret.reshape(2, len(WEEKLY))
    assert found.mean() < 1.3 * possible.mean()


def row(freq: str, is_confounded: bool, has_tests: bool, scores: list[Score]) -> str:
    regret, today = (np.array([getattr(each, name) for each in scores]) for name in ("regret", "today"))
    harm, held, seconds = (
        np.mean([getattr(each, name) for each in scores]) for name in ("is_harm", "is_held", "seconds")
    )
    kind = "confounded" if is_confounded else "well-behaved"
    regrets = f"{today.mean():.1%} | {regret.mean():.1%} | {np.median(regret):.1%} | {regret.mean() / today.mean():.2f}"
    tested = "yes" if has_tests else "no"
    return f"| {kind} | {freq} | {tested} | {len(scores)} | {regrets} | {harm:.0%} | {held:.0%} | {seconds:.1f} |"


@pytest.mark.long
def test_the_table_of_quality(capsys: pytest.CaptureFixture[str]) -> None:
    kinds = list(product(("W", "D"), (False, True), (False, True)))
    cases = [(seed, *kind) for kind in kinds for seed in (WEEKLY if kind[0] == "W" else DAILY)]
    with ProcessPoolExecutor(2) as workers:
        scores = list(workers.map(run, *zip(*cases, strict=True)))
    found = {kind: [each for each, case in zip(scores, cases, strict=True) if case[1:] == kind] for kind in kinds}
    with capsys.disabled():
        print(
            "\n| history | freq | lift tests | seeds | today | mean | median | ÷ today | harm | lift held | seconds |"
        )
        print("|---" * 11 + "|")
        for kind in kinds:
            print(row(*kind, found[kind]))
    for (freq, is_confounded, has_tests), scored in found.items():
        regret, today, seconds = (
            np.array([getattr(each, name) for each in scored]) for name in ("regret", "today", "seconds")
        )
        assert regret.mean() < today.mean()
        assert seconds.max() < 60
        if freq == "W" and is_confounded:
            assert regret.mean() <= (0.3 if has_tests else 0.5) * today.mean()
        if freq == "W" and not is_confounded:
            assert regret.mean() <= 0.028
    for has_tests in (False, True):  # what is asked of harm and intervals is asked of both kinds of histories together
        both = found["W", False, has_tests] + found["W", True, has_tests]
        assert np.mean([each.is_harm for each in both]) <= (0.05 if has_tests else 0.1)
        assert 0.8 <= np.mean([each.is_held for each in both]) <= 0.97
