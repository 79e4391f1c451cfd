"""DuckDB files that more than one process opens, and how SQL names them."""

import time
from pathlib import Path

import duckdb

PATIENCE_SECONDS = 20.0


def open_in_turn(file: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a file that others hold for milliseconds: DuckDB refuses one that another process is writing.

    duckdb.IOException where one is held for longer.
    """
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(str(file), read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error) or time.monotonic() > give_up_at:
                raise
        time.sleep(0.05)


def quoted(value: Path | str) -> str:
    """Give a file's path, or any text, as SQL writes it: ATTACH, COPY and COMMENT take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"
