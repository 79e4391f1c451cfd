"""A hand-built home for the tests of the gates: small DuckDB files with only the columns that the checks read."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb

AS_OF = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC).replace(tzinfo=None)


def write(file: Path, statements: str) -> None:
    """Run SQL in a DuckDB file, made where it does not exist."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(statements)
