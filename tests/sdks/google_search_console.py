"""google-api-python-client reads the sites and their searches, row by row to the last page."""

import httplib2
from google.api_core.client_options import ClientOptions
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build

REFUSED = RefreshError
ROWS = 100
TABLES = {
    "search_analytics_by_query": ["date", "page", "query", "country", "device"],
    "search_analytics_by_page": ["date", "page", "country", "device"],
}


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    names = ("client_id", "client_secret", "refresh_token", "token_uri")
    http = AuthorizedHttp(Credentials(None, **{name: credentials[name] for name in names}), httplib2.Http())
    options = ClientOptions(api_endpoint=f"{url}/")
    client = build("searchconsole", "v1", http=http, static_discovery=True, client_options=options)
    sites = client.sites().list().execute()["siteEntry"]
    return {
        "sites": [{"site_url": each["siteUrl"]} for each in sites],
        **{
            table: [
                {"site_url": each["siteUrl"], **dict(zip(dimensions, row["keys"], strict=True))}
                for each in sites
                if each["permissionLevel"] != "siteUnverifiedUser"
                for row in rows(client, each["siteUrl"], dimensions)
            ]
            for table, dimensions in TABLES.items()
        },
    }


def rows(client, site: str, dimensions: list[str]) -> list[dict]:
    found: list[dict] = []
    while True:
        body = {"startDate": "2026-01-01", "endDate": "2026-12-31", "dimensions": dimensions, "dataState": "all"}
        body |= {"rowLimit": ROWS, "startRow": len(found)}
        page = client.searchanalytics().query(siteUrl=site, body=body).execute().get("rows", [])
        found += page
        if len(page) < ROWS:
            return found
