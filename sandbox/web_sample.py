"""Web events of a share of the visitors: what a second tool on the site collects beside GA4, of the same visits."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sandbox.chance import scatter
from sandbox.clock import NEVER
from sandbox.ga4_events import FORM, Events, expand
from sandbox.visits import NO_FORM, Visits

_LARGEST_SHARE = 0.1


@dataclass(frozen=True)
class Sample:
    """One entry per event, by time: `events`, the visit of each (a row of Visits.sessions), and when they happened.

    `person` is the person whom the tool knows by then, because they gave their address in a form on this cookie, or 0.
    """

    events: Events
    visits: pd.DataFrame
    at: np.ndarray
    person: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> "Sample":
        """Some of the events."""
        events = Events(*(column[chosen] for column in vars(self.events).values()))
        return Sample(events, self.visits.iloc[chosen], self.at[chosen], self.person[chosen])


def sample(visits: Visits, count: int, salt: int) -> Sample:
    """About `count` events, or a tenth if that is less, of visitors who consent; another salt draws other cookies."""
    cookies = visits.sessions["cookie"].to_numpy()
    share = min(count / max(visits.sessions["events"].sum(), 1), _LARGEST_SHARE)
    chosen = (scatter(cookies, salt) < share) & visits.sessions["has_consent"].to_numpy()
    events = expand(visits, np.flatnonzero(chosen))
    events = Events(*(column[np.argsort(events.at_us, kind="stable")] for column in vars(events).values()))
    of_events = visits.sessions.iloc[events.session].reset_index(drop=True)
    at = events.at_us // 1_000
    is_form = (events.kind == FORM) & (of_events["form"] != NO_FORM) & (of_events["person"] > 0)
    first_form = pd.Series(at[is_form]).groupby(of_events["cookie"][is_form].to_numpy()).min()
    known_at = first_form.reindex(of_events["cookie"], fill_value=NEVER).to_numpy()
    return Sample(events, of_events, at, np.where(at >= known_at, of_events["person"], 0))
