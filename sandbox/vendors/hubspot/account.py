"""HubSpot's settings: account, owners, pipelines, properties."""

from typing import Any

from sandbox.vendor import Call
from sandbox.vendors.hubspot.pages import Row, archived_only, flag, limit, page_by_offset, timed, times
from sandbox.vendors.hubspot.portal import Portal
from sandbox.vendors.hubspot.properties import Property

PORTAL_ID = 4711
MAX_OWNERS = 500


def details(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /account-info/v3/details."""
    return {
        "portalId": PORTAL_ID,
        "accountType": "STANDARD",
        "timeZone": "Europe/Berlin",
        "companyCurrency": "EUR",
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "eu1",
    }


def list_owners(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v3/owners: active owners, or with archived=true those who left."""
    listed = archived_only(call, portal.view.owners)
    if "email" in call.query:
        listed = listed[listed["email"] == call.query["email"]]
    return page_by_offset(call, listed, limit(call, MAX_OWNERS, 100), _owner)


def _owner(row: Row) -> Row:
    return {
        "id": str(row["id"]),
        "email": row["email"],
        "firstName": row["first_name"],
        "lastName": row["last_name"],
        "type": row["type"],
        "userId": row["user_id"] or None,  # archived owners have none
        "userIdIncludingInactive": row["user_id"] or row["id"],
        **times(row),
    }


def list_pipelines(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v3/pipelines/{type}: pipelines with their stages, no paging."""
    stages = portal.view.pipeline_stages
    grouped = stages[stages["object_type"] == call.path["type"]].groupby("pipeline_id", sort=False)
    return {"results": [_pipeline(str(pipeline_id), timed(rows)) for pipeline_id, rows in grouped]}


def _pipeline(pipeline_id: str, stages: list[Row]) -> Row:
    return {
        "id": pipeline_id,
        "label": stages[0]["pipeline_label"],
        "displayOrder": stages[0]["pipeline_order"],
        **times(stages[0]),
        "stages": [_stage(row) for row in stages],
    }


def _stage(row: Row) -> Row:
    closed = "true" if row["is_closed"] else "false"
    state = {"ticketState": row["ticket_state"]} if row["ticket_state"] else {"probability": row["probability"]}
    return {
        "id": row["stage_id"],
        "label": row["stage_label"],
        "displayOrder": row["display_order"],
        "metadata": {"isClosed": closed, **state},  # values are text
        "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        **times(row),
    }


def list_properties(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v3/properties/{type}: what can be asked of an object type, no paging; none of ours is archived."""
    properties = portal.records_of(call).type.properties
    is_archived = flag(call, "archived")
    return {"results": [] if is_archived else [_property(name, each) for name, each in properties.items()]}


def _property(name: str, property_: Property) -> Row:
    return {
        "name": name,
        "label": name.replace("_", " ").capitalize(),
        "type": property_.kind.type,
        "fieldType": property_.kind.field_type,
        "groupName": "information",
        "description": "",
        "options": [],
        "displayOrder": -1,
        "calculated": name.startswith("hs_calculated"),
        "externalOptions": False,
        "hasUniqueValue": name == "hs_object_id",
        "hidden": False,
        "formField": False,
        "archived": False,
    }
