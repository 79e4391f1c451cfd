"""Mailchimp's lists and their members: those who changed, and the ids of all there are."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span, is_after
from ingestion.resource import Record
from ingestion.sources.mailchimp.pages import iso, list_pages

_OVERLAP = timedelta(hours=1)
_STATUSES = (None, "archived")  # archived members come only when asked for


def read_audiences(client: Client, span: Span) -> Iterator[Item]:
    """Every list, and its members changed in the time."""
    for lists in list_pages(client, "/lists", "lists"):
        yield Page("lists", [_list(each) for each in lists])
        for each in lists:
            yield from _read_members(client, span, each["id"])


def _read_members(client: Client, span: Span, list_id: str) -> Iterator[Item]:
    path, last = f"/lists/{list_id}/members", str(iso(span.until))
    for status in _STATUSES:
        for members in list_pages(
            client,
            path,
            "members",
            status=status,
            since_last_changed=iso(span.changed_since(_OVERLAP)),
            sort_field="last_changed",  # who changes meanwhile moves to the front: others come twice, none is passed by
            sort_dir="DESC",
        ):
            yield Page("members", [_member(each) for each in members if not is_after(each.get("last_changed"), last)])
        for members in list_pages(client, path, "members", status=status, fields="members.id,total_items"):
            yield Page("member_ids", [{"list_id": list_id, "id": member["id"]} for member in members])


def _list(each: Record) -> Record:
    return {**each, "member_count": (each.get("stats") or {}).get("member_count")}


def _member(member: Record) -> Record:
    """Merge fields become columns of their own, in lower case."""
    merged = {name.lower(): value for name, value in (member.get("merge_fields") or {}).items()}
    return {**merged, **member}
