"""report/integrated/get: days of campaigns or of the advertiser, every value text."""

from typing import Any

import orjson
import pandas as pd

from sandbox import wire
from sandbox.vendor import Answer, Call
from sandbox.vendors.tiktok_ads import parameters
from sandbox.vendors.tiktok_ads.envelope import BAD_PARAMETERS, listed, refused

MAX_DAYS = 30  # of a report by day
_LEVELS = {"AUCTION_CAMPAIGN": "campaign_id", "AUCTION_ADVERTISER": "advertiser_id"}
_METRICS = {"spend": "cost_cents", "impressions": "impressions", "clicks": "clicks", "conversion": "conversions"}


def run(days: pd.DataFrame, deleted: set[int], call: Call) -> Answer:
    """The report over an advertiser's days; campaigns that were deleted come only where every status is asked for."""
    level = parameters.text(call, "data_level")
    if parameters.text(call, "report_type") != "BASIC" or level not in _LEVELS:
        raise refused(
            BAD_PARAMETERS, "data_level: Must be one of AUCTION_CAMPAIGN, AUCTION_ADVERTISER of BASIC reports."
        )
    dimensions, metrics = parameters.json(call, "dimensions", []), parameters.json(call, "metrics", ["spend"])
    if sorted(dimensions) != sorted([_LEVELS[level], "stat_time_day"]):
        raise refused(BAD_PARAMETERS, f"dimensions: Must be {_LEVELS[level]} and stat_time_day.")
    if unknown := set(metrics) - set(_METRICS):
        raise refused(BAD_PARAMETERS, f"metrics: Invalid metric fields: {sorted(unknown)}.")
    first, last = parameters.day(call, "start_date"), parameters.day(call, "end_date")
    if not 0 <= last - first < MAX_DAYS:
        raise refused(BAD_PARAMETERS, f"The time span of a report by day must be 1 to {MAX_DAYS} days.")
    days = days[days["local_day"].between(first, last)]
    if level == "AUCTION_CAMPAIGN" and not _asks_for_all(call):
        days = days[~days["campaign_id"].isin(deleted)]
    keys = {"campaign_id": "campaign_id", "advertiser_id": "account_id"}
    rows = days.groupby([keys[_LEVELS[level]], "local_day"], as_index=False)[list(_METRICS.values())].sum()
    return listed(_shown(rows, _LEVELS[level], keys[_LEVELS[level]], metrics), *parameters.page(call))


def _asks_for_all(call: Call) -> bool:
    return any(
        each.get("field_name") == "campaign_status" and "STATUS_ALL" in orjson.loads(each.get("filter_value", "[]"))
        for each in parameters.json(call, "filtering", [])
    )


def _shown(rows: pd.DataFrame, dimension: str, key: str, metrics: list[str]) -> list[dict[str, Any]]:
    values = {
        name: [f"{cents / 100:.2f}" for cents in rows[column]] if name == "spend" else wire.numbers(rows[column])
        for name, column in _METRICS.items()
    }
    days = [f"{day} 00:00:00" for day in wire.days(rows["local_day"])]
    return [
        {
            "dimensions": {dimension: number, "stat_time_day": day},
            "metrics": {name: values[name][position] for name in metrics},
        }
        for position, (number, day) in enumerate(zip(wire.numbers(rows[key]), days, strict=True))
    ]
