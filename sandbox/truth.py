"""What really happened by an as-of, as rows for scoring: people, visits, spend, deals, funnel, channels, totals.

Purged and archived people and archived deals are not in it. A person is known from their lead time on. Opportunity and
customer are the first deal opened and the first won among the deals that count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sandbox.clock import NEVER, iso_days, local_day, local_days
from sandbox.crm_deals import live_deals
from sandbox.demand import CHANNELS
from sandbox.journeys import sql_chances
from sandbox.records import living
from sandbox.visits import COOKIES_PER_PERSON

if TYPE_CHECKING:
    from sandbox.company import Company

Rows = list[dict[str, Any]]
RESIDUAL_CHANNEL = "Unassigned"


def tell(company: Company, as_of: int) -> dict[str, Rows]:
    """Every table of the truth."""
    known = (company.population.journeys["lead_at"] <= as_of) & (company.population.journeys["gone_at"] > as_of)
    deals = _won(company, known.to_numpy(), as_of)
    funnel = _funnel(company, known.to_numpy(), as_of)
    spend = _spend(company, as_of)
    tables = {
        "people": _people(company, known.to_numpy(), as_of),
        "visits": _rows(_visits(company, as_of)),
        "spend": _rows(spend),
        "deals": _rows(deals),
        "funnel": _rows(funnel.assign(entered_at=_iso(funnel["entered_at"].to_numpy()))),
        "channels": _rows(_channels(company, known.to_numpy(), funnel, deals, as_of)),
    }
    return {**tables, "totals": [_totals(spend, deals, funnel)]}


def _rows(frame: pd.DataFrame) -> Rows:
    """JSON-able rows: None where a value is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in plain.itertuples(index=False, name=None)]


def _iso(instants: np.ndarray) -> np.ndarray:
    """Instants as texts in UTC."""
    return np.char.add(np.datetime_as_string(instants.astype("datetime64[ms]")), "Z")


