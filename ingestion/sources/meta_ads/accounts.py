"""Meta's ad accounts, one after the other: what they advertise with, and the days of it that may have moved."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from ingestion.named_accounts import in_turn, named, named_accounts
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record
from ingestion.sources.meta_ads.actions import CONVERSIONS, TABLES, unpacked, with_conversions
from ingestion.sources.meta_ads.graph import Graph
from ingestion.sources.meta_ads.insights import read_days
from ingestion.sources.meta_ads.tables import ACCOUNT_INSIGHTS, AD_INSIGHTS, ENTITIES

RESTATED = 28  # days for which Meta still changes a day
RETAINED = timedelta(days=36 * 30)  # Meta refuses a range that begins more than 37 months ago
_STATUSES = [  # all there are: without naming them, archived and deleted ones are left out
    *("ACTIVE", "PAUSED", "DELETED", "ARCHIVED", "IN_PROCESS", "WITH_ISSUES", "CAMPAIGN_PAUSED", "ADSET_PAUSED"),
    *("PENDING_REVIEW", "DISAPPROVED", "PREAPPROVED", "PENDING_BILLING_INFO"),
]
# Which statuses an edge knows: a campaign has nothing above it that could be paused, and is not reviewed.
_KNOWN = {"campaigns": _STATUSES[:6], "adsets": _STATUSES[:7], "ads": _STATUSES}
_ACCOUNT_FIELDS = "account_id,name,currency,timezone_name,account_status"


def read_accounts(graph: Graph, pull: Pull) -> Iterator[Item]:
    """Every account that the token sees, and what each has."""
    found = chain.from_iterable(graph.pages("me/adaccounts", fields=_ACCOUNT_FIELDS))
    accounts = named_accounts("meta_ads", pull, "account_ids", found, "account_id", _number)
    for account, is_new in in_turn(pull, accounts, "account_id"):
        yield Page("ad_accounts", [account])
        id = account["account_id"]
        for table, fields in ENTITIES.items():
            yield Whole(table, [{"account_id": id}])
            for nodes in graph.pages(f"act_{id}/{table}", fields=fields, effective_status=_KNOWN[table]):
                yield Page(table, nodes)
        yield from _read_insights(graph, pull, account, is_new)


def _number(account_id: str) -> str:
    """Meta shows accounts as act_123 here and as 123 there."""
    return account_id.removeprefix("act_")


def _read_insights(graph: Graph, pull: Pull, account: Record, is_new: bool) -> Iterator[Item]:
    """The account's days: those of its ads with their actions, and its own totals."""
    zone, id = ZoneInfo(account["timezone_name"]), account["account_id"]
    first, last = pull.span.days(RESTATED, zone, is_new)
    first = max(first, pull.span.until.astimezone(zone).date() - RETAINED)
    windows = named(pull, "attribution_windows")
    counted = named(pull, "conversion_actions") or CONVERSIONS
    scopes: list[Record] = [{"account_id": id, "date_start": day} for day in each_day(first, last)]
    for table in ("ad_insights", *TABLES.values(), "account_insights"):
        yield Whole(table, scopes)
    for rows in read_days(graph, id, "ad", AD_INSIGHTS, windows, first, last):
        yield Page("ad_insights", [with_conversions(row, counted) for row in rows])
        for name, table in TABLES.items():
            yield Page(table, [item for row in rows for item in unpacked(row, name)])
    for rows in read_days(graph, id, "account", ACCOUNT_INSIGHTS, [], first, last):
        yield Page("account_insights", rows)
