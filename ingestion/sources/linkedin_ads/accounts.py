"""LinkedIn's ad accounts one after the other: their campaigns, and the days that are new or may have moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from ingestion.client import Client
from ingestion.named_accounts import in_turn, named_accounts
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record
from ingestion.sources.linkedin_ads import restli

UTC = ZoneInfo("UTC")  # of LinkedIn's days, wherever the account is
RESTATED = 30  # days for which LinkedIn still attributes conversions, and takes invalid clicks back
_PAGE = 500
_DAYS, _CAMPAIGNS = 30, 100  # of one question: its answer has no pages, and at most 15,000 rows
# Without all of them LinkedIn leaves out what was archived or is being deleted, and the days of it are money too.
_STATUSES = restli.named(
    status=restli.named(
        values=restli.several(
            ["ACTIVE", "ARCHIVED", "CANCELED", "COMPLETED", "DRAFT", "PAUSED", "PENDING_DELETION", "REMOVED"]
        )
    )
)
_GROUP_STATUSES = _STATUSES.replace("COMPLETED,", "")
_METRICS = {
    "impressions": "impressions",
    "clicks": "clicks",
    "costInLocalCurrency": "cost_in_local_currency",
    "externalWebsiteConversions": "external_website_conversions",
    "oneClickLeads": "one_click_leads",
}
_FIELDS = ",".join(["dateRange", "pivotValues", *_METRICS])


def read_accounts(client: Client, pull: Pull) -> Iterator[Item]:
    """Every account that the user may see, and what each has."""
    found = chain.from_iterable(_search(client, "/rest/adAccounts"))
    for account, is_new in in_turn(pull, named_accounts("linkedin_ads", pull, "account_ids", found, "id"), "id"):
        yield Page("ad_accounts", [restli.snake_case(account)])
        yield from _read_account(client, pull, str(account.get("id")), is_new)


def _read_account(client: Client, pull: Pull, account_id: str, is_new: bool) -> Iterator[Item]:
    path, campaign_urns = f"/rest/adAccounts/{account_id}", []
    for table in ("ad_campaign_groups", "ad_campaigns"):
        yield Whole(table, [{"account_id": account_id}])
    for groups in _search(client, f"{path}/adCampaignGroups", _GROUP_STATUSES):
        yield Page("ad_campaign_groups", [_entity(account_id, group) for group in groups])
    for campaigns in _search(client, f"{path}/adCampaigns", _STATUSES):
        campaign_urns += [f"urn:li:sponsoredCampaign:{campaign.get('id')}" for campaign in campaigns]
        yield Page("ad_campaigns", [_entity(account_id, campaign) for campaign in campaigns])
    first, last = pull.span.days(RESTATED, UTC, is_new)
    account_urns = [f"urn:li:sponsoredAccount:{account_id}"]
    for table, pivot, facet, urns in (
        ("ad_analytics_by_campaign", "CAMPAIGN", "campaigns", campaign_urns),
        ("ad_analytics_by_account", "ACCOUNT", "accounts", account_urns),
    ):
        days = each_day(first, last)
        yield Whole(table, [{"account_id": account_id, "date": day} for day in days])
        for start in days[::_DAYS]:
            for batch in (urns[number : number + _CAMPAIGNS] for number in range(0, len(urns), _CAMPAIGNS)):
                elements = _analyse(client, pivot, facet, batch, start, min(start + timedelta(days=_DAYS - 1), last))
                yield Page(table, [_day_of(account_id, pivot, element) for element in elements])


def _search(client: Client, path: str, search: str | None = None) -> Iterator[list[Record]]:
    """The pages of a search finder."""

    def fetch(token: str | None) -> Any:
        query = {"q": "search", "pageSize": str(_PAGE), "search": search, "pageToken": token and restli.text(token)}
        return client.get(restli.address(path, **query))

    for page in by_cursor(fetch, lambda page: (page.get("metadata") or {}).get("nextPageToken")):
        yield page["elements"]


def _analyse(client: Client, pivot: str, facet: str, urns: list[str], first: date, last: date) -> list[Record]:
    """The days of campaigns or accounts; those without any activity are not in the answer."""
    query = {
        "q": "analytics",
        "pivot": restli.named(value=pivot),
        "timeGranularity": restli.named(value="DAILY"),
        "dateRange": restli.named(start=restli.day(first), end=restli.day(last)),
        facet: restli.several(map(restli.text, urns)),
        "fields": _FIELDS,
    }
    return client.get(restli.address("/rest/adAnalytics", **query))["elements"]


def _entity(account_id: str, entity: Record) -> Record:
    """A campaign or group with its times by name; its account is the one that was asked."""
    stamps, schedule = _object(entity, "changeAuditStamps"), _object(entity, "runSchedule")
    return {
        **restli.snake_case(entity),
        "account_id": account_id,
        "campaign_group_id": restli.id_of(entity.get("campaignGroup")),
        "created_at": _object(stamps, "created").get("time"),
        "last_modified_at": _object(stamps, "lastModified").get("time"),
        "run_start_at": schedule.get("start"),
        "run_end_at": schedule.get("end"),
    }


def _day_of(account_id: str, pivot: str, element: Record) -> Record:
    """A day of adAnalytics; the pivot's value is a URN. A metric that did not come is 0."""
    start, pivots = _object(element, "dateRange").get("start"), element.get("pivotValues")
    others = {name: value for name, value in element.items() if name not in ("dateRange", "pivotValues", *_METRICS)}
    campaign = {"campaign_id": restli.id_of(pivots[0]) if isinstance(pivots, list) and pivots else None}
    return {
        **others,
        "account_id": account_id,
        **(campaign if pivot == "CAMPAIGN" else {}),
        "date": restli.iso_date(start),
        **{column: element.get(name, 0) for name, column in _METRICS.items()},
    }


def _object(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, dict) else {}
