"""Parameters of calls: fields, filters, ranges of days; lists and objects come as JSON texts."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson

from sandbox.clock import day_number
from sandbox.vendors.meta_ads import errors
from sandbox.vendors.meta_ads.advertising import Advertising, Node
from sandbox.vendors.meta_ads.insights import LEVELS, Query

WINDOWS = {"1d_click", "7d_click", "28d_click", "1d_view", "1d_ev", "default"}
_RETAINED = 1_127  # days, about 37 months
_PRESETS = {
    "today": (0, 0),
    "yesterday": (1, 1),
    "last_7d": (7, 1),
    "last_28d": (28, 1),
    "last_30d": (30, 1),
    "last_90d": (90, 1),
}
_LEVEL_OF = {"campaigns": "campaign_id", "adsets": "adset_id", "ads": "ad_id"}


def listed(text: str | None) -> list[str]:
    """A list as JSON, or as words with commas between."""
    if not text:
        return []
    return orjson.loads(text) if text.startswith("[") else text.split(",")


def chosen(node: Node, fields: str | None) -> Node:
    """A node with the fields that were asked for, and its id."""
    return {name: node[name] for name in ("id", *listed(fields)) if name in node}


def kept(parameters: Mapping[str, str], singular: str) -> Callable[[Node], bool]:
    """Which nodes of a list are asked for; archived and deleted ones only by name."""
    statuses = set(listed(parameters.get("effective_status")))
    for each in orjson.loads(parameters.get("filtering", "[]")):
        field, operator, value = (each[key] for key in ("field", "operator", "value"))
        if field != f"{singular}.effective_status" or operator != "IN":
            raise errors.invalid(f"Filtering field '{field}' with operation '{operator.lower()}' is not supported")
        statuses |= set(value)
    if statuses:
        return lambda node: node["effective_status"] in statuses
    return lambda node: node["effective_status"] not in ("ARCHIVED", "DELETED")


def query(advertising: Advertising, node: Node, kind: str, parameters: Mapping[str, str]) -> Query:
    """What an insights call on a node asks for."""
    account = int(node["account_id"])
    level = parameters.get("level") or (kind.removesuffix("s") if kind in _LEVEL_OF else "account")
    if level not in LEVELS:
        raise errors.invalid(f"level must be one of the following values: {', '.join(LEVELS)}")
    if listed(parameters.get("breakdowns")):
        raise errors.invalid("Current combination of data breakdown columns is invalid", 1504041)
    windows = listed(parameters.get("action_attribution_windows"))
    if unknown := set(windows) - WINDOWS:
        raise errors.invalid(f"action_attribution_windows: {', '.join(sorted(unknown))} is no valid window")
    first, last = _days(parameters, advertising.today[account])
    if first < advertising.today[account] - _RETAINED:
        raise errors.invalid("The start date of the time range cannot be beyond 37 months from the current date", 3018)
    of = (_LEVEL_OF[kind], int(node["id"])) if kind in _LEVEL_OF else ("account_id", account)
    return Query(level, tuple(listed(parameters.get("fields"))), first, last, _step(parameters), tuple(windows), of)


def _days(parameters: Mapping[str, str], today: int) -> tuple[int, int]:
    """The first and the last day asked for; a range does not go beyond today."""
    if text := parameters.get("time_range"):
        try:
            between = orjson.loads(text)
            first, last = (day_number(date.fromisoformat(between[key])) for key in ("since", "until"))
        except (KeyError, TypeError, ValueError):
            raise errors.invalid("time_range must be an object with since and until as YYYY-MM-DD") from None
        if first > last:
            raise errors.invalid("time_range: since must be before until")
        return first, last
    preset = parameters.get("date_preset", "last_30d")
    if preset == "maximum":
        return today - _RETAINED, today
    if preset not in _PRESETS:
        raise errors.invalid(f"date_preset must be one of the following values: maximum, {', '.join(_PRESETS)}")
    since, until = _PRESETS[preset]
    return today - since, today - until


def _step(parameters: Mapping[str, str]) -> int:
    text = parameters.get("time_increment", "all_days")
    if text == "all_days":
        return 0
    if not text.isdigit() or not 1 <= int(text) <= 90:
        raise errors.invalid("time_increment must be from 1 to 90, or all_days")
    return int(text)


def number(parameters: Mapping[str, Any], name: str, default: int) -> int:
    """A whole number above 0."""
    text = str(parameters.get(name, default))
    if not text.isdigit() or int(text) < 1:
        raise errors.invalid(f"Param {name} must be a positive number")
    return int(text)
