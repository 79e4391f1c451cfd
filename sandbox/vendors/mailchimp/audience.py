"""Mailchimp's audiences: lists and their members."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from sandbox import wire
from sandbox.vendor import Call
from sandbox.vendors.mailchimp import errors
from sandbox.vendors.mailchimp.pages import Row, chosen, instant, matching, ordered, page
from sandbox.view import View

_MEMBER_TIMES = {"last_changed": "last_changed_at", "timestamp_opt": "opt_at", "timestamp_signup": "signup_at"}


class Audience:
    """Lists and members of a View; members as columns of what is sent."""

    def __init__(self, view: View) -> None:
        self.lists = view.mail_lists
        self.members = view.mail_members
        self.list_of_member = self.members["list_id"].to_numpy()
        self.status = self.members["status"].to_numpy()
        self.ids = self.members["id"].tolist()
        self.is_deleted = self.status == "deleted"  # for good: only their ids are left, in reports of the past

    @cached_property
    def columns(self) -> dict[str, wire.Texts]:
        """Every field of every member as it is sent; nothing is an empty text."""
        frame = self.members
        texts = {
            "id": "id",
            "email_address": "email",
            "unique_email_id": "unique_email_id",
            "contact_id": "contact_id",
            "status": "status",
            "unsubscribe_reason": "unsubscribe_reason",
            "language": "language",
            "source": "source",
            "ip_opt": "ip_opt",
            "list_id": "list_id",
        }
        return {
            **{name: wire.texts(frame[column], "") for name, column in texts.items()},
            "full_name": (frame["firstname"] + " " + frame["lastname"]).str.strip().tolist(),
            "merge_fields": self.merge_fields,
            "web_id": frame["web_id"].tolist(),
            "vip": frame["vip"].tolist(),
            "email_type": ["html"] * len(frame),
            "timestamp_signup": wire.seconds(frame["signup_at"], ""),
            "timestamp_opt": wire.seconds(frame["opt_at"], ""),
            "last_changed": wire.seconds(frame["last_changed_at"], ""),
            **self._tags(),
        }

    @cached_property
    def merge_fields(self) -> list[Row]:
        """What each member's merge fields say."""
        columns = (wire.texts(self.members[name], "") for name in ("firstname", "lastname", "phone"))
        return [{"FNAME": first, "LNAME": last, "PHONE": phone} for first, last, phone in zip(*columns, strict=True)]

    def _tags(self) -> dict[str, list[Any]]:
        names = self.members["tags"].str.split(";").tolist()
        ids = {name: number for number, name in enumerate(sorted({tag for tags in names for tag in tags if tag}), 1)}
        tags = [[{"id": ids[tag], "name": tag} for tag in each if tag] for each in names]
        return {"tags": tags, "tags_count": [len(each) for each in tags]}

    def show(self, positions: Sequence[int]) -> list[Row]:
        """The members at positions."""
        values = zip(*(wire.pick(column, positions) for column in self.columns.values()), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in values]


def list_lists(audience: Audience, call: Call) -> Row:
    """GET /lists."""
    frame = audience.lists
    found = np.flatnonzero(matching(call, frame, {"date_created": "created_at"}))
    found = ordered(call, frame, found, {"date_created": "created_at"})
    return page(call, "lists", found, lambda positions: _show_lists(audience, positions))


def get_list(audience: Audience, call: Call) -> Row:
    """GET /lists/{id}."""
    return chosen(call, _show_lists(audience, [_list_position(audience, call)])[0])


def _list_position(audience: Audience, call: Call) -> int:
    found = np.flatnonzero(audience.lists["id"] == call.path["id"])
    if not found.size:
        raise errors.not_found()
    return int(found[0])


def _show_lists(audience: Audience, positions: Sequence[int]) -> list[Row]:
    frame = audience.lists.iloc[list(positions)]
    created = wire.seconds(frame["created_at"], "")
    return [
        {
            "id": row["id"],
            "web_id": row["web_id"],
            "name": row["name"],
            "date_created": date_created,
            "visibility": "prv",
            "stats": _list_stats(audience, row["id"]),
        }
        for row, date_created in zip(wire.rows(frame), created, strict=True)
    ]


def _list_stats(audience: Audience, list_id: str) -> Row:
    statuses = audience.status[audience.list_of_member == list_id]
    counted = {"member_count": "subscribed", "unsubscribe_count": "unsubscribed", "cleaned_count": "cleaned"}
    return {name: int((statuses == status).sum()) for name, status in counted.items()}


def list_members(audience: Audience, call: Call) -> Row:
    """GET /lists/{id}/members: archived members come only under status=archived."""
    _list_position(audience, call)
    frame, status = audience.members, call.query.get("status")
    mask = (audience.list_of_member == call.path["id"]) & matching(call, frame, _MEMBER_TIMES)
    mask &= audience.status == status if status else audience.status != "archived"
    mask &= ~audience.is_deleted
    if since := call.query.get("unsubscribed_since"):
        is_later = frame["last_changed_at"].to_numpy() > instant("unsubscribed_since", since)
        mask &= is_later & (audience.status == "unsubscribed")
    if call.query.get("vip_only", "").lower() == "true":
        mask &= frame["vip"].to_numpy()
    found = ordered(call, frame, np.flatnonzero(mask), _MEMBER_TIMES)
    return page(call, "members", found, audience.show, list_id=call.path["id"])


def get_member(audience: Audience, call: Call) -> Row:
    """GET /lists/{id}/members/{hash}."""
    found = np.flatnonzero((audience.list_of_member == call.path["id"]) & ~audience.is_deleted)
    position = next((each for each in found.tolist() if audience.ids[each] == call.path["hash"]), None)
    if position is None:
        raise errors.not_found()
    return chosen(call, audience.show([position])[0])
