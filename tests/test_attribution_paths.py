"""The attribution engine: against slow, obvious references on random paths, published cases, and its command."""

import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.cli.mistakes import MistakeError
from planning.attribution import MODELS, Paths, attribute, removal_effects

CHANNELS = ["Search", "Direct", "Email", "Social"]
Row = tuple[list[int], float, float, float]  # channels, conversions, revenue, nulls

counts = st.integers(0, 9).map(float)
rows = st.lists(
    st.tuples(st.lists(st.integers(0, 3), min_size=1, max_size=8), counts, counts, counts), min_size=1, max_size=12
)


def paths(rows: list[Row]) -> Paths:
    return Paths(
        np.array([channel for row in rows for channel in row[0]]),
        np.array([len(row[0]) for row in rows]),
        *(np.array([row[place] for row in rows]) for place in (1, 2, 3)),
        np.array([name == "Direct" for name in CHANNELS]),
    )


def slow_weights(model: str, path: list[int]) -> list[float]:
    """The credit of each touch of one path, word by word as DEFINITIONS has it."""
    n = len(path)
    weights = [0.0] * n
    if model == "first":
        weights[0] = 1
    elif model == "last":
        weights[-1] = 1
    elif model == "last_non_direct":
        others = [place for place in range(n) if CHANNELS[path[place]] != "Direct"]
        weights[others[-1] if others else n - 1] = 1
    elif model == "linear":
        weights = [1 / n] * n
    elif model == "position":
        weights = [1.0] if n == 1 else [0.5, 0.5] if n == 2 else [0.4, *[0.2 / (n - 2)] * (n - 2), 0.4]
    elif model == "time_decay":
        raw = [2 ** (-(n - 1 - place) / 7) for place in range(n)]
        weights = [each / sum(raw) for each in raw]
    elif model == "shapley":
        weights = [1 / len(set(path)) / path.count(channel) for channel in path]
    return weights


@pytest.mark.parametrize("model", [model for model in MODELS if model != "markov"])
@given(rows)
def test_models_of_single_paths_equal_the_definitions(model: str, rows: list[Row]) -> None:
    conversions, revenue = np.zeros(4), np.zeros(4)
    for path, converted, earned, _ in rows:
        for channel, weight in zip(path, slow_weights(model, path), strict=True):
            conversions[channel] += weight * converted
            revenue[channel] += weight * earned
    found = attribute(paths(rows), model)
    np.testing.assert_allclose(found, (conversions, revenue), atol=1e-12)


@given(rows)
def test_shapley_is_what_channels_add_over_all_orders_of_joining(rows: list[Row]) -> None:
    def value(members: tuple[int, ...]) -> float:
        return sum(converted for path, converted, _, _ in rows if set(path) <= set(members))

    orders = list(permutations(range(4)))
    expected = np.zeros(4)
    for order in orders:
        for place, channel in enumerate(order):
            expected[channel] += (value(order[: place + 1]) - value(order[:place])) / len(orders)
    np.testing.assert_allclose(attribute(paths(rows), "shapley")[0], expected, atol=1e-12)


def chance_to_convert(rows: list[Row], without: int | None) -> float:
    """From start, by walking the chain until next to nobody is on the way; edges into `without` go to null."""
    flow: dict[object, dict[object, float]] = {}
    for path, converted, _, lost in rows:
        stops = ["start", *path]
        for here, there in zip(stops, stops[1:], strict=False):
            flow.setdefault(here, {}).setdefault(there, 0)
            flow[here][there] += converted + lost
        for end, people in (("conversion", converted), ("null", lost)):
            flow.setdefault(path[-1], {}).setdefault(end, 0)
            flow[path[-1]][end] += people
    on_the_way: dict[object, float] = {"start": 1.0}
    arrived = 0.0
    for _ in range(3000):
        after: dict[object, float] = {}
        for here, share in on_the_way.items():
            total = sum(flow.get(here, {}).values())
            for there, people in flow.get(here, {}).items():
                if total and there == "conversion":
                    arrived += share * people / total
                elif total and there not in ("null", without):
                    after[there] = after.get(there, 0) + share * people / total
        on_the_way = {here: share for here, share in after.items() if share > 1e-18}
        if not on_the_way:
            break
    return arrived


@given(rows)
def test_removal_effects_are_the_conversions_lost_without_a_channel(rows: list[Row]) -> None:
    whole = chance_to_convert(rows, None)
    expected = [1 - chance_to_convert(rows, channel) / whole if whole else 0 for channel in range(4)]
    np.testing.assert_allclose(removal_effects(paths(rows)), expected, atol=1e-9)


@given(rows)
def test_every_model_hands_out_what_there_is(rows: list[Row]) -> None:
    read = paths(rows)
    converted = read.conversions.sum()
    for model in MODELS:
        conversions, revenue = attribute(read, model)
        assert (conversions >= 0).all()
        assert conversions.sum() == pytest.approx(converted)
        if converted or model != "markov":
            assert revenue.sum() == pytest.approx(read.revenue.sum())


