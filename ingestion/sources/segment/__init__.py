"""Segment: its warehouse tables as Parquet files, <table>/<load>.parquet -> data/raw/segment.duckdb."""

from collections.abc import Iterator

from ingestion.reading import Item, Pull
from ingestion.settings import SettingsError
from ingestion.sources.segment.export import read_tables
from ingestion.sources.segment.tables import RESOURCES

__all__ = ["BASE_URL", "CREDENTIALS", "OPTIONS", "RESOURCES", "readers"]

BASE_URL = ""  # nothing is asked for over the network
CREDENTIALS = ()
OPTIONS = ("export",)


def readers(pull: Pull) -> list[Iterator[Item]]:
    """The reader of the folder."""
    if "export" not in pull.account:
        raise SettingsError("sources.segment: options need export (a folder)")
    return [read_tables(pull.folder / pull.account["export"], pull)]
