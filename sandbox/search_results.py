"""What people searched at Google before they came, and how often the company's pages were shown to others who did not.

Every visit from Google's unpaid results is a click; impressions without a click lie around them. Rare queries are
anonymised. A search is known to Search Console some time after it happened, at most LATEST days.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, pick
from sandbox.clock import DAY, local_day, local_days
from sandbox.visits import PAGES, Visits
from sandbox.web_sources import Sources

ZONE = "America/Los_Angeles"  # of Search Console's days, wherever the site is
LATEST = 2  # days after which a search is known at the latest
_SITE = "https://www.northwind-labs.example"
_QUERIES = {  # what the result of a page is shown for, commonest first; other pages: for what it is called
    "/": ("northwind labs", "northwind crm", "northwind labs login", "crm software", "b2b crm"),
    "/product": ("crm software", "sales pipeline tool", "crm for manufacturers", "lead scoring software"),
    "/pricing": ("northwind labs pricing", "crm price comparison", "cheap crm"),
    "/blog/roi-guide": ("marketing roi formula", "how to calculate marketing roi", "roi of advertising", "roas or roi"),
    "/webinar": ("attribution webinar", "crm webinar"),
    "/demo": ("northwind labs demo", "crm demo"),
}
_BRAND = "northwind"
_COUNTRIES = ["deu", "aut", "che", "usa", "gbr"]
_DEVICES = ["DESKTOP", "MOBILE", "TABLET"]
_ANONYMISED = 0.35
_SHOWN_PER_CLICK = 0.8  # results that were shown, several times, and brought no visit
_SECOND_RESULTS = 0.1


def run_searches(rng: Generator, visits: Visits, sources: Sources) -> pd.DataFrame:
    """Results as Google showed them: at known_at page query country device position impressions clicks is_anonymised
    is_second. A second result is another page below the first, in the same search."""
    clicks = _clicks(visits, sources)
    seen = pd.concat([clicks, _shown(rng, clicks)])
    seen = seen[local_days(seen["at"].to_numpy(), ZONE) >= sources.first_day].reset_index(drop=True)
    count = len(seen)
    seen["query"] = _draw_queries(rng, seen["page"].to_numpy())
    seen["country"] = choose(rng, _COUNTRIES, [0.6, 0.1, 0.1, 0.12, 0.08], count)
    seen["device"] = choose(rng, _DEVICES, [0.66, 0.3, 0.04], count)
    is_brand = seen["query"].str.contains(_BRAND).to_numpy()
    seen["position"] = np.where(is_brand, rng.integers(1, 3, count), 2 + rng.geometric(0.12, count))
    seen["is_anonymised"] = ~is_brand & (rng.random(count) < _ANONYMISED)
    seen["known_at"] = seen["at"] + rng.integers(0, LATEST * DAY, count)
    second = seen[rng.random(count) < _SECOND_RESULTS]
    second = second.assign(page=(second["page"] + 1) % len(PAGES), position=second["position"] + 1, clicks=0)
    return pd.concat([seen.assign(is_second=False), second.assign(is_second=True)], ignore_index=True)


def searches_at(results: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.searches: the results that were known, summed by day."""
    known = results[(results["known_at"] <= as_of)]
    page = np.array([_SITE + page for page in PAGES], dtype=object)[known["page"]]
    keys = ["day", "page", "query", "country", "device", "is_anonymised", "is_second"]
    sums = {"clicks": known["clicks"], "impressions": known["impressions"]}
    sums["ranks"] = known["position"] * known["impressions"]
    daily = known[keys[2:]].assign(day=local_days(known["at"].to_numpy(), ZONE), page=page, **sums)
    return daily.groupby(keys, as_index=False)[list(sums)].sum()


def first_incomplete_day(as_of: int) -> int:
    """The first day of which Search Console does not know everything yet."""
    return local_day(as_of, ZONE) - LATEST


def _clicks(visits: Visits, sources: Sources) -> pd.DataFrame:
    table = sources.table
    is_google = ((table["channel"] == "Organic Search") & (table["source"] == "google")).to_numpy()
    sessions = visits.sessions[is_google[visits.sessions["source"]]]
    return pd.DataFrame({"at": sessions["started_at"], "page": sessions["landing"], "clicks": 1, "impressions": 1})


def _shown(rng: Generator, clicks: pd.DataFrame) -> pd.DataFrame:
    """Results that nobody clicked, within a day of those that were."""
    like = clicks.iloc[rng.integers(0, max(len(clicks), 1), round(len(clicks) * _SHOWN_PER_CLICK))]
    at = like["at"] + rng.integers(-DAY, DAY, len(like))
    return like.assign(at=at, clicks=0, impressions=rng.integers(1, 40, len(like)))


def _draw_queries(rng: Generator, page: np.ndarray) -> np.ndarray:
    drawn = np.full(len(page), "", dtype=object)
    for number, path in enumerate(PAGES):
        rows = np.flatnonzero(page == number)
        queries = _QUERIES.get(path, (f"{_BRAND} labs {path.strip('/')}",))
        drawn[rows] = np.array(queries, dtype=object)[pick(rng, 1 / (1 + np.arange(len(queries))), len(rows))]
    return drawn
