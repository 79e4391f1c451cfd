"""What was known when: the days of a re-read table that are new or changed, as rows for its table of versions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingestion.gathering import NamedTable
from ingestion.resource import Resource


def with_versions(
    tables: Iterable[NamedTable], resources: Iterable[Resource], known: Mapping[str, pa.Table]
) -> Iterator[NamedTable]:
    """The tables, and after them those of versions; `known` holds what each of these has so far."""
    declared = {resource.name: resource for resource in resources}
    versioned = {resource.versions_of: resource for resource in declared.values() if resource.versions_of}
    read: dict[str, list[pa.Table]] = {name: [] for name in versioned}
    for name, table in tables:
        if name in versioned:
            read[name].append(table)
        yield name, table
    for name, parts in read.items():
        if parts:
            of, versions = declared[name], versioned[name]
            yield versions.name, _stamped(versions, of, pa.concat_tables(parts), known[versions.name])


def _stamped(versions: Resource, of: Resource, read: pa.Table, known: pa.Table) -> pa.Table:
    is_row = pc.is_valid(read[of.loaded_at])
    scopes = read.filter(pc.invert(is_row)).select(list(of.scope))
    found = changes(versions, read.filter(is_row), scopes, known)
    stamps = pa.array([datetime.now(UTC)] * len(found), versions.schema.field(versions.loaded_at).type)
    rows = found.append_column(versions.loaded_at, stamps).to_pydict()
    return pa.table({name: rows.get(name, [None] * len(found)) for name in versions.schema.names}, versions.schema)


def changes(versions: Resource, read: pa.Table, scopes: pa.Table, known: pa.Table) -> pa.Table:
    """The versions to add after `read`, which is complete for its `scopes`, the days that were read again.

    What was read is compared with the latest of the versions `known`, not with the table that is replaced beside them,
    so a load that dies between the two neither loses nor doubles a version. Hours are summed; a day that vanished
    becomes zeros.
    """
    keys = [name for name in versions.key if name != versions.loaded_at]
    sums = {field.name: _sum(field) for field in versions.columns if _is_measure(field.type)}
    labels = [name for name in versions.columns.names if name not in {*keys, *sums}]
    by = _list(keys)
    with duckdb.connect() as connection:
        for name, table in {"read_rows": read, "scopes": scopes, "known": known}.items():
            connection.register(name, table)
        return connection.execute(f"""
            with found as (
                select {_list([*keys, *(f"max({name}) as {name}" for name in labels), *sums.values()])}
                from read_rows group by {by}
            ),
            latest as (
                select * from known
                qualify row_number() over (partition by {by} order by {versions.loaded_at} desc) = 1
            ),
            vanished as (
                select {_list([*keys, *labels, *(f"0 as {name}" for name in sums)])}
                from latest semi join scopes using ({_list(scopes.column_names)}) anti join found using ({by})
            ),
            told as (from found union all by name from vanished)
            select told.* from told left join latest using ({by})
            where {" or ".join(f"told.{name} is distinct from latest.{name}" for name in sums)}
        """).to_arrow_table()


def _is_measure(dtype: pa.DataType) -> bool:
    return pa.types.is_integer(dtype) or pa.types.is_floating(dtype) or pa.types.is_decimal(dtype)


def _sum(field: pa.Field) -> str:
    """Fractions are rounded, because their sum depends on the order of the rows in its last digits."""
    if pa.types.is_floating(field.type):
        return f"round(fsum({field.name}), 6) as {field.name}"
    total = f"sum({field.name})"
    return f"{total}::bigint as {field.name}" if pa.types.is_integer(field.type) else f"{total} as {field.name}"


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)
