"""Search Console as it shows itself: one question over all days for each table, of the one site that answers."""

from urllib.parse import quote

CHANGES = {"restated": "search_analytics_by_page"}
PAGES = {"ingestion.sources.google_search_console.searches._ROWS": 5}
TABLES = {
    "search_analytics_by_query": ("date", "page", "query", "country", "device"),
    "search_analytics_by_page": ("date", "page", "country", "device"),
}


def sign_in(api) -> None:
    api.sign_in()


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    sites = [
        {"site_url": each["siteUrl"], "permission_level": each["permissionLevel"]}
        for each in api.get("/webmasters/v3/sites").json()["siteEntry"]
    ]
    (owned,) = (site["site_url"] for site in sites if site["permission_level"] == "siteOwner")
    return {"sites": sites, **{table: _ask(api, owned, names) for table, names in TABLES.items()}}


def _ask(api, site: str, dimensions: tuple[str, ...]) -> list[dict]:
    days = {"startDate": "2026-01-01", "endDate": "2026-12-31", "dataState": "all"}
    path, rows = f"/webmasters/v3/sites/{quote(site, safe='')}/searchAnalytics/query", []
    while page := api.post(path, {**days, "dimensions": dimensions, "startRow": len(rows)}).json().get("rows"):
        rows += page
    return [{"site_url": site, **dict(zip(dimensions, row.pop("keys"), strict=True)), **row} for row in rows]
