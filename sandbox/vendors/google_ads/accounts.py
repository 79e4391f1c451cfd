"""A View's ad accounts as the frames that queries read: an entity a row, columns named like the fields."""

from functools import cached_property

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.view import View

MOBILE_SHARE = 0.6


class Accounts:
    """Entities and hours of all accounts. A column named like a resource holds the entity's resource name."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.manager_id = int(view.ad_accounts.loc[view.ad_accounts["is_manager"], "id"].iloc[0])
        self.ids = set(view.ad_accounts["id"].tolist())

    @cached_property
    def customers(self) -> pd.DataFrame:
        """Every account, the manager too."""
        frame = self.view.ad_accounts
        return pd.DataFrame(
            {
                "account_id": frame["id"],
                "customer": "customers/" + frame["id"].astype(str),
                "customer.id": frame["id"],
                "customer.descriptive_name": frame["name"],
                "customer.currency_code": frame["currency"],
                "customer.time_zone": frame["time_zone"],
                "customer.manager": frame["is_manager"],
                "customer.test_account": False,
                "customer.status": frame["status"],
            }
        )

    @cached_property
    def clients(self) -> pd.DataFrame:
        """The manager's view of the hierarchy: itself at level 0, its accounts below."""
        frame = self.view.ad_accounts
        names = "customers/" + frame["id"].astype(str)
        clients = pd.DataFrame(
            {
                "account_id": self.manager_id,
                "customer_client": f"customers/{self.manager_id}/customerClients/" + frame["id"].astype(str),
                "customer_client.client_customer": names,
                "customer_client.id": frame["id"],
                "customer_client.descriptive_name": frame["name"],
                "customer_client.currency_code": frame["currency"],
                "customer_client.time_zone": frame["time_zone"],
                "customer_client.manager": frame["is_manager"],
                "customer_client.hidden": False,
                "customer_client.test_account": False,
                "customer_client.level": frame["level"],
                "customer_client.status": frame["status"],
            }
        )
        return clients.merge(self.customers, on="account_id")

    @cached_property
    def campaigns(self) -> pd.DataFrame:
        """Every campaign, removed ones too: a status is all that tells them."""
        frame = self.view.ad_campaigns
        campaigns = pd.DataFrame(
            {
                "account_id": frame["account_id"],
                "campaign_id": frame["id"],
                "campaign": _name("customers", frame["account_id"]) + _name("/campaigns", frame["id"]),
                "campaign.id": frame["id"],
                "campaign.name": frame["name"],
                "campaign.status": frame["status"],
                "campaign.advertising_channel_type": frame["channel_type"],
                "campaign.start_date_time": _moments(frame["start_day"], "00:00:00"),
                "campaign.end_date_time": _moments(frame["end_day"], "23:59:59"),
            }
        )
        return campaigns.merge(self.customers, on="account_id")

    @cached_property
    def ad_groups(self) -> pd.DataFrame:
        """One ad group per campaign, which has all its numbers; Performance Max campaigns have none."""
        campaigns = self.campaigns[self.campaigns["campaign.advertising_channel_type"] != "PERFORMANCE_MAX"]
        ids = campaigns["campaign_id"] * 10 + 1
        groups = {
            "ad_group": _name("customers", campaigns["account_id"]) + _name("/adGroups", ids),
            "ad_group.id": ids,
            "ad_group.name": campaigns["campaign.name"] + " | Ad group 1",
        }
        return campaigns.assign(**groups, **{"ad_group.status": "ENABLED"})

    def entities(self, resource: str, account_id: int) -> pd.DataFrame:
        """The rows a resource has in an account."""
        frames = {
            "customer": self.customers,
            "customer_client": self.clients,
            "campaign": self.campaigns,
            "ad_group": self.ad_groups,
        }
        frame = frames[resource]
        return frame[frame["account_id"] == account_id]

    def hours(self, account_id: int) -> pd.DataFrame:
        """What an account's hours brought; campaign_id 0 is what no campaign shows."""
        frame = self.view.ad_hours
        start, end = np.searchsorted(frame["account_id"], [account_id, account_id + 1]).tolist()
        return frame.iloc[start:end]


def by_device(hours: pd.DataFrame) -> pd.DataFrame:
    """The hours split between two devices; the halves add up."""
    counts = ["impressions", "clicks", "cost_micros"]
    values = ["conversions", "conversions_value", "all_conversions"]
    mobile = hours.assign(**{name: (hours[name] * MOBILE_SHARE).astype("int64") for name in counts})
    mobile = mobile.assign(device="MOBILE", **{name: hours[name] * MOBILE_SHARE for name in values})
    rest = {name: hours[name] - mobile[name] for name in [*counts, *values]}
    return pd.concat([mobile, hours.assign(device="DESKTOP", **rest)], ignore_index=True)


def _name(collection: str, ids: pd.Series) -> pd.Series:
    return f"{collection}/" + ids.astype(str)


def _moments(days: pd.Series, time: str) -> list[str]:
    return [f"{day} {time}" if day else "" for day in wire.days(days, "")]
