"""The filter of an entry, tried before dbt meets it."""

import duckdb
import pyarrow as pa

from ingestion.sources.files.locations import of_sql
from ingestion.sources.files.rows import OWN


def check(condition: str, schema: pa.Schema) -> None:
    """Whether a filter can be applied to files of these columns, which need not be read for it; EntryError tells."""
    shape = pa.schema([*schema, *(pa.field(name, dtype) for name, dtype in OWN.items())])
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.register("files", shape.empty_table())
        apply(connection, condition, "files")


def apply(connection: duckdb.DuckDBPyConnection, condition: str, rows: str) -> None:
    """Apply it to all rows of a table; EntryError tells what it can't do."""
    try:
        connection.execute(f"select count(*) from {kept(rows, condition)}")
    except duckdb.Error as error:
        raise of_sql("filter", error) from None


def kept(rows: str, condition: str | None) -> str:
    """The FROM clause of the rows that an entry is about."""
    return f"{rows} where ({condition or 'true'}\n)"
