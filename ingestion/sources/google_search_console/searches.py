"""The sites one after the other: the days of their search results that are new or not final yet."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ingestion.client import Client
from ingestion.named_accounts import in_turn, named_accounts
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record

PACIFIC = ZoneInfo("America/Los_Angeles")  # of Google's days, wherever the site is
KEPT = timedelta(days=490)  # sixteen months and a little: Google has nothing older
RESTATED = 4  # days after which Google's numbers are final, and one to spare
_DAYS = 10  # asked for at once
_ROWS = 25_000  # the most that one answer holds
_DIMENSIONS = {
    "search_analytics_by_query": ("date", "page", "query", "country", "device"),
    "search_analytics_by_page": ("date", "page", "country", "device"),
}


def read_sites(client: Client, pull: Pull) -> Iterator[Item]:
    """Every site that the user may see the data of, and its days."""
    found = client.get("/webmasters/v3/sites").get("siteEntry", ())
    entries = named_accounts("google_search_console", pull, "site_urls", found, "siteUrl")
    sites = [{"site_url": each["siteUrl"], "permission_level": each.get("permissionLevel")} for each in entries]
    yield Page("sites", sites)
    # others are listed, and their data is refused
    verified = [each for each in sites if each["permission_level"] != "siteUnverifiedUser"]
    for site, is_new in in_turn(pull, verified, "site_url"):
        yield from _read_days(client, pull, site["site_url"], is_new)


def _read_days(client: Client, pull: Pull, site: str, is_new: bool) -> Iterator[Item]:
    """The site's days with their queries, and without: what the queries leave open was anonymised."""
    first, last = pull.span.days(RESTATED, PACIFIC, is_new)
    first = max(first, last - KEPT)
    for table, dimensions in _DIMENSIONS.items():
        for start, end in _stretches(first, last):
            yield Whole(table, [{"site_url": site, "date": day} for day in each_day(start, end)])
            for rows in _query(client, site, dimensions, start, end):
                yield Page(table, [_record(site, dimensions, row) for row in rows])


def _stretches(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days in pieces of a size that Google answers in a few pages."""
    while first <= last:
        end = min(first + timedelta(days=_DAYS - 1), last)
        yield first, end
        first = end + timedelta(days=1)


def _query(client: Client, site: str, dimensions: tuple[str, ...], start: date, end: date) -> Iterator[list[Record]]:
    """The pages of an answer; the last is short. Fresh data comes too: it is read again until it is final."""
    path = f"/webmasters/v3/sites/{quote(site, safe='')}/searchAnalytics/query"
    body = {
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "dimensions": dimensions,
        "type": "web",
        "dataState": "all",
        "rowLimit": _ROWS,
    }
    row = 0
    while rows := client.post(path, {**body, "startRow": row}).get("rows"):
        yield rows
        row += len(rows)
        if len(rows) < _ROWS:
            return


def _record(site: str, dimensions: tuple[str, ...], row: Record) -> Record:
    """A row with its keys by name; one whose keys do not fit stays as it came, and is quarantined for lack of them."""
    keys = row.get("keys")
    if not isinstance(keys, list) or len(keys) != len(dimensions):
        return {"site_url": site, **row}
    return {"site_url": site, **dict(zip(dimensions, keys, strict=True)), **_without(row, "keys")}


def _without(record: Record, name: str) -> Record:
    return {key: value for key, value in record.items() if key != name}
