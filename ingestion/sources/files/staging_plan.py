"""How staging is to read the raw tables of a load, kept beside them so that the two always belong together.

entries, raw tables -> raw._entries, raw._columns of the same file
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.canonical_inputs import canonical_inputs
from ingestion.raw_file import SCHEMA
from ingestion.settings import Settings
from ingestion.sources.files import filters
from ingestion.sources.files.entries import writes_english_numbers
from ingestion.sources.files.locations import EntryError
from ingestion.sources.files.mapping import Planned, placed

# A mark is the decimal one where other than three digits follow it, where the other mark parts thousands before it,
# and where more than three digits or a lone zero stand before it. 1,234 says nothing.
_SAYS = r"({mark}\d{{1,2}}$|{mark}\d{{4,}}$|{other}\d{{3}}{mark}|{other}\d{{3}}{other}|\d{{4,}}{mark}|^[^\d]*0{mark})"
SAYS_COMMA = _SAYS.format(mark=",", other=r"\.")
SAYS_POINT = _SAYS.format(mark=r"\.", other=",")
SAYS_NOTHING = r"^[^\d]*\d{1,3}[.,]\d{3}$"


def decimal_mark(
    connection: duckdb.DuckDBPyConnection, rows: str, columns: list[str], writes_english_numbers: bool
) -> str:
    """The mark that most of the telling numbers show; `rows` is a FROM clause, `columns` are its text columns."""
    values = ", ".join('"' + column.replace('"', '""') + '"' for column in columns)
    comma, point, unclear = connection.execute(
        f"""
        with numbers as (select regexp_replace(unnest([{values}]), '[^0-9.,]+$', '') as number from {rows})
        select
            count(*) filter (regexp_matches(number, $comma)),
            count(*) filter (regexp_matches(number, $point)),
            min(number) filter (regexp_matches(number, $nothing))
        from numbers
        """,
        {"comma": SAYS_COMMA, "point": SAYS_POINT, "nothing": SAYS_NOTHING},
    ).fetchall()[0]
    if comma == point and unclear and not writes_english_numbers:
        raise EntryError(f"{unclear} may have a decimal point or comma: say which with decimal")
    return "," if comma > point else "."


TABLES = f"""
create table {SCHEMA}._entries (
    raw_table varchar, input varchar, "filter" varchar, time_zone varchar, date_format varchar, is_sql boolean
);
create table {SCHEMA}._columns (
    raw_table varchar, column_name varchar, source_column varchar, constant varchar, decimal_mark varchar
);
"""
NUMBERS = ("decimal", "double", "bigint")


def write(connection: duckdb.DuckDBPyConnection, planned: list[Planned], settings: Settings, home: Path) -> None:
    """Write both tables; a filter that can't be applied is a mistake, shown before dbt meets it."""
    connection.execute(TABLES)
    for each in planned:
        entry, table = each.entry.settings, each.entry.raw_table
        with placed(each.entry, home):
            if entry.filter:
                filters.apply(connection, entry.filter, _table(table))
            marks = _decimal_marks(connection, each, home)
        connection.execute(
            f"insert into {SCHEMA}._entries values (?, ?, ?, ?, ?, ?)",
            [
                table,
                entry.as_,
                entry.filter,
                entry.time_zone or settings.time_zone,
                entry.date_format,
                entry.sql is not None,
            ],
        )
        for name, origin in each.origins.items():
            connection.execute(
                f"insert into {SCHEMA}._columns values (?, ?, ?, ?, ?)",
                [table, name, origin.source_column, origin.constant, marks.get(origin.source_column or "", ".")],
            )


def _table(name: str) -> str:
    return f'{SCHEMA}."{name}"'


def _decimal_marks(connection: duckdb.DuckDBPyConnection, planned: Planned, home: Path) -> dict[str, str]:
    """Raw text column that is read as a number -> its decimal mark; all columns of an entry have the same."""
    entry, types = planned.entry.settings, canonical_inputs()[planned.entry.settings.as_].columns
    numbers = {
        origin.source_column: None
        for name, origin in planned.origins.items()
        if origin.source_column in planned.schema.names and types[name].startswith(NUMBERS)
    }
    columns = [
        name for name in planned.schema.names if name in numbers and pa.types.is_string(planned.schema.field(name).type)
    ]
    if not columns:
        return {}
    english = writes_english_numbers(entry, home)
    rows = filters.kept(_table(planned.entry.raw_table), entry.filter)
    mark = entry.decimal or decimal_mark(connection, rows, columns, english)
    return dict.fromkeys(columns, mark)
