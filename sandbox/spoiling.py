"""What faults make of the body of an answer: records that come again, come later, or are not what they were.

What changes a record depends on the record alone, so that it is the same however one pages and asks.
"""

import re
from typing import Any
from zlib import crc32

import orjson

from sandbox.vendor import Vendor

ADDED = "sandbox_added"  # the field that appears
UNREADABLE = "unreadable"  # what stands where a number or a time should

_ONE_IN = 5  # records that are bad
_IS_ID = re.compile(r"ids?$", re.IGNORECASE)  # by which records are found and paged: these stay
_IS_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_IS_DAY_OR_TIME = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")

Record = dict[str, Any]


def repeat(vendor: Vendor, body: Any) -> bool:
    """The last record of the page stands before the first too; False where there is none, or it may not be."""
    records = vendor.records(body)
    if not records or not vendor.may_repeat:
        return False
    records.insert(0, records[-1])
    return True


def hold_back(vendor: Vendor, body: Any, mark: str) -> bool:
    """The page is empty, and the next one its own; False where pages are not named, or this is the last."""
    *way, last = vendor.next_page.split(".")
    place = body
    for name in way:
        place = (place.get(name) if isinstance(place, dict) else None) or {}
    if not isinstance(place, dict) or not place.get(last) or not vendor.records(body):
        return False
    place[last] = f"{place[last]}{mark}"
    vendor.records(body).clear()
    return True


def add_field(vendor: Vendor, body: Any) -> bool:
    """Every record has a field that was not there before."""
    found = [vendor.fields(record) for record in vendor.records(body)]
    for values in found:
        values[ADDED] = "new"
    return bool(found)


def change_types(vendor: Vendor, body: Any) -> bool:
    """Numbers become text, and text that is a number becomes one."""
    found = [
        (values, name) for values in map(vendor.fields, vendor.records(body)) for name in _of_type(values, _is_number)
    ]
    for values, name in found:
        value = values[name]
        values[name] = orjson.loads(value) if isinstance(value, str) else orjson.dumps(value).decode()
    return bool(found)


def break_records(vendor: Vendor, body: Any) -> bool:
    """One record in five has neither numbers nor times that can be read."""
    bad = [vendor.fields(record) for record in vendor.records(body) if _is_bad(record)]
    found = [(values, name) for values in bad for name in _of_type(values, _is_number_or_time)]
    for values, name in found:
        values[name] = UNREADABLE
    return bool(found)


def shorten_tokens(vendor: Vendor, body: Any) -> bool:
    """A token is said to end at once, though it does not."""
    if not isinstance(body, dict) or "expires_in" not in body:
        return False
    body["expires_in"] = 1
    return True


def _is_bad(record: Record) -> bool:
    return crc32(orjson.dumps(record.get("id", record.get("Id", record)), option=orjson.OPT_SORT_KEYS)) % _ONE_IN == 0


def _of_type(values: Record, is_it: Any) -> list[str]:
    return [name for name, value in values.items() if not _IS_ID.search(name) and is_it(value)]


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_IS_NUMBER.fullmatch(value)) and not re.match(r"-?0\d", value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_number_or_time(value: Any) -> bool:
    return _is_number(value) or (isinstance(value, str) and bool(_IS_DAY_OR_TIME.fullmatch(value)))
