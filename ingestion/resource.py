"""What a raw table is: the declaration every vendor makes of each of its objects, and nothing that acts.

A column's Arrow type is both the promise of the raw table and the rule by which a vendor's JSON is read.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

TEXT = pa.string()
JSON = pa.large_string()  # whatever the vendor sent, kept as JSON text (a VARCHAR in DuckDB like TEXT)
TIME = pa.timestamp("us", tz="UTC")
DATE = pa.date32()
INT = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()
MONEY = pa.decimal128(18, 2)
AMOUNT = pa.decimal128(18, 6)  # money whose vendor does not promise cents

EXTRA = pa.field("_extra", JSON)
LOADED_AT = pa.field("_loaded_at", TIME)

Record = dict[str, Any]
Disposition = Literal["merge", "replace", "scoped"]


def columns(
    text: str = "",
    *,
    json: str = "",
    int: str = "",
    real: str = "",
    money: str = "",
    amount: str = "",
    flag: str = "",
    date: str = "",
    time: str = "",
) -> pa.Schema:
    """Declare columns as space-separated names by type, e.g. columns("id name", time="created_at")."""
    groups = (
        (text, TEXT),
        (json, JSON),
        (int, INT),
        (real, REAL),
        (money, MONEY),
        (amount, AMOUNT),
        (flag, FLAG),
        (date, DATE),
        (time, TIME),
    )
    return pa.schema([pa.field(name, dtype) for names, dtype in groups for name in names.split()])


def fields(names: str) -> frozenset[str]:
    """Space-separated names as a set."""
    return frozenset(names.split())


@dataclass(frozen=True)
class Resource:
    """One raw table: its declared columns, its key, and how a load changes it.

    merge replaces the rows whose key came again; replace replaces the table; scoped replaces every row of the
    scopes (values of the columns `scope`, such as an account's day) that the reader names, those that came back
    empty included. A table with `versions_of` is filled by mops: each change of that table's days, never emptied.
    """

    name: str
    columns: pa.Schema
    key: tuple[str, ...]
    description: str = ""
    disposition: Disposition = "merge"
    scope: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # columns of the key that may be NULL
    ignored: frozenset[str] = frozenset()  # known fields that no column needs
    versions_of: str | None = None
    loaded_at: str = LOADED_AT.name  # the column that says when a row was read; a row without it only names a scope

    @property
    def schema(self) -> pa.Schema:
        """The columns of the raw table, mops' own two included."""
        return self.columns if self.loaded_at in self.columns.names else pa.schema([*self.columns, EXTRA, LOADED_AT])

    @property
    def required(self) -> list[str]:
        """The columns a record cannot do without."""
        return [name for name in self.key if name not in self.optional]


QUARANTINE = Resource(
    "_quarantine",
    columns("table_name record_key reason record", time="loaded_at"),
    key=("table_name", "record_key", "reason"),
    description="Records that could not be read as declared, each with its reason and its original text.",
    loaded_at="loaded_at",
)
