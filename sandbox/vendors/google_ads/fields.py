"""The fields that can be queried: what kind of value each holds, and which resource shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from sandbox import wire
from sandbox.clock import day_number


@dataclass(frozen=True)
class Kind:
    """How a column is sent in JSON, and how a value of a query is read to compare with it."""

    show: Callable[[pd.Series], list[Any]]
    read: Callable[[str], Any]


INT64 = Kind(wire.numbers, int)  # JSON has no 64-bit integers, so they are text
INT32 = Kind(pd.Series.tolist, int)
DOUBLE = Kind(pd.Series.tolist, float)
TEXT = Kind(pd.Series.tolist, str)
BOOL = Kind(pd.Series.tolist, lambda text: text.lower() == "true")
DAY = Kind(wire.days, lambda text: day_number(date.fromisoformat(text)))
MAYBE = Kind(wire.texts, str)  # left out where there is nothing

_CUSTOMER = {
    "customer.id": INT64,
    "customer.descriptive_name": TEXT,
    "customer.currency_code": TEXT,
    "customer.time_zone": TEXT,
    "customer.manager": BOOL,
    "customer.test_account": BOOL,
    "customer.status": TEXT,
}
_CUSTOMER_CLIENT = {
    "customer_client.client_customer": TEXT,
    "customer_client.id": INT64,
    "customer_client.descriptive_name": TEXT,
    "customer_client.currency_code": TEXT,
    "customer_client.time_zone": TEXT,
    "customer_client.manager": BOOL,
    "customer_client.hidden": BOOL,
    "customer_client.test_account": BOOL,
    "customer_client.level": INT64,
    "customer_client.status": TEXT,
}
_CAMPAIGN = {
    "campaign.id": INT64,
    "campaign.name": TEXT,
    "campaign.status": TEXT,
    "campaign.advertising_channel_type": TEXT,
    "campaign.start_date_time": MAYBE,
    "campaign.end_date_time": MAYBE,
}
_AD_GROUP = {"ad_group.id": INT64, "ad_group.name": TEXT, "ad_group.status": TEXT}

SEGMENTS = {
    "segments.date": DAY,
    "segments.week": DAY,
    "segments.month": DAY,
    "segments.hour": INT32,
    "segments.device": TEXT,
}
METRICS = {
    "metrics.impressions": INT64,
    "metrics.clicks": INT64,
    "metrics.cost_micros": INT64,
    "metrics.conversions": DOUBLE,
    "metrics.conversions_value": DOUBLE,
    "metrics.all_conversions": DOUBLE,
    "metrics.ctr": DOUBLE,
    "metrics.average_cpc": DOUBLE,
}
SUMMED = tuple(METRICS)[:6]  # the others are ratios of these

# Attributes of the resource in FROM, and of those it belongs to.
RESOURCES: dict[str, dict[str, Kind]] = {
    "customer": _CUSTOMER,
    "customer_client": {**_CUSTOMER, **_CUSTOMER_CLIENT},
    "campaign": {**_CUSTOMER, **_CAMPAIGN},
    "ad_group": {**_CUSTOMER, **_CAMPAIGN, **_AD_GROUP},
}
MEASURED = ("customer", "campaign", "ad_group")
CORE_DATES = ("segments.date", "segments.week", "segments.month")


def fields_of(resource: str) -> dict[str, Kind]:
    """Everything a query FROM a resource may name."""
    return {**RESOURCES[resource], **(SEGMENTS | METRICS if resource in MEASURED else {})}
