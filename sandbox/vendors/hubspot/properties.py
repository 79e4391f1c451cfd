"""HubSpot's object types and their properties: which column of the View each shows, as what, and of which type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.view import View


@dataclass(frozen=True)
class Kind:
    """How a column is sent and compared; `absent` is its word for nothing, None where there is always something."""

    type: str
    field_type: str
    texts: Callable[[pd.Series], wire.Texts]
    absent: str | int | None


TEXT = Kind("string", "text", wire.texts, "")
CHOICE = Kind("enumeration", "select", wire.texts, "")
IDS = Kind("enumeration", "checkbox", wire.texts, "")
PHONE = Kind("phone_number", "phonenumber", wire.texts, "")
ID = Kind("number", "number", wire.ids, 0)
NUMBER = Kind("number", "number", wire.numbers, None)
MONEY = Kind("number", "number", wire.amounts, None)
FLAG = Kind("bool", "booleancheckbox", wire.flags, None)
TIME = Kind("datetime", "date", wire.instants, NEVER)


@dataclass(frozen=True)
class Property:
    """A property over a column of the object type's frame."""

    column: str
    kind: Kind


@dataclass(frozen=True)
class ObjectType:
    """An object type: its properties, those sent unasked, and which say when a record was made and last changed."""

    properties: Mapping[str, Property]
    defaults: tuple[str, ...]
    created: str
    modified: str

    @property
    def always(self) -> tuple[str, ...]:
        """Properties that come back whatever was asked for."""
        return (self.created, self.modified, "hs_object_id")


_ACTIVITY = {"hs_timestamp": Property("at", TIME), "hubspot_owner_id": Property("owner_id", ID)}
_PROPERTIES: dict[str, dict[str, Property]] = {
    "contacts": {
        "email": Property("email", TEXT),
        "firstname": Property("firstname", TEXT),
        "lastname": Property("lastname", TEXT),
        "phone": Property("phone", PHONE),
        "company": Property("company_name", TEXT),
        "jobtitle": Property("jobtitle", TEXT),
        "country": Property("country", TEXT),
        "lifecyclestage": Property("lifecyclestage", CHOICE),
        "hs_lead_status": Property("lead_status", CHOICE),
        "hubspot_owner_id": Property("owner_id", ID),
        "hs_analytics_source": Property("analytics_source", CHOICE),
        "hs_analytics_source_data_1": Property("analytics_source_data_1", TEXT),
        "hs_analytics_source_data_2": Property("analytics_source_data_2", TEXT),
        "associatedcompanyid": Property("company_id", ID),
        "ga_client_id": Property("ga_client_id", TEXT),
        "hs_merged_object_ids": Property("merged_ids", IDS),
        "hs_calculated_merged_vids": Property("merged_vids", TEXT),
        "hs_additional_emails": Property("additional_emails", IDS),
    },
    "companies": {
        "name": Property("name", TEXT),
        "domain": Property("domain", TEXT),
        "industry": Property("industry", CHOICE),
        "country": Property("country", TEXT),
        "hs_merged_object_ids": Property("merged_ids", IDS),
    },
    "deals": {
        "dealname": Property("name", TEXT),
        "amount": Property("amount_cents", MONEY),
        "deal_currency_code": Property("currency", CHOICE),
        "pipeline": Property("pipeline", CHOICE),
        "dealstage": Property("stage", CHOICE),
        "dealtype": Property("type", CHOICE),
        "product": Property("product", TEXT),
        "closedate": Property("close_at", TIME),
        "hubspot_owner_id": Property("owner_id", ID),
        "hs_v2_date_entered_contractsent": Property("contract_sent_at", TIME),
        "hs_analytics_source": Property("analytics_source", CHOICE),
        "hs_is_closed": Property("is_closed", FLAG),
        "hs_deal_stage_probability": Property("probability", TEXT),
        "hs_merged_object_ids": Property("merged_ids", IDS),
    },
    "tickets": {
        "subject": Property("subject", TEXT),
        "hs_pipeline": Property("pipeline", CHOICE),
        "hs_pipeline_stage": Property("stage", CHOICE),
        "hs_ticket_priority": Property("priority", CHOICE),
        "hubspot_owner_id": Property("owner_id", ID),
        "closed_date": Property("closed_at", TIME),
    },
    "meetings": {
        **_ACTIVITY,
        "hs_meeting_title": Property("title", TEXT),
        "hs_meeting_start_time": Property("start_at", TIME),
        "hs_meeting_end_time": Property("end_at", TIME),
        "hs_meeting_outcome": Property("outcome", CHOICE),
    },
    "calls": {
        **_ACTIVITY,
        "hs_call_direction": Property("direction", CHOICE),
        "hs_call_status": Property("status", CHOICE),
        "hs_call_duration": Property("duration_ms", NUMBER),
    },
    "emails": {
        **_ACTIVITY,
        "hs_email_direction": Property("direction", CHOICE),
        "hs_email_status": Property("status", CHOICE),
        "hs_email_subject": Property("subject", TEXT),
    },
}
_DEFAULTS = {
    "contacts": ("email", "firstname", "lastname"),
    "companies": ("domain", "name"),
    "deals": ("amount", "closedate", "dealname", "dealstage", "pipeline"),
    "tickets": ("subject", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority"),
}


def _object_type(name: str) -> ObjectType:
    created = "hs_createdate" if name in ("meetings", "calls", "emails") else "createdate"
    modified = "lastmodifieddate" if name == "contacts" else "hs_lastmodifieddate"
    times = {created: Property("created_at", TIME), modified: Property("updated_at", TIME)}
    properties = {**_PROPERTIES[name], **times, "hs_object_id": Property("id", ID)}
    return ObjectType(properties, _DEFAULTS.get(name, ()), created, modified)


OBJECT_TYPES: Mapping[str, ObjectType] = {name: _object_type(name) for name in _PROPERTIES}


def frames(view: View) -> dict[str, pd.DataFrame]:
    """The frame of each object type, with the columns HubSpot calculates from other records."""
    company_names = view.companies.set_index("id")["name"]
    deal_stages = view.pipeline_stages[view.pipeline_stages["object_type"] == "deals"].set_index("stage_id")
    return {
        "contacts": view.contacts.assign(company_name=view.contacts["company_id"].map(company_names).fillna("")),
        "companies": view.companies,
        "deals": view.deals.assign(
            is_closed=view.deals["stage"].map(deal_stages["is_closed"]),
            probability=view.deals["stage"].map(deal_stages["probability"]),
        ),
        "tickets": view.tickets,
        "meetings": view.meetings,
        "calls": view.calls,
        "emails": view.emails,
    }
