"""data/operations.duckdb: what ran, what was loaded, what was checked, which source is stale, which alert is open.

Every connection is short: a process opens the file, reads or writes, and lets go, so that `mops status` and the gates
can read it while a run goes on. Times are naive UTC.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingestion import home as paths
from ingestion.duckdb_file import open_in_turn

SCHEMA = """
create table if not exists runs (
    run_id varchar primary key, command varchar, as_of timestamp, started_at timestamp, ended_at timestamp,
    status varchar, error varchar, models_started_at timestamp, models_passed_at timestamp, version varchar
);
alter table runs add column if not exists entities_started_at timestamp;
alter table runs add column if not exists entities_passed_at timestamp;
create table if not exists loads (
    run_id varchar, source varchar, table_name varchar, status varchar, "rows" bigint, rows_total bigint,
    quarantined bigint, unexpected_fields varchar, full_refresh boolean, seconds double, loaded_at timestamp
);
create table if not exists check_results (
    run_id varchar, check_name varchar, layer varchar, source varchar, table_name varchar, severity varchar,
    passed boolean, observed varchar, expected varchar, failing_keys varchar, message varchar, checked_at timestamp
);
create table if not exists source_state (
    source varchar primary key, is_good boolean, is_stale boolean, reason varchar, stale_since timestamp,
    last_good_run_id varchar, last_good_at timestamp
);
create table if not exists alerts_told (
    address varchar, cause varchar, message varchar, opened_at timestamp, closed_at timestamp,
    primary key (address, cause)
);
"""

Row = dict[str, Any]


@contextmanager
def writing(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may change the file, made where it does not exist yet; one transaction."""
    file = paths.operations_file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    with open_in_turn(file, read_only=False) as connection:
        connection.execute("begin")
        connection.execute(SCHEMA)
        yield connection
        connection.execute("commit")


def rows(home: Path, query: str, parameters: list[Any] | None = None) -> list[Row]:
    """The rows of a query as dictionaries; none where nothing ever ran."""
    file = paths.operations_file(home)
    if not file.exists():
        return []
    with open_in_turn(file, read_only=True) as connection:
        answer = connection.execute(query, parameters or [])
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def table(home: Path, query: str) -> pa.Table:
    """The rows of a query as an Arrow table; the file must exist."""
    with open_in_turn(paths.operations_file(home), read_only=True) as connection:
        return connection.execute(query).to_arrow_table()


def now() -> datetime:
    """The wall clock, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)
