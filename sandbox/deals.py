"""Deals: what was sold to whom, for how much in which currency, and the stages each deal went through.

Two pipelines, the second with numeric stage ids. Amounts are estimates until the offer is sent or the deal is won. A
few deals are archived (never where the person has a stage that the CRM did not record), a few entered twice and merged.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, days_around, days_between, only_if, pick
from sandbox.clock import DAY, HOUR, NEVER

_COLUMNS = (
    "object_type pipeline_id pipeline_label pipeline_order stage_id stage_label display_order is_closed probability"
)
_SALES, _PARTNER, _SUPPORT = (
    ("default", "Sales Pipeline", 0),
    ("61204411", "Partner Pipeline", 1),
    ("0", "Support", 0),
)
PIPELINE_STAGES = pd.DataFrame(
    [
        ("deals", *_SALES, "appointmentscheduled", "Appointment Scheduled", 0, False, "0.2", ""),
        ("deals", *_SALES, "qualifiedtobuy", "Qualified To Buy", 1, False, "0.4", ""),
        ("deals", *_SALES, "presentationscheduled", "Presentation Scheduled", 2, False, "0.6", ""),
        ("deals", *_SALES, "decisionmakerboughtin", "Decision Maker Bought-In", 3, False, "0.8", ""),
        ("deals", *_SALES, "contractsent", "Contract Sent", 4, False, "0.9", ""),
        ("deals", *_SALES, "closedwon", "Closed Won", 5, True, "1.0", ""),
        ("deals", *_SALES, "closedlost", "Closed Lost", 6, True, "0.0", ""),
        ("deals", *_PARTNER, "118734501", "Registered", 0, False, "0.2", ""),
        ("deals", *_PARTNER, "118734502", "Scoping", 1, False, "0.5", ""),
        ("deals", *_PARTNER, "118734503", "Offer Sent", 2, False, "0.8", ""),
        ("deals", *_PARTNER, "118734504", "Won", 3, True, "1.0", ""),
        ("deals", *_PARTNER, "118734505", "Lost", 4, True, "0.0", ""),
        ("tickets", *_SUPPORT, "1", "New", 0, False, "", "OPEN"),
        ("tickets", *_SUPPORT, "2", "Waiting on contact", 1, False, "", "OPEN"),
        ("tickets", *_SUPPORT, "3", "Waiting on us", 2, False, "", "OPEN"),
        ("tickets", *_SUPPORT, "4", "Closed", 3, True, "", "CLOSED"),
    ],
    columns=[*_COLUMNS.split(), "ticket_state"],
)
OFFER_STAGE = "contractsent"
_OPEN_STAGES = {  # after the one a deal opens in
    "default": ("qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", OFFER_STAGE),
    "61204411": ("118734502", "118734503"),
}
_FIRST_STAGE = {"default": "appointmentscheduled", "61204411": "118734501"}
_CLOSED_STAGE = {
    "default": {"won": "closedwon", "lost": "closedlost"},
    "61204411": {"won": "118734504", "lost": "118734505"},
}
_PRODUCTS = {"starter": 1_200, "team": 3_600, "business": 9_000, "services": 2_800}


@dataclass(frozen=True)
class Deals:
    """`deals`, one row per deal in order of opening; `stages`: deal (row of deals), stage, entered_at, in time order.

    Columns of deals: person, second_person (0), opened_at, closed_at, outcome (won, lost, open), pipeline, product,
    type, currency, amount_cents, estimate_cents, firm_at (when the amount replaces the estimate), planned_close_at,
    archived_at, twin_at (entered again) and merged_at (both made one).
    """

    deals: pd.DataFrame
    stages: pd.DataFrame


def negotiate(rng: Generator, journeys: pd.DataFrame, colleagues: np.ndarray) -> Deals:
    """Every opportunity's deal, and later ones of customers. `colleagues`: people.find_colleagues."""
    rows = np.flatnonzero(journeys["opportunity_at"] != NEVER)
    firsts = _bargain(rng, rows + 1, journeys["opportunity_at"].to_numpy()[rows], 0.42)
    seconds = _return(rng, firsts)
    deals = pd.concat([firsts.assign(type="newbusiness"), seconds.assign(type="existingbusiness")])
    deals = deals.sort_values(["opened_at", "person"], ignore_index=True)
    _tidy(rng, deals, journeys)
    _bring_colleagues(rng, deals, journeys, colleagues)
    stages = _walk_stages(rng, deals)
    offers = stages[stages["stage"].isin([OFFER_STAGE, "118734503"])].groupby("deal")["entered_at"].min()
    won_at = deals["closed_at"].where(deals["outcome"] == "won", NEVER)
    firm_at = np.minimum(offers.reindex(deals.index, fill_value=NEVER), won_at)
    return Deals(deals.assign(firm_at=firm_at), stages)


