"""Drift: conversations, their messages, and the contacts who had them.

View -> https://driftapi.com as sandbox.vendor.Vendor
"""

from typing import Any

from sandbox import wire
from sandbox.chats import BOT_ID
from sandbox.vendor import Answer, Call, Refused, Vendor
from sandbox.view import View

ACCESS_TOKEN = "sandbox-drift-token"  # noqa: S105 - opens nothing but the sandbox
_DEFAULT_LIMIT, _LARGEST_LIMIT = 25, 100
_MESSAGES = 50  # a page
_INBOX, _PLAYBOOK = 10_001, 77_001
_STATUSES = {"OPEN": "open", "CLOSED": "closed", "PENDING": "pending"}
_UTM = [f"{when}_utm_{name}" for when in ("original", "recent") for name in ("source", "medium", "campaign", "content")]

Row = dict[str, Any]


class Inbox:
    """The conversations, messages and contacts of a View."""

    def __init__(self, view: View) -> None:
        self.conversations = [_conversation(row) for row in wire.rows(view.chat_conversations)]
        self.by_id = {each["id"]: each for each in self.conversations}
        self.contacts = {row["id"]: _contact(row) for row in wire.rows(view.chat_contacts)}
        self.messages = {
            int(str(conversation_id)): [_message(row) for row in wire.rows(own)]
            for conversation_id, own in view.chat_messages.groupby("conversation_id")
        }
        self.users = [_user(row) for row in wire.rows(view.owners)] + [_bot()]

    def listed(self, call: Call) -> Row:
        """GET /conversations/list: those changed last come first."""
        limit = _number(call, "limit", _DEFAULT_LIMIT, _LARGEST_LIMIT)
        start = _number(call, "page_token", 0, len(self.conversations))
        found = self.conversations
        if status := call.query.get("statusId"):
            found = [each for each in found if each["status"] == _STATUSES.get(status)]
        return {"data": found[start : start + limit], "pagination": _pagination(start + limit, len(found))}

    def conversation(self, call: Call) -> Row:
        """GET /conversations/{id}."""
        return {"data": _found(self.by_id, call)}

    def said(self, call: Call) -> Row:
        """GET /conversations/{id}/messages, oldest first."""
        messages = self.messages.get(_found(self.by_id, call)["id"], [])
        start = _number(call, "next", 0, len(messages))
        page = messages[start : start + _MESSAGES]
        return {"data": {"messages": page}, "pagination": _pagination(start + _MESSAGES, len(messages))}

    def contact(self, call: Call) -> Row:
        """GET /contacts/{id}."""
        return {"data": _found(self.contacts, call)}

    def contacts_by_email(self, call: Call) -> Row:
        """GET /contacts?email=: there is no list of all contacts."""
        if not (email := call.query.get("email")):
            raise Refused(_error(400, "invalid_request", "email or idType and id are needed"))
        return {"data": [each for each in self.contacts.values() if each["attributes"].get("email") == email]}


def build(view: View) -> Vendor:
    """Drift over a View."""
    inbox = Inbox(view)
    return Vendor(
        routes=[
            ("GET", "/conversations/list", inbox.listed),
            ("GET", "/conversations/{id}", inbox.conversation),
            ("GET", "/conversations/{id}/messages", inbox.said),
            ("GET", "/contacts", inbox.contacts_by_email),
            ("GET", "/contacts/{id}", inbox.contact),
            ("GET", "/users/list", lambda call: {"data": inbox.users}),
        ],
        credentials={"access_token": ACCESS_TOKEN},
        authorize=_authorize,
        refusals={
            "rate_limited": lambda: _error(429, "rate_limit_error", "Too many requests"),
            "unavailable": lambda: _error(503, "api_error", "Service unavailable"),
            "not_found": lambda: _error(404, "not_found", "Not found"),
            "unreadable": lambda: _error(400, "invalid_request", "The body cannot be read"),
        },
        headers=lambda call, remaining: {},  # no header speaks of the limit
    )


def _conversation(row: Row) -> Row:
    return {
        "id": row["id"],
        "status": row["status"],
        "contactId": row["contact_id"],
        "inboxId": _INBOX,
        "relatedPlaybookId": _PLAYBOOK,
        "participants": [row["agent_id"]] if row["agent_id"] else [],
        "conversationTags": [{"color": "#FF0000", "name": row["tag"]}] if row["tag"] else [],
        "createdAt": row["created_at"],
        "updatedAt": row["updated_at"],
    }


def _message(row: Row) -> Row:
    kind = "contact" if row["by"] == "contact" else "user"
    return {
        "id": str(row["id"]),
        "conversationId": row["conversation_id"],
        "type": row["type"],
        "body": row["body"],
        "author": {"id": row["author_id"], "type": kind, "bot": row["by"] == "bot"},
        "createdAt": row["at"],
        "context": {"ip": "203.0.113.7", "userAgent": "Mozilla/5.0"},
        "attributes": {},
        "buttons": [],
    }


def _contact(row: Row) -> Row:
    told = {name: row[name] for name in ("email", "name", "phone", *_UTM) if row[name]}
    attributes = {**told, "_END_USER_VERSION": 7, "tags": [], "events": {}, "socialProfiles": {}}
    attributes |= {"start_date": row["created_at"], "last_contacted": row["updated_at"]}
    return {"id": row["id"], "createdAt": row["created_at"], "attributes": attributes}


def _user(row: Row) -> Row:
    return {
        "id": row["id"],
        "orgId": 4_711,
        "name": f"{row['first_name']} {row['last_name']}",
        "email": row["email"],
        "role": "member",
        "bot": False,
        "availability": "OFFLINE",
        "createdAt": row["created_at"],
        "updatedAt": row["updated_at"],
    }


def _bot() -> Row:
    return {"id": BOT_ID, "orgId": 4_711, "name": "Drift Bot", "email": None, "role": "agent", "bot": True}


def _found(records: dict[int, Row], call: Call) -> Row:
    key = call.path["id"]
    if not key.isdigit() or int(key) not in records:
        raise Refused(_error(404, "not_found", "Not found"))
    return records[int(key)]


def _number(call: Call, name: str, default: int, largest: int) -> int:
    text = call.query.get(name, "")
    if text and not (text.isdigit() and int(text) <= largest):
        raise Refused(_error(400, "invalid_request", f"{name} is not valid"))
    return int(text) if text else default


def _pagination(end: int, count: int) -> Row:
    return {"more": end < count, "next": str(end) if end < count else None}


def _authorize(call: Call) -> None:
    if call.bearer != ACCESS_TOKEN:
        raise Refused(_error(401, "authentication_error", "Invalid access token"))


def _error(status: int, kind: str, message: str) -> Answer:
    return Answer({"error": {"type": kind, "message": message}}, status)
