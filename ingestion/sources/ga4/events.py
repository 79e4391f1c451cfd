"""GA4's nested export rows -> typed events, flattened by DuckDB.

What the export itself has and no column declares is known and left out. Event parameters and columns that neither GA4
nor a declaration knows are the user's own, and are kept in `_extra`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.sqltypes import DuckDBPyType

from ingestion.duckdb_file import quoted
from ingestion.records import TypedRecords
from ingestion.resource import AMOUNT, EXTRA, FLAG, INT, LOADED_AT, QUARANTINE, TEXT
from ingestion.sources.ga4.places import KNOWN_COLUMNS, KNOWN_PARAMETERS, PLACES
from ingestion.sources.ga4.tables import EVENTS

Types = Mapping[str, DuckDBPyType]  # of the columns of the files

_SQL_TYPES = {TEXT: "varchar", INT: "bigint", FLAG: "boolean", AMOUNT: "decimal(18, 6)"}
_OF_DUCKDB = {"filename", "file_row_number"}
_DAY = "strptime(regexp_extract(filename, 'events_([0-9]{8})', 1), '%Y%m%d')::date"
_TIME = "make_timestamp(try_cast(event_timestamp as bigint))"
_IS_READABLE = f"({_TIME} is not null and event_name is not null)"


def read_events(paths: Collection[Path]) -> TypedRecords:
    """The events of day files of one schema, whose day is the file's; those without a time or a name are refused."""
    with duckdb.connect() as connection:
        names = [str(path) for path in paths]
        files = connection.read_parquet(names, filename=True, file_row_number=True)
        files.create_view("files")
        types = dict(zip(files.columns, files.types, strict=True))
        own_keys, has_refused = _survey(connection)
        own_columns = [name for name in types if name not in KNOWN_COLUMNS | _OF_DUCKDB]
        rows = connection.execute(_readable(types, _extra(own_keys, own_columns))).to_arrow_table()
        refused = connection.execute(_refused(types) if has_refused else f"{_refused(types)} limit 0").to_arrow_table()
    now = pa.scalar(datetime.now(UTC), LOADED_AT.type)
    rows = rows.append_column(LOADED_AT, pa.repeat(now, len(rows)))
    refused = refused.append_column("loaded_at", pa.repeat(now, len(refused)))
    return TypedRecords(
        rows.select(EVENTS.schema.names).cast(EVENTS.schema),
        refused.cast(QUARANTINE.schema),
        frozenset([*own_keys, *own_columns]),
    )


def _readable(types: Types, extra: str) -> str:
    values = ", ".join(f"{_value(name, types)} as {name}" for name in PLACES)
    return f"""
        with events as (
            select *, list_transform(event_params, lambda parameter: parameter.key) as keys
            from files where {_IS_READABLE}
        )
        select {values}, {_DAY} as event_day, {_TIME} as event_timestamp, {extra} as {EXTRA.name}
        from events
    """


def _refused(types: Types) -> str:
    record = ", ".join(f'"{name}"' for name in types if name not in _OF_DUCKDB)
    return f"""
        select
            '{EVENTS.name}' as table_name,
            parse_filename(filename) || '/' || file_row_number as record_key,
            if(event_name is null, 'event_name is missing', 'event_timestamp is not a time') as reason,
            to_json(struct_pack({record}))::varchar as record
        from files where {_IS_READABLE} is not true
    """


def _value(name: str, types: Types) -> str:
    """The first of a column's places that is not NULL, as the column's type; empty text is NULL."""
    sql_type = _SQL_TYPES[EVENTS.columns.field(name).type]
    found = [expression for place in PLACES[name].split() for expression in _expressions(place, types)]
    read = "nullif({}::varchar, '')" if sql_type == "varchar" else f"try_cast({{}} as {sql_type})"
    return f"coalesce({', '.join([read.format(each) for each in found] + [f'null::{sql_type}'])})"


def _expressions(place: str, types: Types) -> Iterator[str]:
    """The SQL that reads a place the files have; GA4 sends a parameter as text or, if it looks like one, a number."""
    if place.startswith(":"):
        value = f"event_params[list_position(keys, '{place[1:]}')].value"
        yield from (f"{value}.string_value", f"{value}.int_value")
        return
    first, *inner = place.split(".")
    dtype: Any = types.get(first)
    for field in inner:
        dtype = dict(dtype.children).get(field) if dtype is not None and dtype.id == "struct" else None
    if dtype is not None:
        yield place


def _survey(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], bool]:
    """The parameters that are the user's own, and whether there are events to refuse; mostly there is neither."""
    lists, has_refused = connection.execute(f"""
        select
            list(distinct list_transform(event_params, lambda parameter: parameter.key)),
            bool_or({_IS_READABLE} is not true)
        from files
    """).fetchall()[0]
    return sorted({key for keys in lists or () for key in keys or ()} - KNOWN_PARAMETERS), bool(has_refused)


def _extra(own_keys: list[str], own_columns: list[str]) -> str:
    """The user's own parameters and columns as one JSON object, NULL where an event has none."""
    parts = [f'json_object({quoted(name)}, "{name}")' for name in own_columns]
    if own_keys:
        is_own = f"each.key in ({', '.join(map(quoted, own_keys))})"
        is_first = "list_position(keys, each.key) = place"  # an event may hold a key twice, a map may not
        own = f"list_filter(event_params, lambda each, place: {is_own} and {is_first})"
        value = ", ".join(f"each.value.{kind}_value::varchar" for kind in ("string", "int", "float", "double"))
        entries = f"list_transform({own}, lambda each: {{'key': each.key, 'value': coalesce({value})}})"
        parts.append(f"to_json(map_from_entries({entries}))")
    if not parts:
        return "null::varchar"
    merged = parts[0] if len(parts) == 1 else f"json_merge_patch({', '.join(parts)})"
    return f"nullif({merged}::varchar, '{{}}')"
