"""The tools that staff book their hours in: late bookings, typing errors and double bookings, all put right in the end.

View.time_entries is what was worked; a booking is what a tool shows of it, or of nothing (a double).
"""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.clock import DAY, HOUR, MINUTE, NEVER, from_home

TOOL_OF = {"k.arndt": "harvest", "m.sommer": "harvest", "l.petit": "clockify", "j.ferrari": "clockify"}
_SETTLED_AFTER = 19  # days: nothing stays wrong for longer, and nothing goes wrong in the last ones
_FIRST_DOUBLE_ID = 90_010_001
_LATE, _MISTYPED, _DOUBLED = 0.10, 0.15, 0.15


def track(rng: Generator, time_entries: pd.DataFrame, last_day: int) -> pd.DataFrame:
    """Every booking there ever was: the columns of time_entries, and tool, first_hours, and started_, booked_,
    corrected_ and deleted_at.
    """
    count = len(time_entries)
    days = time_entries["worked_day"].to_numpy()
    chance = rng.random((3, count))
    is_late, is_mistyped, is_doubled = (chance.T < (_LATE, _MISTYPED, _DOUBLED)).T & (days <= last_day - _SETTLED_AFTER)
    evening = (18 * HOUR + rng.integers(0, 120, count) * MINUTE).astype(np.int64)
    booked_at = from_home(days + is_late * rng.integers(1, 6, count), evening)
    bookings = time_entries.assign(
        tool=time_entries["staff"].map(TOOL_OF),
        first_hours=np.round(time_entries["hours"] + is_mistyped, 2),
        started_at=from_home(days, (8 * HOUR + rng.integers(0, 60, count) * MINUTE).astype(np.int64)),
        booked_at=booked_at,
        corrected_at=np.where(is_mistyped, booked_at + rng.integers(3, 15, count) * DAY, NEVER),
        deleted_at=NEVER,
    )
    doubles = bookings[is_doubled]
    doubles = doubles.assign(
        id=_FIRST_DOUBLE_ID + np.arange(len(doubles)),
        booked_at=doubles["booked_at"] + MINUTE,
        deleted_at=doubles["booked_at"] + rng.integers(3, 15, len(doubles)) * DAY,
    )
    return pd.concat([bookings, doubles]).sort_values("id", ignore_index=True)


def bookings_at(bookings: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.time_bookings: what the tools show at an as-of."""
    shown = bookings[(bookings["booked_at"] <= as_of) & (bookings["deleted_at"] > as_of)].reset_index(drop=True)
    is_corrected = shown["corrected_at"] <= as_of
    return shown.drop(columns=["first_hours", "corrected_at", "deleted_at"]).assign(
        hours=shown["hours"].where(is_corrected | (shown["corrected_at"] == NEVER), shown["first_hours"]),
        updated_at=shown["corrected_at"].where(is_corrected, shown["booked_at"]),
    )
