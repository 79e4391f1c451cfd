"""Mailchimp campaigns: when they were sent, to whom, who left because of them, and what came back. Whole seconds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, only_if
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND, from_home, iso_days
from sandbox.mail_answers import CLICK, LINKS, answer
from sandbox.mail_members import NEWSLETTER, PRODUCT

_REASONS = ["NORMAL", "NOT_INTERESTED", "TOO_MANY_EMAILS", ""]
_TOPICS = ["ROI Guide", "Product Update", "Webinar Invitation", "Customer Story", "Benchmark Report"]
_SITE = "https://www.northwind-labs.example"


@dataclass(frozen=True)
class Mailing:
    """`campaigns` as View.mail_campaigns plus slug; `recipients`: campaign, member (rows of those), sorted; `activity`:
    mail_answers.answer; `members`: mail_members.join_lists with unsubscribed_at, unsubscribe_campaign (-1),
    unsubscribe_reason, cleaned_at."""

    campaigns: pd.DataFrame
    members: pd.DataFrame
    recipients: pd.DataFrame
    activity: pd.DataFrame

    def human_clicks(self) -> pd.DataFrame:
        """Clicks of people, which lead to the site: campaign, link, at, person."""
        activity = self.activity
        clicks = activity[(activity["action"] == CLICK) & ~activity["is_machine"]]
        return clicks[["campaign", "link", "at"]].assign(person=self.members["person"].to_numpy()[clicks["member"]])

    def urls(self) -> np.ndarray:
        """The address of each link of each campaign, at campaign * len(LINKS) + link."""
        tags = "?utm_source=mailchimp&utm_medium=email&utm_campaign="
        return np.array(
            [
                f"{_SITE}/{link}{tags}{slug}&utm_content={link.split('/')[-1]}"
                for slug in self.campaigns["slug"]
                for link in LINKS
            ],
            dtype=object,
        )


def send_campaigns(rng: Generator, members: pd.DataFrame, first_day: int, last_day: int, every_days: int) -> Mailing:
    """Newsletters every `every_days` on Tuesdays, product news every six weeks, and everything that came of them."""
    campaigns = _schedule(rng, first_day, last_day, every_days)
    members = _part(rng, members, campaigns)
    ends_at = members[["unsubscribed_at", "cleaned_at", "archived_at", "deleted_at"]].min(axis=1).to_numpy()
    opt_at, of_list = members["opt_at"].to_numpy(), members["list_id"]
    sent = []
    for row, campaign in campaigns[campaigns["status"] == "sent"].iterrows():
        send_at = campaign["send_at"]
        gets = (opt_at < send_at) & (ends_at >= send_at) & (of_list == campaign["list_id"])
        sent.append(pd.DataFrame({"campaign": row, "member": np.flatnonzero(gets)}))
    recipients = pd.concat(sent, ignore_index=True).astype({"campaign": np.int32, "member": np.int32})
    campaigns["emails_sent"] = np.bincount(recipients["campaign"], minlength=len(campaigns))
    return Mailing(campaigns, members, recipients, answer(rng, campaigns["send_at"].to_numpy(), members, recipients))


def _schedule(rng: Generator, first_day: int, last_day: int, every_days: int) -> pd.DataFrame:
    """The campaigns of both lists in order of creation, and one draft that was never sent."""
    tuesday = first_day + 7 + (5 - first_day - 7) % 7  # 1970-01-06 was a Tuesday
    plans = ((NEWSLETTER, "Newsletter", tuesday, every_days), (PRODUCT, "Product news", tuesday + 16, 42))
    frames = []
    for list_id, name, start, step in plans:
        days = np.arange(start, last_day + 1, step)
        topic = choose(rng, _TOPICS, [1] * len(_TOPICS), len(days))
        dates = pd.Series(iso_days(days))
        frame = pd.DataFrame({"list_id": list_id, "title": f"{name} " + dates, "subject_line": topic})
        frames.append(frame.assign(send_at=from_home(days, np.full(len(days), 10 * HOUR)), status="sent"))
    draft = frames[0].tail(1).assign(title="Draft: summer special", send_at=NEVER, status="save")
    campaigns = pd.concat([*frames, draft], ignore_index=True)
    last_sent = campaigns["send_at"].where(campaigns["send_at"] != NEVER, campaigns["send_at"].iloc[0])
    campaigns["created_at"] = last_sent - rng.integers(1, 6, len(campaigns)) * DAY
    campaigns = campaigns.sort_values("created_at", ignore_index=True)
    number = np.arange(len(campaigns))
    return campaigns.assign(
        id=[f"{0x42694E9E57 + int(n) * 0x1F3:010x}" for n in number],
        web_id=880_001 + number,
        type="regular",
        slug=campaigns["title"].str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True),
    )


def _part(rng: Generator, members: pd.DataFrame, campaigns: pd.DataFrame) -> pd.DataFrame:
    """Tired members unsubscribe from the next campaign they get; dead addresses bounce off their first."""
    count = len(members)
    parted = {"unsubscribed_at": np.full(count, NEVER), "cleaned_at": np.full(count, NEVER)}
    left_with = np.full(count, -1)
    stays_until = members[["archived_at", "deleted_at"]].min(axis=1).to_numpy()
    for list_id in (NEWSLETTER, PRODUCT):
        own = np.flatnonzero((members["list_id"] == list_id) & (members["opt_at"] != NEVER))
        sent = campaigns[(campaigns["list_id"] == list_id) & (campaigns["status"] == "sent")]
        send_at = np.append(sent["send_at"].to_numpy(), NEVER)
        first = send_at[np.searchsorted(send_at[:-1], members["opt_at"].to_numpy()[own], side="right")]
        bounces = members["bounces"].to_numpy()[own] & (first < stays_until[own])
        parted["cleaned_at"][own] = only_if(bounces, np.where(bounces, first, 0) + MINUTE)
        at = np.searchsorted(send_at[:-1], members["leaves_at"].to_numpy()[own], side="right")
        leaves = (send_at[at] < stays_until[own]) & ~bounces
        waits = rng.integers(2 * MINUTE, 2 * DAY, len(own)) // SECOND * SECOND
        parted["unsubscribed_at"][own] = only_if(leaves, np.where(leaves, send_at[at], 0) + waits)
        left_with[own] = np.where(leaves, np.append(sent.index, -1)[at], -1)
    reasons = choose(rng, _REASONS, [5, 2, 2, 1], count)
    return members.assign(**parted, unsubscribe_campaign=left_with, unsubscribe_reason=reasons)
