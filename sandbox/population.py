"""The people the company deals with, all of what they are and do: who, on which way, bought what."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sandbox.chance import Chance
from sandbox.clock import NEVER
from sandbox.crm_contacts import draw_duplicates
from sandbox.deals import Deals, negotiate
from sandbox.demand import Demand
from sandbox.journeys import live
from sandbox.people import PEOPLE_PER_EMPLOYER, find_colleagues, found_employers, meet_people


@dataclass(frozen=True)
class Population:
    """Frames by person have row i for person i + 1: `people`, `journeys`, `duplicates` (twin_at, merged_at)."""

    employers: pd.DataFrame
    people: pd.DataFrame
    journeys: pd.DataFrame
    duplicates: pd.DataFrame
    deals: Deals

    def __len__(self) -> int:
        """How many people there are."""
        return len(self.people)

    def first_won_at(self) -> np.ndarray:
        """When each person first bought, as the CRM's lifecycle has it (archived deals included)."""
        deals = self.deals.deals
        won = deals[deals["outcome"] == "won"].groupby("person")["closed_at"].min()
        return won.reindex(np.arange(1, len(self) + 1), fill_value=NEVER).to_numpy()


def populate(chance: Chance, demand: Demand, count: int) -> Population:
    """`count` people whom the demand brings."""
    employers = found_employers(chance("employers"), max(count // PEOPLE_PER_EMPLOYER, 1))
    people = meet_people(chance("people"), count, employers)
    journeys = live(chance("journeys"), *demand.draw(chance("demand"), count))
    duplicates = draw_duplicates(chance("duplicates"), journeys)
    deals = negotiate(chance("deals"), journeys, find_colleagues(people, journeys, duplicates))
    return Population(employers, people, journeys, duplicates, deals)
