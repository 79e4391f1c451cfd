"""Insights: what was delivered, by level and by steps of days; numbers are texts, and what did not happen is absent."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.vendors.meta_ads.advertising import Advertising, Node

LEVELS = {
    "account": ["account_id"],
    "campaign": ["account_id", "campaign_id"],
    "adset": ["account_id", "campaign_id", "adset_id"],
    "ad": ["account_id", "campaign_id", "adset_id", "ad_id"],
}
_METRICS = ["impressions", "clicks", "cost_cents", "conversions"]
_NAMES = {
    "campaign_name": ("campaigns", "campaign_id"),
    "adset_name": ("adsets", "adset_id"),
    "ad_name": ("ads", "ad_id"),
}
_DEFAULT = ["impressions", "spend"]
_VALUE = 180  # of a purchase, in the account's currency


@dataclass(frozen=True)
class Query:
    """What one insights call asks for; days are day numbers."""

    level: str
    fields: tuple[str, ...]
    first: int
    last: int
    step: int  # days in a row; 0: all of them
    windows: tuple[str, ...]
    of: tuple[str, int]  # the id that is asked for, and its column


def answer(advertising: Advertising, query: Query) -> list[Node]:
    """The rows of a query, oldest first."""
    days = advertising.days
    column, id = query.of
    mask = days["local_day"].between(query.first, query.last) & (days[column] == id)
    step = query.step or query.last - query.first + 1
    start = query.first + (days["local_day"] - query.first) // step * step
    keys = LEVELS[query.level]
    known = days.assign(start=start, purchases=_purchases(advertising, days))[mask]
    found = known.groupby(["start", *keys], as_index=False)[[*_METRICS, "purchases"]].sum()
    found["stop"] = np.minimum(found["start"] + step - 1, query.last)
    columns = _columns(advertising, found, query)
    wanted = [name for name in (query.fields or _DEFAULT) if name in columns]
    rows = zip(*(columns[name] for name in (*wanted, "date_start", "date_stop")), strict=True)
    names = (*wanted, "date_start", "date_stop")
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows]


def _purchases(advertising: Advertising, days: pd.DataFrame) -> pd.Series:
    """The conversions that are purchases: those of campaigns made for sales."""
    sales = {int(id) for id, node in advertising.nodes["campaigns"].items() if node["objective"] == "OUTCOME_SALES"}
    return days["conversions"].where(days["campaign_id"].isin(sales), 0)


def _columns(advertising: Advertising, found: pd.DataFrame, query: Query) -> dict[str, list[Any]]:
    """Every field that can be asked for, as a column of what is sent; None where the field is absent."""
    impressions, clicks, cents = (found[name].to_numpy() for name in _METRICS[:3])
    shown = np.maximum(impressions, 1)
    reach = np.maximum(impressions * 4 // 5, 1)
    return {
        **{key: wire.numbers(found[key]) for key in LEVELS[query.level]},
        **{
            field: [advertising.nodes[kind][str(id)]["name"] for id in found[key].tolist()]
            for field, (kind, key) in _NAMES.items()
            if key in found
        },
        "account_name": [advertising.accounts[f"act_{id}"]["name"] for id in found["account_id"].tolist()],
        "account_currency": [advertising.currencies[id] for id in found["account_id"].tolist()],
        "impressions": wire.numbers(found["impressions"]),
        "clicks": wire.numbers(found["clicks"]),
        "spend": wire.amounts(found["cost_cents"]),
        "reach": list(map(str, reach.tolist())),
        "frequency": [f"{each:.6f}" for each in (impressions / reach).tolist()],
        "ctr": [f"{each:.6f}" for each in (100 * clicks / shown).tolist()],
        "cpm": [f"{each:.6f}" for each in (10 * cents / shown).tolist()],
        "cpc": [f"{cent / 100 / click:.6f}" if click else None for cent, click in zip(cents, clicks, strict=True)],
        "inline_link_clicks": [str(each) if each else None for each in clicks.tolist()],
        "actions": _actions(found, query.windows),
        "action_values": _action_values(found, query.windows),
        "date_start": wire.days(found["start"]),
        "date_stop": wire.days(found["stop"]),
    }


def _actions(found: pd.DataFrame, windows: tuple[str, ...]) -> list[list[Node] | None]:
    """Clicks, and the conversions twice, as their total and as what the pixel saw: whoever adds both up is wrong."""
    rows = []
    for clicks, conversions, purchases in found[["clicks", "conversions", "purchases"]].itertuples(index=False):
        counts = {
            "link_click": clicks,
            "lead": conversions - purchases,
            "offsite_conversion.fb_pixel_lead": conversions - purchases,
            "purchase": purchases,
            "offsite_conversion.fb_pixel_purchase": purchases,
        }
        rows.append([_stat(kind, count, windows) for kind, count in counts.items() if count] or None)
    return rows


def _action_values(found: pd.DataFrame, windows: tuple[str, ...]) -> list[list[Node] | None]:
    return [[_stat("purchase", count, windows, _VALUE)] if count else None for count in found["purchases"].tolist()]


def _stat(action_type: str, count: int, windows: tuple[str, ...], worth: int = 1) -> Node:
    """An action: `value` is that of the default windows (7 days after a click, 1 after a view), beside those asked."""
    viewed = 0 if action_type == "link_click" else count // 5
    clicked = count - viewed
    by_window = {
        "1d_click": clicked * 7 // 10,
        "7d_click": clicked,
        "28d_click": clicked + clicked // 8,
        "1d_view": viewed,
    }
    told = {window: str(by_window[window] * worth) for window in windows if by_window.get(window)}
    return {"action_type": action_type, "value": str(count * worth), **told}
