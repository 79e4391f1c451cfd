"""The help desk as Zendesk shows it: tickets with what is sideloaded, users, and satisfaction ratings."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER, SECOND
from sandbox.support import AGENTS
from sandbox.vendor import Call
from sandbox.vendors.zendesk import errors, pages
from sandbox.vendors.zendesk.pages import Row
from sandbox.view import View

_FIRST_AGENT, _GROUP, _PRODUCT_FIELD = 390_000_000_001, 360_000_000_001, 360_000_000_101


class Desk:
    """The tickets of a View, in the order in which the export gives them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.as_of = view.as_of

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The tickets by the moment of their last change, that of Zendesk's own jobs included."""
        return self.view.support_tickets.sort_values(["generated_at", "id"], ignore_index=True)

    @cached_property
    def stamps(self) -> list[int]:
        """The moments of their last change, ms."""
        return self.frame["generated_at"].tolist()

    @cached_property
    def tickets(self) -> list[Row]:
        """Every ticket, with its metrics."""
        times = {name: _times(self.frame[f"{name}_at"]) for name in ("created", "updated", "solved", "answered")}
        columns = zip(wire.rows(self.frame), *times.values(), strict=True)
        return [_ticket(row, dict(zip(times, moments, strict=True))) for row, *moments in columns]

    @cached_property
    def users(self) -> dict[int, Row]:
        """Requesters and agents by id; who was erased is nobody any more."""
        asked = self.frame.sort_values("id").groupby("requester_id", sort=True)
        first, changed = asked["created_at"].min(), asked["updated_at"].max()
        latest = asked.last()
        made = _times(first)
        left = _times(changed.where(latest["is_purged"], first))
        requesters = {
            int(requester): _user(int(requester), email, "end-user", created_at, updated_at, not is_purged)
            for requester, email, is_purged, created_at, updated_at in zip(
                latest.index, latest["email"], latest["is_purged"], made, left, strict=True
            )
        }
        begun = made[0] if made else None
        agents = {
            _FIRST_AGENT + number: _user(
                _FIRST_AGENT + number, f"support{number}@northwind-labs.example", "agent", begun
            )
            for number in range(AGENTS)
        }
        return {**agents, **requesters}

    @cached_property
    def ratings(self) -> list[Row]:
        """Every rating that was asked for, in the order of asking."""
        offered = self.frame[self.frame["offered_at"] != NEVER].sort_values(["offered_at", "id"], ignore_index=True)
        rated_at = offered["rated_at"].where(offered["rated_at"] != NEVER, offered["offered_at"])
        columns = zip(wire.rows(offered), _times(offered["offered_at"]), _times(rated_at), strict=True)
        return [_rating(*each) for each in columns]

    def show_tickets(self, positions: Sequence[int], include: str) -> Row:
        """A page of tickets, and what is to come along."""
        tickets = [self.tickets[position] for position in positions]
        wanted = include.split(",")
        if "metric_sets" not in wanted:
            tickets = [{name: value for name, value in each.items() if name != "metric_set"} for each in tickets]
        if "users" not in wanted:
            return {"tickets": tickets}
        roles = ("requester_id", "submitter_id", "assignee_id")
        ids = sorted({each[role] for each in tickets for role in roles if each[role]})
        return {"tickets": tickets, "users": [self.users[each] for each in ids]}


def _times(instants: pd.Series) -> list[Any]:
    """Instants as 2026-02-02T08:00:00Z."""
    return [text and text.replace("+00:00", "Z") for text in wire.seconds(instants)]


