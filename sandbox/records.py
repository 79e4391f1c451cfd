"""Records of things in a CRM: a thing may be recorded twice, and the two merged into a third with a new id.

A frame of records has `thing` (what it records), `variant` (OWN, TWIN, MERGED), `created_at` (the createdate it shows),
`born_at` and `gone_at` (the vendor has it from the one to the other; gone by merge or purge) and `id`, ascending with
born_at.
"""

import numpy as np
import pandas as pd

from sandbox.clock import NEVER

OWN, TWIN, MERGED = range(3)


def record(things: np.ndarray, created_at: np.ndarray, first_id: int, **fate: np.ndarray) -> pd.DataFrame:
    """Records of `things`; fate: twin_at, merged_at and purged_at of each (NEVER where not)."""
    never = np.full(len(things), NEVER)
    twin_at, merged_at, purged_at = (fate.get(name, never) for name in ("twin_at", "merged_at", "purged_at"))
    own = {"variant": OWN, "created_at": created_at, "born_at": created_at, "gone_at": np.minimum(merged_at, purged_at)}
    twin = {"variant": TWIN, "created_at": twin_at, "born_at": twin_at, "gone_at": merged_at}
    both = {"variant": MERGED, "created_at": created_at, "born_at": merged_at, "gone_at": NEVER}
    frames = [pd.DataFrame({"thing": things, **part}) for part in (own, twin, both)]
    records = pd.concat([frames[0], frames[1][twin_at != NEVER], frames[2][merged_at != NEVER]])
    records = records.sort_values(["born_at", "thing", "variant"], ignore_index=True)
    return records.assign(id=first_id + np.arange(len(records)))


def living(records: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """The records the vendor has at an as-of, sorted by id; index: their rows in `records`."""
    return records[(records["born_at"] <= as_of) & (records["gone_at"] > as_of)]


def leading_ids(records: pd.DataFrame, as_of: int, things: int) -> np.ndarray:
    """For each thing (position; 0 to things - 1) the id it goes by at an as-of, 0 where it is not there."""
    ids = np.zeros(things, dtype=np.int64)
    present = living(records, as_of)
    present = present[present["variant"] != TWIN]
    ids[present["thing"]] = present["id"]
    return ids


def merges(records: pd.DataFrame, as_of: int, object_type: str) -> pd.DataFrame:
    """View.merges of these records: object_type, loser_id, winner_id, merged_at, loser_created_at."""
    winners = records[(records["variant"] == MERGED) & (records["born_at"] <= as_of)]
    losers = records[records["variant"] != MERGED].merge(
        winners[["thing", "id", "born_at"]], on="thing", suffixes=("", "_w")
    )
    columns = {
        "loser_id": losers["id"],
        "winner_id": losers["id_w"],
        "merged_at": losers["born_at_w"],
        "loser_created_at": losers["created_at"],
    }
    return pd.DataFrame({"object_type": object_type, **columns}).sort_values("loser_id", ignore_index=True)


def merged_from(records: pd.DataFrame) -> pd.DataFrame:
    """What merged records say of their losers, indexed like `records`: merged_ids "1;2" and merged_vids "1:ms;2:ms"."""
    told = pd.DataFrame({"merged_ids": "", "merged_vids": ""}, index=records.index, dtype=object)
    winners = records[records["variant"] == MERGED]
    by_variant = [records[records["variant"] == variant].set_index("thing")["id"] for variant in (OWN, TWIN)]
    own, twin = (ids.loc[winners["thing"]].astype(str).to_numpy(dtype=object) for ids in by_variant)
    at = winners["born_at"].astype(str).to_numpy(dtype=object)
    told.loc[winners.index, "merged_ids"] = own + ";" + twin
    told.loc[winners.index, "merged_vids"] = own + ":" + at + ";" + twin + ":" + at
    return told


def last_change(as_of: int, *instants: np.ndarray | pd.Series) -> np.ndarray:
    """The latest of the given instants that is not after the as-of, row by row (0 if none is)."""
    return np.max([np.where(column <= as_of, column, 0) for column in map(np.asarray, instants)], axis=0)
