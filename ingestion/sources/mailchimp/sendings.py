"""Mailchimp's campaigns, and of those sent recently the reports and what recipients did, read again as they move."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span, Whole
from ingestion.resource import Record
from ingestion.sources.mailchimp.pages import iso, list_pages

RESTATED = timedelta(days=30)  # after sending, a report has settled


def read_campaigns(client: Client) -> Iterator[Item]:
    """All campaigns, drafts too."""
    for campaigns in list_pages(client, "/campaigns", "campaigns"):
        yield Page("campaigns", [_flat(campaign, "recipients", "settings") for campaign in campaigns])


def read_sendings(client: Client, span: Span) -> Iterator[Item]:
    """The report of each campaign whose numbers may have moved, and who got it and did what."""
    since, before = iso(span.changed_since(RESTATED)), iso(span.until + timedelta(seconds=1))
    for reports in list_pages(client, "/reports", "reports", since_send_time=since, before_send_time=before):
        yield Page("reports", [_flat(report, "bounces", "opens", "clicks") for report in reports])
        for report in reports:
            yield from _read_recipients(client, report["id"])


def _read_recipients(client: Client, campaign_id: str) -> Iterator[Item]:
    path = f"/reports/{campaign_id}"
    for table in ("email_recipients", "email_activity", "unsubscribes"):
        yield Whole(table, [{"campaign_id": campaign_id}])
    for recipients in list_pages(client, f"{path}/sent-to", "sent_to"):
        yield Page("email_recipients", recipients)
    for emails in list_pages(client, f"{path}/email-activity", "emails"):
        yield Page("email_activity", [entry for email in emails for entry in _activity(email)])
    for unsubscribes in list_pages(client, f"{path}/unsubscribed", "unsubscribes"):
        yield Page("unsubscribes", unsubscribes)


def _activity(email: Record) -> Iterator[Record]:
    """One record per action; those who did nothing have none."""
    who = {name: value for name, value in email.items() if name != "activity"}
    for entry in email.get("activity") or ():
        yield {**who, **entry}


def _flat(record: Record, *parts: str) -> Record:
    """The record with the fields of its parts beside its own."""
    inner = {name: value for part in parts for name, value in (record.get(part) or {}).items()}
    return {**inner, **{name: value for name, value in record.items() if name not in parts}}
