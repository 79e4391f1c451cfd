"""Salesforce's two ways to read a query: REST, page by page, and a job of Bulk API 2.0, whose result is CSV."""

import csv
import io
import logging
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from ingestion.client import Client, SourceError
from ingestion.jobs import wait_for_job
from ingestion.paging import by_cursor
from ingestion.resource import Record

logger = logging.getLogger(__name__)

VERSION = "/services/data/v62.0"
_LONGEST_QUERY = 14_000  # as part of an address; Salesforce takes 16,384 with all headers
_HOURS = 4  # that a job may take
_DONE, _FAILED = "JobComplete", ("Aborted", "Failed")
_NOT_IN_BULK = (400, 403)  # an object it does not know, or no more jobs today; if there is more to it REST says so


def by_rest(client: Client, query: str) -> Iterator[list[Record]]:
    """The records of a query, deleted ones too, 2,000 at a time."""

    def fetch(path: str | None) -> Any:
        return client.get(path) if path else client.get(f"{VERSION}/queryAll", q=query)

    for page in by_cursor(fetch, lambda page: page.get("nextRecordsUrl")):
        yield page["records"]


def by_bulk(client: Client, query: str, types: Mapping[str, str]) -> Iterator[list[Record]]:
    """The same through a job; by REST where Salesforce does not take the object, or no more jobs, in bulk."""
    body = {
        "operation": "queryAll",
        "query": query,
        "contentType": "CSV",
        "columnDelimiter": "COMMA",
        "lineEnding": "LF",
    }
    try:
        number = client.post(f"{VERSION}/jobs/query", body)["id"]
    except SourceError as error:
        if error.status not in _NOT_IN_BULK:
            raise
        logger.warning("%s; reading by REST", error)
        yield from by_rest(client, query)
        return
    path = f"{VERSION}/jobs/query/{number}"
    job, look = f"the job {path}", partial(client.get, path)
    state = wait_for_job(client.source, job, look, state="state", ended=(_DONE, *_FAILED), hours=_HOURS)["state"]
    if state != _DONE:
        raise SourceError(client.source, f"{job} ended as {state}")
    locator = None
    while locator != "null":
        answer = client.answer(f"{path}/results", locator=locator)
        records = _read_csv(answer.content, types)
        if len(records) != int(answer.headers["Sforce-NumberOfRecords"]):
            raise SourceError(client.source, f"GET {path}/results gave another number of records than it says")
        yield records
        locator = answer.headers["Sforce-Locator"]


def fits_rest(query: str) -> bool:
    """Whether a query is short enough to be part of an address."""
    return len(quote(query)) < _LONGEST_QUERY


def _read_csv(content: bytes, types: Mapping[str, str]) -> list[Record]:
    """The rows as REST would give them: an empty value is NULL, flags and numbers are no texts."""
    reader = csv.reader(io.StringIO(content.decode(), newline=""))
    names = next(reader, [])
    kinds = [types.get(name, "string") for name in names]
    return [{name: _value(text, kind) for name, text, kind in zip(names, row, kinds, strict=True)} for row in reader]


def _value(text: str, kind: str) -> Any:
    if not text:
        return None
    try:
        if kind == "int":
            return int(text)
        if kind in ("double", "currency", "percent"):
            return float(text)
    except ValueError:  # not as described: whoever reads the column will refuse it
        return text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return f"{text[:-1]}+0000" if kind == "datetime" and text.endswith("Z") else text
