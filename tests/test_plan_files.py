"""`mops plan`: what it writes, and that a bad file is told in one sentence with exit code 2."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plan_files import days, problem, write
from simulated_histories import simulate
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.cli.mistakes import MistakeError

Lines = list[list[str]]
KEYS = {
    "allocation",
    "response",
    "response_interval",
    "lift",
    "lift_interval",
    "contribution",
    "contribution_interval",
    "curves",
    "outliers",
    "refused",
    "refused_channels",
    "reasons",
    "seconds",
}


def run(history: Path, asked: Path, out: Path) -> None:
    CliRunner().invoke(
        app, ["plan", "--history", str(history), "--problem", str(asked), "--out", str(out)], catch_exceptions=False
    )


@pytest.mark.parametrize(("freq", "hit"), [("W", [40]), ("D", range(40 * 7, 41 * 7))])
def test_a_week_that_stands_out_is_named(freq: str, hit: Any, tmp_path: Path) -> None:
    """By day, weeks are counted back from the last one: here the first begins with the sixth line."""
    company = simulate(3, freq)
    skipped = 2 if freq == "D" else 0
    outcome = company.outcome.copy()
    outcome[hit] *= 0.4
    company = replace(company, outcome=outcome[skipped:], spend=company.spend[skipped:], promo=company.promo[skipped:])
    run(*write(tmp_path, company), tmp_path / "plan.json")
    (told,) = json.loads((tmp_path / "plan.json").read_text())["outliers"]
    assert days(company)[hit[0] - skipped] == date.fromisoformat(told)


def test_the_command_writes_a_split_that_keeps_to_the_question(tmp_path: Path) -> None:
    company = simulate(3)
    tests = company.lift_tests(np.random.default_rng(0), 0.2)
    out = tmp_path / "plan.json"
    run(*write(tmp_path, company, tests), out)
    plan = json.loads(out.read_text())
    assert set(plan) == KEYS
    assert plan["refused"] is False and plan["refused_channels"] == {}
    assert sum(plan["allocation"].values()) == pytest.approx(company.current.sum())
    for at, name in enumerate(company.names):
        assert company.low[at] - 1e-6 <= plan["allocation"][name] <= company.high[at] + 1e-6
        assert plan["contribution_interval"][name][0] < plan["contribution"][name]
        money, response = np.array(plan["curves"][name]).T
        assert money[0] == response[0] == 0 and (np.diff(response) >= 0).all()
        assert name in plan["reasons"][name] and "a lift test" in plan["reasons"][name]
    assert plan["lift_interval"][0] < plan["lift"] < plan["lift_interval"][1]
    assert plan["response_interval"][0] < plan["response"] < plan["response_interval"][1]


def test_a_mistake_ends_the_process_with_2_and_a_sentence(tmp_path: Path) -> None:
    history, asked = write(tmp_path, simulate(1), horizon=0)
    command = [sys.executable, "-m", "orchestration.cli", "plan", "--history", history, "--problem", asked]
    done = subprocess.run([*command, "--out", tmp_path / "plan.json"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "horizon is 0" in done.stderr
    assert not (tmp_path / "plan.json").exists()


def cell(line: int, column: int, text: str) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        lines[line][column] = text

    return change


def without(column: int) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        for line in lines:
            del line[column]

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without(0), "lacks the column date"),
        (without(1), "lacks the column outcome"),
        (lambda lines: [without(2)(lines) for _ in range(5)], "lacks a column spend_<channel>"),
        (cell(0, 3, "spend_channel_1"), "has the column spend_channel_1 twice"),
        (cell(0, 7, ""), "a column without a name"),
        (lambda lines: lines.insert(3, lines[2]), "line 4: the date 2024-01-08 is there twice"),
        (lambda lines: lines.insert(2, lines.pop(5)), "line 4: 2024-01-08 comes after 2024-01-29; the dates must be"),
        (lambda lines: lines.pop(4), "line 5: there is a gap between 2024-01-15 and 2024-01-29"),
        (cell(5, 0, "2024-01-24"), "line 6: 2024-01-24 is 2 days after 2024-01-22"),
        (cell(5, 0, "24/01/2024"), "line 6: date is no date (2026-06-30): 24/01/2024"),
        (cell(5, 1, "many"), "line 6: outcome is not a number: many"),
        (cell(5, 1, ""), "line 6: outcome is not a number: nothing"),
        (cell(5, 7, "nan"), "line 6: promo is not a number: nan"),
        (cell(5, 3, "-1"), "line 6: spend_channel_2 is negative: -1"),
        (lambda lines: lines[5].pop(), "line 6: 7 values for 8 columns"),
        (lambda lines: lines.__delitem__(slice(1, None)), "has no lines of history"),
        (
            lambda lines: lines.__delitem__(slice(2, None)),
            "the history has 1 lines; it must hold at least two whole weeks",
        ),
        (lambda lines: lines.clear(), "lacks the columns date, outcome"),
    ],
)
def test_a_bad_history_is_told_in_a_sentence(tmp_path: Path, change: Callable[[Lines], None], message: str) -> None:
    history, asked = write(tmp_path, simulate(1))
    lines = list(csv.reader(history.open()))
    change(lines)
    with history.open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    with pytest.raises(MistakeError) as told:
        run(history, asked, tmp_path / "plan.json")
    assert message in str(told.value)


EQUAL = dict.fromkeys(simulate(1).names, 20.0)
TEST = {"channel": "channel_1", "start": "2025-01-06", "end": "2025-02-03", "outcome": 10, "standard_error": 2}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"freq": "M"}, "freq is 'M'; it must be D or W"),
        ({"freq": ["D"]}, "freq is ['D']; it must be D or W"),
        ({"horizon": 0}, "horizon is 0; it must be a whole number"),
        ({"horizon": 10**11}, "it must be a whole number of periods, 1 to 3660"),
        ({"horizon": 2.5}, "horizon is 2.5; it must be a whole number"),
        ({"horizon": "13"}, "horizon is not a number: '13'"),
        ({"budget": -5}, "budget is -5; it must be above 0"),
        ({"budget": 1}, "current sums to"),
        ({"budget": 10**400}, "budget is too large"),
        ({"current": EQUAL}, "current sums to 100.00, the budget is"),
        ({"current": {"channel_1": 1}}, "current lacks the channel channel_2"),
        ({"current": 5}, "current must be an object"),
        ({"current": EQUAL | {"radio": 1}}, "current has radio, for which the history has no column spend_radio"),
        ({"current": EQUAL | {"channel_2": "x"}}, "current of channel_2 is not a number: 'x'"),
        ({"current": EQUAL | {"channel_2": -1}}, "current of channel_2 is negative"),
        ({"bounds": {"radio": [0, 1]}}, "bounds has radio, for which"),
        ({"bounds": dict.fromkeys(EQUAL, [5, 1])}, "bounds of channel_1 are impossible: 5 to 1"),
        ({"bounds": dict.fromkeys(EQUAL, [-5, 1])}, "bounds of channel_1 are impossible: -5 to 1"),
        ({"bounds": dict.fromkeys(EQUAL, [1])}, "bounds of channel_1 must be [min, max]"),
        (
            {"bounds": dict.fromkeys(EQUAL, [0, 1])},
            "the bounds allow 0.00 to 5.00 in all, which cannot meet the budget",
        ),
        ({"flighting": [0.5, 0.5]}, "flighting must be a list of"),
        ({"tail": -1}, "tail is -1"),
        ({"experiments": [TEST | {"channel": "radio"}]}, "experiment 1 is of radio"),
        ({"experiments": [TEST | {"start": "soon"}]}, "experiment 1, start is no date"),
        ({"experiments": [TEST | {"end": "2024-01-01"}]}, "experiment 1, 2025-01-06 to 2024-01-01, has no date"),
        ({"experiments": [TEST | {"start": "2023-12-25"}]}, "experiment 1, 2023-12-25 to"),
        ({"experiments": [TEST | {"end": "2026-07-01"}]}, "reaches beyond the history, 2024-01-01 to 2026-06-28"),
        ({"experiments": [TEST | {"standard_error": 0}]}, "standard_error of experiment 1 is 0"),
        ({"experiments": [{"channel": "channel_1"}]}, "experiment 1 lacks start, end, outcome, standard_error"),
    ],
)
def test_a_bad_problem_is_told_in_a_sentence(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(MistakeError) as told:
        run(*write(tmp_path, simulate(1), **changes), tmp_path / "plan.json")
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON that can be read"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "must hold an object"),
        ("{}", "lacks freq, horizon, budget"),
    ],
)
def test_a_problem_that_is_no_object_is_told(tmp_path: Path, text: str, message: str) -> None:
    history, asked = write(tmp_path, simulate(1))
    asked.write_text(text)
    with pytest.raises(MistakeError) as told:
        run(history, asked, tmp_path / "plan.json")
    assert message in str(told.value)


def test_missing_files_and_keys_nobody_knows(tmp_path: Path) -> None:
    history, asked = write(tmp_path, simulate(1), colour="blue")
    for names in ((tmp_path / "none.csv", asked), (history, tmp_path / "none.json")):
        with pytest.raises(MistakeError) as told:
            run(*names, tmp_path / "plan.json")
        assert "there is no file" in str(told.value)
    assert "colour" not in problem(simulate(1))
