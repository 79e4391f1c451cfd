"""Queries answered: Query and account -> a frame with a row per result, its columns named like the fields."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sandbox import clock
from sandbox.vendors.google_ads.accounts import Accounts, by_device
from sandbox.vendors.google_ads.conditions import has_both_ends, keep
from sandbox.vendors.google_ads.fields import CORE_DATES, METRICS, RESOURCES, SEGMENTS, SUMMED, fields_of
from sandbox.vendors.google_ads.gaql import Condition, Query, QueryError


def run(accounts: Accounts, account_id: int, query: Query) -> pd.DataFrame:
    """The results of a query in an account, in its order; raises QueryError."""
    _validate(query, is_manager=account_id == accounts.manager_id)
    kinds, rows = fields_of(query.resource), accounts.entities(query.resource, account_id)
    today = _today(accounts, account_id)
    dates = [condition for condition in query.conditions if condition.field in CORE_DATES]
    if any(name in SEGMENTS or name in METRICS for name in query.named_fields):
        hours = _segmented(accounts.hours(account_id), {*query.fields, *(condition.field for condition in dates)})
        rows = _measured(rows, keep(hours, dates, kinds, today), query)
    rows = keep(rows, [condition for condition in query.conditions if condition not in dates], kinds, today)
    for field, is_descending in reversed(query.order_by):
        rows = rows.sort_values(field, ascending=not is_descending, kind="stable")
    return rows.head(query.limit) if query.limit else rows


def _validate(query: Query, *, is_manager: bool) -> None:
    if query.resource not in RESOURCES:
        raise QueryError("BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", f"'{query.resource}' is not a valid resource name.")
    known = fields_of(query.resource)
    for name in query.named_fields:
        if name not in known:
            raise QueryError("UNRECOGNIZED_FIELD", f"Unrecognized field in the query: '{name}'.")
    if is_manager and any(name in METRICS for name in query.named_fields):
        message = "Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests."
        raise QueryError("REQUESTED_METRICS_FOR_MANAGER", message)
    for name in _referenced(query):
        if name not in query.fields:
            message = f"The following field must be present in SELECT clause: '{name}'."
            raise QueryError("EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE", message)
    dated = [condition for condition in query.conditions if condition.field in CORE_DATES]
    if (dated or any(name in CORE_DATES for name in query.fields)) and not has_both_ends(dated):
        raise QueryError("EXPECTED_FILTERS_ON_DATE_RANGE", "Missing filters on date related fields: a finite range.")


def _referenced(query: Query) -> Iterator[str]:
    """Fields that must also be selected: what sorts, and segments that filter, but for dates."""
    yield from (name for name, _ in query.order_by)
    conditions: tuple[Condition, ...] = query.conditions
    yield from (each.field for each in conditions if each.field in SEGMENTS and each.field not in CORE_DATES)


def _today(accounts: Accounts, account_id: int) -> int:
    """The day it is in the account's zone."""
    frame = accounts.view.ad_accounts
    zone = str(frame.loc[frame["id"] == account_id, "time_zone"].iloc[0])
    return clock.local_day(accounts.view.as_of, zone)


def _segmented(hours: pd.DataFrame, named: set[str]) -> pd.DataFrame:
    """Hours with the segments that are named, as days of the account's zone."""
    hours = by_device(hours) if "segments.device" in named else hours.assign(device="")
    days = hours["local_day"]
    segments = {
        "segments.date": lambda: days,
        "segments.week": lambda: days - (days + 3) % 7,  # weeks begin on Monday, and 1970-01-01 was a Thursday
        "segments.month": lambda: _month_starts(days),
        "segments.hour": lambda: hours["local_hour"],
        "segments.device": lambda: hours["device"],
    }
    made: dict[str, Any] = {name: make() for name, make in segments.items() if name in named}
    return hours.assign(**made)


def _month_starts(days: pd.Series) -> np.ndarray:
    return days.to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _measured(rows: pd.DataFrame, hours: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Entities with the sums of their hours per segment. Segments without metrics are left out, entities are not."""
    keys = ["account_id"] if query.resource == "customer" else ["account_id", "campaign_id"]
    segments = [name for name in query.fields if name in SEGMENTS]
    columns = {name.partition(".")[2]: name for name in SUMMED}
    sums = hours.groupby([*keys, *segments], as_index=False)[list(columns)].sum().rename(columns=columns)
    if segments:
        asked = [name for name in SUMMED if name in query.fields] or list(SUMMED)
        rows = rows.merge(sums[(sums[asked] != 0).any(axis=1)], on=keys)
    else:
        rows = rows.merge(sums, on=keys, how="left")
        rows = rows.assign(**{name: rows[name].fillna(0).astype(sums[name].dtype) for name in SUMMED})
    clicks, impressions = rows["metrics.clicks"], rows["metrics.impressions"]
    ratios = {
        "metrics.ctr": clicks / impressions.where(impressions != 0, 1),
        "metrics.average_cpc": rows["metrics.cost_micros"] / clicks.where(clicks != 0, 1),
    }
    return rows.assign(**ratios)
