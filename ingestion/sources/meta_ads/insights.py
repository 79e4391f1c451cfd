"""Insights by day: small ranges at once, long ones through jobs that run on Meta's side, several at a time."""

import logging
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from ingestion.client import SourceError
from ingestion.jobs import wait_for_job
from ingestion.resource import Record
from ingestion.sources.meta_ads.graph import Graph

logger = logging.getLogger(__name__)

AT_ONCE = 7  # days that are asked for without a job; an account's own totals are few rows, and never need one
_DAYS_OF_JOB = 90
_JOBS = 5  # that run at a time
_HOURS = 0.5  # that a job may take
_TIMED_OUT = "100/1504018"  # the error of a question that takes too long without a job
_DONE, _FAILED = "Job Completed", ("Job Failed", "Job Skipped")


class _Range(NamedTuple):
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def halves(self) -> list["_Range"]:
        middle = self.first + timedelta(days=self.days // 2)
        return [_Range(self.first, middle - timedelta(days=1)), _Range(middle, self.last)]


def read_days(
    graph: Graph, account_id: str, level: str, fields: str, windows: list[str], first: date, last: date
) -> Iterator[list[Record]]:
    """The account's insights at a level, one row per day on which anything was delivered."""
    asked = {"level": level, "fields": fields, "time_increment": 1}
    if windows:
        asked["action_attribution_windows"] = windows
    edge, whole = f"act_{account_id}/insights", _Range(first, last)
    if level == "account" or whole.days <= AT_ONCE:
        try:
            yield from list(graph.pages(edge, **asked, time_range=_sent(whole)))
            return
        except SourceError as error:
            if _TIMED_OUT not in str(error):
                raise
            logger.warning("%s; again by a job", error)
    yield from _read_by_jobs(graph, edge, asked, whole)


def _read_by_jobs(graph: Graph, edge: str, asked: Record, whole: _Range) -> Iterator[list[Record]]:
    """The rows of jobs; a range for which Meta's job fails is tried again in halves."""
    waiting, running = deque(_split(whole)), deque[tuple[_Range, str]]()
    while waiting or running:
        while waiting and len(running) < _JOBS:
            part = waiting.popleft()
            running.append((part, graph.post(edge, **asked, time_range=_sent(part))["report_run_id"]))
        part, job = running.popleft()
        if _is_done(graph, job):
            yield from graph.pages(f"{job}/insights")
        elif part.days > 1:
            logger.warning("meta_ads: the job for %s to %s failed; again in halves", part.first, part.last)
            waiting.extendleft(reversed(part.halves()))
        else:
            raise SourceError("meta_ads", f"the insights job for {part.first} failed")


def _is_done(graph: Graph, job: str) -> bool:
    """Wait for a job; False where it failed."""
    look, ended = partial(graph.get, job), (_DONE, *_FAILED)
    found = wait_for_job("meta_ads", "an insights job", look, state="async_status", ended=ended, hours=_HOURS)
    return found["async_status"] == _DONE


def _split(whole: _Range) -> Iterator[_Range]:
    first = whole.first
    while first <= whole.last:
        last = min(first + timedelta(days=_DAYS_OF_JOB - 1), whole.last)
        yield _Range(first, last)
        first = last + timedelta(days=1)


def _sent(part: _Range) -> dict[str, str]:
    return {"since": part.first.isoformat(), "until": part.last.isoformat()}
