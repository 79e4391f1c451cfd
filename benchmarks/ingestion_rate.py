"""Rows per second from JSON lines on disk into a DuckDB table with a key: mops, DuckDB's read_json, dlt given dicts."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import dlt
import duckdb
import orjson

from benchmarks import records
from benchmarks.measure import Ratio, seconds
from benchmarks.records import CONTACTS
from ingestion import pipeline
from ingestion.gathering import Gathering, NamedTable
from ingestion.reading import Page
from ingestion.resource import FLAG, QUARANTINE, TIME

PAGE = 100  # records a vendor gives at once
FEW = 2000  # enough for one that is quarantined

DUCKDB_TYPES = {TIME: "timestamptz", FLAG: "boolean"}


def measure(folder: Path, count: int, dict_count: int) -> list[Ratio]:
    """Load `count` records our way and DuckDB's, and `dict_count` of them, for dlt is slow on dicts, dlt's way."""
    _import_all(folder / "imports")
    file = folder / "contacts.jsonl"
    records.write(file, count)
    ours = count / seconds(lambda: load_ours(file, folder))
    theirs = count / seconds(lambda: read_json(file, folder))
    dicts = dict_count / seconds(lambda: load_dicts(file, folder, dict_count))
    mops = f"{ours:,.0f} rows/s"
    return [
        Ratio("ingestion against DuckDB's read_json", mops, f"{theirs:,.0f} rows/s", ours / theirs, aim=0.1),
        Ratio("ingestion against dlt given dicts", mops, f"{dicts:,.0f} rows/s", ours / dicts, aim=15),
    ]


def _import_all(folder: Path) -> None:
    """A few records each way: what is imported on first use is not counted."""
    folder.mkdir()
    file = folder / "contacts.jsonl"
    records.write(file, FEW)
    load_ours(file, folder)
    load_dicts(file, folder, FEW)


def load_ours(file: Path, folder: Path) -> None:
    """Through the edge (typed Arrow, _extra, quarantine) and dlt's merge, as every vendor's records go."""
    gathering = Gathering("bench", [CONTACTS], lambda *_: None)

    def read(_state: pipeline.State) -> tuple[bool, Iterator[NamedTable]]:
        return False, gathering.tables([_pages(file)])

    pipeline.run("bench", folder / "ours.duckdb", folder / "dlt", [CONTACTS, QUARANTINE], read)
    assert gathering.tallies[CONTACTS.name].quarantined > 0


def read_json(file: Path, folder: Path) -> None:
    """As fast as DuckDB can: its parallel reader, straight into a table; what is unreadable becomes NULL."""
    columns = {field.name: DUCKDB_TYPES.get(field.type, "varchar") for field in CONTACTS.columns}
    with duckdb.connect(str(folder / "read_json.duckdb")) as connection:
        connection.execute(
            f"create table contacts as from read_json('{file}', columns = {columns}, ignore_errors = true)"
        )


def load_dicts(file: Path, folder: Path, count: int) -> None:
    """The way dlt's own documentation shows: dictionaries, a primary key, merge."""
    target = dlt.pipeline(
        "dicts", pipelines_dir=str(folder / "dicts"), destination=dlt.destinations.duckdb(str(folder / "dicts.duckdb"))
    )
    with file.open("rb") as lines:
        rows = (orjson.loads(line) for line in islice(lines, count))
        target.run(rows, table_name="contacts", primary_key="id", write_disposition="merge")


def _pages(file: Path) -> Iterator[Page]:
    with file.open("rb") as lines:
        while page := list(islice(lines, PAGE)):
            yield Page(CONTACTS.name, [orjson.loads(line) for line in page])
