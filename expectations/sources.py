"""The frame that tells late sources: one row per source, its newest good load beside its usual interval."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pandas as pd

from expectations.checks import SUITES
from ingestion import home as paths
from ingestion.duckdb_file import open_in_turn


def describe_sources(home: Path, sources: Collection[str], now: datetime) -> pd.DataFrame:
    """Describe those of the sources that ever had a good load, by the columns of suites/sources.sql; `now` is UTC."""
    query = (SUITES / "sources.sql").read_text(encoding="utf-8")
    with open_in_turn(paths.operations_file(home), read_only=True) as connection:
        return connection.execute(query, {"sources": list(sources), "now": now}).df()
