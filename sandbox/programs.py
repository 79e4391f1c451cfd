"""Programs of marketing automation: e-mails and webinars for some people of the CRM, and what came of them.

Two tools run them, each for its own part of the people, whatever HubSpot and Mailchimp send. Whole seconds.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import Chance, choose, only_if
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND, from_home, iso_days
from sandbox.journeys import PHONE
from sandbox.mail_answers import ACTIONS, KINDS, LINKS, answer

_SITE = "https://www.northwind-labs.example"
_TOPICS = ["Getting started", "Reading your ROI", "Budget planning", "Customer story", "What is new"]
_FRESH = 60 * DAY  # who joined longer ago is out of a program
_HARD_BOUNCES, _UNSUBSCRIBES, _REGISTERS, _ATTENDS = 0.008, 0.012, 0.08, 0.6


@dataclass(frozen=True)
class Tool:
    """A tool's part: `share` of the people with an address, who join it `lag` (least and most, ms) after the CRM."""

    name: str
    share: float
    lag: tuple[int, int]
    has_webinars: bool


TOOLS = (Tool("marketo", 0.4, (5 * SECOND, MINUTE), True), Tool("klaviyo", 0.45, (HOUR, 2 * DAY), False))


@dataclass(frozen=True)
class Programs:
    """The whole history of all tools.

    `programs`: tool, id, kind (email, webinar), name, subject, created_at, starts_at. `members`: tool, person,
    joined_at, gone_at, unsubscribed_at, cleaned_at. `events`: id (ascending with at), tool, program_id, person, action
    (sent, open, click, bounce, unsubscribe, registered, attended, missed), kind (of a bounce), url, is_machine, at.
    """

    programs: pd.DataFrame
    members: pd.DataFrame
    events: pd.DataFrame


def run_programs(chance: Chance, journeys: pd.DataFrame, first_day: int, last_day: int) -> Programs:
    """Every tool's programs, for the people of these journeys."""
    parts = [_run(chance(f"programs of {tool.name}"), tool, journeys, first_day, last_day) for tool in TOOLS]
    programs, members, events = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
    events = events.sort_values(["at", "tool", "program_id", "person", "action", "url"], ignore_index=True)
    return Programs(programs, members, events.assign(id=1 + np.arange(len(events))))


