"""Where visits come from: the sources of each channel, with the ad campaigns and e-mails that bring them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.ad_accounts import CHANNEL_OF_TYPE
from sandbox.ads import Ads
from sandbox.chance import pick
from sandbox.clock import local_days
from sandbox.mail_answers import LINKS
from sandbox.mailing import Mailing

EMAIL = "Email"
_COLUMNS = ["channel", "source", "medium", "campaign", "content", "has_gclid", "referrer", "weight"]
_UNPAID = [
    ("Organic Search", "google", "organic", "", "", False, "https://www.google.com/", 8),
    ("Organic Search", "bing", "organic", "", "", False, "https://www.bing.com/", 1),
    ("Organic Search", "duckduckgo", "organic", "", "", False, "https://duckduckgo.com/", 0.5),
    ("Direct", "", "", "", "", False, "", 1),
    ("Referral", "partner-portal.example", "referral", "", "", False, "https://partner-portal.example/", 2),
    ("Referral", "reviews.example", "referral", "", "", False, "https://reviews.example/crm", 1),
    ("Paid Social", "facebook", "paid_social", "spring_social", "carousel", False, "https://m.facebook.com/", 2),
    ("Paid Social", "linkedin", "paid_social", "abm_linkedin", "document_ad", False, "https://www.linkedin.com/", 3),
    ("Organic Social", "linkedin.com", "referral", "", "", False, "https://www.linkedin.com/", 3),
    ("Organic Social", "facebook.com", "social", "", "", False, "https://www.facebook.com/", 1),
    ("Organic Video", "youtube.com", "referral", "", "", False, "https://www.youtube.com/", 1),
    ("AI Assistant", "chatgpt.com", "ai-assistant", "", "", False, "https://chatgpt.com/", 1),
    ("Unassigned", "northwind-fair", "qr", "fair_2025", "", False, "", 1),
]
_AD_TAGS = {  # source and medium that an ad's visits carry; search and Performance Max are tagged by Google itself
    "Paid Search": ("google", "cpc"),
    "Cross-network": ("google", "cpc"),
    "Paid Shopping": ("google", "cpc"),
    "Display": ("google", "display"),
    "Paid Video": ("youtube", "paid_video"),
}
AUTO_TAGGED = ("Paid Search", "Cross-network", "Paid Shopping")


@dataclass(frozen=True)
class Sources:
    """`table`: channel, source, medium, campaign, content, has_gclid, referrer, ad_campaign_id (0), one row per source;
    `email_start`: where those of the e-mails begin, one per campaign and link of the mailing."""

    table: pd.DataFrame
    email_start: int
    ad_clicks: np.ndarray  # clicks per day (from first_day) and ad campaign, in the order of ads.campaigns
    ad_start: int
    first_day: int

    def draw(self, rng: Generator, channel: np.ndarray, day: np.ndarray) -> np.ndarray:
        """A source (row of `table`) for visits on given days that belong to given channels (names; never e-mail)."""
        drawn = np.zeros(len(channel), dtype=np.int32)
        own = self.table["channel"].to_numpy()[: self.email_start]
        for name in np.unique(channel):
            rows, options = np.flatnonzero(channel == name), np.flatnonzero(own == name)
            if options[0] >= self.ad_start:
                chosen = self._draw_ad(rng, options - self.ad_start, day[rows])
            else:
                chosen = pick(rng, self.table["weight"].to_numpy()[options], len(rows))
            drawn[rows] = options[chosen]
        return drawn

    def _draw_ad(self, rng: Generator, campaigns: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Positions in `campaigns`, as often as each was clicked on the day (any of them where none was)."""
        at = np.clip(day - self.first_day, 0, len(self.ad_clicks) - 1)
        edges = np.cumsum(self.ad_clicks[at][:, campaigns] + 1e-6, axis=1)
        return (edges < (rng.random(len(day)) * edges[:, -1])[:, None]).sum(axis=1)


def list_sources(ads: Ads, mailing: Mailing, first_day: int, last_day: int) -> Sources:
    """Every source of the company's visits."""
    unpaid = pd.DataFrame(_UNPAID, columns=_COLUMNS).assign(ad_campaign_id=0)
    channel = ads.campaigns["channel_type"].map(CHANNEL_OF_TYPE)
    slug = ads.campaigns["name"].str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True)
    is_auto = channel.isin(AUTO_TAGGED)
    paid = pd.DataFrame(
        {
            "channel": channel,
            "source": channel.map({name: tags[0] for name, tags in _AD_TAGS.items()}),
            "medium": channel.map({name: tags[1] for name, tags in _AD_TAGS.items()}),
            "campaign": ads.campaigns["name"].where(is_auto, slug),
            "content": np.where(is_auto, "", "creative_a"),
            "has_gclid": True,
            "referrer": channel.map({"Paid Search": "https://www.google.com/"}).fillna(""),
            "ad_campaign_id": ads.campaigns["id"],
        }
    )
    email = pd.DataFrame(
        {
            "channel": EMAIL,
            "source": "mailchimp",
            "medium": "email",
            "campaign": np.repeat(mailing.campaigns["slug"].to_numpy(), len(LINKS)),
            "content": np.tile([link.split("/")[-1] for link in LINKS], len(mailing.campaigns)),
            "has_gclid": False,
            "referrer": "",
            "ad_campaign_id": 0,
        }
    )
    table = pd.concat([unpaid, paid, email], ignore_index=True)
    clicks = np.zeros((last_day - first_day + 1, len(ads.campaigns)))
    hours = ads.hours[ads.hours["campaign_id"] > 0]
    day = np.clip(local_days(hours["hour_at"].to_numpy()), first_day, last_day) - first_day
    np.add.at(
        clicks, (day, pd.Index(ads.campaigns["id"]).get_indexer(hours["campaign_id"])), hours["clicks"].to_numpy()
    )
    return Sources(table, len(unpaid) + len(paid), clicks, len(unpaid), first_day)
