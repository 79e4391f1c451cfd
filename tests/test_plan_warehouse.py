"""The planner over the warehouse's weeks: what is still to come, what was known when, and what is said of it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from planner_runs import history as planner_history
from simulated_histories import simulate

from planning.backtest import backtest_rows
from planning.draws import draw_rows, fits
from planning.fit import Fit, build
from planning.lag import completed, shares_come
from planning.scenarios import AS_TODAY, curve_rows, scenario_rows, seasonality
from planning.weeks import LiftTest, Weeks, gather, held, looked_from, question

MONDAY = date(2024, 1, 1)


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
        conversions=np.full(company.spend.shape, 5),
        counts=np.diag(np.full(count, 9.0)),
        outcome=np.diag(company.outcome),
        tests=[],
        horizon=13,
        bounds={},
    )
    return replace(weeks, **change)  # type: ignore[arg-type]


def drawn(weeks: Weeks, known: int) -> Fit:
    """Draws of the prior instead of the posterior: they cost nothing."""
    model, mean = build(weeks.until(known).history())
    return Fit(model, np.random.default_rng(0).standard_normal((16, model.size)), mean)


def test_rows_of_the_warehouse_become_weeks() -> None:
    later = MONDAY + timedelta(weeks=1)
    weeks = gather(
        [{"outcome": "revenue", "horizon_weeks": 8, "planned_from": MONDAY + timedelta(weeks=3)}],
        [
            {"week": MONDAY - timedelta(weeks=2), "channel": "Display", "spend": 0, "conversions": 4},
            {"week": MONDAY, "channel": "Display", "spend": 10, "conversions": 0},
            {"week": later, "channel": "Display", "spend": -1, "conversions": 2},
            {"week": later, "channel": "Paid Search", "spend": 7, "conversions": 1},
            {"week": later, "channel": "Email", "spend": 0, "conversions": 3},
        ],
        [
            {"begun_week": MONDAY - timedelta(weeks=1), "reached_week": MONDAY, "conversions": 1, "outcome": 5},
            {"begun_week": MONDAY, "reached_week": later, "conversions": 2, "outcome": 30},
        ],
        [],
        [{"channel": "Display", "min_spend": 3, "max_spend": 9}],
    )
    assert (weeks.first, weeks.channels, weeks.horizon) == (MONDAY, ["Display", "Paid Search"], 8)
    np.testing.assert_array_equal(weeks.spend, [[10, 0], [0, 7], [0, 0]])
    np.testing.assert_array_equal(weeks.conversions, [[0, 0], [2, 1], [0, 0]])
    assert weeks.counts.sum() == weeks.counts[0, 1] == 2
    assert weeks.outcome[0, 1] == 30
    asked = question(weeks)
    np.testing.assert_allclose(asked.current, np.array([10, 7]) / 3 * 8)
    np.testing.assert_allclose([asked.low[0], asked.high[0]], [3, 9])
    np.testing.assert_allclose([asked.low[1], asked.high[1]], np.array([0.5, 1.5]) * 7 / 3 * 8)


def test_without_any_spend_there_is_nothing_to_say() -> None:
    weeks = gather([{"horizon_weeks": 13, "planned_from": MONDAY}], [], [], [], [])
    assert (len(weeks), looked_from(weeks), list(draw_rows(weeks))) == (0, [], [])
    assert [*scenario_rows(weeks, None), *curve_rows(weeks, None), *backtest_rows(weeks, {})] == []


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
    assert (then.bounds, weeks.until(130).bounds) == ({}, weeks.bounds)


def test_thin_data_is_refused_with_reasons_and_not_fitted() -> None:
    weeks = the_weeks(conversions=np.zeros((130, 5), dtype=np.int64)).until(100)
    assert list(draw_rows(weeks)) == []
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


def test_a_fit_goes_through_rows_unchanged() -> None:
    weeks = the_weeks()
    whole = drawn(weeks, 117)
    rows = [{"weeks_known": 117, "draw": draw, "point": point} for draw, point in enumerate(whole.points.tolist())]
    again = fits(weeks, reversed(rows))[117]
    np.testing.assert_array_equal(again.points, whole.points)
    np.testing.assert_array_equal(again.model.outcome, whole.model.outcome)


def test_the_season_of_the_horizon_is_that_of_the_years_before() -> None:
    """An outcome that is 1 + half a wave of the year, its top in the 13th week of a year."""
    known = planner_history(simulate(1))
    wave = 1 + 0.5 * np.sin(2 * np.pi * np.arange(130) / (365.25 / 7))
    season = replace(known, outcome=1000 * wave, events=known.events[:130])
    ahead = 1 + 0.5 * np.sin(2 * np.pi * np.arange(130, 143) / (365.25 / 7))
    assert seasonality(season, 130, 13) == pytest.approx(ahead.mean(), rel=1e-6)
    assert seasonality(replace(season, outcome=season.outcome[:51]), 51, 13) is None
