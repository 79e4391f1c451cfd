"""The sandbox's Amplitude speaks its protocol, and says what the view holds."""

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
import requests
from vendor_api import Api

from sandbox.clock import HOUR
from sandbox.company import Company
from sandbox.view import View


def hour_text(instant: int) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).strftime("%Y%m%dT%H")


def exported(api: Api, start: str, end: str) -> dict[str, list[dict]]:
    """The events of each file of an export."""
    answer = api.get("/api/2/export", start=start, end=end)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: gzip.decompress(archive.read(name)) for name in archive.namelist()}
    return {name: [json.loads(line) for line in content.splitlines()] for name, content in files.items()}


def test_amplitude_exports_the_hours_of_upload_both_included(amplitude: Api, view: View) -> None:
    uploaded_at = view.amplitude_events["uploaded_at"]
    first, last = int(uploaded_at.iloc[len(uploaded_at) // 3]), int(uploaded_at.iloc[len(uploaded_at) // 2])
    files = exported(amplitude, hour_text(first), hour_text(last))
    hours = uploaded_at // HOUR
    wanted = view.amplitude_events[(hours >= first // HOUR) & (hours <= last // HOUR)]
    assert [each["uuid"] for lines in files.values() for each in lines] == wanted["uuid"].tolist()
    for name, lines in files.items():
        app, _, rest = name.partition("/")
        day, _, hour = rest.removesuffix("#0.json.gz").removeprefix(f"{app}_").partition("_")
        assert {each["server_upload_time"][:13] for each in lines} == {f"{day} {int(hour):02}"}


def test_amplitude_sends_late_and_repeated_events_and_holds_the_latest_back(company: Company, view: View) -> None:
    events = view.amplitude_events
    assert (events["uploaded_at"] - events["at"]).max() > 24 * HOUR
    assert 0 < events["insert_id"].duplicated().sum() < 0.02 * len(events)
    assert not events["uuid"].duplicated().any()
    assert events["uploaded_at"].max() <= view.as_of - 2 * HOUR
    earlier = company.at("2026-06-12").amplitude_events["uuid"]
    assert 100 < len(earlier) < len(events) and set(earlier) <= set(events["uuid"])


@pytest.mark.parametrize(
    ("begins", "ends", "status"),
    [("20200101T00", "20200101T23", 404), ("20260101T00", "20270101T00", 400), ("2026-01-01", "20260101T23", 400)],
)
def test_amplitude_refuses_what_it_cannot_give(amplitude: Api, begins: str, ends: str, status: int) -> None:
    answer = amplitude.get("/api/2/export", start=begins, end=ends)
    assert (answer.status_code, answer.json()["error"]["http_code"]) == (status, status)


def test_amplitude_refuses_wrong_keys(amplitude: Api) -> None:
    answer = requests.get(f"{amplitude.url}/api/2/export", auth=("key", "wrong"), params={"start": "20260101T00"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (403, "Forbidden")
