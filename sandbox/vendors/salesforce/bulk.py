"""Bulk API 2.0 for queries: a job is posted, asked after until it is complete, and its result read as pages of CSV."""

import base64
import csv
import io
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sandbox.vendor import Answer, Call
from sandbox.vendors.salesforce import errors
from sandbox.vendors.salesforce.ids import record_id
from sandbox.vendors.salesforce.objects import COMPOUND, TYPE_OF
from sandbox.vendors.salesforce.rest import Org
from sandbox.vendors.salesforce.selection import Selection

_PAGE = 2000  # where no number is asked for; Salesforce itself decides by size
_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "TAB": "\t", "PIPE": "|", "CARET": "^", "BACKQUOTE": "`"}
_LINE_ENDINGS = {"LF": "\n", "CRLF": "\r\n"}
_STARTED_AT = "2026-01-02T17:38:59.000+0000"


@dataclass
class Job:
    """A query job; it is complete when it was asked after for the second time."""

    id: str
    operation: str
    selection: Selection
    delimiter: str
    line_ending: str
    state: str = "UploadComplete"

    def show(self) -> dict[str, Any]:
        """The job as every endpoint shows it."""
        count = len(self.selection.positions)
        done = {"jobType": "V2Query", "retries": 0, "totalProcessingTime": 12, "numberRecordsProcessed": count}
        return {
            "id": self.id,
            "operation": self.operation,
            "object": self.selection.object.name,
            "createdById": record_id("005", 1),
            "createdDate": _STARTED_AT,
            "systemModstamp": _STARTED_AT,
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": 62.0,
            "lineEnding": self.line_ending,
            "columnDelimiter": self.delimiter,
            **(done if self.state == "JobComplete" else {}),
        }


@dataclass
class Jobs:
    """The jobs of an org."""

    org: Org
    by_id: dict[str, Job] = field(default_factory=dict)


def create(jobs: Jobs, call: Call) -> dict[str, Any]:
    """POST /jobs/query."""
    body = call.json
    operation = body.get("operation")
    delimiter, line_ending = body.get("columnDelimiter", "COMMA"), body.get("lineEnding", "LF")
    if operation not in ("query", "queryAll") or delimiter not in _DELIMITERS or line_ending not in _LINE_ENDINGS:
        raise errors.refusal(400, "INVALIDJOB", "Unknown operation, delimiter or line ending.")
    selection = Selection(jobs.org.objects, str(body.get("query", "")), operation == "queryAll")
    if not selection.fields or selection.query.offset:
        raise errors.refusal(400, "API_ERROR", "Aggregate functions and OFFSET are not supported in Bulk Query")
    if any(TYPE_OF.get(name) == COMPOUND for name in selection.fields):
        raise errors.refusal(400, "INVALIDENTITY", "Selecting compound data not supported in Bulk Query")
    job = Job(record_id("750", next(jobs.org.numbers)), operation, selection, delimiter, line_ending)
    jobs.by_id[job.id] = job
    return job.show()


def show(jobs: Jobs, call: Call) -> dict[str, Any]:
    """GET /jobs/query/{id}."""
    job = _job(jobs, call)
    job.state = {"UploadComplete": "InProgress", "InProgress": "JobComplete"}.get(job.state, job.state)
    return job.show()


def abort(jobs: Jobs, call: Call) -> dict[str, Any]:
    """PATCH /jobs/query/{id}."""
    job = _job(jobs, call)
    if call.json.get("state") != "Aborted" or job.state == "JobComplete":
        raise errors.refusal(400, "INVALIDJOBSTATE", "The job cannot be brought into this state.")
    job.state = "Aborted"
    return job.show()


def delete(jobs: Jobs, call: Call) -> Answer:
    """DELETE /jobs/query/{id}."""
    del jobs.by_id[_job(jobs, call).id]
    return Answer(b"", 204)


def results(jobs: Jobs, call: Call) -> Answer:
    """GET /jobs/query/{id}/results: the header comes on every page, and the locator of the last is the word null."""
    job = _job(jobs, call)
    if job.state != "JobComplete":
        raise errors.refusal(400, "INVALIDJOBSTATE", "The job is not complete.")
    start = _start(call.query.get("locator", ""))
    most = call.query.get("maxRecords", "")
    end = start + (int(most) if most.isdigit() and int(most) else _PAGE)
    found = job.selection.positions[start:end]
    is_last = end >= len(job.selection.positions)
    headers = {"Sforce-Locator": "null" if is_last else _locator(end), "Sforce-NumberOfRecords": str(len(found))}
    records = [dict(zip(job.selection.fields, row, strict=True)) for row in job.selection.rows(found)]
    encode = partial(_csv, job)
    return Answer({"records": records}, headers=headers, media_type="text/csv; charset=UTF-8", encode=encode)


def _job(jobs: Jobs, call: Call) -> Job:
    if call.path["id"] not in jobs.by_id:
        raise errors.not_found()
    return jobs.by_id[call.path["id"]]


def _csv(job: Job, body: dict[str, Any]) -> bytes:
    """CSV: every value quoted, nothing for NULL."""
    text, fields = io.StringIO(), job.selection.fields
    delimiter, ending = _DELIMITERS[job.delimiter], _LINE_ENDINGS[job.line_ending]
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(fields)
    writer.writerows([_text(record[name]) for name in fields] for record in body["records"])
    return text.getvalue().encode()


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _locator(start: int) -> str:
    return base64.urlsafe_b64encode(str(start).encode()).decode()


def _start(locator: str) -> int:
    text = base64.urlsafe_b64decode(locator.encode()).decode() if locator else "0"
    if not text.isdigit():
        raise errors.refusal(400, "INVALIDLOCATOR", "invalid query locator")
    return int(text)
