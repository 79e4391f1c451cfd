"""Rows of an entry's own SQL over files; the line is the row's number in the order of the key.

SQL, run by DuckDB in memory with paths relative to mops.yaml -> batches of typed columns
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.settings import FilesEntry
from ingestion.sources.files.locations import EntryError, expand, of_sql
from ingestion.sources.files.parquet_file import plain_table
from ingestion.sources.files.rows import BATCH_ROWS, Batch


def read_schema(entry: FilesEntry, home: Path) -> pa.Schema:
    """The columns the SQL gives, without running it."""
    with _connected(home) as connection:
        return plain_table(connection.execute(f"from {_query(entry)} limit 0").to_arrow_table()).schema


def read_batches(entry: FilesEntry, home: Path) -> Iterator[Batch]:
    """All rows of the SQL; a key that does not identify them is a mistake."""
    key = ", ".join(f'"{column}"' for column in entry.key or [])
    with _connected(home) as connection:
        connection.execute(f"create temp table found as from {_query(entry)}")
        _refuse_unclear_keys(connection, key)
        connection.execute(
            f"select *, concat_ws(':', {key}) as row_key, row_number() over (order by {key}) as line "
            "from found order by line"
        )
        for record_batch in connection.to_arrow_reader(BATCH_ROWS):
            rows = pa.Table.from_batches([record_batch])
            own = rows.select(["row_key", "line"])
            plain = plain_table(rows.drop_columns(["row_key", "line"]))
            yield Batch(plain.append_column("line", own["line"]).append_column("row_key", own["row_key"]))


@contextmanager
def _connected(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # Nothing is downloaded behind the user's back, extensions neither.
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set file_search_path = ?", [str(home.resolve())])
        try:
            yield connection
        except duckdb.Error as error:
            raise of_sql("sql", error) from None


def _query(entry: FilesEntry) -> str:
    return f"({expand(entry.sql or '').strip().rstrip(';')}\n)"


def _refuse_unclear_keys(connection: duckdb.DuckDBPyConnection, key: str) -> None:
    repeated = connection.execute(
        f"select count(*) from (select {key} from found group by {key} having count(*) > 1)"
    ).fetchall()[0][0]
    if repeated:
        raise EntryError(f"key ({key}) does not identify the rows of the sql: {repeated} of its values repeat")
