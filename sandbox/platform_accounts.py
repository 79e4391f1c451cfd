"""The company's accounts and campaigns on the ad platforms beside Google: Meta, LinkedIn, TikTok and Microsoft.

All accounts keep the company's days, but LinkedIn's, whose reports know days of UTC only.
"""

from typing import NamedTuple

import pandas as pd

SOCIAL, SEARCH = "Paid Social", "Paid Search"
ACCOUNTS = pd.DataFrame(
    [
        ("meta_ads", 1047000000000101, "Northwind Labs", "EUR", "Europe/Berlin"),
        ("meta_ads", 1047000000000102, "Northwind Labs US", "USD", "Europe/Berlin"),
        ("linkedin_ads", 512340077, "Northwind Labs", "EUR", "UTC"),
        ("tiktok_ads", 7301000000000000077, "Northwind Labs", "EUR", "Europe/Berlin"),
        ("microsoft_ads", 180007077, "Northwind Labs", "EUR", "Europe/Berlin"),
    ],
    columns=["platform", "id", "name", "currency", "time_zone"],
)
FINAL_AGES = {"meta_ads": 27, "linkedin_ads": 29, "tiktok_ads": 27, "microsoft_ads": 29}  # the window less a day


class Plan(NamedTuple):
    """A campaign: its part of its channel's budget, the price of a click (account's currency), clicks per impression,
    the parts of the history at which it begins and ends, and what it becomes then ("" where it goes on)."""

    channel: str
    account_id: int
    id: int
    name: str
    objective: str
    share: float
    click_price: float
    click_rate: float
    begins: float
    ends: float
    after: str


_META, _META_US, _LINKEDIN, _TIKTOK, _MICROSOFT = ACCOUNTS["id"].tolist()
PLANS = (  # the first of a channel always runs, in the home currency: what rounding leaves over falls to it
    Plan(SOCIAL, _META, 120210000000000201, "Spring Social", "leads", 0.24, 2.1, 0.011, 0, 1, ""),
    Plan(SOCIAL, _META, 120210000000000202, "Retargeting | DACH", "sales", 0.10, 1.6, 0.015, 0, 1, ""),
    Plan(SOCIAL, _META, 120210000000000203, "Webinar | DACH", "leads", 0.08, 2.4, 0.009, 0.15, 0.6, "archived"),
    Plan(SOCIAL, _META, 120210000000000204, "Giveaway | DACH", "traffic", 0.05, 0.9, 0.012, 0.3, 0.8, "deleted"),
    Plan(SOCIAL, _META_US, 120210000000000205, "Prospecting | US", "leads", 0.12, 2.8, 0.010, 0.1, 1, ""),
    Plan(SOCIAL, _LINKEDIN, 388400201, "ABM LinkedIn", "leads", 0.22, 7.5, 0.006, 0, 1, ""),
    Plan(SOCIAL, _LINKEDIN, 388400202, "Thought Leadership | LinkedIn", "awareness", 0.08, 5.0, 0.004, 0.2, 1, ""),
    Plan(SOCIAL, _LINKEDIN, 388400203, "Careers | LinkedIn", "traffic", 0.04, 4.2, 0.005, 0.4, 0.7, "paused"),
    Plan(SOCIAL, _TIKTOK, 1780000000000000201, "Demo Clips | TikTok", "traffic", 0.05, 0.7, 0.010, 0.25, 1, ""),
    Plan(SOCIAL, _TIKTOK, 1780000000000000202, "Story | TikTok", "awareness", 0.03, 0.6, 0.008, 0.5, 0.8, "deleted"),
    Plan(SEARCH, _MICROSOFT, 523400201, "Bing | Search | Brand", "leads", 0.6, 2.9, 0.05, 0, 1, ""),
    Plan(SEARCH, _MICROSOFT, 523400202, "Bing | Search | Generic", "leads", 0.4, 3.6, 0.03, 0.2, 0.85, "paused"),
)
PLATFORM_OF = dict(zip(ACCOUNTS["id"].tolist(), ACCOUNTS["platform"].tolist(), strict=True))
ZONE_OF = dict(zip(ACCOUNTS["id"].tolist(), ACCOUNTS["time_zone"].tolist(), strict=True))
CURRENCY_OF = dict(zip(ACCOUNTS["id"].tolist(), ACCOUNTS["currency"].tolist(), strict=True))
