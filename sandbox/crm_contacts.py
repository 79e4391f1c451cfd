"""Contacts as HubSpot records them: duplicates under another address, merges, archived and purged ones.

A duplicate always has another e-mail than the first contact, and a purged or archived person has one contact only.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import days_between, only_if
from sandbox.clock import NEVER
from sandbox.crm_lifecycle import lifecycle_words
from sandbox.demand import CHANNELS
from sandbox.journeys import OFFLINE, PHONE
from sandbox.records import MERGED, TWIN, last_change, leading_ids, living, merged_from, record

_FIRST_ID = 101_000_000_001
_ORIGINS = {  # HubSpot's word for what brought a contact, and its first drill-down
    "Paid Search": ("PAID_SEARCH", "google"),
    "Cross-network": ("PAID_SEARCH", "google"),
    "Paid Shopping": ("PAID_SEARCH", "google"),
    "Display": ("OTHER_CAMPAIGNS", "display"),
    "Paid Video": ("OTHER_CAMPAIGNS", "youtube"),
    "Paid Social": ("PAID_SOCIAL", "Facebook"),
    "Organic Search": ("ORGANIC_SEARCH", "google"),
    "Organic Social": ("SOCIAL_MEDIA", "LinkedIn"),
    "Organic Video": ("SOCIAL_MEDIA", "YouTube"),
    "Referral": ("REFERRALS", "partner-portal.example"),
    "AI Assistant": ("AI_REFERRALS", "chatgpt.com"),
    "Direct": ("DIRECT_TRAFFIC", "www.northwind-labs.example"),
    "Unassigned": ("OTHER_CAMPAIGNS", ""),
}


_ORIGINS_BY_CAUSE = [_ORIGINS[channel] for channel in CHANNELS]


@dataclass(frozen=True)
class ContactRecords:
    """`records` (see records.py; thing: person - 1) and, by person - 1, `facts`: what HubSpot knows of each.

    facts: name, phone, jobtitle, new_jobtitle, country, employer, owner_id, analytics_source with its two details,
    ga_client_id, is_accepted, and the instants crm_at, owned_at, edited_at, sql_recorded_at, opportunity_at,
    answered_at, gone_at, purged_at. `lifecycle`: person, value, at, source_type, source_id, in time order.
    """

    records: pd.DataFrame
    facts: pd.DataFrame
    lifecycle: pd.DataFrame

    def ids(self, as_of: int) -> np.ndarray:
        """The contact id each person goes by at an as-of (by person - 1), 0 where there is none."""
        return leading_ids(self.records, as_of, len(self.facts))


def draw_duplicates(rng: Generator, journeys: pd.DataFrame) -> pd.DataFrame:
    """Who is entered a second time, and when the two are merged: twin_at, merged_at by person - 1."""
    count = len(journeys)
    may = (journeys["crm_at"] != NEVER) & (journeys["gone_at"] == NEVER) & (journeys["capture"] != PHONE)
    twice = may & (rng.random(count) < 0.045)
    twin_at = np.where(twice, journeys["crm_at"], 0) + days_between(rng, 1, 60, count)
    is_merged = twice & (rng.random(count) < 0.7)
    merged_at = only_if(is_merged, twin_at + days_between(rng, 2, 60, count))
    return pd.DataFrame({"twin_at": only_if(twice, twin_at), "merged_at": merged_at})


def record_contacts(
    rng: Generator,
    people: pd.DataFrame,
    journeys: pd.DataFrame,
    duplicates: pd.DataFrame,
    won_at: np.ndarray,
    owner_ids: np.ndarray,
    client_ids: np.ndarray,
) -> ContactRecords:
    """Record everybody who gets into the CRM. won_at: first won deal; client_ids: cookie of the form, "" if none."""
    facts = _facts(rng, people, journeys, owner_ids, client_ids)
    rows = np.flatnonzero(facts["crm_at"] != NEVER)
    fate = {name: duplicates[name].to_numpy()[rows] for name in ("twin_at", "merged_at")}
    fate["purged_at"] = facts["purged_at"].to_numpy()[rows]
    records = record(rows, facts["crm_at"].to_numpy()[rows], _FIRST_ID, **fate)
    records = records.join(merged_from(records)).join(_spellings(records, people, journeys))
    return ContactRecords(records, facts, lifecycle_words(journeys, won_at))


def _facts(
    rng: Generator, people: pd.DataFrame, journeys: pd.DataFrame, owner_ids: np.ndarray, client_ids: np.ndarray
) -> pd.DataFrame:
    """What HubSpot knows of each person, whichever contact shows it."""
    count = len(people)
    words, details = (
        np.array(texts, dtype=object)[journeys["cause"]] for texts in zip(*_ORIGINS_BY_CAUSE, strict=True)
    )
    is_offline = journeys["capture"].isin([OFFLINE, PHONE]).to_numpy()
    handed_at = journeys[["sql_at", "opportunity_at"]].min(axis=1)
    edited = (journeys["crm_at"] != NEVER) & (rng.random(count) < 0.08)
    edited_at = np.where(edited, journeys["crm_at"], 0) + days_between(rng, 5, 250, count)
    columns = {
        "name": people["first"] + " " + people["last"],
        "phone": people["phone"].where(people["gives_phone"] | (journeys["capture"] == PHONE), ""),
        "jobtitle": people["job"],
        "new_jobtitle": ("Senior " + people["job"]).str.strip(),
        "country": people["country"],
        "employer": people["employer"],
        "owner_id": owner_ids[rng.integers(0, len(owner_ids), count)],
        "owned_at": handed_at,
        "analytics_source": np.where(is_offline, "OFFLINE", words),
        "analytics_source_data_1": np.where(is_offline, "CRM_UI", details),
        "analytics_source_data_2": np.where(is_offline, "", np.array(CHANNELS, dtype=object)[journeys["cause"]]),
        "ga_client_id": client_ids,
        "edited_at": only_if(edited, edited_at),
        "sql_recorded_at": only_if(journeys["sql_recorded"], journeys["sql_at"]),
        "purged_at": only_if(journeys["is_purged"], journeys["gone_at"]),
    }
    kept = journeys[["crm_at", "opportunity_at", "answered_at", "is_accepted", "gone_at"]]
    return pd.DataFrame(columns).join(kept)


def _spellings(records: pd.DataFrame, people: pd.DataFrame, journeys: pd.DataFrame) -> pd.DataFrame:
    """Name and addresses on each record: a twin spells them otherwise, a merged record keeps both addresses."""
    person = people.loc[records["thing"]].reset_index(drop=True)
    is_twin = records["variant"] == TWIN
    has_address = journeys["capture"].to_numpy()[records["thing"]] != PHONE
    return pd.DataFrame(
        {
            "email": person["email"].where(~is_twin, person["other_email"]).where(has_address, ""),
            "firstname": person["first"].where(~is_twin, person["other_first"]),
            "lastname": person["last"].where(~is_twin, person["other_last"]),
            "additional_emails": person["other_email"].where(records["variant"] == MERGED, ""),
        }
    )


def contacts_at(contacts: ContactRecords, company_of: np.ndarray, as_of: int) -> pd.DataFrame:
    """View.contacts. `company_of`: by person - 1 the id of the employer at the as-of, 0 where none."""
    present = living(contacts.records, as_of).reset_index(drop=True)
    facts = contacts.facts.loc[present["thing"]].reset_index(drop=True)
    history = contacts.lifecycle[contacts.lifecycle["at"] <= as_of].groupby("person")[["value", "at"]].last()
    latest = history.reindex(present["thing"] + 1).reset_index(drop=True)
    is_own = present["variant"] != TWIN
    changes = {name: facts[name].where(is_own, NEVER) for name in ("answered_at", "owned_at", "edited_at")}
    staged_at = latest["at"].fillna(0).astype("int64").where(is_own, 0)
    columns = {
        "id": present["id"],
        "person": present["thing"] + 1,
        **{name: present[name] for name in ("email", "firstname", "lastname")},
        "phone": facts["phone"],
        "jobtitle": facts["jobtitle"].where(changes["edited_at"] > as_of, facts["new_jobtitle"]),
        "country": facts["country"],
        "lifecyclestage": latest["value"].where(is_own, "lead"),
        "lead_status": _lead_status(facts, as_of).where(is_own, ""),
        "owner_id": facts["owner_id"].where(changes["owned_at"] <= as_of, 0),
        "analytics_source": facts["analytics_source"].where(is_own, "OFFLINE"),
        **{name: facts[name].where(is_own, "") for name in ("analytics_source_data_1", "analytics_source_data_2")},
        "company_id": company_of[present["thing"]],
        "ga_client_id": facts["ga_client_id"].where(is_own, ""),
        **{name: present[name] for name in ("merged_ids", "merged_vids", "additional_emails", "created_at")},
        "updated_at": last_change(as_of, present["born_at"], staged_at, facts["gone_at"], *changes.values()),
        "archived_at": facts["gone_at"].where(facts["gone_at"] <= as_of, NEVER),
        "answered_at": changes["answered_at"].where(changes["answered_at"] <= as_of, NEVER),
    }
    return pd.DataFrame(columns)


def purged_contacts_at(contacts: ContactRecords, as_of: int) -> pd.DataFrame:
    """View.purged_contacts."""
    purged_at = contacts.facts["purged_at"].to_numpy()[contacts.records["thing"]]
    frame = contacts.records[["id", "thing"]].assign(purged_at=purged_at)
    gone = frame[frame["purged_at"] <= as_of].reset_index(drop=True)
    return gone[["id", "purged_at"]].assign(person=gone["thing"] + 1)


def _lead_status(facts: pd.DataFrame, as_of: int) -> pd.Series:
    """hs_lead_status: new once handed over, then what sales made of it."""
    reached = facts[["opportunity_at", "answered_at", "sql_recorded_at"]] <= as_of
    refusal = np.where(facts["owner_id"] % 3 == 0, "BAD_TIMING", "UNQUALIFIED")
    answer = np.where(facts["is_accepted"], "IN_PROGRESS", refusal)
    status = np.select([reached[name] for name in reached], ["OPEN_DEAL", answer, "NEW"], "")
    return pd.Series(status, index=facts.index)
