"""The budget planner: its parts against slow references, when it refuses, and what a split always keeps to."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_runs import history, question, with_spend
from simulated_histories import adstock as slow_adstock
from simulated_histories import simulate

from planning.allocation import STEPS, best_expected, fit_to_budget, propose
from planning.fit import build, fit
from planning.history import Question
from planning.model import parameters
from planning.money import Horizon, Returns, tabulate
from planning.plan import Plan, open_bounds, plan
from planning.posterior import log_density
from planning.reasons import reasons
from planning.refusal import refused
from planning.response import adstock, decay_place
from planning.sampling import sample


def test_adstock_carries_a_share_of_the_stock_over() -> None:
    np.testing.assert_allclose(adstock(np.array([8.0, 0, 0, 4]), 0.5), [8, 4, 2, 5])
    np.testing.assert_allclose(adstock(np.array([1.0, 0]), 0.5, carried=4), [3, 1.5])


@pytest.mark.parametrize("freq", ["W", "D"])
def test_the_gradient_is_that_of_the_density(freq: str) -> None:
    company = simulate(1, freq)
    model, _ = build(history(company, company.lift_tests(np.random.default_rng(0), 0.2)))
    points = 0.5 * np.random.default_rng(1).standard_normal((2, model.size))
    _, gradient = log_density(model, points)
    for coordinate, step in enumerate(1e-6 * np.eye(model.size)):
        slope = (log_density(model, points + step)[0] - log_density(model, points - step)[0]) / 2e-6
        np.testing.assert_allclose(gradient[:, coordinate], slope, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("freq", ["W", "D"])
def test_money_brings_what_the_slow_sum_over_the_horizon_says(freq: str) -> None:
    """The truth's own parameters, put on the model's coordinates, bring the truth's response (a weekly one exactly)."""
    company = replace(simulate(2, freq), tail=4)
    model, mean = build(history(company))
    point = np.zeros((1, model.size))
    prior, count = model.prior, len(company.names)
    decay_logit = np.log(company.decay / (1 - company.decay))
    below, along = decay_place(decay_logit)
    for channel in range(count):
        scale = np.interp(along[channel], [0, 1], model.stock_scale[channel, below[channel] : below[channel] + 2])
        point[0, count + channel] = (decay_logit[channel] - prior.decay_logit[0]) / prior.decay_logit[1]
        log_half = np.log(company.half[channel] / scale)
        point[0, 2 * count + channel] = (log_half - prior.log_half[0]) / prior.log_half[1]
        point[0, 3 * count + channel] = (np.log(company.slope[channel]) - prior.log_slope[0]) / prior.log_slope[1]
    share = company.contribution() / company.outcome.sum()
    size = parameters(model, point).log_contribution[0]
    point[0, :count] = (np.log(share) - size) / prior.log_return
    money = np.column_stack([company.low, company.current, company.high])
    horizon = Horizon(np.full(company.horizon, 1 / company.horizon), company.tail)
    brings = tabulate(model, point, company.spend, mean, horizon, money)[0]
    truth = [company.channel_response(channel, money[channel]) for channel in range(count)]
    np.testing.assert_allclose(brings, truth, rtol=0.005 if freq == "W" else 0.05)


def test_what_channels_are_expected_to_bring_grows_with_their_spend_by_the_elasticity() -> None:
    """Spend of 1 and 16: at elasticity 0 both bring alike, at 1/2 and 1 the second 4 and 16 times as much."""
    company = simulate(2, channels=2)
    company = replace(company, spend=company.spend / company.spend.sum(axis=0) * [1, 16])
    model, _ = build(history(company))
    points = np.zeros((3, model.size))
    centre, spread = model.prior.elasticity
    points[:, 5 * 2 + 5] = (np.array([0, 0.5, 1]) - centre) / spread
    shares = [[1 / 2, 1 / 2], [1 / 5, 4 / 5], [1 / 17, 16 / 17]]
    np.testing.assert_allclose(np.exp(parameters(model, points).log_share), shares)


@pytest.mark.parametrize("freq", ["W", "D"])
def test_weeks_that_stand_out_are_found_and_teach_nothing(freq: str) -> None:
    company = simulate(11, freq)
    per_week = len(company.outcome) // 130
    hit = np.ones(130)
    hit[[20, 50, 78]] = [0.5, 1.5, 1.6]
    odd = replace(company, outcome=company.outcome * np.repeat(hit, per_week))
    assert fit(history(company)).outliers.tolist() == []
    assert fit(history(odd)).outliers.tolist() == [20, 50, 78]
    # how far they stand out makes no difference any more
    odder = replace(company, outcome=company.outcome * np.repeat(hit, per_week) ** 2)
    mean = [plan(history(each), question(each)).contribution.mean(axis=0) for each in (odd, odder)]
    np.testing.assert_allclose(*mean, rtol=0.1)


def test_where_weeks_with_an_outcome_are_rare_they_do_not_stand_out() -> None:
    company = simulate(12)
    sales = np.random.default_rng(0).random(130) < 0.15
    assert fit(history(replace(company, outcome=company.outcome * sales))).outliers.tolist() == []


