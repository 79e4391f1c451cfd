"""Meta Ads: jobs that fail, what counts as a conversion, and how Meta says no."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from canned import serving
from starlette.responses import JSONResponse

from ingestion import jobs
from ingestion.client import SourceError
from ingestion.sources.meta_ads import actions, graph, insights

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


class Graph:
    """Insights of one row per day; jobs for more than `most` days fail, and all for the day `never`."""

    def __init__(self, most: int = 90, never: date | None = None) -> None:
        self.most, self.never = most, never
        self.jobs: list[tuple[date, date]] = []

    def post(self, path, time_range, **asked):
        self.jobs.append(tuple(date.fromisoformat(time_range[key]) for key in ("since", "until")))
        return {"report_run_id": str(len(self.jobs) - 1)}

    def get(self, job):
        first, last = self.jobs[int(job)]
        fails = (last - first).days >= self.most or (self.never and first <= self.never <= last)
        return {"async_status": "Job Failed" if fails else "Job Completed"}

    def pages(self, path, **asked):
        if "time_range" in asked:
            first, last = (date.fromisoformat(asked["time_range"][key]) for key in ("since", "until"))
        else:
            first, last = self.jobs[int(path.split("/")[0])]
        yield [first + timedelta(days=number) for number in range((last - first).days + 1)]


def days(meta: Graph, level: str = "ad", first: date = FIRST) -> list[date]:
    return sorted(day for page in insights.read_days(meta, "1", level, "spend", [], first, LAST) for day in page)


@pytest.mark.parametrize("most", [90, 20, 1])
def test_a_range_whose_job_fails_is_read_in_halves_and_every_day_once(most):
    assert days(Graph(most)) == [FIRST + timedelta(days=number) for number in range(181)]


def test_a_day_whose_job_fails_fails_the_load():
    with pytest.raises(SourceError, match="2026-03-03"):
        days(Graph(never=date(2026, 3, 3)))


def test_a_job_that_does_not_end_is_given_up(monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(jobs, "sleep", waits.append)
    meta = Graph()
    meta.get = lambda job: {"async_status": "Job Running"}
    with pytest.raises(SourceError, match="still Job Running after 0.5 hours"):
        days(meta)
    assert 1800 < sum(waits) < 1860


def test_small_ranges_and_totals_of_accounts_need_no_job():
    meta = Graph()
    assert len(days(meta, first=LAST - timedelta(days=6))) == 7
    assert len(days(meta, level="account")) == 181
    assert meta.jobs == []


def test_what_takes_too_long_at_once_is_asked_by_a_job():
    meta = Graph()
    by_job = meta.pages

    def pages(path, **asked):
        if "time_range" in asked:
            raise SourceError("meta_ads", "GET insights was refused: error 100/1504018", status=400)
        yield from by_job(path, **asked)

    meta.pages = pages
    assert len(days(meta, first=LAST - timedelta(days=6))) == 7
    assert len(meta.jobs) == 1


def test_pages_are_halved_where_meta_asks_for_less():
    asked = []

    def answer(request, body):
        limit, after = int(request.query_params["limit"]), int(request.query_params.get("after", 0))
        asked.append(limit)
        if limit > 125:
            message = "Please reduce the amount of data you're asking for, then retry your request"
            return JSONResponse({"error": {"code": 1, "message": message}}, 500)
        paging = {"cursors": {"after": str(after + limit)}, **({"next": "x"} if after + limit < 300 else {})}
        return JSONResponse({"data": list(range(after, min(300, after + limit))), "paging": paging})

    with serving(answer) as url:
        meta = graph.Graph({"access_token": "t", "base_url": url})
        assert [each for page in meta.pages("x") for each in page] == list(range(300))
    assert asked == [500, 250, 125, 125, 125]


def test_only_the_actions_that_count_are_conversions():
    items = [{"action_type": name, "value": "2"} for name in ("lead", "offsite_conversion.fb_pixel_lead", "purchase")]
    row = {"ad_id": "1", "date_start": "2026-01-01", "spend": "3", "actions": items}
    assert actions.with_conversions(row, {"lead", "purchase"})["conversions"] == 4
    assert actions.with_conversions({"ad_id": "1"}, {"lead"})["conversions"] == 0
    unreadable = {**row, "actions": [{"action_type": "lead", "value": "many"}]}
    assert actions.with_conversions(unreadable, {"lead"})["conversions"] == unreadable["actions"]


def test_windows_are_columns_and_others_stay_as_they_are_called():
    item = {"action_type": "lead", "value": "3", "1d_click": "2", "skan_click": "1"}
    (record,) = actions.unpacked({"ad_id": "1", "actions": [item]}, "actions")
    assert (record["click_1d"], record["skan_click"], record["ad_id"]) == ("2", "1", "1")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": 17, "error_subcode": 2446079}, ("error 17/2446079", True, False)),
        ({"code": 80004}, ("error 80004", True, False)),
        ({"code": 190, "error_subcode": 463}, ("error 190/463", False, True)),
        ({"code": 100, "is_transient": True}, ("error 100", True, False)),
        ({"code": 100, "message": "names a person"}, ("error 100", False, False)),
    ],
)
def test_an_error_is_told_by_its_code(error, expected):
    refusal = graph._refused({"error": error})
    assert (refusal.reason, refusal.is_transient, refusal.is_of_token) == expected
    assert graph._refused({"data": []}) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ad-account-usage": '{"acc_id_util_pct": 100, "reset_time_duration": 90}'}, 90),
        ({"x-ad-account-usage": '{"acc_id_util_pct": 99.1, "reset_time_duration": 90}'}, None),
        ({"x-business-use-case-usage": '{"1": [{"estimated_time_to_regain_access": 2}]}'}, 120),
        ({"x-ad-account-usage": "not JSON"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_the_one_the_headers_ask_for(headers, seconds):
    assert graph._asks_to_wait(SimpleNamespace(headers=headers)) == seconds
