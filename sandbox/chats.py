"""Chats on the web site: conversations of known people, and of strangers, with a bot and often with a seller."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import days_between
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, SECOND
from sandbox.journeys import PHONE
from sandbox.visits import NO_FORM, Visits
from sandbox.web_sources import Sources

_MOST, _LARGEST_SHARE = 240, 0.15  # of the visits of people in the CRM
_STRANGERS = 0.12  # for each known person who chats
_FIRST_CONVERSATION, _FIRST_CONTACT, _FIRST_MESSAGE = 3_400_000_001, 20_500_000_001, 8_100_000_001
BOT_ID = 555_001
_BODIES = {
    "contact": ["Hi there", "Can I see a demo?", "What does it cost?", "Does it work with our CRM?", "Thanks!"],
    "bot": ["Hello! What brings you here today?", "Somebody will be with you in a moment."],
    "agent": ["Happy to help.", "Shall we talk tomorrow at ten?", "I have sent you the details.", "You are welcome."],
}
_UTM = ("source", "medium", "campaign", "content")


@dataclass(frozen=True)
class Chats:
    """`conversations`: id, contact_id, person, agent (position among the owners, -1 for none), tag, created_at,
    closed_at, gone_at, utm_source, utm_medium, utm_campaign, utm_content. `messages`: id, conversation_id, by, body,
    type, at. `people`: who they are, by person - 1."""

    conversations: pd.DataFrame
    messages: pd.DataFrame
    people: pd.DataFrame


def chat(
    rng: Generator, visits: Visits, sources: Sources, people: pd.DataFrame, journeys: pd.DataFrame, owners: int
) -> Chats:
    """Everything that was ever said. People chat after the CRM knows them, and not once they are gone from it."""
    sessions = visits.sessions
    who = sessions["person"].to_numpy() - 1
    crm_at, gone_at = (journeys[name].to_numpy()[who] for name in ("crm_at", "gone_at"))
    started_at, is_known = sessions["started_at"].to_numpy(), who >= 0
    may = is_known & (started_at > np.where(crm_at == NEVER, NEVER, crm_at)) & (started_at + DAY < gone_at)
    may &= (journeys["capture"].to_numpy()[who] != PHONE) & (sessions["form"] == NO_FORM).to_numpy()
    share = min(_MOST / max(may.sum(), 1), _LARGEST_SHARE)
    strangers = np.flatnonzero(~is_known & sessions["has_consent"].to_numpy())
    known = np.flatnonzero(may & (rng.random(len(sessions)) < share))
    count = min(round(len(known) * _STRANGERS), len(strangers))
    rows = np.sort(np.append(known, rng.choice(strangers, count, replace=False)))
    conversations = _conversations(rng, sessions.iloc[rows], sources, journeys, owners)
    messages = _messages(rng, conversations)
    last_at = messages.groupby("conversation_id")["at"].max().reindex(conversations["id"]).to_numpy()
    closed_at = last_at + days_between(rng, 0.2, 3, len(conversations))
    return Chats(conversations.assign(closed_at=closed_at), messages, people)


def _conversations(
    rng: Generator, sessions: pd.DataFrame, sources: Sources, journeys: pd.DataFrame, owners: int
) -> pd.DataFrame:
    """One per visit; a contact is a person, or a stranger's cookie. The address of the visit's page is remembered."""
    person, cookie = sessions["person"].to_numpy(), sessions["cookie"].to_numpy()
    contact = pd.factorize(np.where(person > 0, person, -cookie))[0]
    table = sources.table.iloc[sessions["source"]]
    is_tagged = (table["campaign"] != "").to_numpy()
    has_agent = rng.random(len(sessions)) < 0.7
    return pd.DataFrame(
        {
            "id": _FIRST_CONVERSATION + np.arange(len(sessions)) * 7,
            "contact_id": _FIRST_CONTACT + contact,
            "person": person,
            "agent": np.where(has_agent, rng.integers(0, owners - 1, len(sessions)), -1),
            "tag": np.where(rng.random(len(sessions)) < 0.2, "CQL", ""),
            "created_at": sessions["started_at"].to_numpy() + rng.integers(5 * SECOND, 50 * SECOND, len(sessions)),
            "gone_at": np.where(person > 0, journeys["gone_at"].to_numpy()[person - 1], NEVER),
            **{f"utm_{name}": np.where(is_tagged, table[name], "") for name in _UTM},
        }
    )


def _messages(rng: Generator, conversations: pd.DataFrame) -> pd.DataFrame:
    """The visitor begins, the bot answers; then visitor and seller take turns, and the seller may leave a note."""
    rows: list[dict[str, Any]] = []
    for conversation in conversations.to_dict("records"):
        turns = ["contact", "bot"] + ["contact", "agent"] * int(rng.integers(1, 5)) * (conversation["agent"] >= 0)
        at = conversation["created_at"]
        for number, by in enumerate(turns):
            rows.append(_message(rng, conversation["id"], by, "chat", at))
            waits = 8 * HOUR if by == "contact" and number > 4 and rng.random() < 0.2 else 3 * MINUTE
            at += int(rng.integers(4 * SECOND, waits))
        if conversation["agent"] >= 0 and rng.random() < 0.3:
            rows.append(_message(rng, conversation["id"], "agent", "private_note", at))
    messages = pd.DataFrame(rows)
    return messages.assign(id=_FIRST_MESSAGE + np.arange(len(messages)))


def _message(rng: Generator, conversation_id: int, by: str, kind: str, at: int) -> dict[str, Any]:
    body = _BODIES[by][int(rng.integers(0, len(_BODIES[by])))]
    return {"conversation_id": conversation_id, "by": by, "type": kind, "body": body, "at": at}


def chats_at(chats: Chats, owners: pd.DataFrame, as_of: int) -> dict[str, Any]:
    """The Drift frames of a View. Whoever is gone from the CRM is deleted here too, with what they said."""
    all_of = chats.conversations
    shown = all_of[(all_of["created_at"] <= as_of) & (all_of["gone_at"] > as_of)]
    agents = np.append(owners["id"].to_numpy(), 0)[shown["agent"]]
    shown = shown.assign(agent_id=agents)
    told = chats.messages["conversation_id"].isin(shown["id"]) & (chats.messages["at"] <= as_of)
    messages = chats.messages[told].merge(
        shown[["id", "contact_id", "agent_id"]], left_on="conversation_id", right_on="id", suffixes=("", "_of")
    )
    author = np.select(
        [messages["by"] == "contact", messages["by"] == "bot"], [messages["contact_id"], BOT_ID], messages["agent_id"]
    )
    messages = messages.assign(author_id=author)
    last_at = messages.groupby("conversation_id")["at"].max().reindex(shown["id"]).to_numpy()
    is_closed = (shown["closed_at"] <= as_of).to_numpy()
    conversations = shown.assign(
        status=np.where(is_closed, "closed", "open"),
        updated_at=np.where(is_closed, shown["closed_at"], last_at),
    ).sort_values(["updated_at", "id"], ascending=False, ignore_index=True)
    order = ["conversation_id", "author_id", "by", "type", "body", "at"]
    return {
        "chat_conversations": conversations.drop(columns=["gone_at", "closed_at", "agent", *_utm_columns()]),
        "chat_messages": messages[["id", *order]].sort_values(["conversation_id", "at", "id"], ignore_index=True),
        "chat_contacts": _contacts(shown, chats.people),
    }


def _contacts(shown: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Who chatted: what their first and their latest visit came with; strangers without a name."""
    by_contact = shown.sort_values("created_at").groupby("contact_id")
    first, last = by_contact.first(), by_contact.last()
    row = first["person"].to_numpy() - 1
    is_known = row >= 0
    own = {name: np.where(is_known, people[name].to_numpy(dtype=object)[row], "") for name in ("email", "phone")}
    names = (people["first"] + " " + people["last"]).to_numpy(dtype=object)[row]
    utm = {
        f"{when}_{name}": frame[name].to_numpy()
        for when, frame in (("original", first), ("recent", last))
        for name in _utm_columns()
    }
    columns = {"id": first.index, "person": row + 1, **own, "name": np.where(is_known, names, "")}
    columns |= {"created_at": first["created_at"].to_numpy(), "updated_at": last["created_at"].to_numpy()}
    return pd.DataFrame({**columns, **utm}).sort_values("id", ignore_index=True)


def _utm_columns() -> list[str]:
    return [f"utm_{name}" for name in _UTM]
