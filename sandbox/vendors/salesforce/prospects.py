"""The people Salesforce knows: a lead from the first word of sales on, a contact too once their first deal is open.

Numbers are those of the first HubSpot contact, company or deal, which a merge there does not change. People without an
e-mail address, of whom HubSpot's and Salesforce's records could not be told to be one person, are not in Salesforce.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox.clock import NEVER
from sandbox.view import View

NEW, CONVERTED, REFUSED, WORKING = "New", "Qualified", "Unqualified", "Working"
_WORDS = {"marketingqualifiedlead": "MQL", "salesqualifiedlead": "SQL", "189234571": "Recycled"}
_REFUSALS = ("UNQUALIFIED", "BAD_TIMING")


@dataclass(frozen=True)
class Change:
    """A lead's change of status; it has none before the first."""

    lead: int
    at: int
    before: str
    after: str


class Prospects:
    """The leads of a View, in order of their numbers."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """HubSpot's contacts with an address; `number` is that of the first of those that were merged."""
        known = self.view.contacts[self.view.contacts["email"] != ""]
        return known.assign(number=own_numbers(known))

    @cached_property
    def leads(self) -> pd.DataFrame:
        """One row per person who is a lead: the contact, with lead_at, converted_at (NEVER), deal (0) and company."""
        own = self.contacts.sort_values("number").drop_duplicates("person")
        words = self.view.lifecycle_history
        first_word = words[words["value"].isin(_WORDS)].groupby("contact_id")["at"].min()
        deals = self.view.deals.assign(number=own_numbers(self.view.deals)).sort_values(["created_at", "number"])
        first_deal = deals.drop_duplicates("person").set_index("person")
        worded_at = first_word.reindex(own["id"], fill_value=NEVER).to_numpy()
        opened_at = first_deal["created_at"].reindex(own["person"], fill_value=NEVER).to_numpy()
        heard_at = np.minimum(worded_at, opened_at)
        lead_at = np.maximum(own["created_at"], heard_at)
        found = own.assign(
            lead_at=lead_at,
            converted_at=np.where(opened_at == NEVER, NEVER, np.maximum(lead_at, opened_at)),
            deal=first_deal["number"].reindex(own["person"], fill_value=0).to_numpy(),
            company=self.company_numbers(own["company_id"]),
        )
        return found[heard_at != NEVER].reset_index(drop=True)

    @cached_property
    def twins(self) -> pd.DataFrame:
        """Leads entered twice: number, master (the own lead's), email, company, lead_at, merged_at (NEVER) and the
        changes of the contact they come from."""
        masters = self.leads[["person", "number", "lead_at"]].rename(columns={"number": "master", "lead_at": "own_at"})
        living = self.contacts.merge(masters, on="person")
        living = living[living["number"] != living["master"]].assign(merged_at=NEVER)
        merges = self.view.merges[self.view.merges["object_type"] == "contacts"]
        lost = self.leads.merge(merges, left_on="id", right_on="winner_id")
        lost = lost[lost["loser_id"] != lost["number"]]
        lost = lost.assign(
            master=lost["number"], number=lost["loser_id"], email=lost["additional_emails"], own_at=lost["lead_at"]
        )
        lost["created_at"] = lost["updated_at"] = lost["loser_created_at"]
        both = pd.concat([living, lost], ignore_index=True)
        both["lead_at"] = np.maximum(both["created_at"], both["own_at"])
        both["company"] = self.company_numbers(both["company_id"])
        return both[both["merged_at"] > both["lead_at"]].reset_index(drop=True)

    @cached_property
    def changes(self) -> list[Change]:
        """Every status each lead has had, by lead (row) and time; a converted lead changes no more."""
        return [change for lead, events in self._events() for change in _chain(lead, events)]

    def company_numbers(self, ids: pd.Series) -> np.ndarray:
        """The numbers of the companies that the ids lead to, 0 where none."""
        companies = self.view.companies
        numbers = pd.Series(own_numbers(companies), index=companies["id"])
        return numbers.reindex(ids, fill_value=0).to_numpy()

    def _events(self) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """For each lead its statuses with their times."""
        leads, words = self.leads, self.view.lifecycle_history
        own = words[words["value"].isin(_WORDS) & words["contact_id"].isin(leads["id"])]
        told: dict[int, list[tuple[int, str]]] = {}
        for contact, value, at in zip(own["contact_id"], own["value"], own["at"], strict=True):
            told.setdefault(contact, []).append((at, _WORDS[value]))
        columns = ("id", "lead_at", "converted_at", "answered_at", "lead_status")
        for lead, (contact, lead_at, converted_at, answered_at, answer) in enumerate(
            zip(*(leads[name].tolist() for name in columns), strict=True)
        ):
            answered = [(answered_at, REFUSED if answer in _REFUSALS else WORKING)] if answered_at != NEVER else []
            events = sorted((max(at, lead_at), word) for at, word in told.get(contact, []) + answered)
            events = [each for each in events if each[0] < converted_at]
            if not events or events[0][0] > lead_at:
                events = [(lead_at, NEW), *events]
            yield lead, events + ([(converted_at, CONVERTED)] if converted_at != NEVER else [])


def own_numbers(records: pd.DataFrame) -> np.ndarray:
    """The id of each record, or of the first of those merged into it: ids that stay."""
    merged = records["merged_ids"].str.split(";").str[0].to_numpy(dtype=object)
    return np.where(merged == "", records["id"], merged).astype(np.int64)


def _chain(lead: int, events: list[tuple[int, str]]) -> Iterator[Change]:
    before = ""
    for at, after in events:
        yield Change(lead, at, before, after)
        before = after
