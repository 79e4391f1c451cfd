"""Klaviyo's profiles, and the one list and the one segment they are in."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER, SECOND
from sandbox.vendor import Answer, Call
from sandbox.vendors.klaviyo import errors
from sandbox.vendors.klaviyo.pages import Row, document, filtered, ordered, page, resource, seconds
from sandbox.view import View

TOOL = "klaviyo"
LIST, SEGMENT = "Y6nRLr", "RzEng7"
_ATTRIBUTES = {
    "email": "email",
    "phone_number": "phone",
    "first_name": "firstname",
    "last_name": "lastname",
    "organization": "company",
    "title": "jobtitle",
}


class Profiles:
    """The profiles of a View: one for each person in Klaviyo, who is gone with their contact."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def frame(self) -> pd.DataFrame:
        """key, person, created_at, updated_at, unsubscribed_at, cleaned_at and what a contact has."""
        members = self._view.program_members
        members = members[(members["tool"] == TOOL) & (members["gone_at"] == NEVER)]
        members = members[["person", "joined_at", "unsubscribed_at", "cleaned_at"]]
        contacts = self._view.contacts[self._view.contacts["archived_at"] == NEVER]
        found = contacts.drop_duplicates("person").merge(members, on="person")
        ends = [found[name].where(found[name] != NEVER, 0) for name in ("unsubscribed_at", "cleaned_at")]
        updated_at = np.max([found["joined_at"], found["updated_at"] // SECOND * SECOND, *ends], axis=0)
        names = self._view.companies.set_index("id")["name"]
        pairs = zip(found["merged_ids"], found["id"], strict=True)
        return found.assign(
            key=[f"01H{int(merged.partition(';')[0] or own):023d}" for merged, own in pairs],
            company=found["company_id"].map(names).fillna(""),
            created_at=found["joined_at"],
            updated_at=updated_at,
        ).sort_values("key", ignore_index=True)

    @cached_property
    def key_of_person(self) -> pd.Series:
        """The profile of each person."""
        return self.frame.set_index("person")["key"]

    @cached_property
    def email_of_person(self) -> pd.Series:
        """The address of each person's profile."""
        return self.frame.set_index("person")["email"]

    @cached_property
    def sortable(self) -> dict[str, pd.Series]:
        """The fields one can filter and sort by."""
        frame = self.frame
        return {
            "id": frame["key"],
            "email": frame["email"],
            "created": frame["created_at"],
            "updated": frame["updated_at"],
        }

    def show(self, call: Call, rows: Sequence[int]) -> list[Row]:
        """The profiles at rows; subscriptions only where asked for."""
        frame = self.frame.iloc[list(rows)]
        texts = {name: wire.texts(frame[column]) for name, column in _ATTRIBUTES.items()}
        columns = {
            **texts,
            "external_id": [None] * len(frame),
            "locale": [None] * len(frame),
            "image": [None] * len(frame),
            "created": seconds(frame["created_at"]),
            "updated": seconds(frame["updated_at"]),
            "last_event_date": [None] * len(frame),
            "location": [{"country": country} for country in wire.texts(frame["country"])],
            "properties": [{} for _ in range(len(frame))],
        }
        if "subscriptions" in call.query.get("additional-fields[profile]", ""):
            columns["subscriptions"] = _subscriptions(frame)
        values = zip(*columns.values(), strict=True)
        attributes = [dict(zip(columns, row, strict=True)) for row in values]
        return [
            resource(call, "profile", key, each) for key, each in zip(frame["key"].tolist(), attributes, strict=True)
        ]


def _subscriptions(frame: pd.DataFrame) -> list[Row]:
    left = wire.seconds(frame["unsubscribed_at"])
    bounced, joined = wire.seconds(frame["cleaned_at"]), wire.seconds(frame["created_at"])
    return [
        {
            "email": {
                "marketing": {
                    "can_receive_email_marketing": not (gone or dead),
                    "consent": "UNSUBSCRIBED" if gone else "SUBSCRIBED",
                    "consent_timestamp": gone or since,
                    "last_updated": gone or since,
                    "method": "API",
                    "suppression": [{"reason": "HARD_BOUNCE", "timestamp": dead}] if dead else [],
                    "list_suppressions": [],
                }
            }
        }
        for gone, dead, since in zip(left, bounced, joined, strict=True)
    ]


def list_profiles(profiles: Profiles, call: Call) -> Answer:
    """GET /api/profiles."""
    rows = np.flatnonzero(filtered(call, profiles.sortable))
    rows = ordered(call, rows, profiles.sortable, "id")
    return page(call, rows.tolist(), lambda found: profiles.show(call, found), 20, 100)


def get_profile(profiles: Profiles, call: Call) -> Answer:
    """GET /api/profiles/{id}."""
    found = np.flatnonzero(profiles.frame["key"] == call.path["id"]).tolist()
    if not found:
        raise errors.not_found()
    return Answer({"data": profiles.show(call, found)[0]}, media_type=errors.MEDIA_TYPE)


def list_lists(profiles: Profiles, call: Call) -> Answer:
    """GET /api/lists."""
    at = "2024-11-01T09:00:00+00:00"
    attributes = {"name": "Customers and friends", "created": at, "updated": at, "opt_in_process": "double_opt_in"}
    return document(call, [resource(call, "list", LIST, attributes)])


def list_segments(profiles: Profiles, call: Call) -> Answer:
    """GET /api/segments."""
    at = "2024-11-02T09:00:00+00:00"
    states = {"is_active": True, "is_processing": False, "is_starred": False}
    attributes = {"name": "Can be mailed", "definition": None, "created": at, "updated": at, **states}
    return document(call, [resource(call, "segment", SEGMENT, attributes)])


def list_members(profiles: Profiles, call: Call) -> Answer:
    """GET /api/lists/{id}/profiles and /api/segments/{id}/profiles."""
    if call.path["id"] not in (LIST, SEGMENT):
        raise errors.not_found()
    frame = profiles.frame
    is_in = (frame["unsubscribed_at"] == NEVER) & ((frame["cleaned_at"] == NEVER) | (call.path["id"] == LIST))
    rows = np.flatnonzero(is_in).tolist()
    return page(call, rows, lambda found: profiles.show(call, found), 20, 100)
