"""Load a source as mops does, and kill this process at a point of the load: as it draws its third page, or before it
runs an SQL statement that holds a text.

    python -m tests.killed_load SOURCE HOME AS_OF POINT     where POINT is `read`, or part of an SQL statement
"""

import os
import signal
import sys
from pathlib import Path


def die_at(point: str) -> None:
    """Kill this process once it comes to the point."""
    from dlt.destinations.impl.duckdb.sql_client import DuckDbSqlClient  # noqa: TID251

    from ingestion.gathering import Gathering

    original_take, original_query, taken = Gathering._take, DuckDbSqlClient.execute_query, []

    def take(self, item):
        taken.append(item)
        if point == "read" and len(taken) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return original_take(self, item)

    def execute_query(self, query, *args, **kwargs):
        if point in query:
            os.kill(os.getpid(), signal.SIGKILL)
        return original_query(self, query, *args, **kwargs)

    Gathering._take, DuckDbSqlClient.execute_query = take, execute_query


if __name__ == "__main__":
    from ingestion.load import load_source
    from ingestion.settings import load, parse_as_of

    name, home, as_of, point = sys.argv[1:]
    die_at(point)
    settings = load(Path(home))
    print(load_source(name, settings, Path(home), as_of=parse_as_of(as_of, settings.time_zone)))
