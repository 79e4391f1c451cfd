"""The planner over the warehouse's weeks: what is still to come, what was known when, and what is said of it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from planner_runs import history as planner_history
from simulated_histories import simulate

from planning import answer as planner
from planning.acquisition import Found, cac, largest
from planning.backtest import backtest_rows
from planning.fit import Fit, build
from planning.history import History
from planning.lag import completed, shares_come
from planning.response import DECAYS, adstock
from planning.scenarios import AS_TODAY, curve_rows, scenario_rows, seasonality
from planning.weeks import LiftTest, Weeks, gather, held, looked_from, question

MONDAY = date(2024, 1, 1)
NO_WEEKS = np.array([], dtype=np.int64)


def test_young_weeks_are_completed_as_old_ones_were() -> None:
    """By hand: of 10 that began in a week, 5 come in it, 3 a week later, 2 in the week after that."""
    counts = np.array([[5.0, 3, 2], [0, 5, 3], [0, 0, 4]])
    np.testing.assert_allclose(shares_come(counts), [0.5, 0.8, 1])
    np.testing.assert_allclose(completed(counts, 100 * counts), [1000, 1000, 800])


def test_weeks_of_which_little_has_come_are_left_out() -> None:
    counts = np.array([[1.0, 3, 6], [0, 1, 3], [0, 0, 7]])
    np.testing.assert_allclose(shares_come(counts), [0.1, 0.4, 1])
    np.testing.assert_allclose(completed(counts, counts), [10])
    assert len(completed(np.zeros((0, 0)), np.zeros((0, 0)))) == 0


def test_the_share_that_comes_is_found_from_cut_histories() -> None:
    """2,000 a week whose delay is known: what had come by the cut is completed to what came in the end, within 3 %."""
    rng = np.random.default_rng(3)
    chances = np.array([0.1, 0.2, 0.3, 0.2, 0.1, 0.1])
    weeks = 40
    counts = np.zeros((weeks, weeks + len(chances)))
    for week in range(weeks):
        counts[week, week : week + len(chances)] = rng.multinomial(2000, chances)
    known = counts[:, :weeks]
    np.testing.assert_allclose(shares_come(known)[: len(chances)], chances.cumsum(), atol=0.01)
    np.testing.assert_allclose(completed(known, known), 2000, rtol=0.03)
    assert len(completed(known, known)) == weeks - 2  # 0.1 and 0.3 are under a half


def the_weeks(seed: int = 1, **change: object) -> Weeks:
    """A simulated company whose outcome comes at once, with conversions enough."""
    company = simulate(seed)
    count = len(company.outcome)
    weeks = Weeks(
        first=MONDAY,
        channels=company.names,
        spend=company.spend,
        other_cost=np.zeros(company.spend.shape),
        conversions=np.full(company.spend.shape, 5),
        counts=np.diag(np.full(count, 9.0)),
        outcome=np.diag(company.outcome),
        customers=0.0,
        tests=[],
        horizon=13,
        bounds={},
        target_cac=None,
    )
    return replace(weeks, **change)  # type: ignore[arg-type]


def drawn(weeks: Weeks, known: int) -> Fit:
    """Draws of the prior instead of the posterior: they cost nothing."""
    model, mean = build(weeks.until(known).history())
    return Fit(model, np.random.default_rng(0).standard_normal((16, model.size)), mean, NO_WEEKS)


def test_rows_of_the_warehouse_become_weeks() -> None:
    later = MONDAY + timedelta(weeks=1)
    weeks = gather(
        [{"horizon_weeks": 8, "target_cac": Decimal("2.50"), "planned_from": MONDAY + timedelta(weeks=3)}],
        [
            {"week": MONDAY - timedelta(weeks=2), "channel": "Display", "spend": 0, "other_cost": 0, "conversions": 4},
            {"week": MONDAY, "channel": "Display", "spend": 10, "other_cost": 6, "conversions": 0},
            {"week": later, "channel": "Display", "spend": -1, "other_cost": 0, "conversions": 2},
            {"week": later, "channel": "Paid Search", "spend": 7, "other_cost": 0, "conversions": 1},
            {"week": later, "channel": "Email", "spend": 0, "other_cost": 9, "conversions": 3},
            {"week": MONDAY + timedelta(weeks=3), "channel": "Audio", "spend": 8, "other_cost": 0, "conversions": 1},
        ],
        [
            {"begun_week": MONDAY - timedelta(weeks=1), "reached_week": MONDAY, "conversions": 1, "outcome": 5},
            {"begun_week": MONDAY, "reached_week": later, "conversions": 2, "outcome": 30},
        ],
        [{"customers_per_outcome": 0.02}],
        [],
        [{"channel": "Display", "min_spend": 3, "max_spend": 9}],
    )
    assert (weeks.first, weeks.channels, weeks.horizon) == (MONDAY, ["Display", "Paid Search"], 8)
    assert (weeks.customers, weeks.target_cac, weeks.other_cost.tolist()) == (0.02, 2.5, [[6, 0], [0, 0], [0, 0]])
    np.testing.assert_array_equal(weeks.spend, [[10, 0], [0, 7], [0, 0]])
    np.testing.assert_array_equal(weeks.conversions, [[0, 0], [2, 1], [0, 0]])
    assert weeks.counts.sum() == weeks.counts[0, 1] == 2
    assert weeks.outcome[0, 1] == 30
    asked = question(weeks)
    np.testing.assert_allclose(asked.current, np.array([10, 7]) / 3 * 8)
    np.testing.assert_allclose([asked.low[0], asked.high[0]], [3, 9])
    np.testing.assert_allclose([asked.low[1], asked.high[1]], np.array([0.5, 1.5]) * 7 / 3 * 8)


def test_without_any_spend_there_is_nothing_to_say() -> None:
    asked = {"horizon_weeks": 13, "target_cac": None, "planned_from": MONDAY}
    weeks = gather([asked], [], [], [{"customers_per_outcome": None}], [], [])
    assert (len(weeks), looked_from(weeks)) == (0, [])
    assert planner.answer(weeks) == {"scenarios": [], "curves": [], "backtest": []}


def test_the_past_knows_only_what_had_happened() -> None:
    company = the_weeks()
    late = company.counts.copy()
    late[10, 60] = 50
    tests = [
        LiftTest(company.channels[0], company.day(30), company.last_day(38), 10.0, 2.0),
        LiftTest(company.channels[0], company.day(30), company.last_day(61), 10.0, 2.0),
    ]
    weeks = replace(company, counts=late, tests=tests, bounds={company.channels[0]: (0.0, 1.0)})
    assert looked_from(weeks) == [130, 117, 104]
    assert weeks.until(61).counts[10].sum() == 59
    then = weeks.until(60)
    assert then.counts[10].sum() == 9
    assert (len(then.history().experiments), len(weeks.history().experiments)) == (1, 2)
    assert (then.history().experiments[0].start, then.history().experiments[0].end) == (30, 37)
    # all comes two weeks later: the last two are too young, and so is a test that reaches into them
    young = replace(weeks, counts=np.diag(np.full(128, 9.0), 2))
    for end, count in ((128, 1), (129, 0)):
        reaching = replace(young, tests=[replace(tests[0], ends_on=weeks.last_day(end))])
        assert len(reaching.history().experiments) == count
    # and one that began before anything is known of what was spent
    before = replace(weeks, tests=[replace(tests[0], starts_on=weeks.first - timedelta(days=1))])
    assert before.history().experiments == []
    assert (then.bounds, weeks.until(130).bounds) == ({}, weeks.bounds)


def test_thin_data_is_refused_with_reasons_and_not_fitted() -> None:
    weeks = the_weeks(conversions=np.zeros((130, 5), dtype=np.int64)).until(100)
    assert planner.fits(weeks) == {}
    rows = list(scenario_rows(weeks, None))
    assert {row["scenario"] for row in rows} == {AS_TODAY}
    assert all(row["is_refused"] and row["recommended_spend"] == row["current_spend"] for row in rows)
    assert "0 conversions had a touch of it; 50 are needed" in rows[0]["reason"]
    assert not any("expected_revenue" in row for row in rows)
    past = list(backtest_rows(weeks, {}))
    assert {row["horizon_starts_on"] for row in past} == {weeks.day(87), weeks.day(74)}
    assert all(row["is_refused"] and row["recommended_spend"] == row["current_spend"] for row in past)
    spend = replace(weeks, spend=np.vstack([weeks.spend[:-13], np.zeros((13, 5))]))
    assert "nothing was spent in the last 13 weeks" in next(scenario_rows(spend, None))["reason"]
    impossible = replace(the_weeks(), bounds={weeks.channels[0]: (1e9, 2e9)})
    assert "cannot meet the budget" in held(impossible.history(), question(impossible))[0]


def test_each_scenario_spends_its_budget_and_says_what_it_changes() -> None:
    weeks = the_weeks(conversions=np.full((130, 5), 5) * (np.arange(5) > 0))
    rows = list(scenario_rows(weeks, drawn(weeks, 130)))
    asked = question(weeks)
    for percent in (-30, -20, -10, 0, 10, 20, 30):
        name = f"budget {percent:+d} %" if percent else AS_TODAY
        lines = [row for row in rows if row["scenario"] == name]
        spent = np.array([row["recommended_spend"] for row in lines])
        assert spent.sum() == pytest.approx(asked.budget * (1 + percent / 100))
        assert (spent >= asked.low - 1e-6).all() and (spent <= asked.high + 1e-6).all()
        changes = [row["expected_change"] for row in lines if not row["is_refused"]]
        assert lines[1]["scenario_change"] == pytest.approx(sum(changes))
        assert (lines[0]["is_refused"], "expected_revenue" in lines[0]) == (True, False)
    without = [row for row in rows if row["scenario"] == f"without {weeks.channels[2]}"]
    assert [row["recommended_spend"] for row in without] == pytest.approx(asked.current * (np.arange(5) != 2))
    assert without[2]["scenario_change"] == pytest.approx(without[2]["expected_change"])
    assert without[2]["expected_change"] < 0 == without[1]["expected_change"]
    assert not [row for row in rows if row["scenario"] == f"without {weeks.channels[0]}"]
    assert {row["outlier_weeks"] for row in rows} == {None}
    apart = scenario_rows(weeks, replace(drawn(weeks, 130), outliers=np.array([0, 52])))
    assert {row["outlier_weeks"] for row in apart} == {"2024-01-01, 2024-12-30"}


def test_a_reason_tells_of_as_much_money_as_brings_something_whole() -> None:
    """A company whose outcome is SQLs: what the next 10 or 100 bring is a part of one."""
    weeks = the_weeks()
    weeks = replace(weeks, outcome=weeks.outcome / weeks.outcome.sum() * 800)
    rows = [row for row in scenario_rows(weeks, drawn(weeks, 130)) if row["scenario"] == AS_TODAY]
    found = re.findall("brings ([0-9.,]*[0-9])", " ".join(row["reason"] for row in rows))
    brought = [float(number.replace(",", "")) for number in found]
    assert len(brought) >= 5
    assert 1 <= max(brought) < 100


def test_a_curve_begins_at_nothing_and_its_slope_is_what_more_money_brings() -> None:
    weeks = the_weeks()
    rows = [row for row in curve_rows(weeks, drawn(weeks, 130)) if row["channel"] == weeks.channels[3]]
    assert (rows[0]["spend"], rows[0]["response"]) == (0, 0)
    brought = sum(
        (before["marginal_roas"] + after["marginal_roas"]) / 2 * (after["spend"] - before["spend"])
        for before, after in zip(rows, rows[1:], strict=False)
    )
    assert brought == pytest.approx(rows[-1]["response"], rel=0.02)
    assert all(row["response_low"] <= row["response"] <= row["response_high"] for row in rows)


def test_a_channel_that_costs_nothing_lately_has_no_curve() -> None:
    company = the_weeks()
    weeks = replace(company, spend=company.spend * np.where(np.arange(130) < 117, 1, [[1], [1], [0], [1], [1]]).T)
    rows = list(curve_rows(weeks, drawn(weeks, 130)))
    assert {row["channel"] for row in rows} == set(weeks.channels) - {weeks.channels[2]}


def test_a_past_proposal_is_set_against_what_was_spent() -> None:
    weeks = the_weeks()
    rows = list(backtest_rows(weeks, {130: drawn(weeks, 130), 117: drawn(weeks, 117)}))
    last = [row for row in rows if row["horizon_starts_on"] == weeks.day(117)]
    assert [row["actual_spend"] for row in last] == pytest.approx(weeks.spend[117:].sum(axis=0))
    assert [row["current_spend"] for row in last] == pytest.approx(weeks.spend[104:117].sum(axis=0))
    assert all(row["estimated_revenue"] > 0 and row["horizon_ends_on"] == weeks.last_day(130) for row in last)
    # as proposed is what was done: then nothing could have been gained
    done = np.array([row["recommended_spend"] for row in last])
    same = replace(weeks, spend=np.vstack([weeks.spend[:117], np.tile(done / 13, (13, 1))]))
    again = list(backtest_rows(same, {130: drawn(same, 130), 117: drawn(weeks, 117)}))
    lifts = [row["hindsight_lift"] for row in again if row["horizon_starts_on"] == weeks.day(117)]
    assert lifts == pytest.approx([0] * 5, abs=1e-6)


def test_each_fit_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    weeks, made = the_weeks(), []

    def fit(history: History) -> Fit:
        made.append(history.weeks)
        return drawn(weeks, history.weeks)

    monkeypatch.setattr(planner, "fit", fit)
    answer = planner.answer(weeks)
    assert made == [130, 117, 104]
    assert answer["scenarios"] == list(scenario_rows(weeks, drawn(weeks, 130)))
    assert {row["channel"] for row in answer["curves"]} == set(weeks.channels)
    assert {row["horizon_starts_on"] for row in answer["backtest"]} == {weeks.day(117), weeks.day(104)}


def test_the_largest_budget_is_found_where_costs_fall_before_they_rise() -> None:
    def cost(value: float) -> float:
        return abs(value - 4) + 1

    assert largest(cost, 0, 10, 3).value == pytest.approx(6, abs=0.01)
    assert largest(cost, 0, 10, 3).cost <= 3
    assert largest(cost, 0, 10, 9) == Found(10, 7)
    assert largest(cost, 0, 10, 0.5) == Found(4, 1)


def test_a_new_customer_costs_media_and_what_stands_beside_it() -> None:
    """By hand: 60 + 13 lately of other costs of the one known channel, for 0.1 customers per unit of 5, 10 and 15."""
    weeks = the_weeks(customers=0.1, other_cost=np.tile([9.0, 1, 9, 9, 9], (130, 1)))
    brings = np.outer([5.0, 10, 15], [0, 1, 0, 0, 0])
    found = cac(weeks, [1], np.array([7.0, 60, 7, 7, 7]), brings)
    assert found["scenario_cac"] == pytest.approx(73 / 1)
    assert found["scenario_cac_low"] == pytest.approx(73 / 1.5 + 0.1 * (73 / 1 - 73 / 1.5))
    assert cac(replace(weeks, customers=0.0), [1], weeks.spend[0], brings) == {}


def one_known_channel(target: float) -> tuple[Weeks, Fit, float, float]:
    """Two channels of 1,000 a week; of one it is known that s a week bring E s / (s + h) a week: slope 1, nearly no
    carry-over. Returns the weeks, the fit, E and h."""
    spend = np.column_stack([np.tile([800.0, 1200], 40), np.tile([1200.0, 800], 40)])
    weeks = replace(
        the_weeks(),
        channels=["Display", "Email"],
        spend=spend,
        other_cost=np.zeros((80, 2)),
        conversions=np.tile([5, 0], (80, 1)),
        counts=np.diag(np.full(80, 9.0)),
        outcome=np.diag(np.tile([900.0, 1100], 40)),
        customers=0.001,
        target_cac=target,
    )
    model, mean = build(weeks.history())
    point = np.zeros((1, model.size))
    point[0, 2] = -7  # carry-over of Display
    point[0, 6] = -model.prior.log_slope[0] / model.prior.log_slope[1]
    half = 1000 * np.exp(0.1) / (1 - DECAYS[0])
    stock = adstock(spend[:, 0], float(DECAYS[0]))
    effect = 0.5 * np.exp(-1.1) * 1000 / (stock / (stock + half)).mean()
    return weeks, Fit(model, point, mean, NO_WEEKS), effect, half


def test_a_target_is_reached_by_the_largest_budget_that_keeps_to_it() -> None:
    """By hand: H s / (0.001 H E s / (s + h)) is the target at s = 0.001 E target - h; here at 1,300 a week."""
    *_, effect, half = one_known_channel(1)
    target = (1300 + half) / (0.001 * effect)
    weeks, fitted, *_ = one_known_channel(target)
    rows = [row for row in scenario_rows(weeks, fitted) if row["is_target_cac"]]
    spent = [row["recommended_spend"] for row in rows]
    assert spent[0] == pytest.approx(13 * 1300, rel=0.01)
    assert spent[1] / spent[0] == pytest.approx(rows[1]["current_spend"] / rows[0]["current_spend"])
    assert rows[0]["scenario_cac"] == pytest.approx(target, rel=0.005)
    assert rows[0]["scenario_cac"] <= target
    assert [row["is_refused"] for row in rows] == [False, True]
    assert "Email keeps its share of that budget: 0 conversions" in rows[1]["reason"]
    far = replace(weeks, target_cac=10 * target)  # the bounds end first, and with them the curve
    rows = [row for row in scenario_rows(far, fitted) if row["is_target_cac"]]
    assert sum(row["recommended_spend"] for row in rows) == pytest.approx(1.5 * 26000)
    a_week = 1.5 * 13200 / 13
    assert rows[0]["marginal_roas"] == pytest.approx(effect * half / (a_week + half) ** 2, rel=0.05)
    assert "brings 0" not in rows[0]["reason"]
    wide = replace(far, bounds={"Display": (6500, 130000), "Email": (6500, 130000)})  # 1.5 times the most ever, 1,200
    rows = [row for row in scenario_rows(wide, fitted) if row["is_target_cac"]]
    assert sum(row["recommended_spend"] for row in rows) == pytest.approx(1.5 * 1200 * 13 / 13200 * 26000)


def test_a_target_that_no_budget_reaches_is_refused_with_the_least_there_is() -> None:
    weeks, fitted, effect, half = one_known_channel(100)
    rows = [row for row in scenario_rows(weeks, fitted) if row["scenario"] == "CAC at most 100"]
    assert all(row["is_refused"] and row["recommended_spend"] == row["current_spend"] for row in rows)
    assert not any("scenario_cac" in row or "expected_revenue" in row for row in rows)
    assert rows[0]["reason"].startswith("at no budget within the bounds a new customer costs 100.00 or less: ")
    told = re.search(r"the least is ([\d,.]+), at a budget of 13,000$", rows[0]["reason"])
    assert told
    assert float(told[1].replace(",", "")) == pytest.approx((500 + half) / (0.001 * effect), rel=0.01)
    rows = list(scenario_rows(replace(weeks, customers=0.0), fitted))
    assert "no new customer came within a year" in next(row["reason"] for row in rows if "CAC" in row["scenario"])
    thin = replace(weeks, conversions=np.zeros((80, 2), dtype=np.int64))
    assert {row["scenario"] for row in scenario_rows(thin, None)} == {AS_TODAY, "CAC at most 100"}


def test_the_season_of_the_horizon_is_that_of_the_years_before() -> None:
    """An outcome that is 1 + half a wave of the year, its top in the 13th week of a year."""
    known = planner_history(simulate(1))
    wave = 1 + 0.5 * np.sin(2 * np.pi * np.arange(130) / (365.25 / 7))
    season = replace(known, outcome=1000 * wave, events=known.events[:130])
    ahead = 1 + 0.5 * np.sin(2 * np.pi * np.arange(130, 143) / (365.25 / 7))
    assert seasonality(season, 130, 13) == pytest.approx(ahead.mean(), rel=1e-6)
    assert seasonality(replace(season, outcome=season.outcome[:51]), 51, 13) is None
