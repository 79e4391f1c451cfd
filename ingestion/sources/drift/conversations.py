"""Drift's conversations: all of them each time, and of those changed the messages and the contact.

There is no list of contacts and no filter by time, but the list of conversations is short beside what they hold, and it
tells which are gone.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from ingestion.client import Client, SourceError
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Span, Whole
from ingestion.resource import Record

_OVERLAP = timedelta(hours=1)
_LIMIT = 100
_GONE = 404


def read_users(client: Client) -> Iterator[Item]:
    """Everybody who answers, and the bots."""
    yield Page("users", [_snake(user) for user in client.get("/users/list").get("data") or ()])


def read_conversations(client: Client, span: Span) -> Iterator[Item]:
    """Every conversation, and what was said since the last load; a contact is asked for once."""
    since, seen = span.changed_since(_OVERLAP), set()
    for page in by_cursor(lambda token: client.get("/conversations/list", limit=_LIMIT, page_token=token), _next):
        conversations = [_snake(each) for each in page.get("data") or ()]
        yield Page("conversations", conversations)
        for each in conversations:
            if not _is_changed(each, since):
                continue
            yield from _read_messages(client, each["id"])
            if (contact_id := each.get("contact_id")) and contact_id not in seen:
                seen.add(contact_id)
                yield from _read_contact(client, contact_id)


def _read_messages(client: Client, conversation_id: Any) -> Iterator[Item]:
    yield Whole("messages", [{"conversation_id": str(conversation_id)}])
    path = f"/conversations/{conversation_id}/messages"
    for page in by_cursor(lambda token: client.get(path, next=token), _next):
        messages = (page.get("data") or {}).get("messages") or ()
        yield Page("messages", [{**_message(each), "conversation_id": conversation_id} for each in messages])


def _read_contact(client: Client, contact_id: Any) -> Iterator[Item]:
    """The contact, unless somebody deleted it and left the conversation."""
    try:
        contact = client.get(f"/contacts/{contact_id}")["data"]
    except SourceError as error:
        if error.status != _GONE:
            raise
        return
    attributes = {name: value for name, value in contact.items() if name != "attributes"}
    yield Page("contacts", [{**(contact.get("attributes") or {}), **_snake(attributes)}])


def _message(message: Record) -> Record:
    """A message with its author's parts as columns."""
    author = message.get("author") or {}
    told = {"author_id": author.get("id"), "author_type": author.get("type"), "is_bot": author.get("bot")}
    return {**{name: value for name, value in _snake(message).items() if name != "author"}, **told}


def _is_changed(conversation: Record, since: datetime | None) -> bool:
    """A time that cannot be read is reason enough to look."""
    if since is None:
        return True
    try:
        return datetime.fromtimestamp(conversation["updated_at"] / 1000, UTC) >= since
    except (KeyError, TypeError, ValueError, OverflowError):
        return True


def _next(page: Record) -> Any:
    pagination = page.get("pagination") or {}
    return pagination.get("next") if pagination.get("more") else None


def _snake(record: Record) -> Record:
    """The record with the names of its fields in snake_case."""
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(): value for name, value in record.items()}
