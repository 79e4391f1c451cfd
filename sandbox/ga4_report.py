"""What GA4's reports say of each day and channel: close to what happened, and still moving for some days."""

import numpy as np
import pandas as pd

from sandbox.clock import local_day, local_days
from sandbox.visits import NO_FORM, Visits
from sandbox.web_sources import Sources

FINAL_AGE = 11  # days; the window that is re-read is 12
_MISSING_SESSIONS, _MISSING_EVENTS = 0.04, 0.2  # of a day's sessions and key events at first


def daily_at(visits: Visits, sources: Sources, as_of: int) -> pd.DataFrame:
    """View.ga4_daily. A row with a single session is withheld, and its day marked, as GA4 does for privacy."""
    starts = visits.sessions["started_at"].to_numpy()
    sessions = visits.sessions.iloc[: np.searchsorted(starts, as_of, side="right")]
    channel = sources.table["channel"].to_numpy()[sessions["source"]]
    seen = pd.DataFrame({"day": local_days(sessions["started_at"].to_numpy()), "channel": channel})
    seen["key_events"] = (sessions["form"] != NO_FORM).to_numpy().astype(np.int64)
    daily = seen.groupby(["day", "channel"], as_index=False).agg(
        sessions=("key_events", "size"), key_events=("key_events", "sum")
    )
    age = np.minimum(local_day(as_of) - daily["day"], FINAL_AGE)
    missing = 1 - age / FINAL_AGE
    daily["sessions"] = np.ceil(daily["sessions"] * (1 - _MISSING_SESSIONS * missing)).astype(np.int64)
    daily["key_events"] = np.floor(daily["key_events"] * (1 - _MISSING_EVENTS * missing)).astype(np.int64)
    is_withheld = daily["sessions"] < 2
    is_thresholded = daily["day"].isin(daily.loc[is_withheld, "day"])
    return daily.assign(total_revenue=0.0, is_thresholded=is_thresholded)[~is_withheld].reset_index(drop=True)
