"""Segment's warehouse tables as files, <table>/<load>.parquet: one for every night in which a table got rows.

As in a warehouse a column begins when a property is first sent, and its type may change. Users who are deleted, on
their request or because the CRM purges them, take their rows along: the files that held these are written anew.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.clock import iso_days
from sandbox.segment_rows import deletions, segment_rows
from sandbox.visits import Visits
from sandbox.web_sources import Sources

_TIMES = ("original_timestamp", "sent_at", "received_at", "timestamp", "uuid_ts")
# from which part of the history on a column is there, and until which it holds whole numbers instead of text
_BEGINS = {("pages", "title"): 0.4, ("identifies", "title"): 0.5}
_IS_NUMBER_UNTIL = {("identifies", "phone"): 0.3, ("identifies", "employees"): 0.6}


def export_segment(
    visits: Visits,
    sources: Sources,
    people: pd.DataFrame,
    purged_at: np.ndarray,
    days: tuple[int, int],
    as_of: int,
    folder: Path,
) -> None:
    """Bring the folder to what was loaded by an as-of. purged_at: by person - 1; days: the history's first and last."""
    deleted_at = np.append(np.minimum(purged_at, deletions(len(people))), as_of + 1)  # nobody's rows are not deleted
    expected = set()
    for table, rows in segment_rows(visits, sources, people).items():
        (folder / table).mkdir(parents=True, exist_ok=True)
        loaded = rows[rows["uuid_ts"] <= as_of]
        shown = loaded[deleted_at[loaded["person"] - 1] > as_of]
        columns = _columns(table, shown.drop(columns=["person", "load_day"]))
        loads = np.unique(loaded["load_day"])
        edges = np.searchsorted(shown["load_day"], np.append(loads, loads[-1:] + 1)).tolist()
        for day, name, start, end in zip(loads.tolist(), iso_days(loads), edges, edges[1:], strict=False):
            path = folder / table / f"{name.replace('-', '')}T040000Z.parquet"
            load = _as_of_age(table, columns, (day - days[0]) / (days[1] - days[0])).slice(start, end - start)
            pq.write_table(load, path, use_dictionary=False, write_statistics=False, store_schema=False)
            expected.add(path)
    for path in set(folder.glob("*/*.parquet")) - expected:
        path.unlink()


def _columns(table: str, rows: pd.DataFrame) -> dict[str, pa.Array]:
    """The columns as they are by now; empty texts and numbers of 0 are null."""
    columns: dict[str, pa.Array] = {}
    for name in rows.columns.astype(str):
        values = rows[name]
        if name in _TIMES:
            columns[name] = pa.array(values.to_numpy(), pa.timestamp("ms", tz="UTC"))
        else:
            texts = values.astype(str).to_numpy(dtype=object)
            columns[name] = pa.array(texts, pa.string(), mask=np.isin(texts, ("", "0")))
    return columns | {
        f"{name} as number": pa.array(map(_digits, columns[name].to_pylist()), pa.int64())
        for of, name in _IS_NUMBER_UNTIL
        if of == table
    }


def _as_of_age(table: str, columns: dict[str, pa.Array], age: float) -> pa.Table:
    """The columns that a table had, as they were typed, at an age of the history from 0 to 1."""
    names = [name for name in columns if not name.endswith(" as number") and age >= _BEGINS.get((table, name), 0)]
    was = {name: f"{name} as number" for of, name in _IS_NUMBER_UNTIL if of == table}
    return pa.table(
        {name: columns[was[name] if age < _IS_NUMBER_UNTIL.get((table, name), 0) else name] for name in names}
    )


def _digits(text: str | None) -> int | None:
    return int("".join(filter(str.isdigit, text))) if text else None
