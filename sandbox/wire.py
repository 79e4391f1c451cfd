"""Columns of a View as the texts vendors send: whole columns at once, because a page is then only a slice of lists.

What a View calls absent ("", 0, clock.NEVER) becomes `absent`, which is None for some vendors and "" for others.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np
import pandas as pd

from sandbox.clock import NEVER, to_instant

Texts = list[Any]  # of str, or of what the vendor sends where there is nothing


def texts(column: pd.Series, absent: Any = None) -> Texts:
    """Text, "" being absent."""
    return [value or absent for value in column.tolist()]


def numbers(column: pd.Series) -> Texts:
    """Integers as decimal text."""
    return list(map(str, column.tolist()))


def ids(column: pd.Series, absent: Any = None) -> Texts:
    """Integer ids as text, 0 being absent; ids that are text already stay."""
    return [str(value) if value else absent for value in column.tolist()]


def flags(column: pd.Series) -> Texts:
    """Booleans as "true" and "false"."""
    return ["true" if value else "false" for value in column.tolist()]


def amounts(column: pd.Series) -> Texts:
    """Integer cents as the shortest decimal text: 2450050 as 24500.5."""
    wholes, cents = np.divmod(column.to_numpy(), 100)
    return [
        f"{whole}.{cent:02d}".rstrip("0").rstrip(".")
        for whole, cent in zip(wholes.tolist(), cents.tolist(), strict=True)
    ]


def instants(column: pd.Series, absent: Any = None) -> Texts:
    """Instants as 2026-02-02T08:00:00.120Z."""
    return _iso(column, "ms", "Z", absent)


def seconds(column: pd.Series, absent: Any = None) -> Texts:
    """Instants as 2026-02-02T08:00:00+00:00."""
    return _iso(column, "s", "+00:00", absent)


def days(column: pd.Series, absent: Any = None) -> Texts:
    """Days as 2026-02-02."""
    made = np.datetime_as_string(column.to_numpy().astype("datetime64[D]")).tolist()
    return [text if day else absent for text, day in zip(made, column.tolist(), strict=True)]


def _iso(column: pd.Series, unit: Any, zone: str, absent: Any) -> Texts:
    moments = column.to_numpy()
    is_known = moments != NEVER
    made = np.datetime_as_string(np.where(is_known, moments, 0).astype("datetime64[ms]"), unit=unit).tolist()
    return [text + zone if known else absent for text, known in zip(made, is_known.tolist(), strict=True)]


def read_instant(text: str) -> int:
    """Milliseconds UTC of an ISO 8601 text, UTC where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return to_instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a short frame."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def pick(column: Sequence[Any], positions: Sequence[int]) -> list[Any]:
    """The values of a column at positions."""
    return [column[position] for position in positions]
