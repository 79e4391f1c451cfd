"""LinkedIn, TikTok, Microsoft and Search Console: how much is asked at once, and what counts as a refusal."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from ingestion import jobs
from ingestion.client import Refusal, SourceError
from ingestion.reading import Page, Pull, Span, Whole
from ingestion.settings import SettingsError
from ingestion.sources import google_search_console, linkedin_ads, microsoft_ads, tiktok_ads
from ingestion.sources.google_search_console.searches import read_sites
from ingestion.sources.linkedin_ads import accounts as linkedin_accounts
from ingestion.sources.linkedin_ads import restli
from ingestion.sources.microsoft_ads import accounts as microsoft_accounts
from ingestion.sources.microsoft_ads import reports, services
from ingestion.sources.tiktok_ads.advertisers import read_advertisers

UNTIL = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)
SINCE = datetime(2026, 6, 29, 21, 59, 59, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def pull(since=None, state=None, start_date=None, **account):
    return Pull(account, Span(UNTIL, BERLIN, since, start_date=start_date), Path(), {} if state is None else state)


class LinkedIn:
    """Two accounts with 250 campaigns each; remembers the questions about days."""

    def __init__(self):
        self.questions = []

    def get(self, address):
        path, _, query = address.partition("?")
        if path == "/rest/adAccounts":
            return {"elements": [{"id": 1}, {"id": 2}], "metadata": {}}
        if path.endswith("adCampaigns"):
            return {"elements": [{"id": number} for number in range(250)]}
        if path == "/rest/adAnalytics":
            self.questions.append(query)
        return {"elements": []}


def test_linkedin_is_asked_about_a_hundred_campaigns_and_thirty_days_at_once():
    client, state = LinkedIn(), {}
    items = list(
        linkedin_accounts.read_accounts(client, pull(state=state, start_date=date(2026, 4, 1), account_ids=[2]))
    )
    by_campaign = [question for question in client.questions if "campaigns=List(" in question]
    assert len(by_campaign) == 4 * 3 and len(client.questions) == 4 * 3 + 4  # 91 days, 250 campaigns, one account
    assert {question.count("urn%3Ali%3AsponsoredCampaign%3A") for question in by_campaign} == {100, 50}
    assert "dateRange=(start:(year:2026,month:6,day:30),end:(year:2026,month:6,day:30))" in client.questions[-1]
    days = {each["date"] for item in items if isinstance(item, Whole) for each in item.scopes if "date" in each}
    assert days == {date(2026, 4, 1) + timedelta(days=number) for number in range(91)}
    assert state == {"accounts": ["2"]}


def test_linkedins_texts_are_encoded_and_its_structure_is_not():
    asked = restli.address("/x", search=restli.named(name=restli.several([restli.text("a,b:(c)")])), none=None)
    assert asked == "/x?search=(name:List(a%2Cb%3A%28c%29))"
    assert unquote(asked) == "/x?search=(name:List(a,b:(c)))"


def test_linkedin_days_that_are_none_stay_to_be_refused():
    assert restli.iso_date({"year": 2026, "month": 1, "day": 5}) == "2026-01-05"
    assert restli.iso_date({"year": 2026, "month": 13, "day": 5}) == {"year": 2026, "month": 13, "day": 5}
    assert restli.iso_date(None) is None


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"code": 0, "data": {}}, None),
        ({"data": {}}, None),
        ({"code": 40002, "message": "m"}, Refusal("code 40002")),
        ({"code": 40100}, Refusal("code 40100", is_transient=True)),
        ({"code": 50002}, Refusal("code 50002", is_transient=True)),
        ({"code": 40105}, Refusal("code 40105", is_of_token=True)),
    ],
)
def test_tiktoks_codes_say_what_to_do(body, refusal):
    assert tiktok_ads._refused(body) == refusal


def test_tiktok_takes_one_advertiser_as_a_word():
    asked = []
    client = SimpleNamespace(get=lambda path, **query: asked.append(query) or {"data": {"list": []}})
    list(read_advertisers(client, pull(advertiser_ids="7301000000000000077")))
    assert asked == [{"advertiser_ids": '["7301000000000000077"]'}]


def test_tiktok_needs_to_know_whose_ads_to_read():
    with pytest.raises(SettingsError, match="advertiser_ids, or credentials app_id and secret"):
        list(read_advertisers(SimpleNamespace(), pull()))
    with pytest.raises(SettingsError, match="access_token is missing"):
        tiktok_ads.readers(pull(base_url="http://x.test"))


def fault(*codes):
    return {"TrackingId": "t", "Errors": [{"Code": code, "ErrorCode": f"C{code}"} for code in codes]}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"Campaigns": []}, None),
        (fault(117), Refusal("117 C117", is_transient=True)),
        (fault(0, 1100), Refusal("0 C0, 1100 C1100")),
        (fault(109), Refusal("109 C109", is_of_token=True)),
        (
            {"TrackingId": "t", "OperationErrors": [{"Code": 207, "ErrorCode": "C"}]},
            Refusal("207 C", is_transient=True),
        ),
    ],
)
def test_microsofts_faults_say_what_to_do(body, refusal):
    assert services.refused(body) == refusal


def test_microsoft_needs_a_developer_token():
    with pytest.raises(SettingsError, match="developer_token is missing"):
        microsoft_ads.readers(pull(base_url="http://x.test"))


def test_microsoft_is_asked_for_no_day_that_is_yet_to_come_in_pacific_time(monkeypatch):
    asked = []
    monkeypatch.setattr(reports, "submit", lambda services, kind, account_id, columns, *days: asked.append(days))
    monkeypatch.setattr(reports, "fetch", lambda services, number: [])

    def read(until: datetime, since: datetime | None) -> tuple[date, date]:
        asked.clear()
        one = Pull({}, Span(until, BERLIN, since, is_range=True), Path())
        list(microsoft_accounts._read_days(SimpleNamespace(), one, "1", is_new=False))
        return asked[0]

    assert read(UNTIL, SINCE) == (date(2026, 6, 29), date(2026, 6, 30))
    early = datetime(2026, 6, 30, 3, tzinfo=UTC)  # the 30th in Berlin, still the 29th there
    assert read(early, SINCE) == (date(2026, 6, 29), date(2026, 6, 29))
    assert read(early, early) == (date(2026, 6, 29), date(2026, 6, 29))


class Reporting:
    """A service that says of every report the same."""

    def __init__(self, status, url=None):
        self.status = {"Status": status, "ReportDownloadUrl": url}

    def post(self, path, body):
        return {"ReportRequestStatus": self.status}


def test_microsofts_reports_are_waited_for_half_an_hour_and_no_longer(monkeypatch):
    waits = []
    monkeypatch.setattr(jobs, "sleep", waits.append)
    with pytest.raises(SourceError, match="still Pending after 0.5 hours"):
        reports.fetch(Reporting("Pending"), "1")
    assert 1800 < sum(waits) < 1860
    with pytest.raises(SourceError, match="failed to make a report"):
        reports.fetch(Reporting("Error"), "1")


def test_microsofts_report_without_rows_has_no_file_and_a_file_has_to_be_a_zip(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", '\ufeff"TimePeriod","AverageCpc"\r\n"2026-01-05","--"\r\n'.encode())
    found = {"/good.zip?sig=1": file.getvalue(), "/bad.zip?sig=1": b"<html>"}
    monkeypatch.setattr(reports, "Client", lambda source, base_url, refused: SimpleNamespace(download=found.get))
    assert reports.fetch(Reporting("Success"), "1") == []
    rows = reports.fetch(Reporting("Success", "https://blobs.test/good.zip?sig=1"), "1")
    assert rows == [{"time_period": "2026-01-05", "average_cpc": None}]
    with pytest.raises(SourceError, match="no zip file"):
        reports.fetch(Reporting("Success", "https://blobs.test/bad.zip?sig=1"), "1")


class SearchConsole:
    """Three sites of which one was never verified; remembers the questions."""

    def __init__(self):
        self.asked = []

    def get(self, path):
        levels = {"a": "siteOwner", "b": "siteUnverifiedUser", "c": "siteFullUser"}
        return {"siteEntry": [{"siteUrl": site, "permissionLevel": level} for site, level in levels.items()]}

    def post(self, path, body):
        self.asked.append((path.split("/")[4], body["startDate"], body["endDate"], len(body["dimensions"])))
        return {"rows": [{"keys": ["2026-06-30"], "clicks": 1}]}


def test_search_console_keeps_sixteen_months_and_is_asked_ten_days_at_once():
    client, state = SearchConsole(), {"accounts": ["c"]}
    items = list(read_sites(client, pull(SINCE, state)))
    new, known = ([each[1:] for each in client.asked if each[0] == site] for site in "ac")
    assert new[0] == ("2025-02-25", "2025-03-06", 5) and len(new) == 2 * 50
    assert known == [("2026-06-25", "2026-06-30", 5), ("2026-06-25", "2026-06-30", 4)]
    assert {each[0] for each in client.asked} == {"a", "c"} and state == {"accounts": ["a", "c"]}
    assert sum(len(item.records) for item in items if isinstance(item, Page) and item.table == "sites") == 3


def test_search_console_tells_a_spent_quota_from_a_right_that_is_missing():
    def forbidden(reason):
        return google_search_console._refused({"error": {"code": 403, "errors": [{"reason": reason}]}})

    assert forbidden("quotaExceeded") == Refusal("quotaExceeded", is_transient=True)
    assert forbidden("forbidden") is None


def test_linkedin_takes_a_token_that_somebody_else_renews():
    readers = linkedin_ads.readers(pull(base_url="http://x.test", access_token="t", version=202606))
    assert len(readers) == 1