def _people(company: Company, known: np.ndarray, as_of: int) -> Rows:
    """person, identities: their contacts, list memberships and cookies; addresses in lower case."""
    contacts = living(company.crm.contacts.records, as_of)
    hubspot = pd.DataFrame(
        {"person": contacts["thing"] + 1, "id": contacts["id"].astype(str), "email": contacts["email"]}
    )
    second = contacts[contacts["additional_emails"] != ""]
    other = {"person": second["thing"] + 1, "id": second["id"].astype(str), "email": second["additional_emails"]}
    members = company.mailing.members
    members = members[(members["joined_at"] <= as_of) & (members["deleted_at"] > as_of)]
    mail = {"person": members["person"], "id": members["list_id"] + ":" + members["id"], "email": members["email"]}
    sessions = company.visits.sessions
    seen = sessions[(sessions["started_at"] <= as_of) & sessions["has_consent"] & (sessions["person"] > 0)]
    cookies = np.unique(seen["cookie"])
    web = {"person": cookies // COOKIES_PER_PERSON + 1, "id": company.visits.client_ids[cookies], "email": ""}
    parts = {"hubspot": [hubspot, pd.DataFrame(other)], "mailchimp": [pd.DataFrame(mail)], "ga4": [pd.DataFrame(web)]}
    frames = [frame.assign(source=source) for source, own in parts.items() for frame in own]
    identities = pd.concat(frames)
    identities["email"] = identities["email"].str.lower()
    by_person: dict[int, Rows] = {int(person): [] for person in np.flatnonzero(known) + 1}
    for person, source, key, email in identities[["person", "source", "id", "email"]].itertuples(index=False):
        if person in by_person:
            by_person[person].append({"source": source, "id": key, "email": email or None})
    return [{"person": person, "identities": own} for person, own in by_person.items()]


def _visits(company: Company, as_of: int) -> pd.DataFrame:
    """cookie, started_at, ended_at (instants), ad_campaign (missing where no ad brought it), of those with consent."""
    sessions = company.visits.sessions
    seen = sessions[(sessions["started_at"] <= as_of) & sessions["has_consent"]]
    names = company.ads.campaigns.set_index("id")["name"]
    campaign = company.sources.table["ad_campaign_id"].map(names).to_numpy(dtype=object)
    started_at = seen["started_at"].to_numpy()
    return pd.DataFrame(
        {
            "cookie": company.visits.client_ids[seen["cookie"]],
            "started_at": _iso(started_at),
            "ended_at": _iso(started_at + seen["length"].to_numpy()),
            "ad_campaign": campaign[seen["source"]],
        }
    )


def _spend(company: Company, as_of: int) -> pd.DataFrame:
    """date, channel, campaign, media_cost_home, account_id, campaign_id, source, as restated at the as-of.

    What no campaign shows has no campaign. Days of an account that has no hours to show are taken for days at home.
    """
    google = company.ads.home_costs(company.fx, as_of).assign(source="google_ads")
    costs = pd.concat([google, company.platform_ads.home_costs(company.fx, as_of)], ignore_index=True)
    is_residual = costs["campaign_id"] == 0
    return pd.DataFrame(
        {
            "date": iso_days(costs["spend_day"].to_numpy()),
            "channel": costs["channel"].mask(is_residual, RESIDUAL_CHANNEL),
            "campaign": costs["campaign"].mask(is_residual, None),
            "media_cost_home": costs["cost_home"],
            "account_id": costs["account_id"].astype(str),
            "campaign_id": costs["campaign_id"].astype(str).mask(is_residual, None),
            "source": costs["source"],
        }
    )


def _won(company: Company, known: np.ndarray, as_of: int) -> pd.DataFrame:
    """deal (HubSpot's id), person, amount_home (cents exact), won_on, amount, currency of the deals won."""
    deals = live_deals(company.population.deals, company.crm.deal_records, as_of)
    won = deals[(deals["outcome"] == "won") & (deals["closed_at"] <= as_of)]
    days = local_days(won["closed_at"].to_numpy())
    rates = company.fx.micros(days, won["currency"].to_numpy(dtype=object))
    cents = (won["amount_cents"].to_numpy() * rates + 500_000) // 1_000_000
    return pd.DataFrame(
        {
            "deal": won["id"].astype(str),
            "person": won["person"].where(known[won["person"] - 1], None),
            "amount_home": cents / 100,
            "won_on": iso_days(days),
            "amount": won["amount_cents"] / 100,
            "currency": won["currency"],
        }
    )


def _funnel(company: Company, known: np.ndarray, as_of: int) -> pd.DataFrame:
    """person, stage, entered_at (instant), is_recorded: each stage a person truly passed, once, at its first entry."""
    journeys, count = company.population.journeys, len(known)
    deals = live_deals(company.population.deals, company.crm.deal_records, as_of)
    won = deals[(deals["outcome"] == "won") & (deals["closed_at"] <= as_of)]
    firsts = {
        "opportunity": deals.groupby("person")["opened_at"].min(),
        "customer": won.groupby("person")["closed_at"].min(),
    }
    entered = {stage: journeys[f"{stage}_at"].to_numpy() for stage in ("lead", "mql", "sql")}
    for stage, first in firsts.items():
        entered[stage] = first.reindex(np.arange(1, count + 1), fill_value=NEVER).to_numpy()
    recorded = {"mql": journeys["mql_recorded"].to_numpy(), "sql": journeys["sql_recorded"].to_numpy()}
    frames = []
    for stage, at in entered.items():
        rows = np.flatnonzero(known & (at <= as_of))
        is_recorded = recorded.get(stage, np.ones(count, dtype=bool))[rows]
        frames.append(
            pd.DataFrame({"person": rows + 1, "stage": stage, "entered_at": at[rows], "is_recorded": is_recorded})
        )
    return pd.concat(frames, ignore_index=True)


def _channels(
    company: Company, known: np.ndarray, funnel: pd.DataFrame, deals: pd.DataFrame, as_of: int
) -> pd.DataFrame:
    """channel, its curve (NULL where nothing is paid), expected_people (its true contribution: those it should cause by
    the as-of), sql_chance (the share of those in the CRM that should become SQLs), and what became of those it did
    cause: leads, customers, revenue_home."""
    days = local_day(as_of) - company.demand.first_day + 1
    curves = pd.concat([company.demand.curves, company.platform_ads.curve])
    cause = company.population.journeys["cause"].to_numpy()
    size = len(CHANNELS)
    customers = funnel.loc[funnel["stage"] == "customer", "person"].to_numpy()
    paid = deals[deals["person"].notna()]
    revenue = np.bincount(cause[paid["person"].to_numpy(dtype=int) - 1], weights=paid["amount_home"], minlength=size)
    table = pd.DataFrame(
        {
            "channel": CHANNELS,
            "is_paid": np.isin(CHANNELS, curves["channel"]),
            "expected_people": company.demand.expected[: max(days, 0)].sum(axis=0),
            "sql_chance": sql_chances(),
            "leads": np.bincount(cause[known], minlength=size),
            "customers": np.bincount(cause[customers - 1], minlength=size),
            "revenue_home": np.round(revenue, 2),
        }
    )
    return table.merge(curves, on="channel", how="left")


def _totals(spend: pd.DataFrame, deals: pd.DataFrame, funnel: pd.DataFrame) -> dict[str, Any]:
    """One row: people by stage, deals won, revenue and media cost."""
    stages = funnel["stage"].value_counts()
    names = {"lead": "leads", "mql": "mqls", "sql": "sqls", "opportunity": "opportunities", "customer": "customers"}
    return {
        **{plural: int(stages.get(stage, 0)) for stage, plural in names.items()},
        "deals_won": len(deals),
        "revenue_home": round(float(deals["amount_home"].sum()), 2),
        "media_cost_home": float(spend["media_cost_home"].sum()),
    }
