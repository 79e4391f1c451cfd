"""The keys of rows that fail a dbt data test, fit to be shown: what may be personal is a keyed hash.

the test's compiled SQL, run on the warehouse -> at most ten texts such as "person_id=3f…, stage=mql"
"""

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import yaml

from ingestion import home as paths
from ingestion import installation_key
from ingestion.duckdb_file import quoted

SHOWN = 10
NARROW = 3  # columns: a row with so few is shown whole

# Columns of staging and intermediate models that tell nothing about a person; marts hold no personal data at all.
PLAIN_COLUMNS = frozenset(
    {"source", "table_name", "account_id", "channel", "campaign", "campaign_id", "source_campaign_id", "cost_kind"}
    | {"stage", "conversion_type", "model", "product_id", "source_product_id", "lead_definition_version"}
    | {"currency", "from_currency", "to_currency", "rate_on", "spend_on", "report_on", "month"}
    | {"person_id", "owner_id", "n_records"}
)


def keys_of_failing_rows(home: Path, test: dict[str, Any], layer: str) -> list[str]:
    """Run a failed test again for the first rows it finds. `test` is its node of the manifest, compiled."""
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as connection:
        _attach_raw(connection, home)
        found = connection.execute(f"from ({test['compiled_code']}) limit {SHOWN}")
        names = [_real_name(column[0], test) for column in found.description or []]
        return [_as_text(home, dict(zip(names, row, strict=True)), layer) for row in found.fetchall()]


def _attach_raw(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Staging models are views over the raw files."""
    profile = yaml.safe_load((paths.dbt_folder(home) / "profiles.yml").read_text(encoding="utf-8"))
    for each in profile["mops"]["outputs"]["duckdb"]["attach"]:
        connection.execute(f"attach {quoted(each['path'])} as {each['alias']} (read_only)")


def _real_name(column: str, test: dict[str, Any]) -> str:
    """dbt's own tests rename the column they are about."""
    tested = (test.get("test_metadata") or {}).get("kwargs", {}).get("column_name")
    return tested if tested and column in {"unique_field", "from_field", "value_field"} else column


def _as_text(home: Path, row: dict[str, Any], layer: str) -> str:
    shown = _key_columns(row)
    plain = shown if layer == "marts" else shown & PLAIN_COLUMNS
    values = {name: row[name] if name in plain else _hashed(home, row[name]) for name in row if name in shown}
    return ", ".join(f"{name}={value}" for name, value in values.items())


def _key_columns(row: dict[str, Any]) -> set[str]:
    """The columns that name a row; all of a narrow one."""
    narrow = set(list(row)[:NARROW])
    if len(row) <= NARROW:
        return narrow
    return {name for name in row if name.endswith("_id") or name in PLAIN_COLUMNS} or narrow


def _hashed(home: Path, value: Any) -> str | None:
    """The hash that the models give the same text (macro keyed_hash)."""
    if value is None:
        return None
    key = installation_key.read_or_create(home)
    inner = hashlib.sha256(f"{key}{value}".encode()).hexdigest()
    return hashlib.sha256(f"{key}{inner}".encode()).hexdigest()[:32]