def _ticket(row: Row, times: Row) -> Row:
    is_gone, agent = row["status"] == "deleted", _FIRST_AGENT + row["agent"]
    score = row["score"]
    rating = {"score": score} if score in ("offered", "unoffered") else {"score": score, "id": row["rating_id"]}
    return {
        "id": row["id"],
        "url": f"https://acme.zendesk.com/api/v2/tickets/{row['id']}.json",
        "external_id": None,
        "via": {"channel": row["channel"], "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": times["created"],
        "updated_at": times["updated"],
        "generated_timestamp": row["generated_at"] // SECOND,
        "type": row["kind"],
        "subject": row["subject"],
        "raw_subject": row["subject"],
        "description": "SCRUBBED" if is_gone else f"Hello, {row['subject'].lower()}",
        "priority": row["priority"] or None,
        "status": row["status"],
        "recipient": None,
        "requester_id": row["requester_id"],
        "submitter_id": row["requester_id"],
        "assignee_id": None if row["status"] == "new" else agent,
        "organization_id": None,
        "group_id": _GROUP,
        "collaborator_ids": [],
        "follower_ids": [],
        "has_incidents": False,
        "is_public": True,
        "tags": [row["kind"]],
        "custom_fields": [{"id": _PRODUCT_FIELD, "value": None if is_gone else row["kind"]}],
        "fields": [{"id": _PRODUCT_FIELD, "value": None if is_gone else row["kind"]}],
        "satisfaction_rating": rating,
        "brand_id": 360_000_000_201,
        "allow_channelback": False,
        "metric_set": {
            "ticket_id": row["id"],
            "reopens": 0,
            "replies": 0 if times["answered"] is None else 1,
            "solved_at": times["solved"],
            "created_at": times["created"],
        },
    }


def _user(number: int, email: str, role: str, created_at: Any, updated_at: Any = None, is_there: bool = True) -> Row:
    """A user; of one who was erased only the id is left."""
    name = email.partition("@")[0].replace(".", " ").title() if is_there else "Permanently Deleted User"
    return {
        "id": number,
        "url": f"https://acme.zendesk.com/api/v2/users/{number}.json",
        "name": name,
        "email": email if is_there else None,
        "created_at": created_at,
        "updated_at": updated_at or created_at,
        "role": role,
        "active": is_there,
        "verified": is_there,
        "time_zone": "Berlin",
        "locale": "en-US",
        "tags": [],
        "user_fields": {},
    }


def _rating(row: Row, created_at: str, updated_at: str) -> Row:
    return {
        "id": row["rating_id"],
        "url": f"https://acme.zendesk.com/api/v2/satisfaction_ratings/{row['rating_id']}.json",
        "assignee_id": _FIRST_AGENT + row["agent"],
        "group_id": _GROUP,
        "requester_id": row["requester_id"],
        "ticket_id": row["id"],
        "score": row["score"],
        "comment": row["comment"] or None,
        "reason": None,
        "created_at": created_at,
        "updated_at": updated_at,
    }


def export_tickets(desk: Desk, call: Call) -> Row:
    """GET /incremental/tickets/cursor.json."""
    include = call.query.get("include", "")
    show = lambda positions: desk.show_tickets(positions, include)  # noqa: E731
    return pages.export_by_cursor(call, desk.stamps, desk.as_of, show)


def export_tickets_by_time(desk: Desk, call: Call) -> Row:
    """GET /incremental/tickets.json."""
    include = call.query.get("include", "")
    return pages.export_by_time(call, desk.stamps, desk.as_of, lambda positions: desk.show_tickets(positions, include))


def export_users(desk: Desk, call: Call) -> Row:
    """GET /incremental/users/cursor.json."""
    users = sorted(desk.users.values(), key=lambda user: (user["updated_at"], user["id"]))
    stamps = [wire.read_instant(user["updated_at"]) for user in users]
    return pages.export_by_cursor(
        call, stamps, desk.as_of, lambda positions: {"users": [users[each] for each in positions]}
    )


def list_tickets(desk: Desk, call: Call) -> Row:
    """GET /tickets.json: the deleted are not listed."""
    include = call.query.get("include", "")
    found = [place for place, ticket in enumerate(desk.tickets) if ticket["status"] != "deleted"]
    found.sort(key=lambda place: desk.tickets[place]["id"])
    return pages.page(
        call, len(found), lambda positions: desk.show_tickets([found[each] for each in positions], include)
    )


def get_ticket(desk: Desk, call: Call) -> Row:
    """GET /tickets/{id}.json."""
    wanted = call.path["id"].removesuffix(".json")
    found = [each for each in desk.tickets if str(each["id"]) == wanted and each["status"] != "deleted"]
    if not found:
        raise errors.not_found()
    return {"ticket": found[0]}


def list_users(desk: Desk, call: Call) -> Row:
    """GET /users.json."""
    users = [desk.users[number] for number in sorted(desk.users)]
    return pages.page(call, len(users), lambda positions: {"users": [users[each] for each in positions]})


def show_me(desk: Desk, call: Call) -> Row:
    """GET /users/me.json."""
    return {"user": desk.users[_FIRST_AGENT]}


def list_ratings(desk: Desk, call: Call) -> Row:
    """GET /satisfaction_ratings.json, of those asked for since start_time and before end_time (unix seconds)."""
    found = desk.ratings
    for name, keeps in (("start_time", int.__ge__), ("end_time", int.__lt__)):
        if (text := call.query.get(name, "")).isdigit():
            moment = int(text) * SECOND
            found = [each for each in found if keeps(wire.read_instant(each["created_at"]), moment)]
    if score := call.query.get("score"):
        found = [each for each in found if each["score"] == score]
    return pages.page(call, len(found), lambda places: {"satisfaction_ratings": [found[each] for each in places]})
