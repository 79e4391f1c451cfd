"""Salesforce's objects: what fields each has and of which types, and its records as columns."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox.vendors.salesforce import people, sales
from sandbox.vendors.salesforce.people import Columns
from sandbox.vendors.salesforce.prospects import Prospects
from sandbox.view import View

_TYPES = {
    "id": "Id",
    "reference": "MasterRecordId OwnerId ConvertedAccountId ConvertedContactId ConvertedOpportunityId AccountId"
    " ContactId CampaignId ParentId OpportunityId Product2Id LeadId WhoId WhatId CreatedById",
    "boolean": "IsDeleted IsConverted IsClosed IsWon IsActive HasResponded Opted_In__c Partner_Deal__c",
    "datetime": "CreatedDate LastModifiedDate SystemModstamp CompletedDateTime StartDateTime EndDateTime",
    "date": "ConvertedDate CloseDate StartDate EndDate FirstRespondedDate ActivityDate",
    "currency": "Amount UnitPrice TotalPrice AnnualRevenue BudgetedCost ActualCost",
    "percent": "Probability",
    "double": "Quantity",
    "int": "NumberOfEmployees NumberOfLeads CallDurationInSeconds DurationInMinutes",
    "email": "Email",
    "phone": "Phone",
    "url": "Website",
    "address": "Address MailingAddress",
    "picklist": "Status LeadSource StageName ForecastCategoryName CurrencyIsoCode Industry Type CallType"
    " Outcome__c Grade__c",
}
TYPE_OF = {name: kind for kind, names in _TYPES.items() for name in names.split()}
COMPOUND = "address"
_PARTS = {"FirstName": "Name", "LastName": "Name", "Country": "Address", "MailingCountry": "MailingAddress"}
_SOAP = {
    "boolean": "xsd:boolean",
    "datetime": "xsd:dateTime",
    "date": "xsd:date",
    "int": "xsd:int",
    "id": "tns:ID",
    "reference": "tns:ID",
    "address": "urn:address",
}
_LENGTHS = {"string": 255, "picklist": 255, "email": 80, "url": 255, "phone": 40, "id": 18, "reference": 18}
_DOUBLES = ("currency", "percent", "double")


@dataclass(frozen=True)
class SObject:
    """One object of an org; `make` gives its columns, which are kept once they were asked for."""

    name: str
    prefix: str
    make: Callable[[Prospects], Columns]
    prospects: Prospects

    @cached_property
    def columns(self) -> Columns:
        """Every field of every record, by name of the field."""
        return self.make(self.prospects)

    def describe(self) -> dict[str, Any]:
        """What GET /sobjects/{name}/describe says."""
        return {**self.summary(), "fields": [self._field(name) for name in self.columns], "childRelationships": []}

    def summary(self) -> dict[str, Any]:
        """What the list of all objects says of it."""
        return {
            "name": self.name,
            "label": self.name,
            "keyPrefix": self.prefix,
            "custom": False,
            "queryable": True,
            "retrieveable": True,
            "replicateable": True,
            "urls": {"sobject": f"/services/data/v62.0/sobjects/{self.name}"},
        }

    def _field(self, name: str) -> dict[str, Any]:
        kind = TYPE_OF.get(name, "string")
        return {
            "name": name,
            "label": name.removesuffix("__c").replace("_", " "),
            "type": kind,
            "soapType": "xsd:double" if kind in _DOUBLES else _SOAP.get(kind, "xsd:string"),
            "custom": name.endswith("__c"),
            "calculated": False,
            "nillable": name not in ("Id", "IsDeleted", "CreatedDate", "SystemModstamp"),
            "compoundFieldName": _PARTS.get(name) if _PARTS.get(name) in self.columns else None,
            "length": _LENGTHS.get(kind, 0),
            "precision": 18 if kind in _DOUBLES else 0,
            "scale": 2 if kind in _DOUBLES else 0,
            "picklistValues": [],
            "referenceTo": [],
        }


_OBJECTS: dict[str, tuple[str, Callable[[Prospects], Columns]]] = {
    "Lead": ("00Q", people.lead_columns),
    "LeadHistory": ("017", people.lead_history_columns),
    "Contact": ("003", people.contact_columns),
    "Campaign": ("701", people.campaign_columns),
    "CampaignMember": ("00v", people.campaign_member_columns),
    "Account": ("001", sales.account_columns),
    "Opportunity": ("006", sales.opportunity_columns),
    "OpportunityHistory": ("008", sales.opportunity_history_columns),
    "OpportunityLineItem": ("00k", sales.line_item_columns),
    "Task": ("00T", sales.task_columns),
    "Event": ("00U", sales.event_columns),
    "User": ("005", sales.user_columns),
}


def objects_of(view: View) -> dict[str, SObject]:
    """Every object of the org, by name in lower case, for names are not case-sensitive."""
    prospects = Prospects(view)
    return {name.lower(): SObject(name, prefix, make, prospects) for name, (prefix, make) in _OBJECTS.items()}