@pytest.mark.parametrize(("unlucky", "moved"), [(2, 1.0), (3, 0.35)])
def test_a_proposal_goes_as_far_as_a_loss_of_one_percent_is_unlikely(unlucky: int, moved: float) -> None:
    """The second channel brings 3 per money, or 0.95 in `unlucky` of 20 draws; the first brings 1. Today each has half
    of 1, and then brings 0.975: 0.2 moved lose over 1 % of it, 0.175, which is 0.35 of the way, do not."""
    money = np.linspace([0, 0], [1, 1], 3, axis=1)
    second = np.where(np.arange(20) < unlucky, 0.95, 3.0)
    brings = np.stack([np.tile(money[0], (20, 1)), second[:, None] * money[1]], axis=1)
    split = propose(Returns(money, brings), np.array([0.5, 0.5]), 1.0)
    np.testing.assert_allclose(split, [0.5 - 0.5 * moved, 0.5 + 0.5 * moved])


@pytest.mark.long
def test_no_chain_stays_where_it_began() -> None:
    """Chains that draw from one density are on average equally high, up to what draws vary in so many coordinates."""
    model, _ = build(history(simulate(108, confounded=True)))
    draws = sample(lambda points: log_density(model, points), model.size, np.random.default_rng(2), 32)
    heights = np.mean([log_density(model, points)[0] for points in draws], axis=0)
    assert np.ptp(heights) < np.sqrt(model.size / 2) * 3


curves = st.lists(st.lists(st.floats(0, 9), min_size=5, max_size=5), min_size=3, max_size=3)


@given(curves, st.floats(0.1, 0.9))
@settings(deadline=None, max_examples=25)
def test_no_split_on_a_grid_brings_more_than_the_best(steps: list[list[float]], part: float) -> None:
    brings = np.cumsum(steps, axis=1)[None]
    money = np.linspace([0, 1, 2], [10, 11, 12], 5, axis=1)
    budget = 3 + part * 30
    returns = Returns(money, brings)
    best = best_expected(returns, budget)
    assert best.sum() == pytest.approx(budget)
    step = (budget - 3) / STEPS
    reached = returns.at(best)[0].sum()
    steepest = np.diff(brings[0], axis=1).max() / 2.5
    for first, second in product(np.linspace(0, 10, 21), np.linspace(1, 11, 21)):
        third = budget - first - second
        if 2 <= third <= 12:
            assert returns.at(np.array([first, second, third]))[0].sum() <= reached + 6 * step * steepest + 1e-6


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5), st.floats(0, 9)), min_size=2, max_size=6), st.floats(0, 1))
@settings(deadline=None)
def test_a_split_is_fitted_to_bounds_and_budget(rows: list[tuple[float, float, float]], part: float) -> None:
    low, room, split = (np.array(each) for each in zip(*rows, strict=True))
    high = low + room
    budget = low.sum() + part * room.sum()
    fitted = fit_to_budget(split, low, high, budget)
    assert fitted.sum() == pytest.approx(budget)
    assert (fitted >= low - 1e-9).all() and (fitted <= high + 1e-9).all()


def test_channels_that_teach_nothing_are_refused_and_keep_their_money() -> None:
    company = simulate(5)
    spend = company.spend.copy()
    spend[:, 0] = spend[:, 0].mean()
    spend[:, 2] = 1.5 * spend[:, 1]
    company = with_spend(company, spend)
    asked = question(company)
    found = plan(history(company), asked)
    assert set(found.refused) == {0, 1, 2}
    assert "constant" in found.refused[0]
    assert "channel_3" in found.refused[1] and "cannot tell them apart" in found.refused[1]
    np.testing.assert_allclose(found.allocation[:3], asked.current[:3])
    assert found.allocation.sum() == pytest.approx(asked.budget)
    # where the bounds leave a refused channel no choice, it moves that far and no farther
    tight = replace(asked, high=np.where(np.arange(5) == 0, 0.9 * asked.current, asked.high))
    forced = plan(history(company), tight).allocation
    np.testing.assert_allclose(forced[:3], asked.current[:3] * [0.9, 1, 1])
    assert forced.sum() == pytest.approx(asked.budget)


@pytest.mark.parametrize(
    ("times", "moved", "search", "display"),
    [
        (
            1,
            -1000,
            "is past saturation: the next 100 brings 50.0, display's brings 200; moved -50%",
            "is not saturated: the next 100 brings 200, search's brings 50.0; moved +50%",
        ),
        (
            8,
            1000,
            "is past saturation, yet the next 100 brings 400, display's brings 200; moved +50%",
            "is not saturated: the next 100 brings 200, search's brings 400; moved -50%",
        ),
    ],
)
def test_reasons_say_what_the_next_money_brings(times: float, moved: float, search: str, display: str) -> None:
    """Today each has 2,000. Search's thousands bring 4,000, 1,000, 500 and 250, or 8 times that; display's 2,000."""
    money = np.tile(np.linspace(0, 4000, 5), (2, 1))
    brings = np.array([[0, 4000, 5000, 5500, 5750], [0, 2000, 4000, 6000, 8000]]) * [[times], [1]]
    split = np.array([2000 + moved, 2000 - moved])
    nothing = np.zeros((1, 2))
    found = Plan(split, nothing, nothing, nothing, Returns(money, brings[None]), {}, np.array([], dtype=np.int64))
    asked = Question(np.array([2000.0, 2000]), np.zeros(2), np.full(2, 4000.0), np.full(4, 0.25))
    company = simulate(1, channels=2)
    known = replace(history(company), channels=["search", "display"], spend=np.full((130, 2), 1000.0))
    told = reasons(known, asked, found)
    assert told == [
        f"{name} {text}; known from its history alone" for name, text in (("search", search), ("display", display))
    ]


