"""Marketo's bulk extract: a job is made, queued, asked after, and its CSV fetched."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
import orjson

from sandbox.clock import DAY
from sandbox.vendor import Answer, Call
from sandbox.vendors.marketo import envelope
from sandbox.vendors.marketo.activities import Activities
from sandbox.vendors.marketo.envelope import Row
from sandbox.vendors.marketo.leads import Leads
from sandbox.vendors.marketo.paging import instant

LONGEST = 31 * DAY
QUEUED = 10
_ACTIVITY_FIELDS = (
    "marketoGUID",
    "leadId",
    "activityDate",
    "activityTypeId",
    "campaignId",
    "primaryAttributeValueId",
    "primaryAttributeValue",
    "attributes",
)
_PROGRESS = {"Queued": "Processing", "Processing": "Completed"}  # one step for each time it is asked after


@dataclass
class Job:
    """One export: of what, and how far it is."""

    export_id: str
    entity: str
    fields: Sequence[str]
    rows: list[Row]
    status: str = "Created"

    def encode(self, rows: list[Row]) -> bytes:
        """Rows as CSV: the fields asked for, and any that the rows have beside, but no activity's number."""
        beside = [name for name in (rows[0] if rows else ()) if name not in (*self.fields, "id")]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*self.fields, *beside])
        writer.writerows([[_cell(row[name]) for name in (*self.fields, *beside)] for row in rows])
        return text.getvalue().encode()


@dataclass
class Exports:
    """The jobs of an instance."""

    leads: Leads
    activities: Activities
    jobs: dict[str, Job] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def table(self, entity: str, asked: Row) -> tuple[Sequence[str], list[Row]]:
        """The columns and rows of a new export."""
        wanted = asked.get("filter") or {}
        if entity == "leads":
            fields = asked.get("fields") or []
            if not fields:
                raise envelope.refused(1003, "Field 'fields' is required")
            frame = self.leads.frame
            name = next((each for each in ("createdAt", "updatedAt") if each in wanted), "")
            at = frame[{"createdAt": "created_at", "updatedAt": "updated_at"}.get(name, "created_at")].to_numpy()
            return fields, self.leads.show(np.flatnonzero(_within(at, wanted.get(name))).tolist(), fields)
        frame = self.activities.frame
        mask = _within(frame["at"].to_numpy(), wanted.get("createdAt"))
        if kinds := wanted.get("activityTypeIds"):
            mask &= frame["type_id"].isin([int(kind) for kind in kinds]).to_numpy()
        return _ACTIVITY_FIELDS, self.activities.show(np.flatnonzero(mask).tolist())


def _within(at: np.ndarray, span: Row | None) -> np.ndarray:
    if not span or "startAt" not in span:
        raise envelope.refused(1003, "A date range filter is required")
    start = instant("startAt", span["startAt"])
    end = instant("endAt", span["endAt"]) if "endAt" in span else start + LONGEST
    if end - start > LONGEST:
        raise envelope.refused(1003, "Date range exceeds the maximum of 31 days")
    return (at >= start) & (at <= end)


def create(exports: Exports, call: Call) -> Row:
    """POST /bulk/v1/{entity}/export/create.json."""
    waiting = sum(job.status in ("Queued", "Processing") for job in exports.jobs.values())
    if waiting >= QUEUED:
        raise envelope.refused(1029, "Too many jobs in queue")
    fields, rows = exports.table(call.path["entity"], call.json)
    number = f"141b9aaa-0000-4a4a-8b8b-{next(exports.numbers):012d}"
    exports.jobs[number] = Job(number, call.path["entity"], fields, rows)
    return envelope.success([_shown(exports.jobs[number])])


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else value


def enqueue(exports: Exports, call: Call) -> Row:
    """POST /bulk/v1/{entity}/export/{id}/enqueue.json."""
    job = _job(exports, call)
    if job.status != "Created":
        raise envelope.refused(1029, f"Job is already {job.status}")
    job.status = "Queued"
    return envelope.success([_shown(job)])


def cancel(exports: Exports, call: Call) -> Row:
    """POST /bulk/v1/{entity}/export/{id}/cancel.json."""
    job = _job(exports, call)
    job.status = "Cancelled"
    return envelope.success([_shown(job)])


def status(exports: Exports, call: Call) -> Row:
    """GET /bulk/v1/{entity}/export/{id}/status.json."""
    job = _job(exports, call)
    job.status = _PROGRESS.get(job.status, job.status)
    return envelope.success([_shown(job)])


def list_jobs(exports: Exports, call: Call) -> Row:
    """GET /bulk/v1/{entity}/export.json."""
    wanted = call.query.get("status", "").split(",")
    jobs = [job for job in exports.jobs.values() if job.entity == call.path["entity"]]
    return envelope.success([_shown(job) for job in jobs if wanted == [""] or job.status in wanted])


def file(exports: Exports, call: Call) -> Answer:
    """GET /bulk/v1/{entity}/export/{id}/file.json."""
    job = _job(exports, call)
    if job.status != "Completed":
        raise envelope.refused(1003, "Export job not completed")
    first, _, last = call.headers.get("range", "").removeprefix("bytes=").partition("-")
    if not first.isdigit():
        return Answer(job.rows, media_type="text/csv", encode=job.encode)
    made = job.encode(job.rows)
    return Answer(made[int(first) : int(last) + 1 if last.isdigit() else len(made)], 206, media_type="text/csv")


def _job(exports: Exports, call: Call) -> Job:
    job = exports.jobs.get(call.path["id"])
    if job is None or job.entity != call.path["entity"]:
        raise envelope.refused(1013, "Export job not found")
    return job


def _shown(job: Job) -> Row:
    shown = {"exportId": job.export_id, "format": "CSV", "status": job.status, "createdAt": "2026-06-30T08:00:00Z"}
    if job.status != "Completed":
        return shown
    made = job.encode(job.rows)
    checksum = f"sha256:{hashlib.sha256(made).hexdigest()}"
    return {**shown, "numberOfRecords": len(job.rows), "fileSize": len(made), "fileChecksum": checksum}
