"""HubSpot's marketing e-mails with their lifetime statistics, and forms with their submissions."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span
from ingestion.resource import Record
from ingestion.snake_case import snake
from ingestion.sources.hubspot.pages import list_pages, list_with_archived

_OVERLAP = timedelta(hours=1)


def read_emails(client: Client) -> Iterator[Item]:
    """All marketing e-mails, since the statistics of any may still move."""
    for emails in list_with_archived(client, "/marketing/v3/emails", limit=100, includeStats="true"):
        yield Page("marketing_emails", [_email(email) for email in emails])


def _email(email: Record) -> Record:
    stats = email.get("stats") or {}
    return {**snake(email), **(stats.get("counters") or {})}


def read_forms(client: Client, span: Span) -> Iterator[Item]:
    """Forms, and of each the submissions that are new."""
    for forms in list_with_archived(client, "/marketing/v3/forms", limit=100):
        yield Page("forms", [snake(form) for form in forms])
        for form in forms:
            yield from _read_submissions(client, span, form["id"])


def _read_submissions(client: Client, span: Span, form_id: str) -> Iterator[Item]:
    """Submissions come newest first and cannot be asked for by date: read until they are known."""
    since = span.changed_since(_OVERLAP)
    oldest = since.timestamp() * 1000 if since else 0
    newest = span.until.timestamp() * 1000
    for submissions in list_pages(client, f"/form-integrations/v1/submissions/forms/{form_id}", limit=50):
        times = [each["submittedAt"] for each in submissions]
        # one whose time cannot be read is for the quarantine
        wanted = [
            each
            for each, at in zip(submissions, times, strict=True)
            if not isinstance(at, int) or oldest <= at <= newest
        ]
        yield Page("form_submissions", [_submission(form_id, each) for each in wanted])
        if any(isinstance(at, int) and at < oldest for at in times):
            return


def _submission(form_id: str, submission: Record) -> Record:
    fields = {field["name"]: field["value"] for field in submission["values"]}
    return {
        **snake(submission),
        "form_id": form_id,
        "email": fields.get("email"),
        "ga_client_id": fields.get("ga_client_id"),
    }
