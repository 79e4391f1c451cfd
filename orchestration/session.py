"""One run as its steps see it: where, which, with what settings, as of when. It begins by taking the lock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion import home as paths
from ingestion import installation_key, registry
from ingestion.load import ensure_empty
from ingestion.profiles import write_profiles
from ingestion.settings import Settings, load, now, parse_as_of, write_tables
from orchestration import alerts, damaged_files, history, last_good, publication, run_lock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """What the steps of a run share."""

    home: Path
    run_id: str
    settings: Settings
    as_of: datetime  # naive UTC


@contextmanager
def open_session(home: Path, run_id: str, command: str, as_of: str | None) -> Iterator[Session]:
    """Take the lock (wait for it), mend what a killed run left, and hand the settings to dbt.

    If that fails it is recorded and told here, for the run has no step yet that could.
    """
    with run_lock.hold(home, command, wait=True):
        try:
            opened = _open(home, run_id, command, as_of)
        except BaseException as error:
            _tell(home, run_id, command, _reason(error))
            raise
        yield opened


def _open(home: Path, run_id: str, command: str, as_of: str | None) -> Session:
    settings = load(home)
    settings.check_configured()
    damaged_files.check(home)
    installation_key.read_or_create(home)  # a key that is lost or too short ends the run before anything changes
    moment = parse_as_of(as_of, settings.time_zone) if as_of else settings.as_of_or(now())
    history.start_run(home, run_id, command, moment)
    last_good.mend(home)
    last_good.forget_unconfigured(home, settings.configured())
    history.forget_old(home)
    publication.mend(home)
    make_readable(home, settings, run_id, moment)
    return Session(home, run_id, settings, moment)


def _tell(home: Path, run_id: str, command: str, reason: str) -> None:
    try:
        history.record_failure(home, run_id, command, reason)
        alerts.tell(home)
    except Exception as error:  # data/ cannot be written, say: then the log alone has the reason
        log.error("%s; this cannot be recorded: %s", reason, type(error).__name__)


def _reason(error: BaseException) -> str:
    """The error in its own words: no record is read before the first step, so it quotes none."""
    if not isinstance(error, Exception):
        return f"{history.INTERRUPTED} before its first step"
    said = " ".join(str(error).split())
    return f"{type(error).__name__} before its first step: {said}"


def make_readable(home: Path, settings: Settings, run_id: str, as_of: datetime) -> None:
    """Make what dbt reads: a raw file for each source, empty if never loaded, the settings as tables, the profile."""
    paths.dbt_folder(home).mkdir(parents=True, exist_ok=True)
    for source in registry.source_names():
        ensure_empty(source, home)
    write_tables(settings, home, run_id, as_of)
    write_profiles(home)
