"""Mailchimp as it looks at an as-of: members, campaigns, who got them, what came back, and the reports' totals."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sandbox.chance import Column
from sandbox.clock import DAY, NEVER
from sandbox.mail_answers import ACTIONS, BOUNCE, CLICK, KINDS, LINKS, OPEN, ip_addresses
from sandbox.mail_members import MAIL_LISTS, members_at
from sandbox.mailing import Mailing

_BEFORE_ALL = 300 * DAY  # the lists are older than the company's history


def mail_at(mailing: Mailing, first_at: int, as_of: int) -> dict[str, pd.DataFrame]:
    """The mail_* frames of a View."""
    members = members_at(mailing.members, as_of)
    position = np.full(len(mailing.members), -1, dtype=np.int32)
    position[members.pop("row")] = np.arange(len(members))
    campaigns = mailing.campaigns[mailing.campaigns["created_at"] <= as_of]  # in order of creation: positions stay
    is_sent = (campaigns["send_at"] <= as_of).to_numpy()
    activity = mailing.activity[mailing.activity["at"] <= as_of].reset_index(drop=True)
    unsubscribes = _unsubscribed(mailing, position, as_of)
    recipients = mailing.recipients[mailing.recipients["campaign"].isin(campaigns.index[is_sent])]
    shown = campaigns.drop(columns="slug").assign(
        status=campaigns["status"].where(is_sent | (campaigns["status"] == "save"), "schedule"),
        emails_sent=campaigns["emails_sent"].where(is_sent, 0),
    )
    return {
        "mail_lists": MAIL_LISTS.assign(created_at=first_at - _BEFORE_ALL),
        "mail_members": members,
        "mail_campaigns": shown.reset_index(drop=True),
        "mail_reports": _reports(shown[is_sent], activity, unsubscribes),
        "mail_recipients": recipients.assign(member=position[recipients["member"]]).reset_index(drop=True),
        "mail_activity": _named(mailing, activity, position),
        "mail_unsubscribes": unsubscribes,
    }


def _unsubscribed(mailing: Mailing, position: np.ndarray, as_of: int) -> pd.DataFrame:
    """View.mail_unsubscribes."""
    left = mailing.members[mailing.members["unsubscribed_at"] <= as_of]
    columns = {"campaign": left["unsubscribe_campaign"], "member": position[left.index]}
    frame = pd.DataFrame({**columns, "at": left["unsubscribed_at"], "reason": left["unsubscribe_reason"]})
    return frame.sort_values(["campaign", "at", "member"], ignore_index=True)


def _named_codes(codes: Column, names: Iterable[str]) -> "pd.Categorical[str]":
    """Codes as texts without a copy of each."""
    return pd.Categorical.from_codes(np.asarray(codes, dtype=np.int32), categories=pd.Index(list(names)))


def _named(mailing: Mailing, activity: pd.DataFrame, position: np.ndarray) -> pd.DataFrame:
    """View.mail_activity: codes as (categorical) texts."""
    urls = np.append(mailing.urls(), "")
    link = activity["link"].to_numpy()
    url = np.where(link >= 0, activity["campaign"].to_numpy() * len(LINKS) + link, len(urls) - 1)
    return pd.DataFrame(
        {
            "campaign": activity["campaign"],
            "member": position[activity["member"]],
            "action": _named_codes(activity["action"], ACTIONS),
            "type": _named_codes(activity["kind"], KINDS),
            "at": activity["at"],
            "url": _named_codes(url, urls),
            "ip": _named_codes(activity["ip"], ip_addresses()),
        }
    )


def _reports(campaigns: pd.DataFrame, activity: pd.DataFrame, unsubscribes: pd.DataFrame) -> pd.DataFrame:
    """View.mail_reports: totals of the activity known so far."""
    size = int(campaigns.index.max()) + 1 if len(campaigns) else 0
    opens, clicks = (activity[activity["action"] == code] for code in (OPEN, CLICK))
    by_people = opens[~opens["is_machine"]]
    bounces = activity[activity["action"] == BOUNCE]

    def count(rows: pd.DataFrame) -> np.ndarray:
        return np.bincount(rows["campaign"], minlength=size)[campaigns.index]

    def last(rows: pd.DataFrame) -> np.ndarray:
        return rows.groupby("campaign")["at"].max().reindex(campaigns.index, fill_value=NEVER).to_numpy()

    each = ["campaign", "member"]
    return pd.DataFrame(
        {
            "campaign": campaigns.index,
            "emails_sent": campaigns["emails_sent"].to_numpy(),
            "abuse_reports": 0,
            "unsubscribed": count(unsubscribes),
            "hard_bounces": count(bounces[bounces["kind"] == 1]),
            "soft_bounces": count(bounces[bounces["kind"] == 2]),
            "syntax_errors": 0,
            "opens_total": count(opens),
            "unique_opens": count(opens.drop_duplicates(each)),
            "proxy_excluded_opens": count(by_people),
            "proxy_excluded_unique_opens": count(by_people.drop_duplicates(each)),
            "clicks_total": count(clicks),
            "unique_clicks": count(clicks.drop_duplicates([*each, "link"])),
            "unique_subscriber_clicks": count(clicks.drop_duplicates(each)),
            "last_open_at": last(opens),
            "last_click_at": last(clicks),
        }
    )
