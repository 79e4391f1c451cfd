"""Mailchimp's campaign and report endpoints."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.vendor import Call
from sandbox.vendors.mailchimp import errors
from sandbox.vendors.mailchimp.pages import Row, chosen, instant, matching, ordered, page
from sandbox.vendors.mailchimp.sendings import Sendings, entries

_TIMES = {"create_time": "created_at", "send_time": "send_at"}


def list_campaigns(sendings: Sendings, call: Call) -> Row:
    """GET /campaigns: drafts and scheduled ones too."""
    found = np.flatnonzero(_asked(sendings, call, _TIMES))
    found = ordered(call, sendings.campaigns, found, _TIMES)
    return page(call, "campaigns", found, lambda positions: _show_campaigns(sendings, positions))


def get_campaign(sendings: Sendings, call: Call) -> Row:
    """GET /campaigns/{id}."""
    if call.path["id"] not in sendings.position_of:
        raise errors.not_found()
    return chosen(call, _show_campaigns(sendings, [sendings.position_of[call.path["id"]]])[0])


def list_reports(sendings: Sendings, call: Call) -> Row:
    """GET /reports: one per sent campaign, its totals as they are by now."""
    is_sent = (sendings.campaigns["send_at"] != NEVER).to_numpy()
    found = np.flatnonzero(is_sent & _asked(sendings, call, {"send_time": "send_at"}))
    return page(call, "reports", found, lambda positions: _show_reports(sendings, positions))


def get_report(sendings: Sendings, call: Call) -> Row:
    """GET /reports/{id}."""
    return chosen(call, _show_reports(sendings, [sendings.position(call)])[0])


def list_activity(sendings: Sendings, call: Call) -> Row:
    """GET /reports/{id}/email-activity: all recipients, or with `since` those who did something after it."""
    campaign = sendings.position(call)
    since = instant("since", call.query["since"]) if call.query.get("since") else None
    activity = sendings.activity(campaign, since)
    recipients = sendings.recipients(campaign)
    if since is not None:
        recipients = recipients[np.isin(recipients, activity["member"].to_numpy())]

    def show(members: Sequence[int]) -> list[Row]:
        found = zip(sendings.readers(campaign, members), entries(activity, members), strict=True)
        return [{**reader, "activity": each} for reader, each in found]

    return page(call, "emails", recipients, show, campaign_id=call.path["id"])


def list_recipients(sendings: Sendings, call: Call) -> Row:
    """GET /reports/{id}/sent-to."""
    campaign = sendings.position(call)
    activity = sendings.activity(campaign, None)

    def show(members: Sequence[int]) -> list[Row]:
        found = zip(sendings.readers(campaign, members), entries(activity, members), strict=True)
        return [{**reader, **_reception(each)} for reader, each in found]

    return page(call, "sent_to", sendings.recipients(campaign), show, campaign_id=call.path["id"])


def _reception(activity: Sequence[Row]) -> Row:
    opens = [each["timestamp"] for each in activity if each["action"] == "open"]
    bounces = [each["type"] for each in activity if each["action"] == "bounce"]
    return {"status": bounces[-1] if bounces else "sent", "open_count": len(opens), "last_open": max(opens, default="")}


def list_unsubscribes(sendings: Sendings, call: Call) -> Row:
    """GET /reports/{id}/unsubscribed."""
    campaign = sendings.position(call)
    frame = sendings.unsubscribes(campaign)

    def show(positions: Sequence[int]) -> list[Row]:
        rows = frame.iloc[list(positions)]
        members = rows["member"].tolist()
        columns = (sendings.readers(campaign, members), members, wire.seconds(rows["at"]), rows["reason"])
        merge_fields = sendings.audience.merge_fields
        return [
            {**reader, "merge_fields": merge_fields[member], "timestamp": timestamp, "reason": reason}
            for reader, member, timestamp, reason in zip(*columns, strict=True)
        ]

    return page(call, "unsubscribes", np.arange(len(frame)), show, campaign_id=call.path["id"])


def _asked(sendings: Sendings, call: Call, bounds: Mapping[str, str]) -> np.ndarray:
    frame = sendings.campaigns
    mask = matching(call, frame, bounds)
    for parameter in ("status", "type", "list_id"):
        if wanted := call.query.get(parameter):
            mask &= frame[parameter].isin(wanted.split(",")).to_numpy()
    return mask


def _show_campaigns(sendings: Sendings, positions: Sequence[int]) -> list[Row]:
    frame = sendings.campaigns.iloc[list(positions)]
    times = (wire.seconds(frame[column], "") for column in _TIMES.values())
    return [
        {
            "id": row["id"],
            "web_id": row["web_id"],
            "type": row["type"],
            "status": row["status"],
            "create_time": created,
            "send_time": sent,
            "emails_sent": row["emails_sent"],
            "content_type": "template",
            "recipients": {
                "list_id": row["list_id"],
                "list_is_active": True,
                "list_name": sendings.list_names[row["list_id"]],
            },
            "settings": {"subject_line": row["subject_line"], "title": row["title"]},
        }
        for row, created, sent in zip(wire.rows(frame), *times, strict=True)
    ]


def _show_reports(sendings: Sendings, positions: Sequence[int]) -> list[Row]:
    totals = sendings.view.mail_reports.set_index("campaign").loc[list(positions)].reset_index(drop=True)
    frame = sendings.campaigns.iloc[list(positions)].drop(columns="emails_sent").reset_index(drop=True)
    frame = pd.concat([frame, totals], axis=1)
    times = (wire.seconds(frame[column], "") for column in ("send_at", "last_open_at", "last_click_at"))
    return [_report(sendings, row, *each) for row, *each in zip(wire.rows(frame), *times, strict=True)]


def _report(sendings: Sendings, row: Row, send_time: str, last_open: str, last_click: str) -> Row:
    delivered = row["emails_sent"] - row["hard_bounces"] - row["soft_bounces"]
    copied = ("id", "type", "list_id", "subject_line", "emails_sent", "abuse_reports", "unsubscribed")
    opens = ("opens_total", "unique_opens", "proxy_excluded_opens", "proxy_excluded_unique_opens")
    return {
        **{name: row[name] for name in copied},
        "campaign_title": row["title"],
        "list_is_active": True,
        "list_name": sendings.list_names[row["list_id"]],
        "send_time": send_time,
        "bounces": {name: row[name] for name in ("hard_bounces", "soft_bounces", "syntax_errors")},
        "opens": {
            **{name: row[name] for name in opens},
            "open_rate": _share(row["unique_opens"], delivered),
            "proxy_excluded_open_rate": _share(row["proxy_excluded_unique_opens"], delivered),
            "last_open": last_open,
        },
        "clicks": {
            **{name: row[name] for name in ("clicks_total", "unique_clicks", "unique_subscriber_clicks")},
            "click_rate": _share(row["unique_subscriber_clicks"], delivered),
            "last_click": last_click,
        },
        "ecommerce": {"total_orders": 0, "total_spent": 0, "total_revenue": 0, "currency_code": "EUR"},
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
