"""adAnalytics: the days of campaigns, their groups or accounts; no pages, but a ceiling of rows."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from sandbox.clock import day_number
from sandbox.vendors.linkedin_ads import errors
from sandbox.vendors.linkedin_ads.entities import PLATFORM, Entities, number, urn
from sandbox.vendors.linkedin_ads.restli import Query
from sandbox.view import View

MAX_ROWS, MAX_METRICS = 15_000, 20
_EPOCH = date(1970, 1, 1)
_PIVOTS = {"CAMPAIGN": ("Campaign", "campaign_id"), "ACCOUNT": ("Account", "account_id")}
_FACETS = {"campaigns": ("Campaign", "campaign_id"), "accounts": ("Account", "account_id")}
_ALWAYS = ("dateRange", "pivotValues")
_DEFAULT = ("impressions", "clicks")
_METRICS = (
    *("impressions", "clicks", "costInLocalCurrency", "costInUsd", "landingPageClicks", "likes"),
    *("externalWebsiteConversions", "oneClickLeads"),
)
_SUMS = ["impressions", "clicks", "cost_cents", "leads", "conversions"]


class Analytics:
    """The days of every campaign at a View's as-of."""

    def __init__(self, view: View, entities: Entities) -> None:
        days = view.platform_days[view.platform_days["platform"] == PLATFORM]
        campaigns = view.platform_campaigns.set_index("id")["objective"]
        is_lead = (days["campaign_id"].map(campaigns) == "leads").to_numpy()
        leads = np.where(is_lead, days["conversions"], 0)  # a form within the ad; the others convert on the site
        self.days = days.assign(leads=leads, conversions=days["conversions"] - leads)
        self.currency = entities.currency

    def run(self, query: Query) -> dict[str, Any]:
        """The answer to a finder analytics; what the user may not see is simply not in it."""
        if query.get("q") != "analytics":
            raise errors.invalid("q", "No such finder", "PARAM_INVALID")
        kind, key = _pivot(query)
        if _plain(query.get("timeGranularity")) not in ("DAILY", "ALL"):
            raise errors.invalid("timeGranularity", "Expected DAILY or ALL")
        names, (first, last) = _fields(query), _range(query)
        days = self.days[self.days["local_day"].between(first, last)]
        days = days[_is_asked(days, query)]
        is_daily = _plain(query["timeGranularity"]) == "DAILY"
        keys = [key, "account_id", *(["local_day"] if is_daily else [])]
        rows = days.groupby(list(dict.fromkeys(keys)), as_index=False)[_SUMS].sum()
        if len(rows) > MAX_ROWS:
            raise errors.too_many(MAX_ROWS)
        elements = [self._element(row, kind, key, names, first, last) for row in rows.to_dict("records")]
        return {"paging": {"start": 0, "count": 10, "links": []}, "elements": elements}

    def _element(
        self, row: dict[Any, Any], kind: str, key: str, names: tuple[str, ...], first: int, last: int
    ) -> dict[str, Any]:
        cost = row["cost_cents"] / 100
        shown = {
            "dateRange": {
                "start": _date(row.get("local_day", first)),
                "end": _date(row.get("local_day", last)),
            },
            "pivotValues": [urn(kind, row[key])],
            "impressions": row["impressions"],
            "clicks": row["clicks"],
            "costInLocalCurrency": f"{cost:.6f}",
            "costInUsd": f"{cost * 1.08:.6f}" if self.currency[row["account_id"]] != "USD" else f"{cost:.6f}",
            "landingPageClicks": row["clicks"],
            "likes": row["clicks"] // 12,
            "externalWebsiteConversions": row["conversions"],
            "oneClickLeads": row["leads"],
        }
        return {name: shown[name] for name in names}


def _plain(value: Any) -> Any:
    """DAILY, whether it was written DAILY or (value:DAILY)."""
    return value.get("value") if isinstance(value, dict) else value


def _pivot(query: Query) -> tuple[str, str]:
    pivot = _plain(query.get("pivot"))
    if pivot not in _PIVOTS:
        raise errors.invalid("pivot", f"Expected one of {', '.join(_PIVOTS)}")
    return _PIVOTS[pivot]


def _fields(query: Query) -> tuple[str, ...]:
    """The fields of an element; without a word of which, clicks and impressions, and no costs."""
    if "fields" not in query:
        return (*_ALWAYS, *_DEFAULT)
    names = tuple(str(query["fields"]).split(","))
    for name in names:
        if name not in (*_ALWAYS, *_METRICS):
            raise errors.invalid("fields", f"Unknown field {name}", "QUERY_PARAM_NOT_ALLOWED")
    if len(set(names) - set(_ALWAYS)) > MAX_METRICS:
        raise errors.invalid("fields", f"At most {MAX_METRICS} metrics")
    return names


def _range(query: Query) -> tuple[int, int]:
    asked: Any = query.get("dateRange")
    try:
        start, end = asked["start"], asked.get("end")
        first = day_number(_day(start))
        return first, day_number(_day(end)) if end else 2**31 - 1
    except (TypeError, KeyError, ValueError, AttributeError):
        raise errors.invalid("dateRange", "Expected (start:(year:..,month:..,day:..),end:(..))") from None


def _day(parts: dict[str, str]) -> date:
    return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _date(day: int) -> dict[str, int]:
    found = _EPOCH + timedelta(days=int(day))
    return {"year": found.year, "month": found.month, "day": found.day}


def _is_asked(days: pd.DataFrame, query: Query) -> pd.Series:
    """The days of the campaigns or accounts that are named; one of the two has to be."""
    facets = [name for name in _FACETS if name in query]
    if not facets:
        raise errors.invalid("accounts", "At least one facet is required")
    is_asked = pd.Series(True, index=days.index)
    for name in facets:
        if not isinstance(query[name], list):
            raise errors.invalid(name, "Expected List(urn, ..)", "PARAM_INVALID")
        kind, column = _FACETS[name]
        is_asked &= days[column].isin([number(each, kind) for each in query[name]])
    return is_asked
