"""Rows by the record they belong to: the associations and the histories of HubSpot's objects."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.view import View

Row = TypeVar("Row")
Link = tuple[int, str, int, str]  # to_id, category, type_id, label
History = dict[str, Any]

# The type id of the same association seen from its other end.
_OTHER_END = {1: 2, 3: 4, 5: 6, 16: 15, 194: 193, 198: 197, 200: 199, 279: 280, 341: 342}


class Groups(Generic[Row]):
    """Rows sorted by the id they belong to."""

    def __init__(self, ids: pd.Series, rows: list[Row]) -> None:
        self.ids = ids.to_numpy()
        self.rows = rows

    def of(self, ids: Sequence[int]) -> list[list[Row]]:
        """The rows of each id."""
        starts = np.searchsorted(self.ids, ids, side="left").tolist()
        ends = np.searchsorted(self.ids, ids, side="right").tolist()
        return [self.rows[start:end] for start, end in zip(starts, ends, strict=True)]


def links(frames: Mapping[tuple[str, str], pd.DataFrame], from_type: str, to_type: str) -> Groups[Link]:
    """The associations from one object type to another, read backwards where they are kept the other way round."""
    if (from_type, to_type) in frames:
        frame = frames[from_type, to_type]
    elif (to_type, from_type) in frames:
        back = frames[to_type, from_type].rename(columns={"from_id": "to_id", "to_id": "from_id"})
        frame = back.assign(type_id=back["type_id"].replace(_OTHER_END)).sort_values(["from_id", "to_id"])
    else:
        return Groups(pd.Series([], dtype="int64"), [])
    columns = (frame[name].tolist() for name in ("to_id", "category", "type_id", "label"))
    return Groups(frame["from_id"], list(zip(*columns, strict=True)))


def histories(view: View, object_type: str, property_name: str) -> Groups[History] | None:
    """The kept values of a property, newest first; None where no history is kept of it."""
    if (object_type, property_name) == ("contacts", "lifecyclestage"):
        frame = view.lifecycle_history
        return Groups(frame["contact_id"], _entries(frame, "value", "at"))
    if (object_type, property_name) == ("deals", "dealstage"):
        kept = view.deal_stage_history.assign(source_type="CRM_UI", source_id="")
        frame = kept.sort_values(["deal_id", "entered_at"], ascending=[True, False], kind="stable")
        return Groups(frame["deal_id"], _entries(frame, "stage", "entered_at"))
    return None


def _entries(frame: pd.DataFrame, value: str, at: str) -> list[History]:
    columns = (
        wire.texts(frame[value], ""),
        wire.instants(frame[at]),
        frame["source_type"],
        wire.texts(frame["source_id"]),
    )
    return [
        {
            "value": value,
            "timestamp": timestamp,
            "sourceType": source_type,
            "sourceId": source_id,
            "sourceLabel": None,
            "updatedByUserId": int(source_id[7:]) if source_id and source_id.startswith("userId:") else None,
        }
        for value, timestamp, source_type, source_id in zip(*columns, strict=True)
    ]
