"""The company's Google Ads accounts and campaigns: who advertises what, where, in which currency and time zone."""

from typing import NamedTuple

import pandas as pd

MANAGER_ID = 9998887777
ACCOUNTS = pd.DataFrame(
    [
        (MANAGER_ID, "Northwind Labs", "EUR", "Europe/Berlin", True, 0, "ENABLED"),
        (1112223333, "Northwind Labs DACH", "EUR", "Europe/Berlin", False, 1, "ENABLED"),
        (2223334444, "Northwind Labs US", "USD", "America/New_York", False, 1, "ENABLED"),
        (3334445555, "Northwind Labs Europe", "EUR", "Europe/Berlin", False, 1, "ENABLED"),
    ],
    columns=["id", "name", "currency", "time_zone", "is_manager", "level", "status"],
)
ACCOUNT_ZONES = dict(zip(ACCOUNTS["id"][1:].tolist(), ACCOUNTS["time_zone"][1:].tolist(), strict=True))
CHANNEL_OF_TYPE = {
    "SEARCH": "Paid Search",
    "PERFORMANCE_MAX": "Cross-network",
    "DISPLAY": "Display",
    "VIDEO": "Paid Video",
    "SHOPPING": "Paid Shopping",
}


class Plan(NamedTuple):
    """A campaign: its share of the ad budget, the parts of the history at which it begins and ends, and what it becomes
    then ("" where it goes on)."""

    account_id: int
    id: int
    name: str
    channel_type: str
    share: float
    begins: float
    ends: float
    after: str


PLANS = (
    Plan(1112223333, 20000000201, "Search | Brand | DACH", "SEARCH", 0.09, 0.0, 1.0, ""),
    Plan(1112223333, 20000000202, "Search | Generic | DACH", "SEARCH", 0.17, 0.0, 1.0, ""),
    Plan(1112223333, 20000000203, "Display | Prospecting | DACH", "DISPLAY", 0.08, 0.0, 1.0, ""),
    Plan(1112223333, 20000000204, "Cross-network | PMax | DACH", "PERFORMANCE_MAX", 0.12, 0.0, 1.0, ""),
    Plan(1112223333, 20000000205, "Video | Awareness | DACH", "VIDEO", 0.06, 0.0, 1.0, ""),
    Plan(1112223333, 20000000206, "Shopping | DACH", "SHOPPING", 0.05, 0.0, 1.0, ""),
    Plan(1112223333, 20000000207, "Search | Competitor | DACH", "SEARCH", 0.06, 0.0, 0.55, "REMOVED"),
    Plan(2223334444, 20000000301, "Search | Brand | US", "SEARCH", 0.05, 0.0, 1.0, ""),
    Plan(2223334444, 20000000302, "Search | Generic | US", "SEARCH", 0.10, 0.0, 1.0, ""),
    Plan(2223334444, 20000000303, "Cross-network | PMax | US", "PERFORMANCE_MAX", 0.07, 0.1, 1.0, ""),
    Plan(2223334444, 20000000304, "Display | Remarketing | US", "DISPLAY", 0.04, 0.0, 1.0, ""),
    Plan(2223334444, 20000000305, "Search | Black Friday | US", "SEARCH", 0.03, 0.55, 0.65, "REMOVED"),
    Plan(3334445555, 20000000401, "Search | Partner Programme | EU", "SEARCH", 0.05, 0.0, 1.0, ""),
    Plan(3334445555, 20000000402, "Video | Webinar | EU", "VIDEO", 0.03, 0.2, 1.0, ""),
    Plan(3334445555, 20000000403, "Shopping | EU", "SHOPPING", 0.04, 0.1, 0.8, "PAUSED"),
)
CAMPAIGNS = pd.DataFrame(PLANS)[["account_id", "id", "name", "channel_type", "after"]]
