"""Ten million touches through the attribution models as dbt ships them: the first time, and with a thousandth more."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import duckdb

from ingestion import home as paths
from ingestion import installation_key, profiles, registry
from ingestion.settings import load, write_tables
from orchestration import dbt_project

SETTINGS = "home_currency: EUR\ntime_zone: Europe/Berlin\nsources: {}\n"
# The models from the touches to the mart, in the order in which dbt builds them.
TOUCH_LEVEL = [
    "int_visitor_buckets_fingerprinted",
    "int_conversions_gathered",
    "int_paths_assigned",
    "int_recent_touches_ordered",
    "int_touches_unconverted",
    "int_transitions_counted",
    "int_removal_effects_solved",
    "int_path_effects_summed",
    "int_touches_credited",
    "attribution",
]
KILOBYTES_PER_GIB = 2**20
# DuckDB takes four fifths of the machine's memory unless it is told; the aim is 4 GiB.
LIMIT = {"memory_limit": "4GiB"}

# Ids are what the warehouse has: hashes of 32 characters, and the numbers that stand for them. Five touches a person
# over 90 days of the year; half of the people become SQLs, a third buys: 7 rows come out where 10 touches go in.
INPUTS = """
create schema if not exists intermediate;
create table intermediate.int_touchpoints_classified as
select
    md5('touch ' || number) as touch_id, md5('person ' || number % {people}) as person_id,
    null::varchar as cookie_id, cast('0x' || left(touch_id, 16) as ubigint) as touch_key,
    hash(person_id) as visitor_key,
    ['Direct', 'Organic Search', 'Paid Search', 'Email', 'Paid Social', 'Referral', 'Display', 'Organic Social',
     'Paid Video', 'Affiliates'][1 + (hash(number) % 10)::int] as channel,
    'campaign ' || hash(number, 1) % 200 as campaign, 'content ' || hash(number, 2) % 1000 as content,
    timestamp '2025-01-01' + to_seconds((number % {people} * 7919 % (275 * 86400)
        + hash(number, 3) % (90 * 86400))::double) as touched_at
from range({touches}) as touches (number);
create table intermediate.int_revenue_recognised as
select
    'crm:' || person as conversion_id, md5('person ' || person) as person_id,
    (1 + hash(person) % 100000)::decimal(28, 12) as revenue_home, null::decimal(28, 12) as gross_margin_home,
    timestamp '2025-01-01' + to_seconds((person * 7919 % (275 * 86400) + 85 * 86400)::double) as converted_at
from range(0, {people}, 3) as people (person);
create table intermediate.int_stage_entries_completed as
select
    md5('person ' || person) as person_id, stage, false as is_reentry, false as is_implied,
    timestamp '2025-01-01' + to_seconds((person * 7919 % (275 * 86400) + days * 86400)::double) as entered_at
from range(0, {people}, 2) as people (person), (values ('lead', 20), ('sql', 70), ('opportunity', 75))
    as stages (stage, days);
"""
LAST_DAY = datetime.fromisoformat("2025-12-31")
# A day later a thousandth of the touches is new.
NEXT_DAY = """
insert into intermediate.int_touchpoints_classified
select
    md5('new ' || touch_id) as touch_id,
    * exclude (touch_id) replace (cast('0x' || left(md5('new ' || touch_id), 16) as ubigint) as touch_key)
from intermediate.int_touchpoints_classified limit {touches} // 1000
"""


def run(home: Path, touches: int) -> None:
    """Run it in a process of its own, whose memory is then known; it prints what it finds."""
    home.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "benchmarks.attribution_rate", str(home), str(touches)], check=True)


def main(home: Path, touches: int) -> None:
    """Build the models twice and say what they cost; seconds are of the wall and, in brackets, of both cores."""
    with patch.dict(profiles.SETTINGS, LIMIT):
        _measure(home, touches)
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_GIB:.1f} GiB")


def _measure(home: Path, touches: int) -> None:
    _prepare(home, touches)
    _tell("touch level, all models", lambda: _build(home, TOUCH_LEVEL))
    _tell(
        "  its table written, as the publication does",
        lambda: _execute(home, "create table t as from marts.attribution"),
    )
    _tell("channel totals of all models", lambda: _build(home, ["attribution_by_channel"]))
    _execute(home, NEXT_DAY.format(touches=touches))
    write_tables(load(home), home, "bench", LAST_DAY + timedelta(days=1))
    _tell("a thousandth more touches, touch level", lambda: _build(home, TOUCH_LEVEL))


def _prepare(home: Path, touches: int) -> None:
    paths.settings_file(home).write_text(SETTINGS)
    paths.dbt_folder(home).mkdir(parents=True)
    for source in registry.source_names():
        paths.raw_file(home, source).parent.mkdir(parents=True, exist_ok=True)
        duckdb.connect(str(paths.raw_file(home, source))).close()
    write_tables(load(home), home, "bench", LAST_DAY)
    installation_key.read_or_create(home)
    _execute(home, INPUTS.format(touches=touches, people=touches // 5))
    _build(home, ["stg_settings__run"])


def _build(home: Path, models: list[str]) -> None:
    results = dbt_project.build(home, "", "", models, full_refresh=False)
    for each in results:
        print(f"    {each.node.name}: {each.execution_time:.1f} s")
    assert all(each.status == "success" for each in results), [each.message for each in results]


def _execute(home: Path, sql: str) -> None:
    with duckdb.connect(str(paths.warehouse_file(home)), config=LIMIT | {"threads": "2"}) as connection:
        connection.execute(sql)


def _tell(what: str, work: Callable[[], None]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"{what}: {time.perf_counter() - wall:.1f} s ({time.process_time() - cpu:.1f} s)", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
