"""hubspot-api-client reads every object, association and form; what it has no method for, by its api_request."""

from collections.abc import Iterator

from hubspot import HubSpot
from hubspot.crm.associations.v4 import (
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicFetchAssociationsBatchRequest,
)
from hubspot.crm.objects import ApiException
from hubspot.crm.owners import ApiException as OwnersException

REFUSED = (ApiException, OwnersException)
LIMIT = 40

PLAIN = ("companies", "deals", "tickets")
ACTIVITIES = ("meetings", "calls", "emails")
ASSOCIATED = (
    ("deals", "contacts"),
    ("deals", "companies"),
    ("contacts", "companies"),
    ("meetings", "contacts"),
    ("calls", "contacts"),
    ("emails", "contacts"),
    ("tickets", "contacts"),
)


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    client = HubSpot(access_token=credentials["access_token"], host=url, base_url=url)
    owners = [
        owner for archived in (False, True) for owner in pages(client.crm.owners.owners_api.get_page, archived=archived)
    ]
    history = {"properties_with_history": ["lifecyclestage"]}
    live = {"contacts": list(pages(client.crm.contacts.basic_api.get_page, **history))}
    archived = {"contacts": list(pages(client.crm.contacts.basic_api.get_page, archived=True))}
    for name in (*PLAIN, *ACTIVITIES):
        if name in PLAIN:
            method, of_type = getattr(client.crm, name).basic_api.get_page, ()
        else:
            method, of_type = client.crm.objects.basic_api.get_page, (name,)
        live[name] = list(pages(method, *of_type))
        archived[name] = list(pages(method, *of_type, archived=True))
    everything = {name: live[name] + archived[name] for name in live}
    forms = [form for gone in (False, True) for form in pages(client.marketing.forms.forms_api.get_page, archived=gone)]
    emails = [
        email
        for gone in (False, True)
        for email in pages(client.marketing.emails.marketing_emails_api.get_page, archived=gone)
    ]
    return {
        **{name: ids(records) for name, records in everything.items()},
        "object_ids": [{"object_type": name, **each} for name, records in everything.items() for each in ids(records)],
        "contact_lifecycle_history": [
            {"contact_id": contact.id, "timestamp": entry.timestamp.isoformat(), "value": entry.value}
            for contact in live["contacts"]
            for entry in contact.properties_with_history["lifecyclestage"]
        ],
        "associations": [row for pair in ASSOCIATED for row in associations(client, *pair, live[pair[0]])],
        "owners": ids(owners),
        "pipelines": [
            {"object_type": name, "pipeline_id": pipeline.id, "stage_id": stage.id}
            for name in ("deals", "tickets")
            for pipeline in client.crm.pipelines.pipelines_api.get_all(name).results
            for stage in pipeline.stages
        ],
        "forms": ids(forms),
        "form_submissions": [row for form in forms for row in submissions(client, form.id)],
        "marketing_emails": ids(emails),
    }


def pages(method, *of, **query) -> Iterator:
    after = None
    while True:
        page = method(*of, limit=LIMIT, **({"after": after} if after else {}), **query)
        yield from page.results
        if not page.paging or not page.paging.next:
            return
        after = page.paging.next.after


def ids(records: list) -> list[dict]:
    return [{"id": record.id} for record in records]


def associations(client: HubSpot, from_type: str, to_type: str, records: list) -> Iterator[dict]:
    inputs = [PublicFetchAssociationsBatchRequest(id=record.id) for record in records]
    for start in range(0, len(inputs), LIMIT):
        batch = BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs[start : start + LIMIT])
        answer = client.crm.associations.v4.batch_api.get_page(from_type, to_type, batch)
        for result in answer.results:
            for to in result.to:
                for kind in to.association_types:
                    yield {
                        "from_type": from_type,
                        "from_id": result._from.id,
                        "to_type": to_type,
                        "to_id": to.to_object_id,
                        "type_id": kind.type_id,
                    }


def submissions(client: HubSpot, form_id: str) -> Iterator[dict]:
    """The legacy endpoint has no method."""
    query: dict = {"limit": 50}
    while True:
        path = f"/form-integrations/v1/submissions/forms/{form_id}"
        page = client.api_request({"path": path, "qs": query}).json()
        for each in page["results"]:
            answers = {field["name"]: field["value"] for field in each["values"]}
            yield {"form_id": form_id, "submitted_at": each["submittedAt"], "email": answers.get("email")}
        if "paging" not in page:
            return
        query["after"] = page["paging"]["next"]["after"]
