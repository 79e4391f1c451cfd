"""mailchimp-marketing reads every list, and its API key is refused where it is wrong."""

import mailchimp_marketing
from mailchimp_marketing.api_client import ApiClientError

REFUSED = ApiClientError
COUNT = 100


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    client = mailchimp_marketing.Client()
    client.set_config({"api_key": credentials["api_key"], "server": "us21"})
    client.api_client.host = f"{url}/3.0"
    lists = all_of(client.lists.get_all_lists, "lists")
    reports = all_of(client.reports.get_all_campaign_reports, "reports")
    members = [
        member
        for each in lists
        for status in ({}, {"status": "archived"})
        for member in all_of(client.lists.get_list_members_info, "members", each["id"], **status)
    ]
    of_reports = client.reports
    return {
        "lists": [{"id": each["id"]} for each in lists],
        "members": [{"list_id": each["list_id"], "id": each["id"]} for each in members],
        "member_ids": [{"list_id": each["list_id"], "id": each["id"]} for each in members],
        "campaigns": [{"id": each["id"]} for each in all_of(client.campaigns.list, "campaigns")],
        "reports": [{"id": each["id"]} for each in reports],
        "email_recipients": readers(of_reports.get_campaign_recipients, "sent_to", reports),
        "email_activity": [
            {**reader, "action": action["action"], "timestamp": action["timestamp"], "url": action.get("url")}
            for reader in readers(of_reports.get_email_activity_for_campaign, "emails", reports)
            for action in reader["activity"]
        ],
        "unsubscribes": readers(of_reports.get_unsubscribed_list_for_campaign, "unsubscribes", reports),
    }


def readers(method, key: str, reports: list[dict]) -> list[dict]:
    return [reader for report in reports for reader in all_of(method, key, report["id"])]


def all_of(method, key: str, *of, **query) -> list[dict]:
    found: list[dict] = []
    while True:
        page = method(*of, count=COUNT, offset=len(found), **query)
        found += page[key]
        if len(found) >= page["total_items"]:
            return found
