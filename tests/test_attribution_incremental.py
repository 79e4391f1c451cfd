"""What dbt stores of attribution day by day equals what it makes at once, and no more is rewritten than changed."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from benchmarks.attribution_rate import TOUCH_LEVEL
from ingestion import home as paths
from ingestion import installation_key, registry
from ingestion.settings import load, write_tables
from orchestration import dbt_project

BUILT = ["stg_settings__run", *TOUCH_LEVEL, "journeys"]

MOPS_YAML = "home_currency: EUR\ntime_zone: Europe/Berlin\nlookback_days: 30\nsources: {}\n"

# 40 people with 12 touches each, five days apart; every second one bought twice.
FIRST_DAY = """
create schema intermediate;
create table intermediate.int_touchpoints_classified (
    touch_id varchar, person_id varchar, cookie_id varchar, channel varchar, campaign varchar, content varchar,
    touched_at timestamp, touch_key ubigint as (cast('0x' || left(touch_id, 16) as ubigint)),
    visitor_key ubigint as (hash(person_id))
);
insert into intermediate.int_touchpoints_classified
select
    sha256('touch ' || person || ' ' || number), 'person ' || person, null,
    ['Direct', 'Email', 'Paid Search', 'Display'][1 + (person * 7 + number * number) % 4],
    'campaign ' || person % 3, null,
    timestamp '2026-01-01' + to_days((number * 5 + person % 5)::integer)
from range(40) as people (person), range(12) as touches (number);
create table intermediate.int_revenue_recognised as
select
    'deal ' || person || ' ' || number as conversion_id, 'person ' || person as person_id,
    (10 * person + 1)::decimal(28, 12) as revenue_home, null::decimal(28, 12) as gross_margin_home,
    timestamp '2026-02-01' + to_days((number * 20)::integer) as converted_at
from range(0, 40, 2) as people (person), range(2) as sales (number);
create table intermediate.int_stage_entries_completed as
select 'person ' || person as person_id, stage, false as is_reentry, false as is_implied, entered_at
from range(0, 40, 4) as people (person), (values
    ('lead', timestamp '2026-01-07'), ('sql', timestamp '2026-01-20'), ('opportunity', timestamp '2026-01-25')
) as stages (stage, entered_at);
"""

# A touch that comes late, one that is another channel after all, a deal that is deleted, one that was worth more, a new
# one, two people who are one, and an opportunity that was opened earlier.
NEXT_DAY = """
insert into intermediate.int_touchpoints_classified
values (sha256('late'), 'person 2', null, 'Email', null, null, timestamp '2026-01-05');
update intermediate.int_touchpoints_classified set channel = 'Referral' where touch_id = sha256('touch 4 3');
delete from intermediate.int_revenue_recognised where conversion_id = 'deal 6 0';
update intermediate.int_revenue_recognised set revenue_home = 1000 where conversion_id = 'deal 8 1';
insert into intermediate.int_revenue_recognised values ('new', 'person 1', 5, null, timestamp '2026-02-25');
update intermediate.int_touchpoints_classified set person_id = 'person 10' where person_id = 'person 11';
update intermediate.int_stage_entries_completed set entered_at = timestamp '2026-01-22'
where person_id = 'person 12' and stage = 'opportunity';
"""
# All conversions of those of whom something changed, and of nobody else: every fourth person became an SQL.
REWRITTEN = {
    *(f"deal {person} {number}" for person in (2, 4, 8, 10, 12) for number in (0, 1)),
    *(f"person {person}" for person in (4, 8, 12)),
    "deal 6 1",
    "new",
}
# Tells rows of the first day apart: sums of powers are never negative.
MARK = "update intermediate.int_paths_assigned set path_decay = -path_decay"
UNMARK = "update intermediate.int_paths_assigned set path_decay = abs(path_decay)"
ROUNDED = "round(columns('^credit_'), 9), columns(name -> not starts_with(name, 'credit_'))"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "mops.yaml").write_text(
        "home_currency: EUR\ntime_zone: Europe/Berlin\nlookback_days: 30\nsources: {}\n"
    )
    paths.dbt_folder(tmp_path).mkdir(parents=True)
    for source in registry.source_names():
        paths.raw_file(tmp_path, source).parent.mkdir(parents=True, exist_ok=True)
        duckdb.connect(str(paths.raw_file(tmp_path, source))).close()
    write_tables(load(tmp_path), tmp_path, "run", datetime.fromisoformat("2026-03-01"))
    installation_key.read_or_create(tmp_path)
    execute(tmp_path, FIRST_DAY)
    return tmp_path


def execute(home: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(paths.warehouse_file(home))) as connection:
        return connection.execute(sql).fetchall()


def build(home: Path, models: list[str] = BUILT, full_refresh: bool = False) -> None:
    results = dbt_project.build(home, "", "", models, full_refresh)
    assert [(each.node.name, each.message) for each in results if each.status != "success"] == []


def marts(home: Path) -> dict[str, list[tuple]]:
    """What readers get, credits to nine digits."""
    return {
        "attribution": execute(home, f"select {ROUNDED} from marts.attribution order by all"),
        "journeys": execute(home, "from marts.journeys order by all"),
    }


def unconverted(home: Path, as_of: str, full_refresh: bool) -> list[tuple]:
    """The touches without a conversion as of a day, when nothing but the day has changed."""
    write_tables(load(home), home, "run", datetime.fromisoformat(as_of))
    build(home, ["int_recent_touches_ordered"], full_refresh)
    attached = f"attach '{paths.raw_file(home, 'settings')}' as settings (read_only)"
    return execute(home, f"{attached}; from intermediate.int_touches_unconverted order by all")


def test_a_daily_run_equals_a_full_one_and_rewrites_what_changed(home: Path) -> None:
    build(home)
    execute(home, MARK)
    execute(home, NEXT_DAY)
    build(home)
    rewritten = execute(home, "select distinct conversion_id from marts.attribution where credit_time_decay > 0")
    assert {conversion for (conversion,) in rewritten} == REWRITTEN
    execute(home, UNMARK)
    daily = marts(home)
    build(home, full_refresh=True)
    assert daily == marts(home)


def test_paths_without_a_conversion_follow_the_as_of_forth_and_back(home: Path) -> None:
    build(home)
    days = ["2026-03-28", "2026-03-27", "2026-03-29", "2026-03-10"]
    daily = [unconverted(home, day, full_refresh=False) for day in days]
    assert daily == [unconverted(home, day, full_refresh=True) for day in days]


def test_only_visitors_without_a_touch_left_are_gathered_anew(home: Path) -> None:
    build(home)
    visitors = [{row[1] for row in unconverted(home, day, full_refresh=False)} for day in ("2026-03-01", "2026-03-28")]
    # The lookback opens on 26 February: one of five people touched last on the 25th. All rows are of the first day.
    stored = "select distinct visitor_key, opens_at::date::varchar from intermediate.int_recent_touches_ordered"
    assert [len(each) for each in visitors] == [40, 32]
    assert set(execute(home, stored)) == {(visitor, "2026-01-30") for visitor in visitors[1]}
