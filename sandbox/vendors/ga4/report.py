"""runReport: a request over the property's daily numbers -> the response, all of its values text."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from sandbox import clock
from sandbox.vendors.ga4 import errors
from sandbox.vendors.ga4.fields import DIMENSIONS, METRICS
from sandbox.vendors.ga4.filters import keeps
from sandbox.view import View

Request = Mapping[str, Any]
CURRENCY, TIME_ZONE = "EUR", clock.HOME_ZONE
DEFAULT_LIMIT, MAX_LIMIT = 10_000, 250_000
MAX_DIMENSIONS, MAX_METRICS, MAX_RANGES = 9, 10, 4
_QUOTA = {
    "tokensPerDay": 200_000,
    "tokensPerHour": 40_000,
    "concurrentRequests": 10,
    "serverErrorsPerProjectPerHour": 10,
    "potentiallyThresholdedRequestsPerHour": 120,
    "tokensPerProjectPerHour": 14_000,
}


def run(view: View, request: Request) -> dict[str, Any]:
    """The report that was asked for."""
    dimensions = _names(request, "dimensions", DIMENSIONS, MAX_DIMENSIONS)
    metrics = _names(request, "metrics", METRICS, MAX_METRICS)
    if not metrics:
        raise errors.invalid("A report needs at least one metric.")
    if request.get("currencyCode", CURRENCY) != CURRENCY:
        raise errors.invalid(f"The sandbox reports in {CURRENCY} only.")
    days = _chosen_days(view, request.get("dateRanges") or [])
    if len(request.get("dateRanges") or []) > 1:
        dimensions = [*dimensions, "dateRange"]
    rows = _rows(days, dimensions, metrics, request)
    start, size = _whole(request, "offset", 0), min(_whole(request, "limit", DEFAULT_LIMIT), MAX_LIMIT)
    return {
        "dimensionHeaders": [{"name": name} for name in dimensions],
        "metricHeaders": [{"name": name, "type": METRICS[name].type} for name in metrics],
        **_shown(rows.iloc[start : start + size], dimensions, metrics),
        **({"rowCount": len(rows)} if len(rows) else {}),
        "metadata": _metadata(days),
        **({"propertyQuota": _quota()} if request.get("returnPropertyQuota") else {}),
        "kind": "analyticsData#runReport",
    }


def _names(request: Request, key: str, known: Mapping[str, Any], most: int) -> list[str]:
    names = [each.get("name", "") for each in request.get(key) or []]
    if len(names) > most:
        raise errors.invalid(f"Requests are limited to {most} {key}.")
    for name in names:
        if name not in known:
            raise errors.invalid(
                f"Field {name} is not a valid {key[:-1]}. For a list of valid dimensions and metrics, see metadata."
            )
    return names


def _whole(request: Request, key: str, default: int) -> int:
    """An int64, which proto-JSON writes as text."""
    text = str(request.get(key) or default)
    if not text.isdigit():
        raise errors.invalid(f"Invalid value at '{key}' (TYPE_INT64), \"{text}\"")
    return int(text)


def _chosen_days(view: View, ranges: Sequence[Request]) -> pd.DataFrame:
    """The daily numbers within each range, the range's name beside them."""
    if not 1 <= len(ranges) <= MAX_RANGES:
        raise errors.invalid(f"A report needs 1 to {MAX_RANGES} date ranges.")
    today = clock.local_day(view.as_of, TIME_ZONE)
    frames = []
    for number, each in enumerate(ranges):
        first, last = (_day(str(each.get(key, "")), today) for key in ("startDate", "endDate"))
        if first > last:
            raise errors.invalid("The start date of a date range must not be after its end date.")
        frame = view.ga4_daily[view.ga4_daily["day"].between(first, last)]
        frames.append(frame.assign(dateRange=each.get("name") or f"date_range_{number}"))
    return pd.concat(frames)


def _day(text: str, today: int) -> int:
    if text in ("today", "yesterday"):
        return today - (text == "yesterday")
    if match := re.fullmatch(r"(\d+)daysAgo", text):
        return today - int(match[1])
    try:
        return clock.day_number(date.fromisoformat(text))
    except ValueError:
        raise errors.invalid(f"Invalid date: {text}. Expected YYYY-MM-DD, NdaysAgo, yesterday, or today.") from None


def _rows(days: pd.DataFrame, dimensions: Sequence[str], metrics: Sequence[str], request: Request) -> pd.DataFrame:
    """The report's rows in order: sums of each metric's column per value of the dimensions, filtered."""
    texts = {name: DIMENSIONS[name].texts(days) for name in dimensions if name in DIMENSIONS}
    numbers = {name: days[METRICS[name].column].to_numpy() for name in metrics}
    rows = pd.DataFrame({**texts, "dateRange": days["dateRange"].to_numpy(), **numbers})
    if request.get("dimensionFilter"):
        rows = rows[keeps(request["dimensionFilter"], rows)]
    keys = list(dimensions)
    rows = rows.groupby(keys, as_index=False, sort=False)[list(numbers)].sum() if keys else _total(rows[list(numbers)])
    if request.get("metricFilter"):
        rows = rows[keeps(request["metricFilter"], rows)]
    if not request.get("keepEmptyRows"):
        rows = rows[(rows[list(numbers)] != 0).any(axis=1)]
    for order in reversed(request.get("orderBys") or [{"metric": {"metricName": metrics[0]}, "desc": True}]):
        rows = rows.sort_values(_sort_key(order, rows), ascending=not order.get("desc"), kind="stable")
    return rows


def _total(numbers: pd.DataFrame) -> pd.DataFrame:
    return numbers.sum().to_frame().T


def _sort_key(order: Request, rows: pd.DataFrame) -> str:
    name = (order.get("metric") or {}).get("metricName") or (order.get("dimension") or {}).get("dimensionName") or ""
    if name not in rows:
        raise errors.invalid(f"Cannot order by {name}: it is no dimension or metric of the report.")
    return name


def _shown(rows: pd.DataFrame, dimensions: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    """The rows of a page; without any there is no such key."""
    dimension_values = [[{"value": text} for text in rows[name]] for name in dimensions]
    metric_values = [[{"value": text} for text in METRICS[name].show(rows[name])] for name in metrics]
    by_row = zip(
        zip(*dimension_values, strict=True) if dimensions else [()] * len(rows),
        zip(*metric_values, strict=True),
        strict=True,
    )
    shown = [{"dimensionValues": list(texts), "metricValues": list(numbers)} for texts, numbers in by_row]
    return {"rows": shown} if shown else {}


def _metadata(days: pd.DataFrame) -> dict[str, Any]:
    is_thresholded = bool(days["is_thresholded"].any())
    flag = {"subjectToThresholding": True} if is_thresholded else {}
    return {"currencyCode": CURRENCY, "timeZone": TIME_ZONE, **flag}


def _quota() -> dict[str, Any]:
    return {name: {"consumed": 1, "remaining": ceiling - 1} for name, ceiling in _QUOTA.items()}
