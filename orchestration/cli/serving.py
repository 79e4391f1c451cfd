"""Commands that serve until interrupted: sandbox and dev."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.mistakes import MistakeError, home, moment


def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The company's; the vendors take those above it (0: free ones).")
    ] = 8800,
    size: Annotated[str, typer.Option(help="tiny, small, medium or large.")] = "small",
    seed: Annotated[int, typer.Option(min=0, help="One seed is one company.")] = 1,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What happened later does not exist yet.")] = None,
    faults: Annotated[str | None, typer.Option(metavar="PROFILE", help="Make the vendors misbehave.")] = None,
) -> None:
    """Serve only the vendors' APIs, on 127.0.0.1, until interrupted."""
    from sandbox.company import SIZES
    from sandbox.faults import PROFILES
    from sandbox.server import serve

    for option, value, allowed in (("--size", size, SIZES), ("--faults", faults, PROFILES)):
        if value is not None and value not in allowed:
            raise MistakeError(f"{option}: {value} is none of {', '.join(allowed)}")
    if as_of:
        moment(as_of)
    hint = "(GET / says how to reach each vendor; Ctrl-C ends it)"
    try:
        serve(threading.Event(), hint, size=size, seed=seed, as_of=as_of, port=port, faults=faults)
    except (OSError, OverflowError) as error:  # a port that is taken, ports or days beyond the last
        raise MistakeError(f"the sandbox cannot start: {error}") from None


def dev(port: Annotated[int, typer.Option(min=1, max=65_535, help="Of the UI, on 127.0.0.1.")] = 3000) -> None:
    """Open the Dagster UI, with schedules and sensors, until interrupted."""
    from ingestion import home as paths
    from ingestion.settings import load
    from orchestration import dagster_instance
    from orchestration.cli import demo_home

    where = home()
    _check_free(port)
    # A script's background jobs ignore Ctrl-C, and Dagster then ignores SIGTERM too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _only_one(where, port) as lock, demo_home.vendors(where):
        if paths.settings_file(where).exists():
            load(where)
        os.environ["MOPS_HOME"] = str(where)
        folder = dagster_instance.use(where)  # beside another dagster.yaml Dagster warns that it does not read that one
        command = [sys.executable, "-W", "ignore:Function `dev_command`", "-m", "dagster", "dev"]
        command += ["--host", "127.0.0.1", "--port", str(port), "-m", "orchestration.definitions"]
        print(f"http://127.0.0.1:{port} (Ctrl-C ends it)", flush=True)
        # It holds the lock too: should this process be killed, Dagster goes on.
        with subprocess.Popen(command, cwd=folder, pass_fds=[lock]) as dagster:
            signal.signal(signal.SIGTERM, lambda *_: dagster.terminate())  # Ctrl-C reaches it as it reaches us
            try:
                code = dagster.wait()
            except KeyboardInterrupt:
                _end(dagster)
                raise
    raise typer.Exit(1 if code > 0 else 0)


def _check_free(port: int) -> None:
    """Dagster would go on without its UI."""
    with socket.socket() as wanted:
        wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wanted.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror.lower() if error.strerror else str(error)
            raise MistakeError(f"port {port}: {reason}; is mops dev going already? --port chooses another") from None


@contextmanager
def _only_one(where: Path, port: int) -> Iterator[int]:
    """Lock the home for one `mops dev`, for two would start every scheduled run twice; gives the lock's descriptor."""
    from ingestion import home as paths

    file = paths.data_folder(where) / "dev.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MistakeError(f"mops dev is going already for {where}: {file.read_text(encoding='utf-8')}") from None
        lock.truncate(0)
        lock.write(f"http://127.0.0.1:{port}")
        lock.flush()
        yield lock.fileno()


def _end(dagster: subprocess.Popen[bytes]) -> None:
    """Wait until it has ended all that it started: until then the port is taken. Not every Ctrl-C reaches it too."""
    try:
        dagster.wait(timeout=10)
    except subprocess.TimeoutExpired:
        dagster.terminate()
        dagster.wait()
