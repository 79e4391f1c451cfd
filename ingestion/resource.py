"""What a raw table is: the declaration every vendor makes of each of its objects, and nothing that acts.

A column's Arrow type is both the promise of the raw table and the rule by which a vendor's JSON is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Resource:
    """One raw table: its declared columns, its key, and how a load changes it.

    merge replaces the rows whose key came again; replace replaces the table; scoped replaces every row of the
    scopes (values of the columns `scope`, such as an account's day) that the reader names, those that came back
    empty included.
    """

    name: str
    columns: pa.Schema
    key: tuple[str, ...]
    disposition: Disposition = "merge"
    scope: tuple[str, ...] = ()
    ignored: frozenset[str] = field(default_factory=frozenset)  # known fields that no column needs
    description: str = ""

    @property
    def schema(self) -> pa.Schema:
        """Give the columns of the raw table, mops' own two included."""
        return pa.schema([*self.columns, EXTRA, LOADED_AT])


Reader = Callable[..., Iterator[Any]]

QUARANTINE = Resource(
    name="_quarantine",
    columns=columns("table_name record_key reason record", time="loaded_at"),
    key=("table_name", "record_key", "reason", "record"),
)
