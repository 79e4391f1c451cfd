"""Segment as it shows itself: every file of its tables, row by row."""

from pathlib import Path

import pyarrow.parquet as parquet

CHANGES = {"restated": "loads", "deleted": "identifies"}
NOT_SHOWN = {"loads": ("fingerprint",)}  # the loader's own

TABLES = ("identifies", "pages", "tracks")


def sign_in(api) -> None:
    """A folder asks for no credentials."""


def shown(api) -> dict[str, list[dict]]:
    folder = Path(api.files["segment"])
    files = {path.relative_to(folder).as_posix(): _rows(path) for path in sorted(folder.glob("*/*.parquet"))}
    return {
        "loads": [
            {"file": name, "table_name": _table(name), "rows": len(rows), "loaded_on": _day(name)}
            for name, rows in files.items()
        ],
        **{
            table: [{**row, "file": name} for name, rows in files.items() if _table(name) == table for row in rows]
            for table in TABLES
        },
    }


def _rows(path: Path) -> list[dict]:
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in parquet.ParquetFile(path).read().to_pylist()
    ]


def _table(name: str) -> str:
    return name.partition("/")[0]


def _day(name: str) -> str:
    day = name.partition("/")[2][:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