def test_a_chain_solved_by_hand() -> None:
    """start -> A; A -> B or null; B -> conversion or null, half each: without either nothing converts."""
    rows = [([0, 1], 1.0, 10.0, 1.0), ([0], 0.0, 0.0, 2.0)]
    np.testing.assert_allclose(removal_effects(paths(rows)), [1, 1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(attribute(paths(rows), "markov")[1], [5, 5, 0, 0])


def test_paths_that_never_convert_count() -> None:
    """Nine people saw B and left, so B converts one in ten, and A, which leads to B, hardly matters any more."""
    rows = [([0, 1], 1.0, 1.0, 0.0), ([1], 0.0, 0.0, 9.0), ([2], 1.0, 1.0, 0.0)]
    np.testing.assert_allclose(removal_effects(paths(rows)), [0.05, 0.5, 0.5, 0], atol=1e-12)
    rows[1] = ([1], 0.0, 0.0, 0.0)
    np.testing.assert_allclose(removal_effects(paths(rows)), [0.5, 0.5, 0.5, 0], atol=1e-12)


HEAD = "path,conversions,revenue,nulls\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "paths.csv"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    return file


def test_the_command_writes_channels_with_the_largest_first(tmp_path: Path) -> None:
    file = written(tmp_path, 'path,nulls,revenue,conversions\nSearch > DIRECT,0,30.5,3\n"Fair, autumn",1,9,1\n')
    out = tmp_path / "channels.csv"
    done = CliRunner().invoke(
        app,
        ["attribute", "--paths", str(file), "--model", "last_non_direct", "--out", str(out)],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    assert list(csv.reader(out.open())) == [
        ["channel", "conversions", "revenue"],
        ["Search", "3.0", "30.5"],
        ["Fair, autumn", "1.0", "9.0"],
        ["DIRECT", "0.0", "0.0"],
    ]


def test_a_name_with_brackets_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "p1.csv").write_text(HEAD + "Other,1,1,0\n")
    file = tmp_path / "p[1].csv"
    file.write_text(HEAD + "Search,1,1,0\n")
    done = CliRunner().invoke(app, ["attribute", "--paths", str(file), "--model", "last"], catch_exceptions=False)
    assert "Search" in done.stdout and "Other" not in done.stdout


def test_an_unknown_model_and_a_missing_file_are_mistakes(tmp_path: Path) -> None:
    for arguments, message in (
        (["--paths", str(written(tmp_path, "")), "--model", "lastest"], "lastest is none of first, last"),
        (["--paths", str(tmp_path / "none.csv"), "--model", "last"], "there is no file"),
    ):
        done = CliRunner().invoke(app, ["attribute", *arguments])
        assert isinstance(done.exception, MistakeError)
        assert message in str(done.exception)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("path,conversions,revenue,nulls\nA,1,1,1\n,2,2,2\n", "line 3: the path is empty"),
        ("path,conversions,revenue,nulls\nA > > B,1,1,1\n", "line 2: the path has a channel without a name"),
        ("path,conversions,revenue,nulls\nA,one,1,1\n", "line 2: conversions is not a number: one"),
        ("path,conversions,revenue,nulls\nA,1,,1\n", "line 2: revenue is not a number: nothing"),
        ("path,conversions,revenue,nulls\nA,1,1,-1\n", "line 2: nulls is negative"),
        ("path,conversions,nulls\nA,1,1\n", "lacks the column revenue"),
        ("path,conversions,revenue,nulls\n", "has no paths"),
        ("", "lacks the columns path, conversions, revenue, nulls"),
        (HEAD + "A,1,1,1\nA,1,1,1,5\n", "line 3: more values than columns"),
        (HEAD + "A,1,1,1\nA,1\n", "line 3: revenue is not a number: nothing"),
        (HEAD + "Caf\udce9,1,1,1\n", "line 2: not in UTF-8"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    done = CliRunner().invoke(app, ["attribute", "--paths", str(written(tmp_path, text)), "--model", "linear"])
    assert isinstance(done.exception, MistakeError)
    assert message in str(done.exception)


@pytest.mark.parametrize(
    ("last", "message"), [("A,1,1,1,5", "more values than columns"), ("Caf\udce9,1,1,1", "not in UTF-8")]
)
def test_a_bad_line_below_what_the_columns_are_guessed_from_is_told(tmp_path: Path, last: str, message: str) -> None:
    file = written(tmp_path, HEAD + "B > A,1,1,1\n" * 30_000 + last + "\n")
    done = CliRunner().invoke(app, ["attribute", "--paths", str(file), "--model", "linear"])
    assert isinstance(done.exception, MistakeError)
    assert str(done.exception) == f"{file}, line 30002: {message}"
