"""HubSpot's object endpoints: list, one, batch read."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sandbox.vendor import Answer, Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.groups import Link
from sandbox.vendors.hubspot.pages import cursor, flag, inputs, limit, names, paging
from sandbox.vendors.hubspot.portal import Portal
from sandbox.vendors.hubspot.records import Records

MAX_PAGE, MAX_PAGE_WITH_HISTORY = 100, 50
_UNLABELED = (279, 280, 341, 342)  # where a primary one carries the plain name
_SINGULAR = {"companies": "company"}


def list_page(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v3/objects/{type}: live records, or with archived=true the archived ones, by id."""
    records, with_history = portal.records_of(call), names(call, "propertiesWithHistory")
    size = limit(call, MAX_PAGE_WITH_HISTORY if with_history else MAX_PAGE)
    listed = records.archived if flag(call, "archived") else records.live
    start = int(np.searchsorted(records.ids[listed], cursor(call)))
    page = show(portal, records, listed[start : start + size].tolist(), names(call, "properties"), with_history)
    _add_associations(portal, records.name, names(call, "associations"), page)
    rest = listed[start + size : start + size + 1]
    return {"results": page, **(paging(call, int(records.ids[rest[0]])) if rest.size else {})}


def get_one(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /crm/v3/objects/{type}/{id}: one record; a merged-away id answers the record it went into."""
    records = portal.records_of(call)
    position = records.find(call.path["id"], call.query.get("idProperty", ""))
    if position is None:
        raise errors.not_found()
    found = show(portal, records, [position], names(call, "properties"), names(call, "propertiesWithHistory"))
    _add_associations(portal, records.name, names(call, "associations"), found)
    return found[0]


def read_batch(portal: Portal, call: Call) -> Answer:
    """POST /crm/v3/objects/{type}/batch/read: 207 with errors when some ids lead nowhere."""
    records, body = portal.records_of(call), call.json
    with_history = body.get("propertiesWithHistory") or []
    sent = inputs(call, MAX_PAGE_WITH_HISTORY if with_history else MAX_PAGE)
    wanted = [str(each["id"]) for each in sent]
    positions = {each: records.find(each, body.get("idProperty") or "") for each in wanted}
    found = list(dict.fromkeys(position for position in positions.values() if position is not None))
    missing = [each for each, position in positions.items() if position is None]
    results = show(portal, records, found, body.get("properties") or [], with_history)
    return batch_answer(results, [_missing(missing)] if missing else [])


def batch_answer(results: list[dict[str, Any]], errors_: list[dict[str, Any]]) -> Answer:
    """The frame around a batch."""
    at = "2026-07-01T00:00:00.000Z"  # what the clock of a simulated company says does not matter
    body = {"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at}
    return Answer({**body, "numErrors": len(errors_), "errors": errors_}, 207) if errors_ else Answer(body)


def _missing(ids: list[str]) -> dict[str, Any]:
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": "Could not get some objects, they may be deleted or not exist. Check that ids are valid.",
        "context": {"ids": ids},
    }


def show(
    portal: Portal, records: Records, positions: Sequence[int], properties: Sequence[str], with_history: Sequence[str]
) -> list[dict[str, Any]]:
    """Records with their properties, and the history of those for which it was asked."""
    page = records.show(positions, properties)
    known = [name for name in with_history if name in records.type.properties]
    if known:
        ids = records.ids[list(positions)].tolist()
        kept = {name: portal.history(records.name, name) for name in known}
        grouped = {name: groups.of(ids) if groups else [[]] * len(ids) for name, groups in kept.items()}
        for index, record in enumerate(page):
            record["propertiesWithHistory"] = {name: entries[index] for name, entries in grouped.items()}
    return page


def _add_associations(portal: Portal, from_type: str, to_types: list[str], page: list[dict[str, Any]]) -> None:
    ids = [int(record["id"]) for record in page]
    for to_type in to_types:
        name = f"{_singular(from_type)}_to_{_singular(to_type)}"
        for record, found in zip(page, portal.links(from_type, to_type).of(ids), strict=True):
            if found:
                record.setdefault("associations", {})[to_type] = {"results": [_inline(link, name) for link in found]}


def _inline(link: Link, name: str) -> dict[str, str]:
    to_id, category, type_id, label = link
    if category == "USER_DEFINED":
        name = label.lower()
    elif type_id in _UNLABELED:
        name = f"{name}_unlabeled"
    return {"id": str(to_id), "type": name}


def _singular(object_type: str) -> str:
    return _SINGULAR.get(object_type, object_type.removesuffix("s"))
