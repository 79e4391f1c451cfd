"""Google Ads' accounts, one after the other: their campaigns, and the days of their performance that may have moved."""

import logging
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from ingestion.client import Client, SourceError
from ingestion.named_accounts import in_turn, named_accounts
from ingestion.reading import Item, Page, Pull, Whole, each_day
from ingestion.resource import Record
from ingestion.sources.google_ads.queries import (
    ACCOUNT_PERFORMANCE,
    CAMPAIGN_PERFORMANCE,
    CAMPAIGNS,
    CUSTOMERS,
    HOUR,
    VERSION,
    search,
)

logger = logging.getLogger(__name__)

RESTATED = 30  # days for which Google still changes conversions, and costs for invalid clicks


def read_accounts(client: Client, pull: Pull) -> Iterator[Item]:
    """Every account that can be reached, and what each of the active ones has."""
    customers = named_accounts("google_ads", pull, "customer_ids", _customers(client, pull), "id", _digits)
    yield Page("customers", customers)
    # a manager has no metrics, and a closed account answers none
    active = [each for each in customers if each["status"] == "ENABLED" and not each["manager"]]
    for customer, is_new in in_turn(pull, active, "id"):
        yield from _read_campaigns(client, customer)
        yield from _read_performance(client, pull, customer, is_new)


def _customers(client: Client, pull: Pull) -> Iterator[Record]:
    """The login customer and what is below it; without one, every account the user may see, and what is below those."""
    roots, refused = _roots(client, pull), 0
    for root in roots:
        try:
            for customers in search(client, root, CUSTOMERS, "customer_client"):
                for customer in customers:
                    yield {"manager": False, **customer}
        except SourceError as error:
            refused += 1
            if error.status != 403 or refused == len(roots):
                raise
            # One that was cancelled is still listed, and refuses; the others are read all the same.
            logger.warning("google_ads: customer %s refuses to be read (403), and is passed over", root)


def _roots(client: Client, pull: Pull) -> list[str]:
    if "login_customer_id" in pull.account:
        return [_digits(pull.account["login_customer_id"])]
    names = client.get(f"/{VERSION}/customers:listAccessibleCustomers")["resourceNames"]
    return [name.removeprefix("customers/") for name in names]


def _digits(customer_id: str) -> str:
    """Google Ads shows 111-222-3333 and means 1112223333."""
    return customer_id.replace("-", "")


def _read_campaigns(client: Client, customer: Record) -> Iterator[Item]:
    """All campaigns; removed ones stay, with that status."""
    yield Whole("campaigns", [{"customer_id": customer["id"]}])
    for campaigns in search(client, customer["id"], CAMPAIGNS, "campaign"):
        yield Page("campaigns", [_campaign(customer["id"], campaign) for campaign in campaigns])


def _campaign(customer_id: str, campaign: Record) -> Record:
    """Campaigns start and end at times of day; the days are enough."""
    days = {name: (campaign[name] or "")[:10] for name in ("start_date", "end_date")}
    return {**campaign, **days, "customer_id": customer_id}


def _read_performance(client: Client, pull: Pull, customer: Record, is_new: bool) -> Iterator[Item]:
    """The account's days, in hours where its days are not those of the home zone."""
    zone = ZoneInfo(customer["time_zone"])
    hours = {} if zone.key == pull.span.zone.key else HOUR
    first, last = pull.span.days(RESTATED, zone, is_new)
    where = f"segments.date BETWEEN '{first}' AND '{last}'"
    for table, resource, columns in (
        ("campaign_performance", "campaign", CAMPAIGN_PERFORMANCE),
        ("account_performance", "customer", ACCOUNT_PERFORMANCE),
    ):
        yield Whole(table, [{"customer_id": customer["id"], "date": day} for day in each_day(first, last)])
        for rows in search(client, customer["id"], {**columns, **hours}, resource, where):
            yield Page(table, [{"customer_id": customer["id"], **row} for row in rows])
