"""Visits to the web site: of people on their way, of readers of e-mails, and of strangers who never say who they are.

A person has up to three cookies; a cookie without consent leaves no client id. The visit in which somebody fills in a
form ends with it, at journeys.captured_at.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import pick, scatter
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND, as_of_instant, from_home, local_days
from sandbox.demand import CHANNELS, Demand
from sandbox.journeys import FORM, NEWSLETTER
from sandbox.mail_answers import LINKS
from sandbox.mailing import Mailing
from sandbox.web_sources import Sources

COOKIES_PER_PERSON = 3
NO_FORM, LEAD_FORM, SIGNUP_FORM = range(3)
PAGES = (
    "/",
    "/product",
    "/pricing",
    "/blog/roi-guide",
    "/webinar",
    "/customers",
    "/docs",
    "/about",
    "/contact",
    "/demo",
)
FORM_PAGE = PAGES.index("/demo")
_REFUSE_CONSENT = 0.12
_EVENTS_PER_STRANGER = 4.85
# what brings people back: the channels of later visits (None: what brought them first)
_RETURN_CHANNELS = ["Direct", "Organic Search", "Paid Search", "Display", "Paid Social", "Referral", None]
_RETURN_WEIGHTS = [0.36, 0.2, 0.12, 0.08, 0.06, 0.05, 0.13]
_HOUR_WEIGHTS = np.array([2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 11, 10, 9, 10, 11, 11, 10, 9, 8, 8, 9, 8, 6, 4], dtype=float)


@dataclass(frozen=True)
class Visits:
    """`sessions` in order of started_at: person (0 for strangers), cookie, started_at, length (ms), pages, source (row
    of Sources.table), landing (position in PAGES), form, has_consent, number (of the cookie), is_scrolled, is_engaged,
    events. `client_ids` by cookie ("" where none was seen)."""

    sessions: pd.DataFrame
    client_ids: np.ndarray
    first_sources: np.ndarray  # by cookie: the source of its first visit
    first_seen: np.ndarray  # by cookie: when

    def form_client_ids(self, people: int) -> np.ndarray:
        """By person - 1: the client id that the hidden field of their first form took along, "" where it got none."""
        forms = self.sessions[(self.sessions["form"] == LEAD_FORM) & self.sessions["has_consent"]]
        kept = forms[scatter(forms["person"].to_numpy(), 11) > 0.08]
        ids = np.full(people, "", dtype=object)
        ids[kept["person"] - 1] = self.client_ids[kept["cookie"]]
        return ids


def visit(
    rng: Generator,
    journeys: pd.DataFrame,
    mailing: Mailing,
    sources: Sources,
    demand: Demand,
    events: int,
) -> Visits:
    """All visits up to the last day; as many strangers as it takes to bring about `events` events."""
    last_at = as_of_instant(None)
    known = pd.concat(
        [_first_visits(rng, journeys, sources), _returns(rng, journeys, sources), _from_emails(rng, mailing, sources)]
    )
    slot = pick(rng, [0.8, 0.16, 0.04], len(known))
    known["cookie"] = (known["person"] - 1) * COOKIES_PER_PERSON + slot
    known = _fill_in(rng, known[known["started_at"] <= last_at])
    missing = max(events - known["events"].sum() - known["cookie"].nunique(), 0) / _EVENTS_PER_STRANGER
    first_cookie = len(journeys) * COOKIES_PER_PERSON
    strangers = _strangers(rng, round(missing), sources, demand, first_cookie)
    sessions = pd.concat([known, _fill_in(rng, strangers[strangers["started_at"] <= last_at])])
    return _identify(sessions.sort_values(["started_at", "cookie"], ignore_index=True))


def _first_visits(rng: Generator, journeys: pd.DataFrame, sources: Sources) -> pd.DataFrame:
    """The visits before somebody becomes known; the last of them has the form."""
    visits = journeys["visits"].to_numpy()
    row = np.repeat(np.arange(len(journeys)), visits)
    position = np.arange(len(row)) - np.repeat(np.cumsum(visits) - visits, visits)
    arrives_at, captured_at = (journeys[name].to_numpy()[row] for name in ("arrives_at", "captured_at"))
    is_first, is_last = position == 0, position == visits[row] - 1
    between = arrives_at + (rng.uniform(0.05, 0.95, len(row)) * (captured_at - arrives_at)).astype(np.int64)
    before_form = captured_at - rng.integers(2 * MINUTE, 12 * MINUTE, len(row))
    started_at = np.where(is_first, arrives_at, np.where(is_last, before_form, between))
    capture = journeys["capture"].to_numpy()[row]
    form = np.select(
        [is_last & (capture == FORM), is_last & (capture == NEWSLETTER)], [LEAD_FORM, SIGNUP_FORM], NO_FORM
    )
    cause = np.array(CHANNELS, dtype=object)[journeys["cause"].to_numpy()[row]]
    channel = np.where(is_first, cause, _channels_of_returns(rng, cause))
    frame = pd.DataFrame({"person": row + 1, "started_at": started_at, "form": form})
    frame["source"] = sources.draw(rng, channel, local_days(started_at))
    return frame.assign(form_at=np.where(form != NO_FORM, captured_at, NEVER))


def _channels_of_returns(rng: Generator, cause: np.ndarray) -> np.ndarray:
    """Channels of later visits."""
    drawn = np.array(_RETURN_CHANNELS, dtype=object)[pick(rng, _RETURN_WEIGHTS, len(cause))]
    return np.where(pd.isna(drawn), cause, drawn)


def _returns(rng: Generator, journeys: pd.DataFrame, sources: Sources) -> pd.DataFrame:
    """Visits after somebody is known: the further they get, the more, until a little after their last stage."""
    stages = {name: (journeys[name] != NEVER).to_numpy() for name in ("mql_at", "sql_at", "opportunity_at")}
    count = rng.poisson(0.5 + 0.9 * stages["mql_at"] + 1.1 * stages["sql_at"] + 1.2 * stages["opportunity_at"])
    lead_at = journeys["lead_at"].to_numpy()
    latest = np.max([np.where(reached, journeys[name], lead_at) for name, reached in stages.items()], axis=0)
    row = np.repeat(np.arange(len(journeys)), count)
    span = latest[row] - lead_at[row] + 25 * DAY
    started_at = lead_at[row] + HOUR + (rng.random(len(row)) * span).astype(np.int64)
    cause = np.array(CHANNELS, dtype=object)[journeys["cause"].to_numpy()[row]]
    frame = pd.DataFrame({"person": row + 1, "started_at": started_at, "form": NO_FORM, "form_at": NEVER})
    frame["source"] = sources.draw(rng, _channels_of_returns(rng, cause), local_days(started_at))
    return frame


def _from_emails(rng: Generator, mailing: Mailing, sources: Sources) -> pd.DataFrame:
    """Most clicks on a newsletter's links arrive."""
    clicks = mailing.human_clicks()
    clicks = clicks[rng.random(len(clicks)) < 0.85]
    source = sources.email_start + clicks["campaign"] * len(LINKS) + clicks["link"]
    started_at = clicks["at"] + rng.integers(SECOND, 8 * SECOND, len(clicks))
    frame = pd.DataFrame({"person": clicks["person"], "started_at": started_at, "source": source})
    return frame.assign(form=NO_FORM, form_at=NEVER)


