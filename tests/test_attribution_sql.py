"""The SQL of attribution, compiled by dbt and run on small tables, against a slow and obvious reference."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from attribution_reference import Company, Conversion, Touch, credits, journeys
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion import home as paths
from ingestion import profiles, registry
from orchestration import dbt_project
from planning.markov import removal_effects_of_transitions

MODELS = (
    "first",
    "last",
    "last_non_direct",
    "linear",
    "position",
    "w_shaped",
    "full_path",
    "time_decay",
    "markov",
    "shapley",
)
NEW_YEAR = datetime.fromisoformat("2026-01-01")
LAST_DAY = NEW_YEAR + timedelta(days=121)

# The models in the order in which they are built; the markov chain is solved before the two last but one.
BUILT = (
    "intermediate.int_visitor_buckets_fingerprinted",
    "intermediate.int_conversions_gathered",
    "intermediate.int_paths_assigned",
    "intermediate.int_recent_touches_ordered",
    "intermediate.int_touches_unconverted",
    "intermediate.int_transitions_counted",
    "intermediate.int_path_effects_summed",
    "intermediate.int_touches_credited",
    "marts.attribution",
    "marts.journeys",
)

# The tables that the models read, with the columns they use.
INPUTS = """
attach ':memory:' as warehouse;
create schema warehouse.staging;
create schema warehouse.intermediate;
create schema warehouse.marts;
set variable mops_key = 'key';
create table warehouse.staging.stg_settings__run (lookback_days integer, time_zone varchar, as_of timestamp);
create table warehouse.intermediate.int_revenue_recognised (
    conversion_id varchar, person_id varchar, converted_at timestamp,
    revenue_home decimal(28, 12), gross_margin_home decimal(28, 12)
);
create table warehouse.intermediate.int_stage_entries_completed (
    person_id varchar, stage varchar, entered_at timestamp, is_reentry boolean, is_implied boolean
);
create table warehouse.intermediate.int_touchpoints_classified (
    touch_id varchar, person_id varchar, cookie_id varchar, channel varchar, touched_at timestamp, campaign varchar,
    content varchar, touch_key ubigint as (cast('0x' || left(touch_id, 16) as ubigint)),
    visitor_key ubigint as (
        case when coalesce(person_id, cookie_id) is not null then hash(coalesce(person_id, cookie_id)) end
    )
);
create table warehouse.intermediate.int_removal_effects_solved (
    conversion_type varchar, channel varchar, removal_effect double
);
"""

# (conversion_type, conversion_id, touch_id) -> model -> credit
Credits = dict[tuple[str, str, str | None], dict[str, float]]


class Answer(NamedTuple):
    """The credits, and the paths as often as each conversion type has them: (type, path or None, is_converted)."""

    credits: Credits
    journeys: list[tuple[str, str | None, bool]]


Attribute = Callable[[Company], Answer]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The models' SQL as dbt would run it in a warehouse where nothing was ever built."""
    home: Path = tmp_path_factory.mktemp("attribution")
    for source in [*registry.source_names(), "settings"]:
        paths.raw_file(home, source).parent.mkdir(parents=True, exist_ok=True)
        duckdb.connect(str(paths.raw_file(home, source))).close()
    options = ["--profiles-dir", str(profiles.write_profiles(home)), "--project-dir", str(registry.DBT_PROJECT)]
    options += ["--target-path", str(home / "target"), "--log-path", str(home / "logs"), "--quiet"]
    names = [model.partition(".")[2] for model in BUILT]
    try:
        result = dbtRunner(manifest=dbt_project.read().parsed).invoke(["compile", "--select", *names, *options])
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert result.success, result.exception
    return {each.node.name: each.node.compiled_code for each in result.result.results}


@pytest.fixture(scope="module")
def attribute(compiled: dict[str, str]) -> Iterator[Attribute]:
    """Runs the models' SQL on the conversions and touches it is given."""
    with duckdb.connect() as connection:
        connection.execute(INPUTS)

        def run(company: Company) -> Answer:
            for table, rows in _inputs(company).items():
                _fill(connection, table, rows)
            for model in BUILT:
                if model.endswith("int_path_effects_summed"):
                    _solve(connection)
                name = model.partition(".")[2]
                connection.execute(f"create or replace table warehouse.{model} as {compiled[name]}")
            return Answer(_credits(connection), _journeys(connection))

        yield run


