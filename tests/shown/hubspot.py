"""HubSpot as it shows itself: every list read plainly, page by page."""

import re
from collections.abc import Iterator

OBJECTS = ("contacts", "companies", "deals", "meetings", "calls", "emails", "tickets")
ASSOCIATED = (
    ("deals", "contacts"),
    ("deals", "companies"),
    ("contacts", "companies"),
    ("meetings", "contacts"),
    ("calls", "contacts"),
    ("emails", "contacts"),
    ("tickets", "contacts"),
)

FIRST = "2026-06-05"  # before the only merge
CHANGES = {"restated": "contacts", "deleted": "contacts.archived", "merged": "contacts.hs_merged_object_ids"}
PAGES = {
    "ingestion.sources.hubspot.objects._LIST_LIMIT": 20,
    "ingestion.sources.hubspot.objects._HISTORY_LIMIT": 20,
    "ingestion.sources.hubspot.search._LIMIT": 20,
}
STILL_SHOWN = {
    # a merge does not touch what hangs on the merged records: staging follows the old ids to the new one
    "contacts": """
        id in (select id from raw.object_ids where object_type = 'contacts')
        and (
            associatedcompanyid is null
            or associatedcompanyid in (
                select id from raw.companies
                where hs_merged_object_ids is null and id in (select id from raw.object_ids)
            )
        )
    """,
    "companies": "id in (select id from raw.object_ids where object_type = 'companies')",
    "deals": "id in (select id from raw.object_ids where object_type = 'deals')",
    "associations": """
        (from_type, from_id) in (select (object_type, id) from raw.object_ids where not archived)
        and (to_type, to_id) in (select (object_type, id) from raw.object_ids where not archived)
        and to_id not in (
            select id from raw.contacts where hs_merged_object_ids is not null
            union all
            select id from raw.companies where hs_merged_object_ids is not null
        )
    """,
    # a purge takes the person's submissions along, of which no list of ids tells; nobody is left whom they could name
    "form_submissions": """
        lower(email) in (
            select lower(email) from raw.contacts
            where id in (select id from raw.object_ids where object_type = 'contacts')
        )
    """,
    "contact_lifecycle_history": """
        contact_id in (select id from raw.object_ids where object_type = 'contacts' and not archived)
    """,
}


def sign_in(api) -> None:
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    found = {"object_ids": [], "contact_lifecycle_history": []}
    live = {}
    for name in OBJECTS:
        properties = ",".join(each["name"] for each in api.get(f"/crm/v3/properties/{name}").json()["results"])
        history = {"propertiesWithHistory": "lifecyclestage"} if name == "contacts" else {}
        path = f"/crm/v3/objects/{name}"
        live[name] = list(_listed(api, path, properties=properties, limit=50, **history))
        archived = list(_listed(api, path, properties=properties, archived="true", limit=100))
        found[name] = [
            {**_snake(record), **record["properties"], "id": record["id"], "archived": record["archived"]}
            for record in live[name] + archived
        ]
        found["object_ids"] += [
            {"object_type": name, "id": each["id"], "archived": each["archived"]} for each in found[name]
        ]
    for contact in live["contacts"]:
        for entry in contact["propertiesWithHistory"]["lifecyclestage"]:
            found["contact_lifecycle_history"].append({"contact_id": contact["id"], **_snake(entry)})
    found["associations"] = [
        row for pair in ASSOCIATED for record in live[pair[0]] for row in _associations(api, *pair, record["id"])
    ]
    found["owners"] = [_snake(each) for each in _with_archived(api, "/crm/v3/owners")]
    found["pipelines"] = [_stage(name, *each) for name in ("deals", "tickets") for each in _stages(api, name)]
    found["marketing_emails"] = [
        {**_snake(each), **each["stats"]["counters"]}
        for each in _with_archived(api, "/marketing/v3/emails", includeStats="true")
    ]
    forms = list(_with_archived(api, "/marketing/v3/forms"))
    found["forms"] = [_snake(each) for each in forms]
    found["form_submissions"] = [_submission(form["id"], each) for form in forms for each in _submissions(api, form)]
    return found


def _listed(api, path: str, **query) -> Iterator[dict]:
    while True:
        body = api.get(path, **query).json()
        yield from body["results"]
        if "paging" not in body:
            return
        query["after"] = body["paging"]["next"]["after"]


def _with_archived(api, path: str, **query) -> Iterator[dict]:
    for archived in ("false", "true"):
        yield from _listed(api, path, archived=archived, **query)


def _associations(api, from_type: str, to_type: str, record_id: str) -> Iterator[dict]:
    path = f"/crm/v4/objects/{from_type}/{record_id}/associations/{to_type}"
    for to in _listed(api, path):
        for kind in to["associationTypes"]:
            yield {
                "from_type": from_type,
                "from_id": record_id,
                "to_type": to_type,
                "to_id": to["toObjectId"],
                "type_id": kind["typeId"],
                "category": kind["category"],
            }


def _stages(api, name: str) -> Iterator[tuple[dict, dict]]:
    for pipeline in api.get(f"/crm/v3/pipelines/{name}").json()["results"]:
        for stage in pipeline["stages"]:
            yield pipeline, stage


def _stage(name: str, pipeline: dict, stage: dict) -> dict:
    is_closed = {"OPEN": False, "CLOSED": True}.get(stage["metadata"].get("ticketState"), stage["metadata"]["isClosed"])
    return {
        "object_type": name,
        "pipeline_id": pipeline["id"],
        "pipeline_label": pipeline["label"],
        "stage_id": stage["id"],
        "stage_label": stage["label"],
        "display_order": stage["displayOrder"],
        "is_closed": is_closed,
        "probability": stage["metadata"].get("probability"),
        "archived": stage["archived"],
    }


def _submissions(api, form: dict) -> Iterator[dict]:
    return _listed(api, f"/form-integrations/v1/submissions/forms/{form['id']}", limit=50)


def _submission(form_id: str, submission: dict) -> dict:
    answers = {each["name"]: each["value"] for each in submission["values"]}
    asked = {name: answers.get(name) for name in ("email", "ga_client_id")}
    return {**_snake(submission), "form_id": form_id, **asked}


def _snake(record: dict) -> dict:
    return {re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower(): value for name, value in record.items()}
