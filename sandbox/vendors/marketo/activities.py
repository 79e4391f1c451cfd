"""Marketo's activity log: forms, e-mails, webinars, revenue stages, and what became of leads."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER, SECOND
from sandbox.vendor import Call
from sandbox.vendors.marketo import activity_types, envelope
from sandbox.vendors.marketo.activity_types import (
    BOUNCED,
    CLICKED,
    DELETED,
    FORM,
    MERGED,
    OPENED,
    SENT,
    SOFT_BOUNCED,
    STAGE,
    STATUS,
    TYPES,
    UNSUBSCRIBED,
)
from sandbox.vendors.marketo.assets import FIRST_CAMPAIGN
from sandbox.vendors.marketo.envelope import Row
from sandbox.vendors.marketo.leads import TOOL, Leads, lead_id, zulu
from sandbox.vendors.marketo.paging import listed, log_page
from sandbox.view import View

_STAGES = {
    "subscriber": "Known",
    "lead": "Engaged",
    "marketingqualifiedlead": "MQL",
    "salesqualifiedlead": "SQL",
    "opportunity": "Opportunity",
    "customer": "Won",
}
_MAILED = {"sent": SENT, "open": OPENED, "click": CLICKED, "unsubscribe": UNSUBSCRIBED}
_STATUSES = {
    "registered": ("Registered", "Invited"),
    "attended": ("Attended", "Registered"),
    "missed": ("No Show", "Registered"),
}
_QUERIES = {
    "PAID_SEARCH": "utm_source=google&utm_medium=cpc",
    "PAID_SOCIAL": "utm_source=facebook&utm_medium=paid_social",
}
_PLAIN: dict[str, Any] = {  # the columns of the log, and what stands where there is nothing; key tells events apart
    **dict.fromkeys(("lead_id", "at", "type_id", "campaign_id", "value_id", "key"), 0),
    **dict.fromkeys(("value", "word", "old_word", "url"), ""),
    "is_machine": False,
}


class Activities:
    """The log of a View: a lead that is deleted takes its activities along, but for the deletion."""

    def __init__(self, view: View, leads: Leads) -> None:
        self._view = view
        self._leads = leads

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of it in order of time: the columns of _PLAIN, and guid."""
        parts = [self._mailed(), self._held(), self._filled(), self._staged(), self._merged(), self._deleted()]
        log = pd.concat(parts, ignore_index=True).reindex(columns=list(_PLAIN)).fillna(_PLAIN)
        log = log[log["at"] <= self._view.as_of].astype({name: type(value) for name, value in _PLAIN.items()})
        guid = pd.util.hash_pandas_object(log[["lead_id", "at", "type_id", "value_id", "word", "key"]], index=False)
        return log.assign(guid=guid).sort_values(["at", "guid"], ignore_index=True)

    def show(self, positions: Sequence[int]) -> list[Row]:
        """The activities at positions; attributes are an object, which REST makes a list of."""
        rows = self.frame.iloc[list(positions)]
        columns = (positions, wire.rows(rows), zulu(rows["at"]))
        return [
            {
                "id": 10_000 + position,
                "marketoGUID": str(row["guid"]),
                "leadId": row["lead_id"],
                "activityDate": at,
                "activityTypeId": row["type_id"],
                "campaignId": row["campaign_id"] or None,
                "primaryAttributeValueId": row["value_id"] or None,
                "primaryAttributeValue": row["value"] or None,
                "attributes": activity_types.attributes(row["type_id"], row),
            }
            for position, row, at in zip(*columns, strict=True)
        ]

    def _events(self) -> pd.DataFrame:
        programs = self._view.programs
        names = programs[programs["tool"] == TOOL].set_index("id")["name"]
        events = self._view.program_events
        is_known = events["person"].isin(self._leads.id_of_person.index) & events["program_id"].isin(names.index)
        events = events[(events["tool"] == TOOL) & is_known].reset_index(drop=True)
        of_lead = {"lead_id": events["person"].map(self._leads.id_of_person), "value": events["program_id"].map(names)}
        return events.assign(**of_lead, value_id=events["program_id"], key=events["id"])

    def _mailed(self) -> pd.DataFrame:
        events = self._events()
        events = events[events["action"].isin([*_MAILED, "bounce"])]
        bounce = np.where(events["kind"] == "hard", BOUNCED, SOFT_BOUNCED)
        type_id = np.where(events["action"] == "bounce", bounce, events["action"].map(_MAILED).fillna(0)).astype(int)
        return events.assign(type_id=type_id, campaign_id=FIRST_CAMPAIGN + events["program_id"])

    def _held(self) -> pd.DataFrame:
        events = self._events()
        events = events[events["action"].isin(_STATUSES)]
        words = {"word": 0, "old_word": 1}
        told = {
            name: events["action"].map({key: each[at] for key, each in _STATUSES.items()}) for name, at in words.items()
        }
        return events.assign(type_id=STATUS, campaign_id=FIRST_CAMPAIGN + events["program_id"], **told)

    def _filled(self) -> pd.DataFrame:
        """Forms, from the moment the lead is there; the link that led to one carries what paid for it."""
        leads = self._leads.frame[~self._leads.frame["is_twin"]]
        leads = leads.assign(email=leads["email"].str.lower())
        forms = self._view.forms.reset_index(names="form")[["form", "id", "name"]]
        filled = self._view.form_submissions.assign(email=self._view.form_submissions["email"].str.lower())
        filled = filled.merge(leads[["email", "id", "created_at", "analytics_source"]], on="email")
        filled = filled.merge(forms, left_on="form_id", right_on="id", suffixes=("", "_of_form"))
        at = np.maximum(filled["submitted_at"] // SECOND * SECOND, filled["created_at"])
        is_first = ~filled.sort_values("submitted_at").duplicated("email").reindex(filled.index)
        query = filled["analytics_source"].map(_QUERIES).fillna("").where(is_first, "")
        named = {"lead_id": filled["id"], "value_id": 101 + filled["form"], "value": filled["name"]}
        return pd.DataFrame({**named, "at": at, "type_id": FORM, "word": query, "url": filled["page_url"]})

    def _staged(self) -> pd.DataFrame:
        """Revenue stages follow the CRM's words within a second, once the lead is there."""
        leads = self._leads.frame.rename(columns={"id": "lead_id"})
        history = self._view.lifecycle_history.merge(leads[["contact_id", "lead_id", "created_at"]], on="contact_id")
        history = history.assign(
            word=history["value"].map(_STAGES).fillna("Recycled"), at=history["at"] // SECOND * SECOND + SECOND
        )
        history["old_word"] = (
            history.sort_values(["lead_id", "at"], kind="stable").groupby("lead_id")["word"].shift(fill_value="")
        )
        known = history[history["at"] > history["created_at"]]
        return known[["lead_id", "at", "word", "old_word"]].assign(type_id=STAGE, value_id=1, value="Revenue model")

    def _merged(self) -> pd.DataFrame:
        merges = self._view.merges[self._view.merges["object_type"] == "contacts"]
        leads = self._leads.frame.rename(columns={"id": "lead_id"})
        merges = merges.merge(leads[["contact_id", "lead_id"]], left_on="winner_id", right_on="contact_id")
        merges = merges.assign(loser=lead_id(merges["loser_id"]), at=merges["merged_at"] // SECOND * SECOND + SECOND)
        losers = merges[merges["loser"] != merges["lead_id"]]
        return losers[["lead_id", "at"]].assign(
            type_id=MERGED,
            value_id=losers["lead_id"],
            value=losers["lead_id"].astype(str),
            word=losers["loser"].astype(str),
        )

    def _deleted(self) -> pd.DataFrame:
        """A lead goes when its contact is archived or purged."""
        members = self._leads.members
        gone = members.loc[members["gone_at"] != NEVER, "gone_at"]
        contacts = pd.concat([self._view.contacts[["id", "person"]], self._view.purged_contacts[["id", "person"]]])
        contacts = contacts[contacts["person"].isin(gone.index)]
        ids = lead_id(contacts["id"])
        named = {"lead_id": ids, "value_id": ids, "value": ids.astype(str)}
        return pd.DataFrame({**named, "at": contacts["person"].map(gone), "type_id": DELETED})


def list_types(activities: Activities, call: Call) -> Row:
    """GET /rest/v1/activities/types.json."""
    types = [
        {
            "id": number,
            "name": name,
            "description": name,
            "primaryAttribute": {"name": primary, "dataType": "integer"},
            "attributes": [{"name": each, "dataType": "string"} for each in others],
        }
        for number, (name, primary, others) in TYPES.items()
    ]
    return envelope.success(types)


def list_activities(activities: Activities, call: Call) -> Row:
    """GET /rest/v1/activities.json: of at most ten kinds."""
    kinds = [int(kind) for kind in listed(call, "activityTypeIds", 10) if kind.isdigit()]
    return _log(activities, call, kinds)


def list_deleted(activities: Activities, call: Call) -> Row:
    """GET /rest/v1/activities/deletedleads.json."""
    return _log(activities, call, [DELETED])


def _log(activities: Activities, call: Call, kinds: Sequence[int]) -> Row:
    frame = activities.frame

    def show(positions: Sequence[int]) -> list[Row]:
        return [
            {**row, "attributes": [{"name": name, "value": value} for name, value in row["attributes"].items()]}
            for row in activities.show(positions)
        ]

    return log_page(call, frame["at"].to_numpy(), frame["type_id"].isin(kinds).to_numpy(), show)
