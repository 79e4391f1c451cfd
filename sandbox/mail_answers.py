"""What comes back from mailed campaigns: opens, clicks and bounces, of people, privacy proxies and link scanners."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.clock import DAY, HOUR, MINUTE, SECOND

LATEST_ANSWER = 25 * DAY
LINKS = ("product", "pricing", "blog/roi-guide", "webinar", "contact")
ACTIONS = ("open", "click", "bounce")
OPEN, CLICK, BOUNCE = range(len(ACTIONS))
KINDS = ("", "hard", "soft")
HUMAN_IPS, PROXY_IPS, SCANNER_IPS = 0, 254, 508  # where each network starts in ip_addresses()
_PROXY_SHARE, _SCANNER_SHARE = 0.35, 0.03


def ip_addresses() -> np.ndarray:
    """The addresses answers come from, by code: people's, Apple's privacy proxy's, a scanner's."""
    return np.array(
        [f"{net}.{host}" for net in ("203.0.113", "17.58.101", "40.94.20") for host in range(1, 255)], dtype=object
    )


def answer(rng: Generator, send_at: np.ndarray, members: pd.DataFrame, recipients: pd.DataFrame) -> pd.DataFrame:
    """Everything that recipients (campaign, member) send back, sorted: campaign, member, at, action, kind, link, ip,
    is_machine. action and kind are codes, link is a position in LINKS (-1 where none); send_at: of each campaign."""
    campaign, member = recipients["campaign"].to_numpy(), recipients["member"].to_numpy()
    sent_at = send_at[campaign]
    bounced_hard = sent_at + MINUTE == members["cleaned_at"].to_numpy()[member]
    bounced_soft = ~bounced_hard & (rng.random(len(member)) < 0.006)
    delivered = np.flatnonzero(~(bounced_hard | bounced_soft))
    people = _people(rng, len(members), delivered, member, sent_at)
    machines = _machines(rng, len(members), delivered, member, sent_at)
    bounces = [
        {
            "recipient": np.flatnonzero(rows),
            "at": sent_at[rows] + MINUTE,
            "action": BOUNCE,
            "kind": kind,
            "link": -1,
            "ip": 0,
        }
        for kind, rows in ((1, bounced_hard), (2, bounced_soft))
    ]
    frames = [pd.DataFrame(part) for part in (*people, *machines, *bounces)]
    frames = [
        frame.assign(is_machine=kind)
        for frame, kind in zip(frames, [False, False, True, True, False, False], strict=True)
    ]
    activity = pd.concat(frames, ignore_index=True)
    activity["at"] = activity["at"] // SECOND * SECOND
    in_time = activity["at"].to_numpy() <= sent_at[activity["recipient"]] + LATEST_ANSWER
    activity = activity[in_time].sort_values(["recipient", "at", "action", "link"], ignore_index=True)
    rows = activity.pop("recipient").to_numpy()
    return activity.assign(campaign=campaign[rows], member=member[rows])


def _people(
    rng: Generator, members: int, delivered: np.ndarray, member: np.ndarray, sent_at: np.ndarray
) -> tuple[dict[str, object], dict[str, object]]:
    """Opens over the following hours and days, some twice, and clicks soon after an open."""
    interest = rng.beta(1.5, 4.5, members)
    readers = delivered[rng.random(len(delivered)) < interest[member[delivered]]]
    again = readers[rng.random(len(readers)) < 0.25]
    opened_at = sent_at[readers] + (3 * HOUR * rng.lognormal(0, 1.3, len(readers))).astype(np.int64)
    reopened_at = sent_at[again] + DAY + (DAY * rng.lognormal(0, 0.8, len(again))).astype(np.int64)
    ip = rng.integers(0, PROXY_IPS, members).astype(np.int16)
    opens = {"recipient": np.append(readers, again), "at": np.append(opened_at, reopened_at)}
    clicks = rng.random(len(readers)) < 0.16
    clicked_at = opened_at[clicks] + rng.integers(5 * SECOND, 3 * MINUTE, clicks.sum())
    clicked = {"recipient": readers[clicks], "at": clicked_at, "link": rng.integers(0, len(LINKS), clicks.sum())}
    return (
        {**opens, "action": OPEN, "kind": 0, "link": -1, "ip": ip[member[opens["recipient"]]]},
        {**clicked, "action": CLICK, "kind": 0, "ip": ip[member[readers[clicks]]]},
    )


def _machines(
    rng: Generator, members: int, delivered: np.ndarray, member: np.ndarray, sent_at: np.ndarray
) -> tuple[dict[str, object], dict[str, object]]:
    """Opens by the privacy proxy of members who read with Apple; every link clicked by employers' scanners."""
    reads_with_apple, is_scanned = rng.random(members) < _PROXY_SHARE, rng.random(members) < _SCANNER_SHARE
    fetched = delivered[reads_with_apple[member[delivered]]]
    fetched_at = sent_at[fetched] + rng.integers(1, 90, len(fetched)) * SECOND
    scanned = np.repeat(delivered[is_scanned[member[delivered]]], len(LINKS))
    scanned_at = sent_at[scanned] + rng.integers(2, 20, len(scanned)) * SECOND
    proxies = PROXY_IPS + rng.integers(0, 254, len(fetched))
    links = np.tile(np.arange(len(LINKS)), len(scanned) // len(LINKS))
    return (
        {"recipient": fetched, "at": fetched_at, "action": OPEN, "kind": 0, "link": -1, "ip": proxies},
        {"recipient": scanned, "at": scanned_at, "action": CLICK, "kind": 0, "link": links, "ip": SCANNER_IPS + links},
    )
