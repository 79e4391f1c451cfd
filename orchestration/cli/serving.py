"""Commands that serve until interrupted: sandbox and dev."""

import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Annotated

import typer

from orchestration.cli.mistakes import MistakeError, home


def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The company's; the vendors take those above it (0: free ones).")
    ] = 8800,
    size: Annotated[str, typer.Option(help="tiny, small, medium or large.")] = "small",
    seed: Annotated[int, typer.Option(help="One seed is one company.")] = 1,
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
    hint = "(GET / says how to reach each vendor; Ctrl-C ends it)"
    try:
        serve(threading.Event(), hint, size=size, seed=seed, as_of=as_of, port=port, faults=faults)
    except (OSError, ValueError) as error:  # a port that is taken, a date that is none
        raise MistakeError(f"the sandbox cannot start: {error}") from None


def dev(port: Annotated[int, typer.Option(min=1, max=65_535, help="Of the UI, on 127.0.0.1.")] = 3000) -> None:
    """Open the Dagster UI, with schedules and sensors, until interrupted."""
    from orchestration import dagster_instance
    from orchestration.cli import demo_home

    where = home()
    _check_free(port)
    # A script's background jobs ignore Ctrl-C, and Dagster then ignores SIGTERM too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with demo_home.vendors(where):
        os.environ["MOPS_HOME"] = str(where)
        folder = dagster_instance.use(where)  # beside another dagster.yaml Dagster warns that it does not read that one
        command = [sys.executable, "-W", "ignore:Function `dev_command`", "-m", "dagster", "dev"]
        command += ["--host", "127.0.0.1", "--port", str(port), "-m", "orchestration.definitions"]
        print(f"http://127.0.0.1:{port} (Ctrl-C ends it)", flush=True)
        with subprocess.Popen(command, cwd=folder) as dagster:
            signal.signal(signal.SIGTERM, lambda *_: dagster.terminate())  # Ctrl-C reaches it as it reaches us
            try:
                code = dagster.wait()
            except KeyboardInterrupt:
                _end(dagster)
                raise
    raise typer.Exit(1 if code > 0 else 0)


def _check_free(port: int) -> None:
    """Dagster would go on without its UI, and start runs a second time where it is at this home already."""
    with socket.socket() as wanted:
        wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wanted.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror.lower() if error.strerror else str(error)
            raise MistakeError(f"port {port}: {reason}; is mops dev going already? --port chooses another") from None


def _end(dagster: subprocess.Popen[bytes]) -> None:
    """Wait until it has ended all that it started: until then the port is taken. Not every Ctrl-C reaches it too."""
    try:
        dagster.wait(timeout=10)
    except subprocess.TimeoutExpired:
        dagster.terminate()
        dagster.wait()