def _bargain(rng: Generator, person: np.ndarray, opened_at: np.ndarray, win_rate: float) -> pd.DataFrame:
    """Deals with outcome, product, amount and currency."""
    count = len(person)
    outcome = choose(rng, ["won", "lost", "open"], [win_rate, 0.9 - win_rate, 0.1], count)
    product = pick(rng, [4, 4, 2, 2], count)
    estimate = np.array(list(_PRODUCTS.values()))[product] * rng.lognormal(0, 0.35, count)
    return pd.DataFrame(
        {
            "person": person,
            "opened_at": opened_at,
            "closed_at": only_if(outcome != "open", opened_at + days_around(rng, 21, count, 0.6)),
            "outcome": outcome,
            "pipeline": choose(rng, list(_FIRST_STAGE), [0.88, 0.12], count),
            "product": np.array(list(_PRODUCTS), dtype=object)[product],
            "currency": choose(rng, ["EUR", "USD", "GBP"], [0.78, 0.12, 0.1], count),
            "amount_cents": np.round(estimate * rng.uniform(0.8, 1.1, count) * 100).astype(np.int64),
            "estimate_cents": np.maximum(np.round(estimate / 500), 1).astype(np.int64) * 50_000,
            "planned_close_at": (opened_at + days_between(rng, 20, 90, count)) // DAY * DAY,
        }
    )


def _return(rng: Generator, firsts: pd.DataFrame) -> pd.DataFrame:
    """Some customers buy again."""
    won = firsts[firsts["outcome"] == "won"]
    returning = won[rng.random(len(won)) < 0.3]
    opened_at = returning["closed_at"].to_numpy() + days_between(rng, 45, 320, len(returning))
    return _bargain(rng, returning["person"].to_numpy(), opened_at, 0.55)


def _tidy(rng: Generator, deals: pd.DataFrame, journeys: pd.DataFrame) -> None:
    """Which deals are archived, and which are entered twice within a day and merged soon after, while still open."""
    count = len(deals)
    person = deals["person"].to_numpy() - 1
    is_whole = (journeys["mql_recorded"] & journeys["sql_recorded"]).to_numpy()[person]
    archived = is_whole & (rng.random(count) < 0.02)
    opened_at = deals["opened_at"].to_numpy()
    deals["archived_at"] = only_if(archived, opened_at + days_between(rng, 3, 120, count))
    twin_at = opened_at + rng.integers(HOUR, DAY, count)
    merged_at = twin_at + days_between(rng, 0.3, 2, count)
    twice = ~archived & (merged_at < deals["closed_at"].to_numpy()) & (rng.random(count) < 0.015)
    deals["twin_at"], deals["merged_at"] = only_if(twice, twin_at), only_if(twice, merged_at)


def _bring_colleagues(rng: Generator, deals: pd.DataFrame, journeys: pd.DataFrame, colleagues: np.ndarray) -> None:
    """A colleague who was in the CRM before the deal, yet came after its person, stands on some deals too."""
    person = deals["person"].to_numpy()
    other = colleagues[person - 1]
    crm_at = journeys["crm_at"].to_numpy()
    stays = journeys["gone_at"].to_numpy()[other - 1] == NEVER
    knows_both = (other > 0) & stays & (crm_at[person - 1] < crm_at[other - 1])
    invited = knows_both & (crm_at[other - 1] < deals["opened_at"].to_numpy()) & (rng.random(len(deals)) < 0.5)
    deals["second_person"] = np.where(invited, other, 0)


def _walk_stages(rng: Generator, deals: pd.DataFrame) -> pd.DataFrame:
    """The stages of each deal: the first at its opening, some on the way, the closed one at its close."""
    opened_at, closed_at = deals["opened_at"].to_numpy(), deals["closed_at"].to_numpy()
    lasts = np.where(closed_at == NEVER, days_around(rng, 30, len(deals)), closed_at - opened_at)
    frames = [
        pd.DataFrame({"deal": deals.index, "stage": deals["pipeline"].map(_FIRST_STAGE), "entered_at": opened_at})
    ]
    for pipeline, names in _OPEN_STAGES.items():
        rows = np.flatnonzero(deals["pipeline"] == pipeline)
        won = (deals["outcome"].to_numpy()[rows] == "won")[:, None]
        parts = np.sort(rng.uniform(0.05, 0.95, (len(rows), len(names))), axis=1)
        last = rng.integers(0, len(names) + 1, len(rows))[:, None]  # how far a deal gets that is not won
        reaches = np.where(won, rng.random(parts.shape) < 0.9, np.arange(len(names)) < last)
        at, column = np.nonzero(reaches)
        entered_at = opened_at[rows[at]] + (parts[at, column] * lasts[rows[at]]).astype(np.int64)
        frames.append(pd.DataFrame({"deal": rows[at], "stage": np.array(names, dtype=object)[column]}))
        frames[-1]["entered_at"] = entered_at
    closed = deals[deals["outcome"] != "open"]
    ends = [_CLOSED_STAGE[pipeline][end] for pipeline, end in zip(closed["pipeline"], closed["outcome"], strict=True)]
    frames.append(pd.DataFrame({"deal": closed.index, "stage": ends, "entered_at": closed["closed_at"]}))
    return pd.concat(frames).sort_values(["deal", "entered_at"], kind="stable", ignore_index=True)
