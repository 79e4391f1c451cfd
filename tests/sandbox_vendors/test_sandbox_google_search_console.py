"""The sandbox's Search Console speaks its protocol, and says what the view holds."""

from typing import Any
from urllib.parse import quote

import pytest
import requests
from vendor_api import Api

from sandbox.view import View

SITE = "sc-domain:northwind-labs.example"
WHOLE_TIME = {"startDate": "2020-01-01", "endDate": "2026-12-31", "dataState": "all"}


@pytest.fixture(scope="session")
def search_console(sandbox: dict) -> Api:
    return Api(sandbox, "google_search_console").sign_in()


def query(api: Api, site: str = SITE, **body: Any) -> requests.Response:
    return api.post(f"/webmasters/v3/sites/{quote(site, safe='')}/searchAnalytics/query", WHOLE_TIME | body)


def read(api: Api, *dimensions: str, size: int = 25_000, **body: Any) -> list[dict]:
    """Every row, page by page; the last page is short."""
    rows: list[dict] = []
    while True:
        page = query(api, dimensions=dimensions, rowLimit=size, startRow=len(rows), **body).json().get("rows", [])
        rows += page
        if len(page) < size:
            return rows


def test_search_console_pages_by_row_and_names_no_rare_query(search_console: Api, view: View) -> None:
    named = view.searches[~view.searches["is_anonymised"]]
    rows = read(search_console, "date", "page", "query", "country", "device", size=100)
    assert len({tuple(row["keys"]) for row in rows}) == len(rows) > 100
    assert sum(row["clicks"] for row in rows) == named["clicks"].sum() < view.searches["clicks"].sum()
    assert sum(row["impressions"] for row in rows) == named["impressions"].sum()
    assert [row["clicks"] for row in rows] == sorted((row["clicks"] for row in rows), reverse=True)


def test_search_console_counts_a_search_once_for_the_site_and_once_for_each_page(
    search_console: Api, view: View
) -> None:
    firsts = view.searches[~view.searches["is_second"]]
    site, pages = query(search_console).json(), query(search_console, aggregationType="byPage").json()
    assert (site["responseAggregationType"], pages["responseAggregationType"]) == ("byProperty", "byPage")
    assert site["rows"][0]["impressions"] == firsts["impressions"].sum() < pages["rows"][0]["impressions"]
    by_page = read(search_console, "page")
    assert sum(row["impressions"] for row in by_page) == view.searches["impressions"].sum()


def test_search_console_keeps_days_back_until_they_are_final(search_console: Api) -> None:
    fresh = query(search_console, dimensions=["date"]).json()
    final = query(search_console, dimensions=["date"], dataState="final").json()
    incomplete = fresh["metadata"]["first_incomplete_date"]
    missing = {row["keys"][0] for row in fresh["rows"]} - {row["keys"][0] for row in final["rows"]}
    assert missing and min(missing) >= incomplete


def test_search_console_filters(search_console: Api, view: View) -> None:
    filters = [{"dimension": "query", "operator": "contains", "expression": "pricing"}]
    rows = read(search_console, "query", dimensionFilterGroups=[{"filters": filters}])
    assert rows and all("pricing" in row["keys"][0] for row in rows)


def test_search_console_leaves_rows_out_where_there_are_none(search_console: Api) -> None:
    assert "rows" not in query(search_console, startDate="2001-01-01", endDate="2001-01-31").json()
    assert "rows" not in query(search_console, type="news").json()


def test_search_console_errors_are_googles(search_console: Api) -> None:
    for body in ({"rowLimit": 25_001}, {"dimensions": ["colour"]}, {"startDate": "soon"}):
        answer = query(search_console, **body)
        assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    for site in ("https://fair.northwind-labs.example/", "sc-domain:other.example"):
        answer = query(search_console, site)
        assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (403, "forbidden")
    anonymous = requests.get(f"{search_console.url}/webmasters/v3/sites", headers={"Authorization": "Bearer wrong"})
    assert (anonymous.status_code, anonymous.json()["error"]["code"]) == (401, 401)
