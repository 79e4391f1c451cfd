"""The files of `mops attribute`: paths.csv in, channels out."""

import csv
import glob
import io
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.compute as pc

from orchestration.cli.mistakes import MistakeError
from planning.attribution import Floats, Paths

SEPARATOR = " > "
COUNTS = ("conversions", "revenue", "nulls")
DIRECT = "direct"
MORE_VALUES = "more values than columns"

_NUMBERS = ", ".join(f"coalesce(try_cast(trim({name}) as double), 'nan'::double) as {name}" for name in COUNTS)
_ROWS = f"""
    create table paths as
    select row_number() over () + 1 as line, list_transform(string_split(path, '{SEPARATOR}'), lambda each: trim(each))
        as channels, {", ".join(f"{name} as {name}_text" for name in COUNTS)}, {_NUMBERS}
    from file
"""
_NAMELESS = "len(list_filter(channels, lambda each: each = '' or starts_with(each, '>')))"
_BAD_COUNTS = " ".join(
    f"when not isfinite({name}) then '{name} is not a number: ' || coalesce(left({name}_text, 40), 'nothing')"
    f" when {name} < 0 then '{name} is negative'"
    for name in COUNTS
)
_REFUSED = f"""
    select line,
        case
            when channels is null or array_to_string(channels, '') = '' then 'the path is empty'
            when {_NAMELESS} > 0 then 'the path has a channel without a name'
            {_BAD_COUNTS}
        end as reason
    from paths where reason is not null order by line limit 1
"""


def read(file: Path) -> tuple[list[str], Paths]:
    """The channels' names, in the order in which they first come, and the paths; MistakeError names a bad line."""
    if not file.is_file():
        raise MistakeError(f"--paths: there is no file {file}")
    with duckdb.connect() as connection:
        try:
            _open(connection, file)
            connection.execute(_ROWS)
        except duckdb.Error as error:
            raise MistakeError(_csv_mistake(file, str(error))) from None
        if refused := connection.execute(_REFUSED).fetchone():
            raise MistakeError(f"{file}, line {refused[0]}: {refused[1]}")
        table = connection.execute("from paths order by line").to_arrow_table()
    if not len(table):
        raise MistakeError(f"{file} has no paths")
    lists = table["channels"].combine_chunks()
    codes = lists.flatten().dictionary_encode()
    names = codes.dictionary.to_pylist()
    is_direct = np.array([name.casefold() == DIRECT for name in names])
    lengths = pc.list_value_length(lists).to_numpy().astype(np.int64)
    conversions, revenue, nulls = (table[name].to_numpy() for name in COUNTS)
    return names, Paths(codes.indices.to_numpy().astype(np.int64), lengths, conversions, revenue, nulls, is_direct)


def _open(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The file as the view `file`, every column text."""
    rows = connection.read_csv(
        glob.escape(str(file)),
        header=True,
        all_varchar=True,
        delimiter=",",
        quotechar='"',
        parallel=False,
        null_padding=True,
    )
    missing = [name for name in ("path", *COUNTS) if name not in rows.columns]
    if missing:
        raise MistakeError(f"{file} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    rows.create_view("file")
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        header = next(csv.reader(text), [])
    if surplus := rows.columns[len(header) :]:  # DuckDB makes columns of their own for what a line has too many
        numbered = f"select row_number() over () + 1 as line, coalesce({', '.join(surplus)}) as more from file"
        found = connection.execute(f"select min(line) from ({numbered}) where more is not null").fetchone()
        if found and found[0]:
            raise MistakeError(f"{file}, line {found[0]}: {MORE_VALUES}")


def _csv_mistake(file: Path, error: str) -> str:
    """DuckDB's page on what it can't read, as a sentence."""
    line = re.search(r"CSV Error on Line: (\d+)", error)
    place = f"{file}, line {line[1]}" if line else str(file)
    if "Expected Number of Columns" in error:
        return f"{place}: {MORE_VALUES}"  # too few are NULL, and told as such
    if "not utf-8 encoded" in error:
        return f"{place}: not in UTF-8"
    if "Error when sniffing" in error:
        return f"{place} is no CSV that can be read: its lines differ in their columns, or its quotes don't match"
    return f"{place} is no CSV that can be read: {error.splitlines()[0]}"


def as_csv(names: Sequence[str], conversions: Floats, revenue: Floats) -> str:
    """channel, conversions, revenue; the largest first."""
    order = sorted(range(len(names)), key=lambda code: (-conversions[code], names[code]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["channel", "conversions", "revenue"])
    writer.writerows([names[code], float(conversions[code]), float(revenue[code])] for code in order)
    return text.getvalue()
