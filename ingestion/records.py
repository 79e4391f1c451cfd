"""Vendor records -> typed Arrow at the edge: nothing is lost, nothing unreadable gets in.

Declared columns are read by their types; fields that nobody declared are kept as JSON in `_extra`; a record that
cannot be read as declared goes to the quarantine, with the reason and its original text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ingestion.resource import EXTRA, FLAG, JSON, QUARANTINE, TEXT, TIME, Record, Resource
from ingestion.values import NAMES, UNREADABLE, cast, dump, read_column

# Numbers are not among them: told to expect whole ones, Arrow would cut the fraction off the others without a word.
_WIRE_TYPES = {str: TEXT, bool: FLAG}


@dataclass(frozen=True)
class TypedRecords:
    """Records read as their resource declares them: the rows, those refused, and the names of undeclared fields."""

    rows: pa.Table
    quarantined: pa.Table
    unexpected: frozenset[str]


def to_arrow(resource: Resource, records: Sequence[Any], loaded_at: pa.Array) -> TypedRecords:
    """Read records as the resource declares them; `loaded_at` holds the moment each of them came."""
    reasons: dict[int, str] = {}
    objects = [_object(record, index, reasons) for index, record in enumerate(records)]
    columns = _read_columns(resource, objects, reasons)
    _refuse_missing(resource, columns, len(objects), reasons)
    unexpected = frozenset().union(*objects) - set(resource.columns.names) - resource.ignored
    columns[EXTRA.name] = _extra(objects, unexpected)
    refused = {index: records[index] for index in reasons}
    return _edge(resource, columns, refused, reasons, unexpected, loaded_at)


def table_to_arrow(resource: Resource, table: pa.Table, loaded_at: pa.Array) -> TypedRecords:
    """Read a table that has types of its own (of Parquet files, say) as the resource declares it, as `to_arrow` does.

    Whole columns are cast at once; only one that holds something unreadable is looked at value by value. A column that
    nobody declared is unexpected where it has a value.
    """
    reasons: dict[int, str] = {}
    table, columns = plain(table), {}
    for field in resource.columns:
        if field.name not in table.column_names:
            columns[field.name] = pa.nulls(len(table), field.type)
            continue
        column = table[field.name].combine_chunks()
        try:
            columns[field.name] = cast(column, field.type)
        except (KeyError, *UNREADABLE):
            columns[field.name], bad = read_column(column.to_pylist(), field.type)
            for index in bad:
                reasons.setdefault(index, f"{field.name} is not {NAMES[field.type]}")
    _refuse_missing(resource, columns, len(table), reasons)
    undeclared = sorted(set(table.column_names) - set(resource.columns.names) - resource.ignored)
    unexpected = frozenset(name for name in undeclared if table[name].null_count < len(table))
    columns[EXTRA.name] = _extra(_known_values(table, sorted(unexpected)), unexpected)
    refused = {index: _known_values(table.slice(index, 1), table.column_names)[0] for index in reasons}
    return _edge(resource, columns, refused, reasons, unexpected, loaded_at)


def plain(table: pa.Table) -> pa.Table:
    """The table with variants of text and time (large or dictionary text, other units) cast to the declared types."""
    columns = []
    for column in table.columns:
        dtype = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_large_string(dtype):
            dtype = TEXT
        elif pa.types.is_timestamp(dtype):
            dtype = TIME  # without a zone: UTC by convention
        columns.append(column.cast(dtype, safe=not pa.types.is_timestamp(dtype)))
    return pa.table(columns, names=table.column_names)


def _known_values(table: pa.Table, names: Sequence[str]) -> list[Record]:
    """The named columns as records without their empty fields."""
    records: list[Record] = [{} for _ in range(len(table))]
    for name in names:
        for record, value in zip(records, table[name].to_pylist(), strict=True):
            if value is not None:
                record[name] = value
    return records


def _edge(
    resource: Resource,
    columns: dict[str, pa.Array],
    refused: dict[int, Any],
    reasons: dict[int, str],
    unexpected: frozenset[str],
    loaded_at: pa.Array,
) -> TypedRecords:
    """What was read, without the records that are refused; `refused` holds these by their index."""
    columns[resource.loaded_at] = loaded_at
    rows = pa.table([columns[name] for name in resource.schema.names], schema=resource.schema)
    if reasons:
        rows = rows.filter(pa.array([index not in reasons for index in range(len(rows))]))
    keyed = {index for index in reasons if all(columns[name][index].is_valid for name in resource.required)}
    return TypedRecords(rows, _quarantine(resource, refused, reasons, keyed, loaded_at), unexpected)


def _object(record: Any, index: int, reasons: dict[int, str]) -> Record:
    if isinstance(record, dict):
        return record
    reasons[index] = "the record is not an object"
    return {}


def _read_columns(resource: Resource, objects: list[Record], reasons: dict[int, str]) -> dict[str, pa.Array]:
    """Read every declared column, whole where all its values are as declared, and value by value where not."""
    wire = _wire_arrays(resource, objects)
    columns = {}
    for field in resource.columns:
        try:
            columns[field.name] = cast(wire[field.name], field.type)
        except (KeyError, *UNREADABLE):
            values = [record.get(field.name) for record in objects]
            columns[field.name], bad = read_column(values, field.type)
            for index in bad:
                reasons.setdefault(index, f"{field.name} is not {NAMES[field.type]}")
    return columns


def _wire_arrays(resource: Resource, objects: list[Record]) -> dict[str, pa.Array]:
    """Take the plain columns out of all records at once, which is several times faster than one by one.

    The type on the wire is guessed from the first records; a page that does not keep to it is left to the slow way.
    """
    fields = [
        pa.field(field.name, wire)
        for field in resource.columns
        if field.type != JSON and (wire := _wire_type(field.name, objects)) is not None
    ]
    try:
        page = pa.array(objects, pa.struct(fields))
    except UNREADABLE:
        return {}
    return dict(zip(page.type.names, page.flatten(), strict=True))


def _wire_type(name: str, objects: list[Record]) -> pa.DataType | None:
    for record in objects[:50]:
        if (value := record.get(name)) is not None:
            return _WIRE_TYPES.get(type(value))
    return TEXT


def _refuse_missing(resource: Resource, columns: dict[str, pa.Array], count: int, reasons: dict[int, str]) -> None:
    for name in resource.required:
        if columns[name].null_count:
            is_null = columns[name].is_null().to_pylist()
            for index in (index for index in range(count) if is_null[index]):
                reasons.setdefault(index, f"{name} is missing")


def _extra(objects: list[Record], unexpected: frozenset[str]) -> pa.Array:
    if not unexpected:
        return pa.nulls(len(objects), EXTRA.type)
    return pa.array([_unexpected_of(record, unexpected) for record in objects], EXTRA.type)


def _unexpected_of(record: Record, unexpected: frozenset[str]) -> str | None:
    if record.keys().isdisjoint(unexpected):
        return None
    return dump({name: record[name] for name in sorted(unexpected & record.keys())})


def _quarantine(
    resource: Resource, records: dict[int, Any], reasons: dict[int, str], keyed: set[int], loaded_at: pa.Array
) -> pa.Table:
    """The refused records; `keyed` are those whose key can be read."""
    rows = [
        {
            "table_name": resource.name,
            "record_key": _key_of(resource, records[index], index in keyed),
            "reason": reason,
            "record": dump(records[index]),
            "loaded_at": loaded_at[index],
        }
        for index, reason in sorted(reasons.items())
    ]
    return pa.Table.from_pylist(rows, QUARANTINE.schema)


def _key_of(resource: Resource, record: Any, is_known: bool) -> str:
    """The record's key as text; where it cannot be read, what there is of it and a hash, so that each is kept once."""
    parts = [record.get(name) for name in resource.key] if isinstance(record, dict) else []
    found = "/".join("" if part is None else part if isinstance(part, str) else dump(part) for part in parts)
    if is_known:
        return found
    digest = hashlib.sha256(dump(record).encode()).hexdigest()
    return f"{found}#{digest}" if found.strip("/") else digest
