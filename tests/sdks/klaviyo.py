"""klaviyo-api reads every collection to its last page, and its key is refused where it is wrong."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from klaviyo_api import KlaviyoAPI
from openapi_client.exceptions import ApiException

REFUSED = ApiException


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    api = KlaviyoAPI(credentials["api_key"], max_retries=1, test_host=url)
    profiles = ids(pages(api.Profiles.get_profiles, sort="updated", page_size=30))
    campaigns = list(pages(api.Campaigns.get_campaigns, include=["campaign-messages"], page_size=3))
    metrics = list(pages(api.Metrics.get_metrics))
    mailed = [metric.id for metric in metrics for name in [metric.attributes.name] if "Email" in name]
    return {
        "lists": ids(pages(api.Lists.get_lists)),
        "segments": ids(pages(api.Segments.get_segments)),
        "profiles": profiles,
        "profile_ids": profiles,
        "campaigns": ids(campaigns),
        "campaign_messages": [
            {"id": message.id} for each in campaigns for message in each.relationships.campaign_messages.data
        ],
        "metrics": ids(metrics),
        "events": [
            event
            for metric in mailed
            for event in ids(pages(api.Events.get_events, filter=f'equals(metric_id,"{metric}")', page_size=50))
        ],
    }


def pages(method, **query) -> Iterator:
    """The SDK takes a cursor out of links with https only."""
    link = None
    while True:
        cursor = {"page_cursor": parse_qs(urlsplit(link).query)["page[cursor]"][0]} if link else {}
        page = method(**query, **cursor)
        yield from page.data
        link = page.links.next
        if not link:
            return


def ids(records) -> list[dict]:
    return [{"id": record.id} for record in records]
