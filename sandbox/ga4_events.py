"""The web events of visits, as arrays: what GA4 collected on given days, without those that have not arrived yet."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import scatter
from sandbox.clock import day_end, local_days
from sandbox.visits import FORM_PAGE, PAGES, Visits

SESSION_START, FIRST_VISIT, PAGE_VIEW, SCROLL, ENGAGEMENT, FORM = range(6)
LATEST = 2  # days a late event takes at most
_LATE_SHARE = 0.004


@dataclass(frozen=True)
class Events:
    """One entry per event, in order of day and time; session is a row of Visits.sessions, page a position in PAGES."""

    session: np.ndarray
    kind: np.ndarray
    page: np.ndarray
    is_landing: np.ndarray  # on the page the visit began with
    at_us: np.ndarray
    position: np.ndarray  # within the visit
    engaged_ms: np.ndarray  # since the event before, 0 where the event has none
    day: np.ndarray


def collect(visits: Visits, first_day: int, last_day: int, as_of: int) -> Events:
    """The events that happened on the days first_day to last_day (of the home zone) and had arrived by the as-of."""
    starts = visits.sessions["started_at"].to_numpy()
    # a visit may begin on the day before
    low, high = np.searchsorted(starts, day_end(np.array([first_day - 2, last_day])))
    events = expand(visits, np.arange(low, high))
    chance = scatter(events.session * 64 + events.position, 3)
    delay = np.where(chance < _LATE_SHARE, np.where(chance < _LATE_SHARE / 3, LATEST, 1), 0)
    days = np.arange(first_day, last_day + 1 + LATEST)
    arrived = day_end(days)[np.clip(events.day - first_day, 0, last_day - first_day) + delay] <= as_of + 1
    keep = np.flatnonzero((events.day >= first_day) & (events.day <= last_day) & arrived)
    order = keep[np.lexsort((events.at_us[keep], events.day[keep]))]
    return Events(*(column[order] for column in vars(events).values()))


def expand(visits: Visits, rows: np.ndarray) -> Events:
    """All events of some visits: start, first visit, pages, scroll, engagement, form."""
    sessions = visits.sessions.iloc[rows]
    pages = sessions["pages"].to_numpy().astype(np.int64)
    is_new, has_form = (sessions["number"] == 1).to_numpy(), (sessions["form"] > 0).to_numpy()
    scrolls, engages = (sessions[name].to_numpy() for name in ("is_scrolled", "is_engaged"))
    blocks = [np.ones(len(rows)), is_new, pages, scrolls, engages, has_form]  # how many of each kind
    edges = np.cumsum(np.stack(blocks, axis=1).astype(np.int64), axis=1)
    count = edges[:, -1]
    row = np.repeat(np.arange(len(rows)), count)
    position = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    kind = (position[:, None] >= edges[row, :-1]).sum(axis=1)
    number = np.where(
        kind == PAGE_VIEW, position - edges[row, FIRST_VISIT], np.where(kind > PAGE_VIEW, pages[row] - 1, 0)
    )
    page = _page(
        sessions["landing"].to_numpy()[row], number, (has_form & (pages > 1))[row] & (number == pages[row] - 1)
    )
    part = np.array([0, 0, 0, 0.9, 0.97, 1.0])[kind]
    part = np.where(kind == PAGE_VIEW, number / pages[row], part)
    length, started_at = sessions["length"].to_numpy()[row], sessions["started_at"].to_numpy()[row]
    offset = (part * length).astype(np.int64)
    at_us = (started_at + offset) * 1_000 + position
    has_time = (kind == ENGAGEMENT) | ((kind == PAGE_VIEW) & (number > 0))
    engaged_ms = np.where(
        has_time, np.where(kind == ENGAGEMENT, length - length * number // pages[row], length // pages[row]), 0
    )
    session = rows[row]
    return Events(session, kind, page, number == 0, at_us, position, engaged_ms, local_days(at_us // 1_000))


def _page(landing: np.ndarray, number: np.ndarray, is_form: np.ndarray) -> np.ndarray:
    """Which page the nth of a visit is."""
    return np.where(is_form, FORM_PAGE, (landing + 3 * number) % len(PAGES))
