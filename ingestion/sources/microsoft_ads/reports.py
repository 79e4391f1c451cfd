"""Reports: submitted, waited for, and fetched as a zip of one CSV file -> records."""

import csv
import io
import re
from datetime import date
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from ingestion.client import Client, SourceError
from ingestion.jobs import wait_for_job
from ingestion.resource import Record
from ingestion.sources.microsoft_ads.services import Services, refused

_HOURS = 0.5  # that a report may take
_DONE, _FAILED = "Success", "Error"
_NOTHING = "--"  # what Microsoft writes where there is no value


def submit(services: Services, kind: str, account_id: str, columns: list[str], first: date, last: date) -> str:
    """Ask for a report by day; returns its number."""
    request = {
        "Type": f"{kind}Request",
        "ReportName": kind,
        "Format": "Csv",
        "FormatVersion": "2.0",
        "Aggregation": "Daily",
        "Columns": columns,
        "Scope": {"AccountIds": [account_id]},
        "Time": {"CustomDateRangeStart": _day(first), "CustomDateRangeEnd": _day(last)},
        "ExcludeReportHeader": True,
        "ExcludeReportFooter": True,
        "ExcludeColumnHeaders": False,
        "ReturnOnlyCompleteData": False,
    }
    return services.post("Reporting/v13/GenerateReport/Submit", {"ReportRequest": request})["ReportRequestId"]


def fetch(services: Services, number: str) -> list[Record]:
    """The rows of a report that was submitted, once it is done; one without any rows has no file."""
    url = _wait(services, number)
    if url is None:
        return []
    place = urlsplit(url)
    # The address is its own key, at another host: the token must not go there.
    host = Client("microsoft_ads", f"{place.scheme}://{place.netloc}", refused=refused)
    file = host.download(f"{place.path}?{place.query}")
    try:
        with ZipFile(io.BytesIO(file)) as archive:
            text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    except (BadZipFile, IndexError):
        raise SourceError("microsoft_ads", "a report came as no zip file") from None
    return [_record(row) for row in csv.DictReader(io.StringIO(text))]


def _wait(services: Services, number: str) -> str | None:
    """The address of a report's file, or None where it has no rows."""
    path, body = "Reporting/v13/GenerateReport/Poll", {"ReportRequestId": number}
    status = wait_for_job(
        "microsoft_ads",
        "a report",
        lambda: services.post(path, body)["ReportRequestStatus"],
        state="Status",
        ended=(_DONE, _FAILED),
        hours=_HOURS,
    )
    if status["Status"] != _DONE:
        raise SourceError("microsoft_ads", "Microsoft failed to make a report")
    return status.get("ReportDownloadUrl")


def _day(of: date) -> dict[str, int]:
    return {"Day": of.day, "Month": of.month, "Year": of.year}


def _record(row: dict[str, str]) -> Record:
    return snake_case({name: None if value == _NOTHING else value for name, value in row.items() if name})


def snake_case(record: Record) -> Record:
    """The record with its names as raw has them: CampaignId is campaign_id."""
    return {re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower(): value for name, value in record.items()}
