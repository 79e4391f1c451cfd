"""DuckDB as Great Expectations can read it: duckdb+buffered://, whose results outlive the connection that gave them.

Great Expectations hands its connection back before it fetches; DuckDB's cursor is empty by then.
"""

from duckdb_sqlalchemy import Dialect, DuckDBExecutionContext
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy


class BufferedExecutionContext(DuckDBExecutionContext):
    """Fetches every row as soon as a statement has run."""

    def post_exec(self) -> None:
        """Replace the cursor by its rows."""
        super().post_exec()
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(self.cursor, self.cursor.description)


class BufferedDuckDB(Dialect):
    """duckdb-sqlalchemy's dialect with buffered results."""

    execution_ctx_cls = BufferedExecutionContext
    supports_statement_cache = True


registry.register("duckdb.buffered", __name__, BufferedDuckDB.__name__)
