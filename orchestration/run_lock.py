"""One run at a time: an operating-system lock on data/run.lock, released at the latest when its process ends.

Who holds it is written beside it, for people to read; only the lock itself decides.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from ingestion import home as paths

MOMENT_SECONDS = 0.2  # whoever only asks who holds the lock (see _is_held) takes it for at most this long


class LockHeldError(Exception):
    """Another run holds the lock; the message says who."""


@contextmanager
def hold(home: Path, who: str, wait: bool) -> Iterator[None]:
    """Hold the lock; a process may take it again. Without `wait`, LockHeldError where another process has it."""
    file = paths.lock_file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = _lock(file)
    try:
        lock.acquire(timeout=-1 if wait else MOMENT_SECONDS)
    except Timeout:
        raise LockHeldError(f"another run is going: {holder(home) or 'it has just ended'}") from None
    try:
        if lock.lock_counter == 1:
            _write_holder(home, who)
        yield
    finally:
        if lock.lock_counter == 1:
            _holder_file(home).unlink(missing_ok=True)
        lock.release()


def keep(home: Path) -> None:
    """Keep the lock until this process ends: after a failure, threads of the run may still be writing."""
    _lock(paths.lock_file(home)).acquire()


def holder(home: Path) -> str | None:
    """Who holds the lock now, in words; a killed process leaves its name but not the lock."""
    if not _is_held(home):
        return None
    try:
        told = json.loads(_holder_file(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "it has not said yet who it is"
    return f"{told['who']} (process {told['process']}, since {told['since']} UTC)"


@cache
def _lock(file: Path) -> FileLock:
    """One object per path and process: a command takes it, and the run it starts takes it again."""
    return FileLock(str(file), thread_local=False)


def _is_held(home: Path) -> bool:
    """Ask the lock itself: its file or a process number may be left over. FileLock takes the same kind, exclusively."""
    try:
        with paths.lock_file(home).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _write_holder(home: Path, who: str) -> None:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    told = {"who": who, "process": os.getpid(), "since": since}
    paths.replace_file(_holder_file(home), json.dumps(told) + "\n")


def _holder_file(home: Path) -> Path:
    return paths.lock_file(home).with_name("run.lock.holder")
