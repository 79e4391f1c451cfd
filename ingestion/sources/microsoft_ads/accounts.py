"""Microsoft's ad accounts one after the other: their campaigns, and the days that are new or may have moved."""

from collections.abc import Iterator
from itertools import count
from zoneinfo import ZoneInfo

from ingestion.named_accounts import in_turn, named_accounts
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record
from ingestion.sources.microsoft_ads import reports
from ingestion.sources.microsoft_ads.services import Services

PACIFIC = ZoneInfo("America/Los_Angeles")  # of Microsoft's today, after which no report may end
RESTATED = 30  # days for which Microsoft still attributes conversions, and takes invalid clicks back
_PAGE = 1000
# Without them Microsoft shows campaigns of search only.
_CAMPAIGN_TYPES = "Search,Shopping,DynamicSearchAds,Audience,Hotel,PerformanceMax,App"
_METRICS = ["Impressions", "Clicks", "Spend", "Conversions"]
_REPORTS = {
    "campaign_performance_report": (
        "CampaignPerformanceReport",
        ["TimePeriod", "CampaignId", "CampaignName", *_METRICS],
    ),
    "account_performance_report": ("AccountPerformanceReport", ["TimePeriod", "AccountId", *_METRICS]),
}


def read_accounts(services: Services, pull: Pull) -> Iterator[Item]:
    """Every account that the user may see, and what each has."""
    accounts = named_accounts("microsoft_ads", pull, "account_ids", _accounts(services), "id")
    for account, is_new in in_turn(pull, accounts, "id"):
        account_id = account.get("id")
        yield Page("accounts", [account])
        if account_id is None:
            continue
        within = services.within(account_id, account["parent_customer_id"])
        yield from _read_campaigns(within, account_id)
        yield from _read_days(within, pull, account_id, is_new)


def _accounts(services: Services) -> Iterator[Record]:
    """The accounts of the user whose token it is, page by page."""
    user = services.post("CustomerManagement/v13/User/Query", {"UserId": None})["User"]
    predicate = {"Field": "UserId", "Operator": "Equals", "Value": user["Id"]}
    for index in count():
        body = {"PageInfo": {"Index": index, "Size": _PAGE}, "Predicates": [predicate]}
        found = services.post("CustomerManagement/v13/Accounts/Search", body)["Accounts"]
        yield from map(reports.snake_case, found)
        if len(found) < _PAGE:
            return


def _read_campaigns(services: Services, account_id: str) -> Iterator[Item]:
    """The campaigns that were not deleted; those are in reports only."""
    yield Whole("campaigns", [{"account_id": account_id}])
    body = {"AccountId": account_id, "CampaignType": _CAMPAIGN_TYPES}
    campaigns = services.post("CampaignManagement/v13/Campaigns/QueryByAccountId", body)["Campaigns"]
    yield Page("campaigns", [{**reports.snake_case(each), "account_id": account_id} for each in campaigns])


def _read_days(services: Services, pull: Pull, account_id: str, is_new: bool) -> Iterator[Item]:
    """The account's days, by campaign and in sum; the reports are made at the same time."""
    first, last = pull.span.days(RESTATED, pull.span.zone, is_new)
    last = min(last, pull.span.until.astimezone(PACIFIC).date())
    first = min(first, last)
    days = each_day(first, last)
    numbers = {
        table: reports.submit(services, kind, account_id, columns, first, last)
        for table, (kind, columns) in _REPORTS.items()
    }
    for table, number in numbers.items():
        yield Whole(table, [{"account_id": account_id, "time_period": day} for day in days])
        yield Page(table, [{**row, "account_id": account_id} for row in reports.fetch(services, number)])
