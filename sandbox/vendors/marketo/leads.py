"""Marketo's leads: the people of its programs, each contact of theirs; a merge keeps the older id."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import MINUTE, NEVER, SECOND
from sandbox.vendor import Call
from sandbox.vendors.marketo import envelope
from sandbox.vendors.marketo.envelope import Row
from sandbox.vendors.marketo.paging import asked, list_page, listed, log_page
from sandbox.view import View

TOOL = "marketo"
_FIRST_CONTACT = 101_000_000_000  # contacts and leads count alike, from different numbers
_DEFAULT_FIELDS = ("email", "updatedAt", "createdAt", "lastName", "firstName", "id")
_TYPES = {"id": "integer", "unsubscribed": "boolean", "emailInvalid": "boolean", "email": "email", "phone": "phone"}
_NEW_LEAD, _CHANGE = 12, 13


class Leads:
    """The leads of a View, as columns of what is sent."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def members(self) -> pd.DataFrame:
        """Everybody who ever was in Marketo, by person."""
        members = self._view.program_members
        return members[members["tool"] == TOOL].set_index("person")

    @cached_property
    def frame(self) -> pd.DataFrame:
        """id, contact_id, person, is_twin, created_at, updated_at and what a contact has, sorted by id."""
        contacts = self._view.contacts
        present = self.members.index[self.members["gone_at"] == NEVER]
        found = contacts[contacts["person"].isin(present) & (contacts["archived_at"] == NEVER)].reset_index(drop=True)
        own = self.members.loc[found["person"]].reset_index(drop=True)
        is_twin = found.duplicated("person")
        created_at = own["joined_at"].where(~is_twin, found["created_at"] // SECOND * SECOND + MINUTE)
        ends = [own[name].where((own[name] != NEVER) & ~is_twin, 0) for name in ("unsubscribed_at", "cleaned_at")]
        updated_at = np.max([created_at, found["updated_at"] // SECOND * SECOND, *ends], axis=0)
        companies = self._view.companies.set_index("id")["name"]
        leads = found.assign(
            contact_id=found["id"],
            id=_lead_ids(found),
            is_twin=is_twin,
            company=found["company_id"].map(companies).fillna(""),
            unsubscribed=ends[0] > 0,
            email_invalid=ends[1] > 0,
            created_at=created_at,
            updated_at=updated_at,
        )
        return leads[leads["created_at"] <= self._view.as_of].sort_values("id", ignore_index=True)

    @cached_property
    def columns(self) -> dict[str, wire.Texts]:
        """Every field of every lead as it is sent."""
        frame = self.frame
        texts = {"email": "email", "firstName": "firstname", "lastName": "lastname", "phone": "phone"}
        texts |= {"title": "jobtitle", "country": "country", "company": "company"}
        words = {"leadSource": "analytics_source", "leadStatus": "lead_status"}
        return {
            "id": frame["id"].tolist(),
            **{name: wire.texts(frame[column]) for name, column in texts.items()},
            **{name: wire.texts(frame[column].str.replace("_", " ").str.title()) for name, column in words.items()},
            "unsubscribed": frame["unsubscribed"].tolist(),
            "emailInvalid": frame["email_invalid"].tolist(),
            "createdAt": zulu(frame["created_at"]),
            "updatedAt": zulu(frame["updated_at"]),
        }

    @cached_property
    def changes(self) -> pd.DataFrame:
        """at, lead (position), kind: creation and last change of each lead, in order; a view knows no others."""
        frame = self.frame
        new = pd.DataFrame({"at": frame["created_at"], "lead": frame.index, "kind": _NEW_LEAD})
        changed = pd.DataFrame({"at": frame["updated_at"], "lead": frame.index, "kind": _CHANGE})
        changed = changed[frame["updated_at"] > frame["created_at"]]
        return pd.concat([new, changed]).sort_values(["at", "lead"], ignore_index=True)

    @cached_property
    def id_of_person(self) -> pd.Series:
        """The lead that each person goes by."""
        own = self.frame[~self.frame["is_twin"]]
        return own.set_index("person")["id"]

    def show(self, positions: Sequence[int], fields: Sequence[str]) -> list[Row]:
        """Fields of the leads at positions."""
        if unknown := set(fields) - set(self.columns):
            raise envelope.refused(1006, f"Field '{min(unknown)}' not found")
        values = zip(*(wire.pick(self.columns[name], positions) for name in fields), strict=True)
        return [dict(zip(fields, row, strict=True)) for row in values]


def _lead_ids(contacts: pd.DataFrame) -> pd.Series:
    """A merged contact has a new id; its lead keeps the first, and lower, one of the two that were merged."""
    pairs = zip(contacts["merged_ids"], contacts["id"], strict=True)
    ids = [int(merged.partition(";")[0] or contact_id) for merged, contact_id in pairs]
    return pd.Series(ids, index=contacts.index, dtype="int64") - _FIRST_CONTACT


def lead_id(contact_id: pd.Series) -> pd.Series:
    """The lead of a contact that is no merged one."""
    return contact_id - _FIRST_CONTACT


def zulu(column: pd.Series) -> wire.Texts:
    """Instants as 2026-02-02T08:00:00Z."""
    return [None if text is None else text.replace("+00:00", "Z") for text in wire.seconds(column)]


def describe(leads: Leads, call: Call) -> Row:
    """GET /rest/v1/leads/describe.json."""
    fields = [
        {
            "id": number,
            "displayName": name,
            "dataType": _TYPES.get(name, "datetime" if name.endswith("At") else "string"),
            "rest": {"name": name, "readOnly": name in ("id", "createdAt", "updatedAt")},
            "soap": {"name": name, "readOnly": name in ("id", "createdAt", "updatedAt")},
        }
        for number, name in enumerate(leads.columns, 2)
    ]
    return envelope.success(fields)


def list_leads(leads: Leads, call: Call) -> Row:
    """GET, or POST with _method=GET, /rest/v1/leads.json: the leads whose field has one of the values."""
    field, values = listed(call, "filterType", 1)[0], listed(call, "filterValues", 300)
    if field not in ("id", "email"):
        raise envelope.refused(1003, f"Invalid filterType '{field}'")
    wanted = {value.strip().lower() for value in values}
    found = [row for row, value in enumerate(leads.columns[field]) if str(value).lower() in wanted]
    fields = asked(call).get("fields", ",".join(_DEFAULT_FIELDS)).split(",")
    return list_page(call, found, lambda positions: leads.show(positions, fields))


def list_changes(leads: Leads, call: Call) -> Row:
    """GET /rest/v1/activities/leadchanges.json: new leads, and changes of the fields asked for."""
    fields = listed(call, "fields", 1000)
    changes = leads.changes
    ids = leads.frame["id"].to_numpy()

    def show(positions: Sequence[int]) -> list[Row]:
        rows = changes.iloc[list(positions)]
        columns = (positions, ids[rows["lead"]].tolist(), zulu(rows["at"]), rows["kind"].tolist())
        return [
            {
                "id": position,
                "marketoGUID": f"change-{lead}-{kind}",
                "leadId": lead,
                "activityDate": at,
                "activityTypeId": kind,
                "fields": [] if kind == _NEW_LEAD else [{"id": 1, "name": fields[0], "newValue": "", "oldValue": ""}],
                "attributes": [{"name": "Source", "value": "Web service API"}],
            }
            for position, lead, at, kind in zip(*columns, strict=True)
        ]

    return log_page(call, changes["at"].to_numpy(), np.ones(len(changes), dtype=bool), show)
