"""The SQL of the mart attribution, compiled by dbt and run on small tables, against a slow and obvious reference."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion import profiles, registry

MODELS = ("first", "last", "last_non_direct", "linear", "position", "time_decay")
NEW_YEAR = datetime.fromisoformat("2026-01-01")

# The tables that the model reads, with the columns it uses.
INPUTS = """
attach ':memory:' as warehouse;
create schema warehouse.staging;
create schema warehouse.intermediate;
create table warehouse.staging.stg_settings__run (lookback_days integer);
create table warehouse.intermediate.int_revenue_recognised (
    conversion_id varchar, person_id varchar, converted_at timestamp,
    revenue_home decimal(28, 12), gross_margin_home decimal(28, 12)
);
create table warehouse.intermediate.int_touchpoints_classified (
    touch_id varchar, person_id varchar, channel varchar, touched_at timestamp, campaign varchar, content varchar
);
"""


class Touch(NamedTuple):
    touch_id: str
    person_id: str | None
    channel: str
    touched_at: datetime


class Conversion(NamedTuple):
    conversion_id: str
    person_id: str | None
    converted_at: datetime


# (conversion_id, touch_id) -> the credits of the touch in the order of MODELS
Credits = dict[tuple[str, str | None], tuple[float, ...]]
Attribute = Callable[[list[Conversion], list[Touch], int], Credits]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The model's SQL as dbt would run it; no warehouse is needed to say it."""
    home: Path = tmp_path_factory.mktemp("attribution")
    options = ["--profiles-dir", str(profiles.write_profiles(home)), "--project-dir", str(registry.DBT_PROJECT)]
    options += ["--target-path", str(home / "target"), "--log-path", str(home / "logs"), "--quiet"]
    options += ["--no-introspect", "--no-populate-cache"]
    try:
        result = dbtRunner().invoke(["compile", "--select", "attribution", *options])
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert result.success, result.exception
    return result.result.results[0].node.compiled_code


@pytest.fixture(scope="module")
def attribute(compiled: str) -> Iterator[Attribute]:
    """Runs the model's SQL on the conversions and touches it is given."""
    columns = ", ".join(f"credit_{model}" for model in MODELS)
    with duckdb.connect() as connection:
        connection.execute(INPUTS)

        def run(conversions: list[Conversion], touches: list[Touch], lookback_days: int) -> Credits:
            for schema, table, rows in [
                ("staging", "stg_settings__run", [(lookback_days,)]),
                ("intermediate", "int_revenue_recognised", [(*each, 1, None) for each in conversions]),
                ("intermediate", "int_touchpoints_classified", [(*each, None, None) for each in touches]),
            ]:
                connection.execute(f"delete from warehouse.{schema}.{table}")
                if rows:
                    marks = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
                    values = [value for row in rows for value in row]
                    connection.execute(f"insert into warehouse.{schema}.{table} values {marks}", values)
            found = connection.execute(f"select conversion_id, touch_id, {columns} from ({compiled})").fetchall()
            assert len(found) == len({row[:2] for row in found})
            return {(row[0], row[1]): row[2:] for row in found}

        yield run


def reference(conversions: list[Conversion], touches: list[Touch], lookback_days: int) -> Credits:
    """The definitions, word for word."""
    credits: Credits = {}
    for conversion in conversions:
        opens_at = conversion.converted_at - timedelta(days=lookback_days)
        path = sorted(
            (touch.touched_at, touch.touch_id, touch.channel)
            for touch in touches
            if touch.person_id is not None
            and touch.person_id == conversion.person_id
            and opens_at <= touch.touched_at < conversion.converted_at
        )
        if not path:
            credits[conversion.conversion_id, None] = (1.0,) * len(MODELS)
        weights = list(zip(*_weights(path, conversion.converted_at), strict=True))
        for (_, touch_id, _), of_touch in zip(path, weights, strict=True):
            credits[conversion.conversion_id, touch_id] = of_touch
    return credits