def _inputs(company: Company) -> dict[str, list[tuple]]:
    stages = [
        (person, stage, at, False, is_implied)
        for person, entries in company.stages.items()
        for stage, (at, is_implied) in entries.items()
    ]
    return {
        "staging.stg_settings__run": [(company.lookback_days, "Europe/Berlin", company.as_of)],
        "intermediate.int_revenue_recognised": [(*each, 1, None) for each in company.sales],
        "intermediate.int_stage_entries_completed": stages,
        "intermediate.int_touchpoints_classified": [(*each, None, None) for each in company.touches],
    }


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    connection.execute(f"delete from warehouse.{table}")
    if rows:
        marks = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
        connection.execute(f"insert into warehouse.{table} values {marks}", [value for row in rows for value in row])


def _solve(connection: duckdb.DuckDBPyConnection) -> None:
    """What int_removal_effects_solved does."""
    counted = connection.execute("from warehouse.intermediate.int_transitions_counted").fetchall()
    effects = [
        (conversion_type, channel, effect)
        for conversion_type in {row[0] for row in counted}
        for channel, effect in removal_effects_of_transitions(
            [row[1:] for row in counted if row[0] == conversion_type]
        ).items()
    ]
    _fill(connection, "intermediate.int_removal_effects_solved", effects)


def _credits(connection: duckdb.DuckDBPyConnection) -> Credits:
    columns = ", ".join(f"credit_{model}" for model in MODELS)
    found = connection.execute(
        f"select conversion_type, conversion_id, touch_id, {columns} from warehouse.marts.attribution"
    ).fetchall()
    assert len(found) == len({row[:3] for row in found})
    return {row[:3]: dict(zip(MODELS, row[3:], strict=True)) for row in found}


def _journeys(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, bool]]:
    return connection.execute(
        "select conversion_type, path, is_converted from warehouse.marts.journeys order by all"
    ).fetchall()


people = st.sampled_from(["ada", "bob", None])
# Coarse times, so that touches coincide with each other, with conversions and with the ends of lookbacks.
times = st.integers(0, 240).map(lambda half_days: NEW_YEAR + timedelta(hours=12 * half_days))
channels = st.sampled_from(["Direct", "Email", "Paid Search"])
cookies = st.sampled_from(["c1", "c2", None])
entries = st.dictionaries(st.sampled_from(["lead", "opportunity", "sql"]), st.tuples(times, st.booleans()))


def touch_id(number: int) -> str:
    """Hexadecimal digits, as keyed hashes are."""
    return f"{number:016x}".ljust(64, "0")


