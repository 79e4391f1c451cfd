"""Whether two published versions say the same: every mart as a multiset of rows, within the design's tolerances."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

# Tables that tell of loads and runs rather than of the company, and so differ between two ways to the same day.
ABOUT_RUNS = {"loads", "check_results", "quarantine", "spend_restatements", "version"}
DOUBLE_TOLERANCE = 1e-9
CREDITED_REVENUE_TOLERANCE = 1e-4


def mart_names(published: Path) -> list[str]:
    """The tables of schema marts in a published file."""
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts' order by 1")
        return [name for (name,) in rows.fetchall()]


def read_mart(published: Path, table: str) -> pd.DataFrame:
    """One mart, its rows in an order that does not depend on how they were written, without columns of load times."""
    with duckdb.connect(str(published), read_only=True) as connection:
        described = connection.execute(f"describe marts.{table}").fetchall()
        exact = [name for name, kind, *_ in described if kind != "DOUBLE" and not name.endswith("loaded_at")]
        doubles = [name for name, kind, *_ in described if kind == "DOUBLE"]
        columns = ", ".join(f'"{name}"' for name in exact + doubles)
        return connection.execute(f"select {columns} from marts.{table} order by {columns}").df()


def differences(one: Path, other: Path) -> dict[str, str]:
    """Table -> what differs between two published files; empty where they say the same."""
    assert mart_names(one) == mart_names(other)
    found = {}
    for table in mart_names(one):
        if table not in ABOUT_RUNS and (difference := difference_of(read_mart(one, table), read_mart(other, table))):
            found[table] = difference
    return found


def difference_of(left: pd.DataFrame, right: pd.DataFrame) -> str:
    """What differs between two marts read by read_mart, in words; empty if nothing."""
    if len(left) != len(right):
        return f"{len(left)} rows against {len(right)}"
    for column in left.columns:
        unequal = ~_equal(left[column], right[column])
        if unequal.any():
            row = int(unequal.to_numpy().argmax())
            example = f"{left.iloc[row].to_dict()} against {right.iloc[row].to_dict()}"
            return f"{int(unequal.sum())} of {len(left)} rows in {column}: {example}"
    return ""


def _equal(left: pd.Series, right: pd.Series) -> pd.Series:
    both_missing = left.isna() & right.isna()
    if left.dtype.kind == "f" and right.dtype.kind == "f":
        return both_missing | ((left - right).abs() <= _tolerance(left.name))
    return both_missing | (left == right)


def _tolerance(column: object) -> float:
    return CREDITED_REVENUE_TOLERANCE if "revenue" in str(column) else DOUBLE_TOLERANCE
