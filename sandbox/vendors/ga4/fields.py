"""The dimensions and metrics of the property, and how each is made from the daily numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sandbox.clock import iso_days


@dataclass(frozen=True)
class Dimension:
    """A dimension: its text for every daily row."""

    ui_name: str
    category: str
    texts: Callable[[pd.DataFrame], list[str]]


@dataclass(frozen=True)
class Metric:
    """A metric: the sum of a column."""

    ui_name: str
    type: str
    column: str

    def show(self, sums: pd.Series) -> list[str]:
        """Sums as they are sent."""
        return [f"{value:.10g}" for value in sums.tolist()]


def _date_part(start: int, end: int) -> Callable[[pd.DataFrame], list[str]]:
    """A part of the date as YYYYMMDD."""
    return lambda daily: [day.replace("-", "")[start:end] for day in iso_days(daily["day"].to_numpy()).tolist()]


DIMENSIONS = {
    "date": Dimension("Date", "Time", _date_part(0, 8)),
    "year": Dimension("Year", "Time", _date_part(0, 4)),
    "month": Dimension("Month", "Time", _date_part(4, 6)),
    "day": Dimension("Day", "Time", _date_part(6, 8)),
    "yearMonth": Dimension("Year month", "Time", _date_part(0, 6)),
    "sessionDefaultChannelGroup": Dimension(
        "Session default channel group", "Traffic source", lambda daily: daily["channel"].tolist()
    ),
}
METRICS = {
    "sessions": Metric("Sessions", "TYPE_INTEGER", "sessions"),
    "keyEvents": Metric("Key events", "TYPE_FLOAT", "key_events"),
    "conversions": Metric("Conversions", "TYPE_FLOAT", "key_events"),  # what key events were called until 2024
    "totalRevenue": Metric("Total revenue", "TYPE_CURRENCY", "total_revenue"),
    "purchaseRevenue": Metric("Purchase revenue", "TYPE_CURRENCY", "total_revenue"),
}


def metadata(property_name: str) -> dict[str, Any]:
    """What can be asked of the property."""
    return {
        "name": f"{property_name}/metadata",
        "dimensions": [
            {"apiName": name, "uiName": each.ui_name, "description": each.ui_name, "category": each.category}
            for name, each in DIMENSIONS.items()
        ],
        "metrics": [
            {"apiName": name, "uiName": each.ui_name, "description": each.ui_name, "type": each.type}
            for name, each in METRICS.items()
        ],
    }
