"""Whether the numbers of an entry have a decimal comma or a decimal point.

text columns of a raw table -> "," or "."
"""

import duckdb

from ingestion.sources.files.errors import EntryError

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
    values = ", ".join(f'"{column}"' for column in columns)
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
