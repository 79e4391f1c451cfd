"""HubSpot's associations v4: of one record, and of a batch."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from sandbox.vendor import Answer, Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.groups import Link
from sandbox.vendors.hubspot.objects import batch_answer
from sandbox.vendors.hubspot.pages import inputs, limit, paging
from sandbox.vendors.hubspot.portal import Portal

MAX_INPUTS = 1000
MAX_LINKS = 500  # of one record in one answer


def of_one(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v4/objects/{type}/{id}/associations/{to_type}."""
    records = portal.records_of(call)
    position = records.find(call.path["id"])
    if position is None:
        raise errors.not_found()
    links = portal.links(records.name, portal.records_of(call, "to_type").name).of([int(records.ids[position])])[0]
    page, after = _page(links, call.query.get("after"), limit(call, MAX_LINKS, MAX_LINKS))
    return {"results": page, **(paging(call, after) if after else {})}


def of_batch(portal: Portal, call: Call) -> Answer:
    """POST /crm/v4/associations/{type}/{to_type}/batch/read: records without any are named in errors, with a 207."""
    from_type, to_type = portal.records_of(call).name, portal.records_of(call, "to_type").name
    sent = inputs(call, MAX_INPUTS)
    if not all(str(each["id"]).isdigit() for each in sent):
        raise errors.invalid("Invalid input: an object id must be a number.")
    ids = [int(each["id"]) for each in sent]
    results, missing = [], []
    for each, record_id, links in zip(sent, ids, portal.links(from_type, to_type).of(ids), strict=True):
        page, after = _page(links, each.get("after"), MAX_LINKS)
        if page:
            more = {"paging": {"next": {"after": after}}} if after else {}
            results.append({"from": {"id": str(record_id)}, "to": page, **more})
        else:
            missing.append(_missing(from_type, to_type, record_id))
    return batch_answer(results, missing)


def _page(links: list[Link], after: str | None, size: int) -> tuple[list[dict[str, Any]], str]:
    start = int(after) if after else 0
    targets = [_target(to_id, list(same)) for to_id, same in groupby(links, key=itemgetter(0))]
    return targets[start : start + size], str(start + size) if start + size < len(targets) else ""


def _target(to_id: int, links: list[Link]) -> dict[str, Any]:
    return {
        "toObjectId": to_id,  # an integer, whatever the SDK's model says
        "associationTypes": [
            {"category": category, "typeId": type_id, "label": label or None} for _, category, type_id, label in links
        ],
    }


def _missing(from_type: str, to_type: str, record_id: int) -> dict[str, Any]:
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
        "message": f"No {to_type} is associated with {from_type} {record_id}.",
        "context": {"fromObjectId": [str(record_id)], "fromObjectType": [from_type], "toObjectType": [to_type]},
    }
