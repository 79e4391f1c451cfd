"""searchAnalytics.query: a request over the searches -> rows of clicks, impressions and positions."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from sandbox import wire
from sandbox.clock import day_number
from sandbox.search_results import first_incomplete_day
from sandbox.vendors.google_search_console import errors
from sandbox.view import View

Request = Mapping[str, Any]
DIMENSIONS = ("date", "page", "query", "country", "device")
DEFAULT_ROWS, MAX_ROWS = 1_000, 25_000
HISTORY = 486  # days: sixteen months
_TYPES = ("web", "image", "video", "news", "discover", "googleNews")
_MATCHES: dict[str, Callable[[pd.Series, str], pd.Series]] = {
    "equals": operator.eq,
    "notEquals": operator.ne,
    "contains": lambda values, text: values.str.contains(text, case=False, regex=False),
    "notContains": lambda values, text: ~values.str.contains(text, case=False, regex=False),
    "includingRegex": lambda values, pattern: values.map(lambda value: bool(re.search(pattern, value))),
    "excludingRegex": lambda values, pattern: ~values.map(lambda value: bool(re.search(pattern, value))),
}


def run(view: View, request: Request) -> dict[str, Any]:
    """The answer to a query; without rows it has no such key."""
    dimensions = _dimensions(request)
    start, size = _whole(request, "startRow", 0, 0, 2**31), _whole(request, "rowLimit", DEFAULT_ROWS, 1, MAX_ROWS)
    by_page, named = _by_page(request, dimensions), {*dimensions, *_filtered(request)}
    searches = _chosen(view, request)
    if "query" in named:
        searches = searches[~searches["is_anonymised"]]
    if not by_page:
        searches = searches[~searches["is_second"]]  # a search counts once for the site, with its first result
    searches = _filter(searches, request)
    rows = _summed(searches, dimensions)
    incomplete = (date(1970, 1, 1) + timedelta(days=first_incomplete_day(view.as_of))).isoformat()
    shown = _shown(rows.iloc[start : start + size], dimensions)
    return {
        **({"rows": shown} if shown else {}),
        "responseAggregationType": "byPage" if by_page else "byProperty",
        **({"metadata": {"first_incomplete_date": incomplete}} if _is_fresh(request) else {}),
    }


def _dimensions(request: Request) -> list[str]:
    dimensions = list(request.get("dimensions") or [])
    for name in dimensions:
        if name not in DIMENSIONS:
            raise errors.invalid(f"Invalid value at 'dimensions' (TYPE_ENUM), \"{name}\"")
    if len(set(dimensions)) < len(dimensions):
        raise errors.invalid("Duplicate dimensions are not allowed.")
    return dimensions


def _whole(request: Request, key: str, default: int, least: int, most: int) -> int:
    value = request.get(key, default)
    if not isinstance(value, int) or not least <= value <= most:
        raise errors.invalid(f"Invalid value at '{key}': it has to be between {least} and {most}.")
    return value


def _by_page(request: Request, dimensions: list[str]) -> bool:
    """Whether pages are counted, not searches; asked by page, there is nothing else to count."""
    wanted = request.get("aggregationType", "auto")
    asks_by_page = "page" in {*dimensions, *_filtered(request)}
    if wanted == "byProperty" and asks_by_page:
        raise errors.invalid("'BY_PROPERTY' is not a valid aggregation type in the context of the request.")
    return asks_by_page or wanted == "byPage"


def _is_fresh(request: Request) -> bool:
    state = request.get("dataState", "final")
    if state not in ("final", "all"):
        raise errors.invalid(f"Invalid value at 'dataState' (TYPE_ENUM), \"{state}\"")
    return state == "all"


def _chosen(view: View, request: Request) -> pd.DataFrame:
    """The searches of the days, type and state that are asked for."""
    first, last = (_day(request, key) for key in ("startDate", "endDate"))
    if first > last:
        raise errors.invalid("The start date must not be after the end date.")
    incomplete = first_incomplete_day(view.as_of)
    last = last if _is_fresh(request) else min(last, incomplete - 1)
    kind = request.get("type") or request.get("searchType") or "web"
    if kind not in _TYPES:
        raise errors.invalid(f"Invalid value at 'type' (TYPE_ENUM), \"{kind}\"")
    if kind != "web":
        last = first - 1
    start, end = view.searches["day"].searchsorted([max(first, incomplete - HISTORY), last + 1]).tolist()
    return view.searches.iloc[start : max(start, end)]


def _day(request: Request, key: str) -> int:
    try:
        return day_number(date.fromisoformat(str(request.get(key, ""))))
    except ValueError:
        raise errors.invalid(f"Invalid value at '{key}': a date of the form YYYY-MM-DD is required.") from None


def _filters(request: Request) -> list[Request]:
    return [each for group in request.get("dimensionFilterGroups") or [] for each in group.get("filters") or []]


def _filtered(request: Request) -> set[str]:
    return {each.get("dimension", "") for each in _filters(request)}


def _filter(searches: pd.DataFrame, request: Request) -> pd.DataFrame:
    for each in _filters(request):
        name, match = str(each.get("dimension")), each.get("operator", "equals")
        if name not in DIMENSIONS[1:] or match not in _MATCHES:
            raise errors.invalid(f"Invalid filter: {name} {match}.")
        searches = searches[_MATCHES[match](searches[name], str(each.get("expression", "")))]
    return searches


def _summed(searches: pd.DataFrame, dimensions: list[str]) -> pd.DataFrame:
    """A row per value of the dimensions, by clicks, most first."""
    keys = ["day" if name == "date" else name for name in dimensions]
    sums = ["clicks", "impressions", "ranks"]
    if not keys:
        return searches[sums].sum().to_frame().T if len(searches) else searches[sums]
    rows = searches.groupby(keys, as_index=False)[sums].sum()
    return rows.sort_values(["clicks", *keys], ascending=[False] + [True] * len(keys))


def _shown(rows: pd.DataFrame, dimensions: list[str]) -> list[dict[str, Any]]:
    columns = [wire.days(rows["day"]) if name == "date" else rows[name].tolist() for name in dimensions]
    keys = [list(each) for each in zip(*columns, strict=True)] if dimensions else [[] for _ in range(len(rows))]
    numbers = zip(rows["clicks"].tolist(), rows["impressions"].tolist(), rows["ranks"].tolist(), strict=True)
    return [
        {
            **({"keys": key} if key else {}),
            "clicks": clicks,
            "impressions": impressions,
            "ctr": clicks / impressions,
            "position": ranks / impressions,
        }
        for key, (clicks, impressions, ranks) in zip(keys, numbers, strict=True)
    ]
