"""Marketo's kinds of activities that the sandbox has, and the attributes each carries."""

from typing import Any

FORM, SENT, BOUNCED, UNSUBSCRIBED, OPENED, CLICKED, SOFT_BOUNCED = 2, 6, 8, 9, 10, 11, 27
MERGED, DELETED, STAGE, STATUS = 32, 37, 101, 104

_BOT = ("Is Bot Activity", "Bot Activity Pattern")
_BOUNCE = ("Category", "Details", "Subcategory")
TYPES: dict[int, tuple[str, str, tuple[str, ...]]] = {  # name, primary attribute, attributes
    FORM: ("Fill Out Form", "Webform ID", ("Webpage ID", "Referrer URL", "Query Parameters")),
    SENT: ("Send Email", "Mailing ID", ("Campaign Run ID", "Step ID")),
    BOUNCED: ("Email Bounced", "Mailing ID", _BOUNCE),
    UNSUBSCRIBED: ("Unsubscribe Email", "Mailing ID", ("Campaign Run ID",)),
    OPENED: ("Open Email", "Mailing ID", ("Campaign Run ID", *_BOT)),
    CLICKED: ("Click Email", "Mailing ID", ("Link", "Campaign Run ID", *_BOT)),
    SOFT_BOUNCED: ("Email Bounced Soft", "Mailing ID", _BOUNCE),
    MERGED: ("Merge Leads", "Lead ID", ("Master Updated", "Merge IDs", "Merge Source")),
    DELETED: ("Delete Lead", "Lead ID", ("Campaign",)),
    STAGE: ("Change Revenue Stage", "Model", ("New Stage", "Old Stage", "Reason")),
    STATUS: ("Change Status in Progression", "Program", ("New Status", "Old Status", "Success")),
}


def attributes(kind: int, row: dict[str, Any]) -> dict[str, Any]:
    """The attributes of one activity: `row` has word, old_word, url and is_machine."""
    person = {_BOT[0]: False, _BOT[1]: "N/A"}  # of opens, Marketo does not see which a privacy proxy made
    bot = {_BOT[0]: row["is_machine"], _BOT[1]: "Link scan" if row["is_machine"] else "N/A"}
    run = {"Campaign Run ID": row["campaign_id"]}
    bounce = {"Category": "2" if kind == BOUNCED else "9", "Details": "", "Subcategory": ""}
    return {
        FORM: {"Webpage ID": 1, "Referrer URL": row["url"], "Query Parameters": row["word"]},
        SENT: {**run, "Step ID": 1},
        BOUNCED: bounce,
        UNSUBSCRIBED: run,
        OPENED: {**run, **person},
        CLICKED: {"Link": row["url"], **run, **bot},
        SOFT_BOUNCED: bounce,
        MERGED: {"Master Updated": True, "Merge IDs": f"[{row['word']}]", "Merge Source": "API"},
        DELETED: {"Campaign": ""},
        STAGE: {"New Stage": row["word"], "Old Stage": row["old_word"], "Reason": ""},
        STATUS: {"New Status": row["word"], "Old Status": row["old_word"], "Success": row["word"] == "Attended"},
    }[kind]
