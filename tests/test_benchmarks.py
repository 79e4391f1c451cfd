"""The benchmarks measure what they say: everything is loaded, nothing lost, and an aim has a right side."""

from pathlib import Path

import duckdb
import pytest

from benchmarks import ingestion_rate, records
from benchmarks.measure import Ratio


@pytest.mark.parametrize(
    ("value", "aim", "is_ceiling", "reached"),
    [(0.2, 0.1, False, True), (0.05, 0.1, False, False), (0.2, 0.25, True, True), (0.3, 0.25, True, False)],
)
def test_an_aim_has_a_right_side(value: float, aim: float, is_ceiling: bool, reached: bool) -> None:
    assert Ratio("x", "", "", value, aim, is_ceiling).is_reached is reached


def test_the_measured_load_keeps_every_record(tmp_path: Path) -> None:
    file = tmp_path / "contacts.jsonl"
    records.write(file, 1200)
    ingestion_rate.load_ours(file, tmp_path)
    with duckdb.connect(str(tmp_path / "ours.duckdb"), read_only=True) as connection:
        loaded = connection.execute(
            "select count(*), count(distinct id), count(_extra), count(createdate) from raw.contacts"
        ).fetchone()
        refused = connection.execute("select record_key, reason from raw._quarantine order by 1").fetchall()
    assert loaded == (1198, 1198, 12, 1198)
    assert [key for key, _ in refused] == ["100001", "101001"]


def test_the_yardstick_loads_the_same_records(tmp_path: Path) -> None:
    file = tmp_path / "contacts.jsonl"
    records.write(file, 1200)
    ingestion_rate.read_json(file, tmp_path)
    with duckdb.connect(str(tmp_path / "read_json.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from contacts").fetchone() == (1200,)
