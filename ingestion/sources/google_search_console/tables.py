"""The raw tables of Google Search Console. Days are Pacific ones; ctr follows from clicks and impressions."""

from ingestion.resource import Resource, columns, fields

_METRICS = {"int": "clicks impressions", "real": "position", "date": "date"}

RESOURCES = (
    Resource(
        "sites",
        columns("site_url permission_level"),
        key=("site_url",),
        description="One row per site (property) of the user, those without rights to its data too.",
        disposition="replace",
    ),
    Resource(
        "search_analytics_by_query",
        columns("site_url page query country device", **_METRICS),
        key=("site_url", "date", "page", "query", "country", "device"),
        description="One row per day, page, query, country and device; rare queries are not in it.",
        disposition="scoped",
        scope=("site_url", "date"),
        ignored=fields("ctr"),
    ),
    Resource(
        "search_analytics_by_page",
        columns("site_url page country device", **_METRICS),
        key=("site_url", "date", "page", "country", "device"),
        description="One row per day, page, country and device, all queries together.",
        disposition="scoped",
        scope=("site_url", "date"),
        ignored=fields("ctr"),
    ),
)