def _strangers(rng: Generator, count: int, sources: Sources, demand: Demand, first_cookie: int) -> pd.DataFrame:
    """Visits of people nobody ever knows: the same channels on the same days, one to three visits a cookie."""
    day, cause = demand.draw(rng, count)
    started_at = from_home(day, pick(rng, _HOUR_WEIGHTS, count) * HOUR + rng.integers(0, HOUR, count))
    source = sources.draw(rng, np.array(CHANNELS, dtype=object)[cause], day)
    cookie = first_cookie + np.sort(rng.integers(0, max(round(count * 0.75), 1), count))
    columns = {"person": 0, "started_at": started_at, "source": source, "cookie": cookie}
    return pd.DataFrame({**columns, "form": NO_FORM, "form_at": NEVER})


def _fill_in(rng: Generator, sessions: pd.DataFrame) -> pd.DataFrame:
    """Length, pages and what else happens in each visit."""
    count = len(sessions)
    pages = np.minimum(rng.geometric(0.5, count), 9).astype(np.int8)
    browsed = (pages - 1) * rng.integers(8 * SECOND, 90 * SECOND, count) + rng.integers(SECOND, 40 * SECOND, count)
    form_at, started_at = sessions["form_at"].to_numpy(), sessions["started_at"].to_numpy()
    has_form = form_at != NEVER
    length = np.where(has_form, np.where(has_form, form_at, 0) - started_at, browsed)
    is_engaged = (length > 10 * SECOND) | (pages > 1) | has_form
    is_scrolled = rng.random(count) < 0.4
    events = 1 + pages.astype(np.int32) + is_scrolled + is_engaged + has_form
    landing = pick(rng, [5, 3, 2, 3, 1, 1, 1, 1, 1, 1], count).astype(np.int8)
    columns = {
        "length": length,
        "pages": pages,
        "landing": landing,
        "is_engaged": is_engaged,
        "is_scrolled": is_scrolled,
    }
    return sessions.drop(columns="form_at").assign(**columns, events=events)


def _identify(sessions: pd.DataFrame) -> Visits:
    """Consent, client ids and session numbers of cookies; a cookie's very first visit has one event more."""
    cookie = sessions["cookie"].to_numpy()
    number = sessions.groupby("cookie", sort=False).cumcount().to_numpy() + 1
    first = np.flatnonzero(number == 1)
    size = int(cookie.max(initial=0)) + 1
    first_seen, first_sources = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int32)
    first_seen[cookie[first]] = sessions["started_at"].to_numpy()[first]
    first_sources[cookie[first]] = sessions["source"].to_numpy()[first]
    consents = scatter(np.arange(size), 7) >= _REFUSE_CONSENT
    digits = (np.arange(size, dtype=np.int64) * 1_664_525 + 1_013_904_223) % 2**31  # different for each cookie
    ids = pd.Series(digits).astype(str) + "." + pd.Series(first_seen // SECOND).astype(str)
    client_ids = ids.where(consents & (first_seen > 0), "").to_numpy(dtype=object)
    sessions = sessions.assign(number=number, has_consent=consents[cookie], events=sessions["events"] + (number == 1))
    return Visits(sessions, client_ids, first_sources, first_seen)
