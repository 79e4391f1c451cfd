"""Companies as HubSpot records them: employers of known people, some entered twice, some of those merged."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import days_between, only_if
from sandbox.clock import NEVER
from sandbox.records import TWIN, last_change, leading_ids, living, merged_from, record

_FIRST_ID = 20_200_000_000


@dataclass(frozen=True)
class CompanyRecords:
    """`records` (records.py; thing: row of employers) with name, domain, industry, country, archived_at, merged_ids."""

    records: pd.DataFrame
    employers: int

    def ids(self, as_of: int) -> np.ndarray:
        """The company id of each employer at an as-of, 0 where it has none (yet)."""
        return leading_ids(self.records, as_of, self.employers)


def record_companies(
    rng: Generator, employers: pd.DataFrame, employer: np.ndarray, crm_at: np.ndarray
) -> CompanyRecords:
    """An employer is recorded just before the first of its people."""
    known = pd.Series(crm_at[employer >= 0]).groupby(employer[employer >= 0]).min()
    known = known[known != NEVER]
    count, created_at = len(known), known.to_numpy() - 350
    twin_at = created_at + days_between(rng, 1, 90, count)
    has_twin = rng.random(count) < 0.03
    is_merged = has_twin & (rng.random(count) < 0.6)
    merged_at = only_if(is_merged, twin_at + days_between(rng, 2, 60, count))
    archived_at = only_if(~has_twin & (rng.random(count) < 0.005), created_at + days_between(rng, 20, 300, count))
    things = known.index.to_numpy()
    records = record(things, created_at, _FIRST_ID, twin_at=only_if(has_twin, twin_at), merged_at=merged_at)
    details = employers.loc[records["thing"], ["name", "domain", "industry", "country"]].reset_index(drop=True)
    is_twin = (records["variant"] == TWIN).to_numpy()
    details.loc[is_twin, "name"] = details.loc[is_twin, "name"].str.rsplit(" ", n=1).str[0]
    details.loc[is_twin, ["domain", "industry"]] = ""
    archive = pd.Series(archived_at, index=things).loc[records["thing"]].to_numpy()
    told = merged_from(records)["merged_ids"]
    return CompanyRecords(records.join(details).assign(archived_at=archive, merged_ids=told), len(employers))


def companies_at(companies: CompanyRecords, as_of: int) -> pd.DataFrame:
    """View.companies."""
    present = living(companies.records, as_of).reset_index(drop=True)
    updated_at = last_change(as_of, present["born_at"], present["archived_at"])
    archived_at = present["archived_at"].where(present["archived_at"] <= as_of, NEVER)
    columns = ["id", "name", "domain", "industry", "country", "merged_ids", "created_at"]
    return present[columns].assign(updated_at=updated_at, archived_at=archived_at)
