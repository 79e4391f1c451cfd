"""What sales and service do: calls, one-to-one e-mails, meetings with people handed over, tickets of customers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, days_around, days_between, only_if
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND
from sandbox.records import last_change

_FIRST_IDS = {"calls": 51_100_000_001, "emails": 52_200_000_001, "meetings": 53_300_000_001, "tickets": 54_400_000_001}
_SUBJECTS = ["Following up", "Our offer", "Next steps", "Documents you asked for"]
_ISSUES = ["Cannot log in", "Invoice question", "Export fails", "How do I share a report?", "Slow dashboard"]


@dataclass(frozen=True)
class Activities:
    """Each in order of creation, with id, person, owner_id, created_at and its own columns."""

    calls: pd.DataFrame
    emails: pd.DataFrame
    meetings: pd.DataFrame
    tickets: pd.DataFrame


def be_active(rng: Generator, journeys: pd.DataFrame, owner_id: np.ndarray, won_at: np.ndarray) -> Activities:
    """Everything sales and service did. owner_id and won_at (first won deal) by person - 1."""
    opportunity_at = journeys["opportunity_at"].to_numpy()
    handed_at = np.minimum(journeys["sql_at"].to_numpy(), opportunity_at)
    in_crm_at = np.maximum(handed_at, journeys["crm_at"].to_numpy())
    calls = _after(rng, in_crm_at, np.where(handed_at != NEVER, 1.2, 0), 1.5)
    emails = _after(rng, in_crm_at, np.where(handed_at != NEVER, 1.8, 0), 1.0)
    met_at = np.maximum(opportunity_at, journeys["crm_at"].to_numpy())
    meetings = _after(rng, met_at, np.where(opportunity_at != NEVER, 1.4, 0), 6)
    tickets = _after(rng, won_at, np.where(won_at != NEVER, 0.8, 0), 60)
    return Activities(
        _numbered("calls", _call(rng, calls), owner_id),
        _numbered("emails", _write(rng, emails), owner_id),
        _numbered("meetings", _meet(rng, meetings), owner_id),
        _numbered("tickets", _complain(rng, tickets), owner_id),
    )


def _after(rng: Generator, since: np.ndarray, expected: np.ndarray, median_days: float) -> pd.DataFrame:
    """Some moments after `since` for each person: person, created_at."""
    row = np.repeat(np.arange(len(since)), rng.poisson(expected))
    created_at = since[row] + days_around(rng, median_days, len(row), 1.1)
    return pd.DataFrame({"person": row + 1, "created_at": created_at})


def _numbered(kind: str, frame: pd.DataFrame, owner_id: np.ndarray) -> pd.DataFrame:
    """In order of creation, with ids and owners."""
    frame = frame.sort_values(["created_at", "person"], ignore_index=True)
    return frame.assign(id=_FIRST_IDS[kind] + np.arange(len(frame)), owner_id=owner_id[frame["person"] - 1])


def _call(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Calls, logged when they end."""
    count = len(frame)
    status = choose(rng, ["COMPLETED", "NO_ANSWER", "BUSY"], [6, 3, 1], count)
    lasts = np.where(status == "COMPLETED", rng.integers(MINUTE, 25 * MINUTE, count), 20 * SECOND) // SECOND * SECOND
    direction = choose(rng, ["OUTBOUND", "INBOUND"], [8, 2], count)
    return frame.assign(direction=direction, status=status, duration_ms=lasts, at=frame["created_at"] - lasts)


def _write(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """One-to-one e-mails, logged at once."""
    count = len(frame)
    direction = choose(rng, ["EMAIL", "INCOMING_EMAIL"], [7, 3], count)
    status = np.where((direction == "EMAIL") & (rng.random(count) < 0.02), "BOUNCED", "SENT")
    subject = choose(rng, _SUBJECTS, [3, 2, 2, 1], count)
    return frame.assign(direction=direction, status=status, subject=subject, at=frame["created_at"])


def _meet(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Meetings, planned days ahead; the outcome is known an hour after their start; one in a hundred is archived."""
    count = len(frame)
    start_at = (frame["created_at"] + days_between(rng, 0.5, 9, count)) // (30 * MINUTE) * (30 * MINUTE)
    return frame.assign(
        title=choose(rng, ["Demo", "Scoping call", "Contract review"], [5, 3, 2], count),
        start_at=start_at,
        end_at=start_at + choose(rng, [30, 45, 60], [5, 3, 2], count).astype(np.int64) * MINUTE,
        final_outcome=choose(rng, ["COMPLETED", "NO_SHOW", "CANCELED", "RESCHEDULED"], [8, 1, 1, 1], count),
        archived_at=only_if(rng.random(count) < 0.01, start_at + 2 * DAY),
    )


def _complain(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Tickets, answered after hours and closed after days."""
    count = len(frame)
    answered_at = frame["created_at"] + days_around(rng, 0.2, count)
    return frame.assign(
        subject=choose(rng, _ISSUES, [1] * len(_ISSUES), count),
        priority=choose(rng, ["LOW", "MEDIUM", "HIGH"], [4, 4, 2], count),
        answered_at=answered_at,
        resolved_at=only_if(rng.random(count) < 0.92, answered_at + days_around(rng, 1.5, count)),
    )


def activities_at(activities: Activities, as_of: int) -> dict[str, pd.DataFrame]:
    """View.calls, emails, meetings and tickets, each with `person`."""
    calls, emails, meetings, tickets = (
        frame[frame["created_at"] <= as_of].reset_index(drop=True)
        for frame in (activities.calls, activities.emails, activities.meetings, activities.tickets)
    )
    calls, emails = (frame.assign(updated_at=frame["created_at"], archived_at=NEVER) for frame in (calls, emails))
    held_at = meetings["start_at"] + HOUR
    meetings = meetings.assign(
        outcome=meetings["final_outcome"].where(held_at <= as_of, "SCHEDULED"),
        at=meetings["start_at"],
        updated_at=last_change(as_of, meetings["created_at"], held_at, meetings["archived_at"]),
        archived_at=meetings["archived_at"].where(meetings["archived_at"] <= as_of, NEVER),
    )
    closed_at = tickets["resolved_at"].where(tickets["resolved_at"] <= as_of, NEVER)
    stage = pd.Series("1", index=tickets.index, dtype=object).where(tickets["answered_at"] > as_of, "2")
    tickets = tickets.assign(
        pipeline="0",
        stage=stage.where(closed_at == NEVER, "4"),
        closed_at=closed_at,
        updated_at=last_change(as_of, tickets["created_at"], tickets["answered_at"], tickets["resolved_at"]),
        archived_at=NEVER,
    )
    return {
        "calls": calls,
        "emails": emails,
        "meetings": meetings.drop(columns="final_outcome"),
        "tickets": tickets.drop(columns=["answered_at", "resolved_at"]),
    }