def _numbered(kind: type, parts: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(parts, max_size=12).map(
        lambda rows: [kind(touch_id(number), *row) for number, row in enumerate(rows)]
    )


companies = st.builds(
    Company,
    sales=_numbered(Conversion, st.tuples(people, times)),
    touches=_numbered(Touch, st.tuples(people, cookies, channels, times)),
    stages=st.dictionaries(st.sampled_from(["ada", "bob"]), entries),
    lookback_days=st.sampled_from([1, 7, 30, 90, 3650]),
    as_of=st.just(LAST_DAY),
)


@settings(max_examples=60, deadline=None)
@given(companies)
def test_the_models_agree_with_the_reference(attribute: Attribute, company: Company) -> None:
    found = attribute(company)
    expected = credits(company)
    assert found.credits.keys() == expected.keys()
    for key, of_touch in expected.items():
        assert found.credits[key] == pytest.approx(of_touch, abs=1e-9), key
    sums: dict[tuple[str, str], dict[str, float]] = {}
    for (conversion_type, conversion_id, _), of_touch in found.credits.items():
        so_far = sums.setdefault((conversion_type, conversion_id), dict.fromkeys(MODELS, 0.0))
        sums[conversion_type, conversion_id] = {model: so_far[model] + of_touch[model] for model in MODELS}
    for total in sums.values():
        assert total == pytest.approx(dict.fromkeys(MODELS, 1), abs=1e-9)
    assert found.journeys == sorted(journeys(company), key=lambda row: (row[0], row[1] is None, row[1] or "", row[2]))


HEURISTICS = ("first", "last", "last_non_direct", "linear", "position", "time_decay")

# Days before the conversion, channel -> credits by hand, in the order of HEURISTICS.
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
SALE_AT = NEW_YEAR + timedelta(days=100)


def _sold(path: list[tuple[float, str]], **stages: float) -> Company:
    """Ada's sale after touches t0, t1 … of (days before it, channel), her stages entered days before it."""
    return Company(
        [Conversion("sale", "ada", SALE_AT)],
        [
            Touch(touch_id(number), "ada", None, channel, SALE_AT - timedelta(days=days))
            for number, (days, channel) in enumerate(path)
        ],
        {"ada": {stage: (SALE_AT - timedelta(days=days), False) for stage, days in stages.items()}},
        90,
        LAST_DAY,
    )


@pytest.mark.parametrize("case", HAND)
def test_a_path_gets_the_credit_computed_by_hand(attribute: Attribute, case: str) -> None:
    path, expected = HAND[case]
    found = attribute(_sold(path)).credits
    wanted = {touch_id(number): credits for number, credits in enumerate(expected) if credits is not None}
    assert {touch for _, _, touch in found} == set(wanted)
    for touch, by_hand in wanted.items():
        of_touch = found["won_revenue", "sale", touch]
        assert [of_touch[model] for model in HEURISTICS[: len(by_hand)]] == pytest.approx(list(by_hand))


FIVE = [(50.0, "Email"), (40.0, "Direct"), (30.0, "Email"), (20.0, "Direct"), (10.0, "Email")]

# Days before the sale on which stages were entered -> w_shaped, full_path of five touches, by hand.
MILESTONES = {
    "each milestone has its touch": (
        {"lead": 40, "opportunity": 15},
        [0.3, 0.3, 0.05, 0.3, 0.05],
        [0.225, 0.225, 0.1, 0.225, 0.225],
    ),
    "two milestones of one touch add up": (
        {"lead": 45, "opportunity": 5},
        [0.6, 0.1 / 3, 0.1 / 3, 0.1 / 3, 0.3],
        [0.45, 0.1 / 3, 0.1 / 3, 0.1 / 3, 0.45],
    ),
    "without an opportunity the others take its part": (
        {"lead": 25},
        [0.3 / 0.7, 0.1 / 2.1, 0.3 / 0.7, 0.1 / 2.1, 0.1 / 2.1],
        [0.225 / 0.775, 0.05 / 0.775, 0.225 / 0.775, 0.05 / 0.775, 0.225 / 0.775],
    ),
    "a milestone before the path is left out": (
        {"lead": 80},
        [0.75, 0.0625, 0.0625, 0.0625, 0.0625],
        [0.225 / 0.55, 0.1 / 1.65, 0.1 / 1.65, 0.1 / 1.65, 0.225 / 0.55],
    ),
    "a milestone with or after the sale is left out": (
        {"lead": 0, "opportunity": -5},
        [0.75, 0.0625, 0.0625, 0.0625, 0.0625],
        [0.225 / 0.55, 0.1 / 1.65, 0.1 / 1.65, 0.1 / 1.65, 0.225 / 0.55],
    ),
}


@pytest.mark.parametrize("case", MILESTONES)
def test_milestones_are_those_of_the_crm(attribute: Attribute, case: str) -> None:
    stages, w_shaped, full_path = MILESTONES[case]
    found = attribute(_sold(FIVE, **stages)).credits
    of_touches = [found["won_revenue", "sale", touch_id(number)] for number in range(5)]
    assert [each["w_shaped"] for each in of_touches] == pytest.approx(w_shaped)
    assert [each["full_path"] for each in of_touches] == pytest.approx(full_path)


def test_a_second_sale_has_a_path_of_its_own(attribute: Attribute) -> None:
    company = _sold([(20, "Email"), (10, "Direct")])
    company.sales.append(Conversion("earlier", "ada", SALE_AT - timedelta(days=15)))
    found = attribute(company).credits
    assert found["won_revenue", "earlier", touch_id(0)]["linear"] == 1
    assert [found["won_revenue", "sale", touch]["linear"] for touch in map(touch_id, range(2))] == [0.5, 0.5]


def test_markov_at_touch_level_is_solved_by_hand(attribute: Attribute) -> None:
    """Email converts Ada alone (effect 1); Direct is on her path, but Bob's came to nothing.

    start -> Email (1/2), Direct (1/2); Email -> Direct (1); Direct -> conversion (1/2), null (1/2). Without Direct
    nothing converts (effect 1); without Email half does (effect 1/2).
    """
    company = _sold([(20, "Email"), (10, "Direct"), (5, "Direct")])
    company.touches.append(Touch(touch_id(9), "bob", None, "Direct", LAST_DAY - timedelta(days=1)))
    found = attribute(company).credits
    assert [found["won_revenue", "sale", touch_id(number)]["markov"] for number in range(3)] == pytest.approx(
        [1 / 3, 1 / 3, 1 / 3]
    )
