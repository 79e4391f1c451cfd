"""The company's own people: sales owners, and the hours marketing staff book on campaigns."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose
from sandbox.clock import DAY, NEVER, local_day

_FIRST = ("Petra", "Jonas", "Aylin", "Marco", "Sarah", "Tomasz", "Lea", "Radu")
_LAST = ("Lindner", "Brandt", "Kaya", "Conti", "Doyle", "Nowak", "Vogel", "Marin")
_FIRST_OWNER_ID = 41_000_101
_LEFT = 7  # the owner who leaves half-way
_STAFF = ["k.arndt", "m.sommer", "l.petit", "j.ferrari"]
_ACTIVITIES = ["copy", "design", "campaign set-up", "reporting", "webinar"]
RATES_CENTS = {"k.arndt": 6_200, "m.sommer": 5_400, "l.petit": 4_800, "j.ferrari": 7_000}


def full_name(staff: str) -> str:
    """k.arndt is K. Arndt."""
    first, _, last = staff.partition(".")
    return f"{first.upper()}. {last.title()}"


def hire_owners(first_at: int, last_at: int) -> pd.DataFrame:
    """The sales owners: id, email, first_name, last_name, user_id, type, created_at, left_at."""
    count = len(_FIRST)
    left_at = np.full(count, NEVER)
    left_at[_LEFT] = (first_at + last_at) // 2 // DAY * DAY
    return pd.DataFrame(
        {
            "id": _FIRST_OWNER_ID + np.arange(count),
            "email": [
                f"{first}.{last}@northwind-labs.example".lower() for first, last in zip(_FIRST, _LAST, strict=True)
            ],
            "first_name": _FIRST,
            "last_name": _LAST,
            "user_id": 9_001 + np.arange(count),
            "type": "PERSON",
            "created_at": first_at // DAY * DAY - 400 * DAY + np.arange(count) * 7 * DAY,
            "left_at": left_at,
        }
    )


def owners_at(owners: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.owners: who has left is archived and without a user."""
    has_left = owners["left_at"] <= as_of
    return owners.drop(columns="left_at").assign(
        user_id=owners["user_id"].where(~has_left, 0),
        updated_at=owners["left_at"].where(has_left, owners["created_at"] + DAY),
        archived_at=owners["left_at"].where(has_left, NEVER),
    )


def book_hours(rng: Generator, first_day: int, last_day: int, campaigns: pd.DataFrame) -> pd.DataFrame:
    """One entry per member of staff and working day: View.time_entries."""
    days = np.arange(first_day, last_day + 1)
    workdays = days[(days + 3) % 7 < 5]
    count = len(workdays) * len(_STAFF)
    staff = np.tile(np.array(_STAFF, dtype=object), len(workdays))
    return pd.DataFrame(
        {
            "id": 70_010_001 + np.arange(count),
            "staff": staff,
            "campaign": choose(rng, list(campaigns["name"]), [1] * len(campaigns), count),
            "activity": choose(rng, _ACTIVITIES, [3, 3, 2, 2, 1], count),
            "hours": np.round(rng.uniform(0.5, 7.5, count), 2),
            "worked_day": np.repeat(workdays, len(_STAFF)).astype(np.int32),
            "hourly_rate_cents": [RATES_CENTS[name] for name in staff],
        }
    )


def entries_at(time_entries: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.time_entries: what was booked by the as-of."""
    return time_entries[time_entries["worked_day"] <= local_day(as_of)].reset_index(drop=True)
