"""Parquet: columns as they are typed, nested ones as JSON text; the line is the row's number.

bytes -> batches of typed columns
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.settings import FilesEntry
from ingestion.sources.files.locations import EntryError, Location
from ingestion.sources.files.rows import BATCH_ROWS, Batch, unique_names


def read_schema(location: Location, entry: FilesEntry) -> pa.Schema:
    """The columns of the file, as raw will have them."""
    with location.open() as file:
        return plain_table(_parquet(file, location.name).schema_arrow.empty_table()).schema


def read_batches(location: Location, entry: FilesEntry) -> Iterator[Batch]:
    """All rows of the file."""
    line = 1
    with location.open() as file:
        for record_batch in _parquet(file, location.name).iter_batches(BATCH_ROWS):
            rows = plain_table(pa.Table.from_batches([record_batch]))
            lines = pa.array(range(line, line + rows.num_rows), pa.int64())
            yield Batch(rows.append_column("line", lines))
            line += rows.num_rows


def plain_table(rows: pa.Table) -> pa.Table:
    """The table with names that can be columns of raw, and with values that every database has."""
    names = unique_names(rows.column_names)
    return pa.table([_plain(column) for column in rows.columns], names=names)


def _parquet(file: Any, name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise EntryError(f"{name} is no readable Parquet file: {error}") from None


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    dtype = column.type
    if pa.types.is_dictionary(dtype):
        return _plain(column.cast(dtype.value_type))
    if pa.types.is_timestamp(dtype):
        return column.cast(pa.timestamp("us", tz=dtype.tz), safe=False)
    if _is_plain(dtype):
        return column
    as_text: Callable[[Any], str] = _as_json if pa.types.is_nested(dtype) else str
    return pa.array([None if value is None else as_text(value) for value in column.to_pylist()], pa.string())


def _as_json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _is_plain(dtype: pa.DataType) -> bool:
    is_number = pa.types.is_integer(dtype) or pa.types.is_floating(dtype) or pa.types.is_decimal128(dtype)
    return is_number or pa.types.is_boolean(dtype) or pa.types.is_date32(dtype) or pa.types.is_string(dtype)
