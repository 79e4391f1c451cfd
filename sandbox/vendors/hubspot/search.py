"""HubSpot's search: filter groups, one sort, pages by offset that end at 10,000."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from sandbox.vendor import Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.filters import Filter, Mask, column, match
from sandbox.vendors.hubspot.portal import Portal
from sandbox.vendors.hubspot.records import Records

MAX_PAGE, MAX_OFFSET = 200, 10_000
MAX_GROUPS, MAX_FILTERS_IN_GROUP, MAX_FILTERS = 5, 6, 18
_SEARCHED_BY_QUERY = ("email", "firstname", "lastname", "phone", "company", "name", "domain", "dealname", "subject")


def search(portal: Portal, call: Call) -> dict[str, Any]:
    """POST /crm/v3/objects/{type}/search: live records only, without associations."""
    records, body = portal.records_of(call), call.json
    size, start = _window(body)
    mask = _matches(records, _filter_groups(body))
    if body.get("query"):
        mask &= _mentions(records, str(body["query"]).lower())
    found = records.live[_order(records, np.flatnonzero(mask), body.get("sorts") or [])]
    page = records.show(found[start : start + size].tolist(), body.get("properties") or [])
    more = {"paging": {"next": {"after": str(start + size)}}} if start + size < len(found) else {}
    return {"total": len(found), "results": page, **more}


def _window(body: Mapping[str, Any]) -> tuple[int, int]:
    size, after = str(body.get("limit") or 10), str(body.get("after") or 0)
    if not size.isdigit() or not 1 <= int(size) <= MAX_PAGE:
        raise errors.invalid(f"The limit must be a number from 1 to {MAX_PAGE}; it was {size}.")
    if not after.isdigit():
        raise errors.invalid(f"Invalid paging offset: {after}")
    if int(after) + int(size) > MAX_OFFSET:
        raise errors.invalid(f"Paging through more than {MAX_OFFSET} results of a search is not supported.")
    return int(size), int(after)


def _filter_groups(body: Mapping[str, Any]) -> list[list[Filter]]:
    groups = [group.get("filters", []) for group in body.get("filterGroups") or []]
    if body.get("filters"):  # the short form: one group
        groups.append(body["filters"])
    if len(groups) > MAX_GROUPS:
        raise errors.invalid(f"The maximum number of filterGroups is {MAX_GROUPS}.")
    if any(len(group) > MAX_FILTERS_IN_GROUP for group in groups) or sum(map(len, groups)) > MAX_FILTERS:
        raise errors.invalid(f"There are at most {MAX_FILTERS_IN_GROUP} filters in a group and {MAX_FILTERS} in all.")
    return groups


def _matches(records: Records, groups: Sequence[Sequence[Filter]]) -> Mask:
    everything = np.ones(len(records.live), dtype=bool)
    masks = [reduce(np.logical_and, [match(records, each) for each in group], everything) for group in groups]
    return reduce(np.logical_or, masks) if masks else everything


def _mentions(records: Records, query: str) -> Mask:
    searched = [name for name in _SEARCHED_BY_QUERY if name in records.type.properties]
    masks = [column(records, name).str.contains(query, regex=False).to_numpy(dtype=bool) for name in searched]
    return reduce(np.logical_or, masks, np.zeros(len(records.live), dtype=bool))


def _order(records: Records, found: np.ndarray, sorts: Sequence[Any]) -> np.ndarray:
    """Found live records in the order asked for, by id where that leaves it open."""
    if not sorts:
        return found
    if len(sorts) > 1:
        raise errors.invalid("Only one sort is supported.")
    sort = sorts[0] if isinstance(sorts[0], dict) else {"propertyName": sorts[0]}
    name, is_descending = str(sort.get("propertyName", "")), sort.get("direction") == "DESCENDING"
    if name.startswith("-"):
        name, is_descending = name[1:], True
    if name not in records.type.properties:
        raise errors.invalid(f"Property {name} does not exist.")
    ordered = column(records, name).iloc[found].reset_index(drop=True)
    return found[ordered.sort_values(ascending=not is_descending, kind="stable").index.to_numpy()]