def test_a_reason_says_from_what_a_channel_is_known() -> None:
    company = simulate(1)
    tests = company.lift_tests(np.random.default_rng(0), 0.2)[2:3]
    known, asked = history(company, tests), question(company)
    told = reasons(known, asked, plan(known, asked))
    assert [text.endswith("known from a lift test") for text in told] == [False, False, True, False, False]


def test_no_channel_is_raised_far_above_what_was_ever_spent() -> None:
    """100 a week at most, so 600 over four weeks at 1.5 times that; more only where more is spent today."""
    known = replace(history(simulate(1, channels=3)), spend=np.tile([[100.0, 100, 100], [50, 60, 70]], (65, 1)))
    asked = Question(np.array([300.0, 700, 300]), np.zeros(3), np.array([2000.0, 2000, 400]), np.full(4, 0.25))
    low, high = open_bounds(known, asked, {})
    assert (low.tolist(), high.tolist()) == ([0, 0, 0], [600, 700, 400])
    low, high = open_bounds(known, asked, {1: "thin"})
    assert (low.tolist(), high.tolist()) == ([0, 700, 0], [600, 700, 400])
    # where that cannot meet the budget of 2,500, the question's own bounds stand: the most, or the least
    large = replace(asked, current=np.array([300.0, 1100, 1100]))
    short = open_bounds(known, replace(large, high=np.array([2000.0, 900, 900])), {1: "thin", 2: "thin"})
    assert short[1].tolist() == [2000, 900, 900]
    full = replace(large, low=np.array([700.0, 0, 0]), high=np.full(3, 2000.0))
    assert open_bounds(known, full, {1: "thin", 2: "thin"})[0].tolist() == [700, 0, 0]


def test_under_26_weeks_all_is_refused_and_today_stays() -> None:
    company = simulate(6)
    short = replace(company, spend=company.spend[-25:], outcome=company.outcome[-25:], promo=company.promo[-25:])
    found = plan(history(short), question(company))
    assert set(found.refused) == set(range(5))
    assert "25 whole weeks; 26 are needed" in found.refused[0]
    np.testing.assert_allclose(found.allocation, company.current)
    np.testing.assert_array_equal(found.lift, 0)
    enough = replace(company, spend=company.spend[-26:], outcome=company.outcome[-26:], promo=company.promo[-26:])
    assert set(refused(history(enough))) != set(range(5))


def test_other_reasons_to_refuse() -> None:
    company = simulate(7)
    weeks = np.arange(len(company.outcome))
    spend = company.spend.copy()
    spend[:, 0] = 0
    spend[:, 1] = np.where(weeks < 5, spend[:, 1], 0)
    spend[:, 2] = 1000 + 500 * np.sin(2 * np.pi * weeks / 52.18) + weeks
    spend[:, 4] = spend[:, 3] * np.random.default_rng(0).uniform(0.99, 1.01, len(weeks))
    told = refused(history(replace(company, spend=spend)))
    assert "nothing was ever spent" in told[0]
    assert "in 5 weeks only" in told[1]
    spend[:, 1] = np.where(weeks < 8, company.spend[:, 1], 0)
    assert 1 not in refused(history(replace(company, spend=spend)))
    assert "followed the season" in told[2]
    assert "channel_5" in told[3] and "channel_4" in told[4]
    assert "nothing or less" in refused(history(replace(company, outcome=-company.outcome)))[0]
    few = refused(replace(history(company), conversions=np.array([50, 49, 80, 90, 70])))
    assert few == {1: "49 conversions had a touch of it; 50 are needed"}
    flat = refused(history(replace(company, outcome=np.full(len(weeks), 7.0))))
    assert set(flat) == set(range(5))


def test_a_lift_test_tells_twins_apart() -> None:
    company = simulate(7)
    spend = company.spend.copy()
    spend[:, 1] = spend[:, 0]
    company = with_spend(company, spend)
    tests = company.lift_tests(np.random.default_rng(0), 0.2)
    assert set(refused(history(company))) == {0, 1}
    assert set(refused(history(company, tests[:2]))) == set()


def test_the_reference_of_the_tests_carries_over_too() -> None:
    np.testing.assert_allclose(slow_adstock(np.array([1.0, 0, 2]), 0.3), adstock(np.array([1.0, 0, 2]), 0.3))
