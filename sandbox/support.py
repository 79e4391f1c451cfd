"""The help desk: what people who are known ask of support, how they are answered, and whether they were satisfied."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, days_around, days_between, only_if
from sandbox.clock import DAY, HOUR, NEVER, SECOND
from sandbox.journeys import PHONE
from sandbox.population import Population
from sandbox.records import last_change

_FIRST_TICKET, _FIRST_REQUESTER, _FIRST_RATING = 21_001, 390_100_000_001, 470_200_000_001
_PER_PERSON = 0.3
_ISSUES = ["Cannot log in", "Invoice question", "Export fails", "How do I share a report?", "Slow dashboard", "Refund"]
AGENTS = 3


@dataclass(frozen=True)
class Support:
    """`tickets`, one row each in order of creation.

    Columns: id, person, requester_id, email, subject, priority, kind, channel, agent (0 to AGENTS - 1), rating_id,
    score, comment, and the instants created_at, answered_at, solved_at, offered_at (a rating is asked for), rated_at,
    closed_at, spam_at, purged_at.
    """

    tickets: pd.DataFrame


def serve_people(rng: Generator, population: Population) -> Support:
    """Everything that is asked by people in the CRM with an address; whoever leaves asks no more."""
    people, journeys = population.people, population.journeys
    crm_at, gone_at = journeys["crm_at"].to_numpy(), journeys["gone_at"].to_numpy()
    may_ask = (crm_at != NEVER) & (journeys["capture"].to_numpy() != PHONE)
    row = np.repeat(np.arange(len(people)), rng.poisson(np.where(may_ask, _PER_PERSON, 0)))
    created_at = _seconds(crm_at[row] + days_around(rng, 10, len(row), 1.1))
    number_of = rng.permutation(len(people))
    asked = pd.DataFrame({"row": row, "created_at": created_at})[created_at < gone_at[row] - DAY]
    asked = asked.sort_values(["created_at", "row"], ignore_index=True)
    row = asked.pop("row").to_numpy()
    is_purged = journeys["is_purged"].to_numpy()[row]
    frame = asked.assign(
        id=_FIRST_TICKET + np.arange(len(asked)),
        person=row + 1,
        requester_id=_FIRST_REQUESTER + number_of[row],
        email=people["email"].to_numpy(dtype=object)[row],
        purged_at=only_if(is_purged, gone_at[row]),
    )
    return Support(_rate(rng, _answer(rng, frame)))


def _answer(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Answers within hours, solutions within days; a solved ticket closes by itself four days later."""
    count = len(frame)
    answered_at = _seconds(frame["created_at"].to_numpy() + days_around(rng, 0.2, count))
    solved_at = only_if(rng.random(count) < 0.93, _seconds(answered_at + days_around(rng, 1.2, count)))
    is_spam = rng.random(count) < 0.02
    return frame.assign(
        subject=choose(rng, _ISSUES, [3, 2, 2, 2, 2, 1], count),
        priority=choose(rng, ["low", "normal", "high", "urgent", ""], [3, 5, 2, 1, 1], count),
        kind=choose(rng, ["question", "incident", "problem", "task"], [6, 3, 1, 1], count),
        channel=choose(rng, ["email", "web", "chat"], [6, 3, 1], count),
        agent=rng.integers(0, AGENTS, count),
        answered_at=answered_at,
        solved_at=solved_at,
        closed_at=_after(solved_at, 4 * DAY),
        spam_at=only_if(is_spam, _seconds(answered_at + HOUR)),
    )


def _rate(rng: Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """A day after the solution a rating is asked for; a third give one, most of them a good one."""
    count = len(frame)
    offered_at = _after(frame["solved_at"].to_numpy(), DAY)
    is_rated = (offered_at != NEVER) & (rng.random(count) < 0.35)
    rated_at = only_if(is_rated, _seconds(_after(offered_at, 0) + days_between(rng, 0.05, 2.5, count)))
    return frame.assign(
        rating_id=_FIRST_RATING + np.arange(count),
        offered_at=offered_at,
        rated_at=rated_at,
        score=choose(rng, ["good", "bad"], [85, 15], count),
        comment=choose(rng, ["", "Quick and friendly, thanks!", "Took too long."], [7, 2, 1], count),
    )


def _after(instants: np.ndarray, span: int) -> np.ndarray:
    """The instants a span later, NEVER staying."""
    is_known = instants != NEVER
    return np.where(is_known, np.where(is_known, instants, 0) + span, NEVER)


def _seconds(instants: np.ndarray) -> np.ndarray:
    """Instants in whole seconds, as help desks write them."""
    return instants // SECOND * SECOND


def tickets_at(support: Support, as_of: int) -> pd.DataFrame:
    """View.support_tickets. Of a purged person, and of spam, only that there was a ticket is left."""
    known = support.tickets[support.tickets["created_at"] <= as_of].reset_index(drop=True)
    deleted_at = known[["purged_at", "spam_at"]].min(axis=1)
    times = ("answered_at", "solved_at", "offered_at", "rated_at", "closed_at")
    reached = {name: known[name] <= np.minimum(as_of, deleted_at) for name in times}
    is_deleted, is_purged = deleted_at <= as_of, known["purged_at"] <= as_of
    marks = [is_deleted, *(reached[name] for name in ("closed_at", "solved_at", "answered_at"))]
    happened = [known[name].where(reached[name], 0) for name in ("answered_at", "solved_at", "offered_at", "rated_at")]
    return known.drop(columns=["spam_at", "purged_at"]).assign(
        email=known["email"].mask(is_purged, ""),
        subject=known["subject"].mask(is_deleted, "SCRUBBED"),
        status=np.select(marks, ["deleted", "closed", "solved", "open"], "new"),
        is_purged=is_purged,
        score=np.select([reached["rated_at"], reached["offered_at"]], [known["score"], "offered"], "unoffered"),
        comment=known["comment"].where(reached["rated_at"], ""),
        **{name: known[name].where(reached[name], NEVER) for name in times},
        updated_at=last_change(as_of, known["created_at"], *happened, deleted_at, known["purged_at"]),
        generated_at=last_change(
            as_of,
            known["created_at"],
            *happened,
            known["closed_at"].where(reached["closed_at"], 0),
            deleted_at,
            known["purged_at"],
        ),
    )
