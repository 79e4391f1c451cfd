"""Marketo's programs and smart campaigns, whole in each load: there are few."""

from collections.abc import Iterator
from itertools import count

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page
from ingestion.snake_case import snake
from ingestion.sources.marketo.records import asset

_MAX_RETURN, _BATCH = 200, 300


def read_programs(client: Client) -> Iterator[Item]:
    """Every program, until a page is short; one behind the last holds no result at all."""
    for offset in count(0, _MAX_RETURN):
        page = client.get("/rest/asset/v1/programs.json", maxReturn=_MAX_RETURN, offset=offset)
        programs = page.get("result") or []
        yield Page("programs", [asset(program) for program in programs])
        if len(programs) < _MAX_RETURN:
            return


def read_campaigns(client: Client) -> Iterator[Item]:
    """Every smart campaign."""
    pages = by_cursor(
        lambda token: client.get("/rest/v1/campaigns.json", batchSize=_BATCH, nextPageToken=token),
        lambda page: page.get("nextPageToken"),
    )
    for page in pages:
        yield Page("campaigns", [snake(campaign) for campaign in page.get("result") or ()])
