"""Report jobs: asked for, waited for, and fetched as a zip of one CSV file from an address that is its own key."""

import csv
import io
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from sandbox import wire
from sandbox.clock import day_number
from sandbox.vendor import Answer, Call, Refused
from sandbox.vendors.microsoft_ads import errors
from sandbox.vendors.microsoft_ads.entities import PLATFORM, Entities
from sandbox.view import View

POLLS = 2  # until a report is done
_TYPES = {"CampaignPerformanceReportRequest": "campaign_id", "AccountPerformanceReportRequest": "account_id"}
_METRICS = {"Impressions", "Clicks", "Spend", "Conversions", "Ctr", "AverageCpc", "Revenue"}
_SUMS = ["impressions", "clicks", "cost_cents", "conversions"]


class Reports:
    """The jobs of one server, and the days they report on."""

    def __init__(self, view: View, entities: Entities) -> None:
        self.days = view.platform_days[view.platform_days["platform"] == PLATFORM]
        campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == PLATFORM]
        self.campaigns = campaigns.set_index("id")
        self.entities = entities
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.polls: dict[str, int] = {}

    def submit(self, call: Call) -> dict[str, Any]:
        """POST GenerateReport/Submit."""
        account_id, request = self.entities.account_id(call), call.json.get("ReportRequest") or {}
        if request.get("Type") not in _TYPES or request.get("Aggregation") != "Daily":
            raise errors.invalid_report("InvalidReportType", "The sandbox reports on campaigns and accounts, by day.")
        if [str(each) for each in (request.get("Scope") or {}).get("AccountIds") or []] != [account_id]:
            raise errors.invalid_report("InvalidAccountId", "The scope names an account that the call is not made in.")
        days = self.days[(self.days["account_id"] == int(account_id)) & self.days["local_day"].between(*_span(request))]
        number = f"{30_000_000_000 + len(self.rows)}"
        self.rows[number] = self._report(days, _TYPES[request["Type"]], request)
        self.polls[number] = 0
        return {"ReportRequestId": number}

    def poll(self, call: Call) -> dict[str, Any]:
        """POST GenerateReport/Poll; a report without rows has no file."""
        number = str(call.json.get("ReportRequestId"))
        if number not in self.rows:
            raise errors.invalid_report("InvalidReportRequestId", "The report request ID is not valid.")
        self.polls[number] += 1
        if self.polls[number] < POLLS:
            return {"ReportRequestStatus": {"Status": "Pending", "ReportDownloadUrl": None}}
        place = urlsplit(call.url)
        url = f"{place.scheme}://{place.netloc}/download/{number}.zip?sig=sandbox" if self.rows[number] else None
        return {"ReportRequestStatus": {"Status": "Success", "ReportDownloadUrl": url}}

    def download(self, call: Call) -> Answer:
        """GET the file, with nothing but its address."""
        rows = self.rows.get(call.path["number"])
        if not rows or call.query.get("sig") != "sandbox":
            raise Refused(errors.not_found())
        # The rows stay rows until they are sent, so that faults can spoil them, each time anew.
        return Answer([dict(row) for row in rows], media_type="application/x-zip-compressed", encode=_zipped_csv)

    def _report(self, days: pd.DataFrame, key: str, request: dict[str, Any]) -> list[dict[str, str]]:
        columns = [str(each) for each in request.get("Columns") or []]
        rows = days.groupby([key, "local_day"], as_index=False)[_SUMS].sum()
        known = self._columns(rows, key)
        if unknown := [name for name in columns if name not in known]:
            raise errors.invalid_report("InvalidReportColumn", f"No such column: {', '.join(unknown)}.")
        if not _METRICS & set(columns):
            raise errors.invalid_report("NoMetricColumn", "A report needs at least one metric.")
        return [dict(zip(columns, row, strict=True)) for row in zip(*(known[name] for name in columns), strict=True)]

    def _columns(self, rows: pd.DataFrame, key: str) -> dict[str, list[str]]:
        """Every column of a report as text; what there is nothing of is "--"."""
        spend = [f"{cents / 100:.2f}" for cents in rows["cost_cents"]]
        shares = zip(rows["clicks"], rows["impressions"], rows["cost_cents"], strict=True)
        rates = [
            (f"{100 * clicks / shown:.2f}%", f"{cents / 100 / clicks:.2f}" if clicks else "--")
            for clicks, shown, cents in shares
        ]
        columns = {
            "TimePeriod": wire.days(rows["local_day"]),
            "Impressions": wire.numbers(rows["impressions"]),
            "Clicks": wire.numbers(rows["clicks"]),
            "Spend": spend,
            "Conversions": wire.numbers(rows["conversions"]),
            "Revenue": ["--"] * len(rows),
            "Ctr": [ctr for ctr, _ in rates],
            "AverageCpc": [price for _, price in rates],
        }
        if key == "account_id":
            return {**columns, "AccountId": wire.numbers(rows["account_id"])}
        return {
            **columns,
            "CampaignId": wire.numbers(rows["campaign_id"]),
            "CampaignName": rows["campaign_id"].map(self.campaigns["name"]).tolist(),
            "CampaignStatus": [status.capitalize() for status in rows["campaign_id"].map(self.campaigns["status"])],
        }


def _span(request: dict[str, Any]) -> tuple[int, int]:
    time = request.get("Time") or {}
    try:
        first, last = (
            day_number(date(each["Year"], each["Month"], each["Day"]))
            for each in (time["CustomDateRangeStart"], time["CustomDateRangeEnd"])
        )
    except (KeyError, TypeError, ValueError):
        raise errors.invalid_report("InvalidCustomDateRange", "A custom date range is required.") from None
    if first > last:
        raise errors.invalid_report("InvalidCustomDateRange", "The start of the range is after its end.")
    return first, last


def _zipped_csv(rows: list[dict[str, str]]) -> bytes:
    """Quoted, with a byte-order mark, as the one file of an archive."""
    text, file = io.StringIO(), io.BytesIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("report.csv"), text.getvalue().encode("utf-8-sig"))
    return file.getvalue()
