"""Dagster's event log, with its SQLite connections kept open.

Dagster opens a new engine for each of the two thousand events of a run, compiles every statement anew and closes the
file, which syncs it: four fifths of the time of a run on small data. Its configuration lets another class store events.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import SingletonThreadPool

OPEN_FILES = 16
WAIT_SECONDS = 30


class EventLog(SqliteEventLogStorage):
    """The event log of dagster.yaml: a file per run and one index, as Dagster lays them out."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        """Make the index where there is none."""
        self._engine = lru_cache(OPEN_FILES)(self._open)
        self._engines: WeakSet[Engine] = WeakSet()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "EventLog":
        """Construct from dagster.yaml."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def supports_asset_checks(self) -> bool:
        """Asked once, not for each event: the tables are there from the beginning."""
        return super().supports_asset_checks

    def run_connection(self, run_id: str | None = None) -> Any:
        """Give a transaction on the file of a run."""
        return self._transaction(str(run_id))

    def index_connection(self) -> Any:
        """Give a transaction on the index."""
        return self._transaction(INDEX_SHARD_NAME)

    def delete_events(self, run_id: str) -> None:
        """Forget a run; its file goes with its events."""
        super().delete_events(run_id)
        engine = self._engine(run_id)
        self._engines.discard(engine)
        engine.dispose()
        for file in Path(self._base_dir).glob(f"{run_id}.db*"):
            file.unlink(missing_ok=True)

    def dispose(self) -> None:
        """Write the write-ahead logs back (SQLite does not while others have a file open), and close the files."""
        super().dispose()
        for engine in self._engines:
            with suppress(OperationalError), engine.connect() as connection:  # on a full disk the log stays as it is
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
            engine.dispose()

    @contextmanager
    def _transaction(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _open(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=SingletonThreadPool,
            connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},  # whoever closes them closes all
        )
        self._engines.add(engine)
        event.listen(engine, "connect", _trust_the_log)
        self._initdb(engine)
        return engine


def _trust_the_log(connection: Any, record: Any) -> None:
    """With a write-ahead log this loses at most the last events in a power cut, and never the file."""
    connection.execute("pragma synchronous = normal")
