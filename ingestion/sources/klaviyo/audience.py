"""Klaviyo's profiles: those who changed, and the ids of all there are; and the lists and segments one can be in."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span
from ingestion.resource import Record
from ingestion.sources.klaviyo.pages import collection, iso, part

_OVERLAP = timedelta(hours=1)
_SIZE = {"page[size]": 100}


def read_audience(client: Client, span: Span) -> Iterator[Item]:
    """Lists, segments, profiles changed in the time, and every profile's id."""
    for table in ("lists", "segments"):
        for records in collection(client, table, {}):
            yield Page(table, records)
    asked = {**_SIZE, "sort": "updated", "additional-fields[profile]": "subscriptions", "filter": _changed(span)}
    for profiles in collection(client, "profiles", asked):
        yield Page("profiles", [_profile(profile) for profile in profiles])
    for profiles in collection(client, "profiles", {**_SIZE, "fields[profile]": "created"}):
        yield Page("profile_ids", [{"id": profile["id"]} for profile in profiles])


def _changed(span: Span) -> str:
    """A filter of profiles; both of its bounds are left out themselves."""
    since = span.changed_since(_OVERLAP)
    until = f"less-than(updated,{iso(span.until + timedelta(seconds=1))})"
    return until if since is None else f"greater-than(updated,{iso(since - timedelta(seconds=1))}),{until}"


def _profile(profile: Record) -> Record:
    """What is nested two levels deep and wanted becomes columns of its own."""
    consent = part(part(part(profile, "subscriptions"), "email"), "marketing")
    return {
        **profile,
        "country": part(profile, "location").get("country"),
        "email_consent": consent.get("consent"),
        "can_receive_email_marketing": consent.get("can_receive_email_marketing"),
    }
