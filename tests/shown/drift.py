"""Drift as it shows itself: every conversation, what was said in it, and who said it."""

from collections.abc import Iterator

CHANGES = {"restated": "conversations"}
PAGES = {"ingestion.sources.drift.conversations._LIMIT": 5}
STILL_SHOWN = {
    "messages": "conversation_id in (select id from raw.conversations)",
    "contacts": "id in (select contact_id from raw.conversations)",
}
CONVERSATION = {"contactId": "contact_id", "inboxId": "inbox_id", "relatedPlaybookId": "related_playbook_id",
                "conversationTags": "conversation_tags"}  # fmt: skip
TIMES = {"createdAt": "created_at", "updatedAt": "updated_at"}


def sign_in(api) -> None:
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    listed = [each for page in _pages(api, "/conversations/list", "page_token", limit=50) for each in page["data"]]
    contacts = {each["contactId"] for each in listed}
    return {
        "conversations": [_named(each, CONVERSATION | TIMES) for each in listed],
        "messages": [message for each in listed for message in _messages(api, each["id"])],
        "contacts": [_contact(api.get(f"/contacts/{number}").json()["data"]) for number in sorted(contacts)],
        "users": [_named(each, TIMES) for each in api.get("/users/list").json()["data"]],
    }


def _pages(api, path: str, token: str, **query) -> Iterator[dict]:
    while True:
        page = api.get(path, **query).json()
        yield page
        if not page["pagination"]["more"]:
            return
        query[token] = page["pagination"]["next"]


def _messages(api, conversation_id: int) -> list[dict]:
    return [
        {
            **each,
            "conversation_id": conversation_id,
            "author_id": each["author"]["id"],
            "author_type": each["author"]["type"],
            "is_bot": each["author"]["bot"],
            "created_at": each["createdAt"],
        }
        for page in _pages(api, f"/conversations/{conversation_id}/messages", "next")
        for each in page["data"]["messages"]
    ]


def _contact(contact: dict) -> dict:
    return {**contact["attributes"], "id": contact["id"], "created_at": contact["createdAt"]}


def _named(record: dict, names: dict[str, str]) -> dict:
    return {names.get(name, name): value for name, value in record.items()}
