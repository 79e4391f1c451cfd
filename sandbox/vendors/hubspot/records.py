"""The records of one HubSpot object type, held as columns, and the pages of them that are sent."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.vendors.hubspot.properties import ObjectType


class Records:
    """A frame of records sorted by id; a record is its position in it. Columns become text when first asked for."""

    def __init__(self, name: str, frame: pd.DataFrame, type_: ObjectType, merged_into: Mapping[int, int]) -> None:
        self.name = name
        self.frame = frame
        self.type = type_
        self.merged_into = merged_into
        self.ids = frame["id"].to_numpy()
        is_archived = frame["archived_at"].to_numpy() != NEVER
        self.live: np.ndarray = np.flatnonzero(~is_archived)
        self.archived: np.ndarray = np.flatnonzero(is_archived)
        self._texts: dict[str, wire.Texts] = {}

    def texts(self, property_name: str) -> wire.Texts:
        """A property of all records as it is sent."""
        if property_name not in self._texts:
            property_ = self.type.properties[property_name]
            self._texts[property_name] = property_.kind.texts(self.frame[property_.column])
        return self._texts[property_name]

    @cached_property
    def archived_at(self) -> wire.Texts:
        """When each record was archived, None where it was not."""
        return wire.instants(self.frame["archived_at"])

    @cached_property
    def by_email(self) -> dict[str, int]:
        """Positions of live records by their e-mail."""
        emails = self.texts("email") if "email" in self.type.properties else []
        return {emails[position].lower(): position for position in self.live.tolist() if emails[position]}

    def find(self, record_id: str, id_property: str = "") -> int | None:
        """The position of a live record; a merged-away id leads to the record it went into."""
        if id_property == "email":
            return self.by_email.get(record_id.lower())
        if not record_id.isdigit():
            return None
        number = int(record_id)
        number = self.merged_into.get(number, number)
        position = int(np.searchsorted(self.ids, number))
        is_found = position < len(self.ids) and self.ids[position] == number and self.archived_at[position] is None
        return position if is_found else None

    def show(self, positions: Sequence[int], asked: Sequence[str]) -> list[dict[str, Any]]:
        """Records with the properties asked for, or the default ones; unknown properties are left out."""
        known = [name for name in asked if name in self.type.properties] if asked else list(self.type.defaults)
        names = list(dict.fromkeys([*known, *self.type.always]))
        values = zip(*(wire.pick(self.texts(name), positions) for name in names), strict=True)
        return [
            self._envelope(position, dict(zip(names, row, strict=True)))
            for position, row in zip(positions, values, strict=True)
        ]

    def _envelope(self, position: int, properties: dict[str, Any]) -> dict[str, Any]:
        archived_at = self.archived_at[position]
        record = {
            "id": properties["hs_object_id"],
            "properties": properties,
            "createdAt": properties[self.type.created],
            "updatedAt": properties[self.type.modified],
            "archived": archived_at is not None,
        }
        return record if archived_at is None else {**record, "archivedAt": archived_at}