def _weights(path: list[tuple[datetime, str, str]], converted_at: datetime) -> list[list[float]]:
    """Per model, the credit of each touch of the path."""
    steps = len(path)
    if steps == 0:
        return []
    not_direct = [step for step in range(steps) if path[step][2] != "Direct"]
    decays = [2 ** (-(converted_at - touched_at).total_seconds() / 86400 / 7) for touched_at, _, _ in path]
    position = {1: [1.0], 2: [0.5, 0.5]}.get(steps) or [0.4, *[0.2 / (steps - 2)] * (steps - 2), 0.4]
    return [
        [float(step == 0) for step in range(steps)],
        [float(step == steps - 1) for step in range(steps)],
        [float(step == (not_direct[-1] if not_direct else steps - 1)) for step in range(steps)],
        [1 / steps] * steps,
        position,
        [decay / sum(decays) for decay in decays],
    ]


people = st.sampled_from(["ada", "bob", None])
# Coarse times, so that touches coincide with each other, with conversions and with the ends of lookbacks.
times = st.integers(0, 240).map(lambda half_days: NEW_YEAR + timedelta(hours=12 * half_days))
channels = st.sampled_from(["Direct", "Email", "Paid Search"])


def _numbered(kind: type, parts: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(parts, max_size=12).map(lambda rows: [kind(str(number), *row) for number, row in enumerate(rows)])


@settings(max_examples=100, deadline=None)
@given(
    conversions=_numbered(Conversion, st.tuples(people, times)),
    touches=_numbered(Touch, st.tuples(people, channels, times)),
    lookback_days=st.sampled_from([1, 7, 30, 90, 3650]),
)
def test_the_models_agree_with_the_reference(
    attribute: Attribute, conversions: list[Conversion], touches: list[Touch], lookback_days: int
) -> None:
    found = attribute(conversions, touches, lookback_days)
    expected = reference(conversions, touches, lookback_days)
    assert found.keys() == expected.keys()
    for key, credits in expected.items():
        assert found[key] == pytest.approx(credits, abs=1e-12), key
    for conversion in conversions:
        of_conversion = [credits for key, credits in found.items() if key[0] == conversion.conversion_id]
        assert [sum(credits) for credits in zip(*of_conversion, strict=True)] == pytest.approx([1] * 6, abs=1e-12)


# Days before the conversion, channel -> credits by hand, in the order of MODELS.
HAND = {
    "one touch takes all": ([(3, "Email")], [(1, 1, 1, 1, 1, 1)]),
    "two touches take half each, a week halves": (
        [(14, "Email"), (7, "Direct")],
        [(1, 0, 1, 0.5, 0.5, 1 / 3), (0, 1, 0, 0.5, 0.5, 2 / 3)],
    ),
    "three at one time go by their ids": (
        [(5, "Email"), (5, "Direct"), (5, "Direct")],
        [(1, 0, 1, 1 / 3, 0.4, 1 / 3), (0, 0, 0, 1 / 3, 0.2, 1 / 3), (0, 1, 0, 1 / 3, 0.4, 1 / 3)],
    ),
    "the middle shares a fifth": (
        [(4, "Email"), (3, "Email"), (2, "Email"), (1, "Email")],
        [(1, 0, 0, 0.25, 0.4), (0, 0, 0, 0.25, 0.1), (0, 0, 0, 0.25, 0.1), (0, 1, 1, 0.25, 0.4)],
    ),
    "all direct goes to the last": ([(9, "Direct"), (2, "Direct")], [(1, 0, 0), (0, 1, 1)]),
    "what comes with or after the conversion is not on the path": (
        [(2, "Email"), (0, "Email"), (-1, "Email")],
        [(1, 1, 1, 1, 1, 1)],
    ),
    "what comes before the lookback is not on the path": (
        [(91, "Email"), (90, "Email")],
        [None, (1, 1, 1, 1, 1, 1)],
    ),
}


@pytest.mark.parametrize("case", HAND)
def test_a_path_gets_the_credit_computed_by_hand(attribute: Attribute, case: str) -> None:
    path, expected = HAND[case]
    converted_at = NEW_YEAR + timedelta(days=100)
    touches = [
        Touch(f"t{number}", "ada", channel, converted_at - timedelta(days=days))
        for number, (days, channel) in enumerate(path)
    ]
    found = attribute([Conversion("sale", "ada", converted_at)], touches, 90)
    wanted = {f"t{number}": credits for number, credits in enumerate(expected) if credits is not None}
    assert {touch_id for _, touch_id in found} == set(wanted)
    for touch_id, credits in wanted.items():
        assert found["sale", touch_id][: len(credits)] == pytest.approx(credits)