def _run(
    rng: Generator, tool: Tool, journeys: pd.DataFrame, first_day: int, last_day: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    members = _join(rng, tool, journeys)
    programs = _plan(rng, tool, first_day, last_day)
    emails = programs[programs["kind"] == "email"].reset_index(drop=True)
    sends = _send(rng, members, emails)
    answers = answer(rng, emails["starts_at"].to_numpy(), members, sends)
    parts = [_sent(sends, emails), _answered(answers, tool, emails), _left(sends)]
    mailed = pd.concat(parts, ignore_index=True)
    mailed["program_id"] = emails["id"].to_numpy()[mailed.pop("campaign")]
    webinars = programs[programs["kind"] == "webinar"]
    events = pd.concat([mailed, *(_hold(rng, members, *each) for each in webinars[["id", "starts_at"]].to_numpy())])
    events["person"] = members["person"].to_numpy()[events.pop("member")]
    return programs, members, events.assign(tool=tool.name)


def _join(rng: Generator, tool: Tool, journeys: pd.DataFrame) -> pd.DataFrame:
    """Who is in the tool, and from when; dead addresses and unsubscribes come with the e-mails."""
    joins = (journeys["crm_at"] != NEVER) & (journeys["capture"] != PHONE) & (rng.random(len(journeys)) < tool.share)
    rows = np.flatnonzero(joins)
    joined_at = journeys["crm_at"].to_numpy()[rows] // SECOND * SECOND + SECOND + rng.integers(*tool.lag, len(rows))
    frame = pd.DataFrame({"tool": tool.name, "person": rows + 1, "joined_at": joined_at // SECOND * SECOND})
    frame["gone_at"] = journeys["gone_at"].to_numpy()[rows]
    return frame.assign(unsubscribed_at=NEVER, cleaned_at=NEVER)[frame["joined_at"] < frame["gone_at"]].reset_index(
        drop=True
    )


def _plan(rng: Generator, tool: Tool, first_day: int, last_day: int) -> pd.DataFrame:
    """An e-mail every six weeks (a quarter of a shorter history), and webinars half as often."""
    step = min(42, (last_day - first_day) // 4)
    kinds = [("email", np.arange(first_day + step // 2, last_day + 1, step), 9 * HOUR)]
    if tool.has_webinars:
        kinds.append(("webinar", np.arange(first_day + step, last_day + 1, 2 * step), 15 * HOUR))
    frames = []
    for kind, days, hour in kinds:
        topic = choose(rng, _TOPICS, [1] * len(_TOPICS), len(days))
        frame = pd.DataFrame({"kind": kind, "name": f"{kind.capitalize()} " + pd.Series(iso_days(days)) + " " + topic})
        frames.append(frame.assign(subject=topic, starts_at=from_home(days, np.full(len(days), hour))))
    programs = pd.concat(frames, ignore_index=True).sort_values("starts_at", ignore_index=True)
    created_at = programs["starts_at"] - rng.integers(12, 20, len(programs)) * DAY
    return programs.assign(tool=tool.name, id=1001 + np.arange(len(programs)), created_at=created_at)


def _send(rng: Generator, members: pd.DataFrame, emails: pd.DataFrame) -> pd.DataFrame:
    """Sends in order (campaign, member: rows; sent_at, left_at), until one bounces or makes its recipient leave."""
    joined_at, gone_at = members["joined_at"].to_numpy(), members["gone_at"].to_numpy()
    sends = pd.concat(
        [
            pd.DataFrame(
                {
                    "campaign": row,
                    "member": np.flatnonzero((joined_at < at) & (joined_at > at - _FRESH) & (at < gone_at)),
                }
            )
            for row, at in enumerate(emails["starts_at"])
        ],
        ignore_index=True,
    ).astype({"campaign": np.int32, "member": np.int32})
    sends["sent_at"] = emails["starts_at"].to_numpy()[sends["campaign"]]
    bounces = rng.random(len(sends)) < _HARD_BOUNCES
    leaves = ~bounces & (rng.random(len(sends)) < _UNSUBSCRIBES)
    left_at = sends["sent_at"] + rng.integers(2 * MINUTE, 2 * DAY, len(sends)) // SECOND * SECOND
    sends["left_at"] = only_if(leaves & (left_at < gone_at[sends["member"]]), left_at)
    cleaned_at = only_if(bounces, sends["sent_at"] + MINUTE)
    ends_at = np.minimum(sends["left_at"], cleaned_at)
    until_then = pd.Series(ends_at).groupby(sends["member"]).cummin()
    earlier = until_then.groupby(sends["member"]).shift(fill_value=NEVER)
    gets = (earlier > sends["sent_at"]).to_numpy()
    first = pd.DataFrame({"left": sends["left_at"], "cleaned": cleaned_at, "member": sends["member"]})[gets]
    ends = first.groupby("member").min()
    members.loc[ends.index, "unsubscribed_at"] = ends["left"]
    members.loc[ends.index, "cleaned_at"] = ends["cleaned"]
    return sends[gets].reset_index(drop=True)


def _sent(sends: pd.DataFrame, emails: pd.DataFrame) -> pd.DataFrame:
    return _events(sends, "sent", sends["sent_at"])


def _left(sends: pd.DataFrame) -> pd.DataFrame:
    left = sends[sends["left_at"] != NEVER]
    return _events(left, "unsubscribe", left["left_at"])


def _events(sends: pd.DataFrame, action: str, at: pd.Series) -> pd.DataFrame:
    return sends[["campaign", "member"]].assign(action=action, kind="", url="", is_machine=False, at=at)


def _answered(answers: pd.DataFrame, tool: Tool, emails: pd.DataFrame) -> pd.DataFrame:
    """Opens, clicks and bounces; links carry the tool's campaign parameters."""
    slugs = emails["name"].str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True)
    urls = [
        f"{_SITE}/{link}?utm_source={tool.name}&utm_medium=email&utm_campaign={slug}&utm_content={link.split('/')[-1]}"
        for slug in slugs
        for link in LINKS
    ]
    link = answers["link"].to_numpy()
    url = np.where(link >= 0, answers["campaign"].to_numpy() * len(LINKS) + link, len(urls))
    named = {
        "action": np.array(ACTIONS, dtype=object)[answers["action"]],
        "kind": np.array(KINDS, dtype=object)[answers["kind"]],
        "url": np.array([*urls, ""], dtype=object)[url],
    }
    return answers[["campaign", "member", "is_machine", "at"]].assign(**named)


def _hold(rng: Generator, members: pd.DataFrame, program_id: int, starts_at: int) -> pd.DataFrame:
    """Who registers for a webinar in the days before it, and who of them comes."""
    joined_at = members["joined_at"].to_numpy()
    registered_at = starts_at - rng.integers(HOUR, 10 * DAY, len(members)) // SECOND * SECOND
    is_there = (
        (joined_at < registered_at) & (joined_at > starts_at - 2 * _FRESH) & (members["gone_at"] > starts_at + DAY)
    )
    rows = np.flatnonzero(is_there & (rng.random(len(members)) < _REGISTERS))
    attends = rng.random(len(rows)) < _ATTENDS
    frame = pd.DataFrame({"member": rows, "program_id": program_id, "kind": "", "url": "", "is_machine": False})
    after = np.where(attends, starts_at + 5 * MINUTE, starts_at + 2 * HOUR)
    return pd.concat(
        [
            frame.assign(action="registered", at=registered_at[rows]),
            frame.assign(action=np.where(attends, "attended", "missed"), at=after),
        ]
    )


def programs_at(programs: Programs, as_of: int) -> dict[str, Any]:
    """View.programs, program_members and program_events: with whoever is gone from the CRM their events are gone."""
    members = programs.members[programs.members["joined_at"] <= as_of]
    ends = ("gone_at", "unsubscribed_at", "cleaned_at")
    members = members.assign(**{name: members[name].where(members[name] <= as_of, NEVER) for name in ends})
    present = members.loc[members["gone_at"] == NEVER, ["tool", "person"]]
    events = programs.events[programs.events["at"] <= as_of].merge(present, on=["tool", "person"])
    return {
        "programs": programs.programs[programs.programs["created_at"] <= as_of].reset_index(drop=True),
        "program_members": members.reset_index(drop=True),
        "program_events": events.sort_values("id", ignore_index=True),
    }
