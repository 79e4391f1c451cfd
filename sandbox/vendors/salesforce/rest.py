"""Salesforce's REST resources for reading: queries with their pages, what objects and fields there are, limits."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox.vendor import Call
from sandbox.vendors.salesforce import errors
from sandbox.vendors.salesforce.ids import record_id
from sandbox.vendors.salesforce.objects import TYPE_OF, SObject
from sandbox.vendors.salesforce.selection import Selection

PAGE, SMALLEST_PAGE = 2000, 200
_LONGEST_URL = 16_384
_CURSORS = 50  # so many queries can be read on with


@dataclass
class Org:
    """An org's objects, and the queries that are being read page by page."""

    objects: dict[str, SObject]
    cursors: dict[str, Selection] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def keep(self, selection: Selection) -> str:
        """The id under which a query can be read on."""
        cursor = record_id("01g", next(self.numbers))
        self.cursors[cursor] = selection
        if len(self.cursors) > _CURSORS:
            del self.cursors[next(iter(self.cursors))]
        return cursor


def query(org: Org, call: Call) -> dict[str, Any]:
    """GET /query and GET /queryAll, which shows what is in the recycle bin too."""
    if len(call.url) > _LONGEST_URL:
        raise errors.refusal(414, "URI_TOO_LONG", "URI too long")
    with_deleted = call.location.rstrip("/").lower().endswith("queryall")
    selection = Selection(org.objects, call.query.get("q", ""), with_deleted)
    if not selection.fields:
        return {"totalSize": len(selection.positions), "done": True, "records": []}
    return _page(org, call, selection, 0, "")


def next_page(org: Org, call: Call) -> dict[str, Any]:
    """GET nextRecordsUrl."""
    cursor, _, start = call.path["locator"].rpartition("-")
    if cursor not in org.cursors or not start.isdigit():
        raise errors.refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    return _page(org, call, org.cursors[cursor], int(start), cursor)


def _page(org: Org, call: Call, selection: Selection, start: int, cursor: str) -> dict[str, Any]:
    end = start + _page_size(call)
    total = len(selection.positions)
    body = {"totalSize": total, "done": end >= total, "records": _records(selection, start, end)}
    if end < total:
        version, name = call.path["version"], call.location.rstrip("/").split("/")[4]
        body["nextRecordsUrl"] = f"/services/data/{version}/{name}/{cursor or org.keep(selection)}-{end}"
    return body


def _page_size(call: Call) -> int:
    """2,000, or what a header wishes for."""
    name, _, size = call.headers.get("sforce-query-options", "").partition("=")
    return max(SMALLEST_PAGE, min(int(size), PAGE)) if name.strip() == "batchSize" and size.isdigit() else PAGE


def _records(selection: Selection, start: int, end: int) -> list[dict[str, Any]]:
    positions = selection.positions[start:end]
    name, ids = selection.object.name, selection.object.columns["Id"]
    rows = zip(positions, selection.rows(positions), strict=True)
    times = [TYPE_OF.get(each) == "datetime" for each in selection.fields]
    return [
        {
            "attributes": {"type": name, "url": f"/services/data/v62.0/sobjects/{name}/{ids[position]}"},
            **{
                each: f"{value[:-1]}+0000" if is_time and value else value
                for each, value, is_time in zip(selection.fields, row, times, strict=True)
            },
        }
        for position, row in rows
    ]


def list_objects(org: Org, call: Call) -> dict[str, Any]:
    """GET /sobjects."""
    objects = [each.summary() for each in org.objects.values()]
    return {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects}


def describe(org: Org, call: Call) -> dict[str, Any]:
    """GET /sobjects/{name}/describe."""
    found = org.objects.get(call.path["name"].lower())
    if not found:
        raise errors.not_found()
    return found.describe()


def limits(org: Org, call: Call) -> dict[str, Any]:
    """GET /limits."""
    return {
        "DailyApiRequests": {"Max": 100_000, "Remaining": 99_731},
        "DailyBulkV2QueryJobs": {"Max": 10_000, "Remaining": 9_990},
    }
