"""The loads of a run: the selected sources on threads, each behind its own gate.

mops.yaml -> data/raw/<source>.duckdb, or the last good load where a source is down or refused
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from expectations.checks import CheckResult
from expectations.gates import check_lateness, run_gate
from ingestion.load import ensure_empty, load_source
from ingestion.report import LoadReport
from ingestion.settings import SettingsError
from orchestration import history, last_good
from orchestration.session import Session

log = logging.getLogger(__name__)

LOADED = "source_loaded"
SECONDS_BETWEEN_LINES = 2.0


@dataclass(frozen=True)
class Range:
    """What to pull again: days from start to end, or everything since the sources' start dates."""

    start: date | None = None
    end: date | None = None
    full_refresh: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one source: `reason` says why it went back to its last good load."""

    report: LoadReport
    checks: list[CheckResult] = field(default_factory=list)
    reason: str | None = None


def load_all(session: Session, sources: Sequence[str], wanted: Range) -> Iterator[Outcome]:
    """Load the sources on threads and settle each as it ends; unconfigured ones only get their empty tables.

    Then it checks how old the last good load is of each configured source that was not loaded or failed.
    """
    configured = [name for name in sources if name in session.settings.configured()]
    for name in sources:
        ensure_empty(name, session.home)
    for name in configured:
        last_good.begin(session.home, name)
    loaded = set()
    for report in _on_threads(configured, lambda name: _load(session, name, wanted)):
        outcome = _settle(session, report, wanted.full_refresh)
        if outcome.reason is None:
            loaded.add(report.source)
        yield outcome
    not_loaded = set(session.settings.configured()) - loaded
    history.record_checks(session.home, session.run_id, check_lateness(session.home, not_loaded))


def _load(session: Session, source: str, wanted: Range) -> LoadReport:
    return load_source(
        source,
        session.settings,
        session.home,
        as_of=session.as_of,
        start=wanted.start,
        end=wanted.end,
        full_refresh=wanted.full_refresh,
        progress=_progress_logger(),
    )


def _settle(session: Session, report: LoadReport, full_refresh: bool) -> Outcome:
    """Record the load, ask its gate, and keep it or go back."""
    home, run_id, source = session.home, session.run_id, report.source
    history.record_load(home, run_id, report, full_refresh)
    checks = [] if report.error else run_gate("raw", home, as_of=session.as_of, run_id=run_id, source=source)
    reason = report.error or _refusal(checks)
    checks.append(_loaded(source, report.error))
    history.record_checks(home, run_id, checks)
    if reason is None:
        last_good.accept(home, source, run_id)
        return Outcome(report, checks)
    if not report.error:
        history.refuse_load(home, run_id, source)
    last_good.put_back(home, source, reason)
    log.error("%s: %s; its last good load stays", source, reason)
    return Outcome(report, checks, reason)


def _refusal(checks: Sequence[CheckResult]) -> str | None:
    failed = [f"{each.check} on {each.table}" for each in checks if not each.passed and each.severity == "critical"]
    return f"refused by {', '.join(failed)}" if failed else None


def _loaded(source: str, error: str | None) -> CheckResult:
    return CheckResult(LOADED, "raw", source, source, "critical", error is None, message=error or "")


def _on_threads(sources: Sequence[str], load: Callable[[str], LoadReport]) -> Iterator[LoadReport]:
    """The reports as they come. The threads are daemons: an interrupted run does not wait for a vendor's answer."""
    done: queue.SimpleQueue[LoadReport | Exception] = queue.SimpleQueue()

    def work(source: str) -> None:
        try:
            done.put(load(source))
        except SettingsError as mistake:  # this source's alone: a missing credential, say
            done.put(LoadReport(source, "failed", error=str(mistake)))
        except Exception as error:  # told to the run, whose failure it is
            done.put(error)

    for source in sources:
        threading.Thread(target=work, args=[source], name=f"load {source}", daemon=True).start()
    for _ in sources:
        result = done.get()
        if isinstance(result, Exception):
            raise result
        yield result


def _progress_logger() -> Callable[[str, str, int], None]:
    """A callback that logs a line of progress at most every SECONDS_BETWEEN_LINES, however small the vendor's pages."""
    logged_at = time.monotonic()

    def log_progress(source: str, table: str, rows: int) -> None:
        nonlocal logged_at
        if time.monotonic() - logged_at > SECONDS_BETWEEN_LINES:
            logged_at = time.monotonic()
            log.info("%s.%s: %d rows so far", source, table, rows)

    return log_progress
