"""What each person does and when: sets out, becomes known, is qualified, is handed over, is deleted.

Row i is person i + 1. Times are instants, NEVER where it does not happen. The stages opportunity and customer belong to
deals.py; a stage the CRM failed to record has the time of the next one.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import days_around, days_between, only_if, pick
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND, from_home
from sandbox.demand import CHANNELS

CAPTURES = ("form", "newsletter", "offline", "phone")  # how somebody became known; phone: without an e-mail
_CAPTURE_WEIGHTS = (0.67, 0.21, 0.11, 0.01)
_HOUR_WEIGHTS = np.array([1, 0, 0, 0, 0, 1, 3, 6, 10, 12, 12, 11, 8, 10, 11, 11, 10, 8, 6, 5, 5, 4, 3, 2], dtype=float)
# people from some channels are readier than others
_READINESS = {"Paid Search": 1.15, "Referral": 1.25, "Display": 0.7, "Paid Social": 0.75, "Paid Video": 0.7}
_TO_MQL, _TO_SQL, _TO_OPPORTUNITY = 0.5, 0.55, 0.62
FORM, NEWSLETTER, OFFLINE, PHONE = range(len(CAPTURES))


def sql_chances() -> np.ndarray:
    """Of those in the CRM whom each of CHANNELS made set out, the share that is handed over to sales."""
    readiness = _readiness()
    return _TO_MQL * readiness * _TO_SQL * readiness**0.5


def _readiness() -> np.ndarray:
    return np.array([_READINESS.get(channel, 1.0) for channel in CHANNELS])


def live(rng: Generator, day: np.ndarray, cause: np.ndarray) -> pd.DataFrame:
    """Journeys of people who set out on `day` because of channel `cause` (position in demand.CHANNELS).

    Columns: cause, capture, visits (before being known), arrives_at, captured_at, crm_at (their HubSpot createdate),
    signup_at (Mailchimp, whole seconds), lead_at, mql_at, sql_at, back_at and again_at (sent back to mql, and sql once
    more), opportunity_at, recycled_at, answered_at (sales accepts or rejects), is_accepted, mql_recorded, sql_recorded,
    gone_at (archived or purged), is_purged.
    """
    journeys = _become_known(rng, day, cause)
    _qualify(rng, journeys)
    _forget_to_record(rng, journeys)
    _fall_back(rng, journeys)
    _open_deal_before_contact(rng, journeys)
    _answer(rng, journeys)
    _leave(rng, journeys)
    return journeys


def _become_known(rng: Generator, day: np.ndarray, cause: np.ndarray) -> pd.DataFrame:
    """The first visit, and when and how an e-mail address is given."""
    count = len(day)
    capture = pick(rng, _CAPTURE_WEIGHTS, count)
    visits = np.minimum(rng.geometric(0.5, count), 7)
    visits[np.isin(capture, (OFFLINE, PHONE)) & (rng.random(count) < 0.6)] = 0
    arrives_at = from_home(day, pick(rng, _HOUR_WEIGHTS, count) * HOUR + rng.integers(0, HOUR, count))
    waits = np.where(visits > 1, days_around(rng, 2.5, count) * (visits - 1), 0)
    captured_at = (arrives_at + waits + rng.integers(2 * MINUTE, 14 * MINUTE, count)).astype(np.int64)
    is_newsletter = capture == NEWSLETTER
    signup_at = captured_at // SECOND * SECOND
    comes_to_crm = ~is_newsletter | (rng.random(count) < 0.55)
    synced_at = signup_at + days_between(rng, 0.05, 3, count)
    created_at = np.where(is_newsletter, synced_at, captured_at + rng.integers(150, 1_800, count))
    columns = {"cause": cause, "capture": capture, "visits": visits, "arrives_at": arrives_at}
    return pd.DataFrame(
        {
            **columns,
            "captured_at": captured_at,
            "crm_at": only_if(comes_to_crm, created_at),
            "signup_at": only_if(is_newsletter, signup_at),
            "lead_at": np.where(is_newsletter, signup_at, created_at),
        }
    )


def _qualify(rng: Generator, journeys: pd.DataFrame) -> None:
    """Marketing and sales qualification, and the opportunity, of those who are in the CRM."""
    count = len(journeys)
    readiness = _readiness()[journeys["cause"]]
    is_mql = (journeys["crm_at"] != NEVER) & (rng.random(count) < _TO_MQL * readiness)
    is_sql = is_mql & (rng.random(count) < _TO_SQL * readiness**0.5)
    is_opportunity = is_sql & (rng.random(count) < _TO_OPPORTUNITY)
    crm_at = np.where(is_mql, journeys["crm_at"], 0)
    mql_at = crm_at + days_around(rng, 3, count)
    sql_at = mql_at + days_around(rng, 4, count)
    journeys["mql_at"] = only_if(is_mql, mql_at)
    journeys["sql_at"] = only_if(is_sql, sql_at)
    journeys["opportunity_at"] = only_if(is_opportunity, sql_at + days_around(rng, 5, count))


def _forget_to_record(rng: Generator, journeys: pd.DataFrame) -> None:
    """Some entries never get into the CRM; those stages were passed at the moment of the next one."""
    count = len(journeys)
    skips_sql = (journeys["opportunity_at"] != NEVER) & (rng.random(count) < 0.08)
    journeys["sql_recorded"] = (journeys["sql_at"] != NEVER) & ~skips_sql
    journeys["sql_at"] = journeys["sql_at"].where(~skips_sql, journeys["opportunity_at"])
    skips_mql = (journeys["sql_at"] != NEVER) & (rng.random(count) < 0.07)
    journeys["mql_recorded"] = (journeys["mql_at"] != NEVER) & ~skips_mql
    journeys["mql_at"] = journeys["mql_at"].where(~skips_mql, journeys["sql_at"])


def _fall_back(rng: Generator, journeys: pd.DataFrame) -> None:
    """Some are sent back to marketing and handed over again; some of the rest are recycled for good."""
    count = len(journeys)
    is_sql, has_deal = journeys["sql_recorded"], journeys["opportunity_at"] != NEVER
    falls = is_sql & journeys["mql_recorded"] & (rng.random(count) < 0.06)
    sql_at = np.where(is_sql, journeys["sql_at"], 0)
    back_at = sql_at + days_between(rng, 1, 10, count)
    again_at = back_at + days_between(rng, 2, 20, count)
    journeys["back_at"], journeys["again_at"] = only_if(falls, back_at), only_if(falls, again_at)
    later = np.where(has_deal, journeys["opportunity_at"], 0) + (again_at - sql_at)
    journeys["opportunity_at"] = np.where(falls & has_deal, later, journeys["opportunity_at"])
    recycled = is_sql & ~falls & ~has_deal & (rng.random(count) < 0.4)
    journeys["recycled_at"] = only_if(recycled, sql_at + days_between(rng, 10, 40, count))


def _open_deal_before_contact(rng: Generator, journeys: pd.DataFrame) -> None:
    """Now and then sales opens the deal first and adds the contact hours later: stages out of order."""
    hasty = (journeys["capture"] == OFFLINE) & (rng.random(len(journeys)) < 0.02)
    opened_at = journeys["crm_at"].where(hasty, NEVER) - np.where(hasty, rng.integers(HOUR, 6 * HOUR, len(hasty)), 0)
    for column in ("mql_at", "sql_at", "opportunity_at"):
        journeys[column] = journeys[column].where(~hasty, opened_at)
    for column in ("back_at", "again_at", "recycled_at"):
        journeys[column] = journeys[column].where(~hasty, NEVER)
    journeys.loc[hasty, ["mql_recorded", "sql_recorded"]] = False


def _answer(rng: Generator, journeys: pd.DataFrame) -> None:
    """Sales accepts or rejects most hand-overs within days."""
    count = len(journeys)
    answers = journeys["sql_recorded"] & ((journeys["opportunity_at"] != NEVER) | (rng.random(count) < 0.85))
    handed_at = np.where(answers, journeys["sql_at"], 0)
    journeys["answered_at"] = only_if(answers, handed_at + days_around(rng, 0.6, count, sigma=1.0))
    journeys["is_accepted"] = (journeys["opportunity_at"] != NEVER) | (rng.random(count) < 0.35)


def _leave(rng: Generator, journeys: pd.DataFrame) -> None:
    """A few without deals are archived in the CRM, fewer purged on request; in whole seconds, as in Mailchimp."""
    count = len(journeys)
    may_leave = (journeys["crm_at"] != NEVER) & (journeys["opportunity_at"] == NEVER)
    leaves = may_leave & (rng.random(count) < 0.04)
    known_at = np.where(leaves, np.maximum(journeys["crm_at"], journeys["lead_at"]), 0)
    gone_at = (known_at + DAY + days_around(rng, 60, count)) // SECOND * SECOND
    journeys["gone_at"] = only_if(leaves, gone_at)
    journeys["is_purged"] = leaves & (rng.random(count) < 0.35)
