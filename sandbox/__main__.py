"""The sandbox as a program of its own, which `mops demo` starts: `mops sandbox` with options for that."""

import argparse
import fcntl
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from sandbox.company import SIZES
from sandbox.faults import PROFILES
from sandbox.server import serve


def main(arguments: list[str] | None = None) -> int:
    """Serve a company until interrupted; the first line printed is its address."""
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    users = options.while_used and options.while_used.open()  # let go only when this process ends
    if users:
        threading.Thread(target=_end_without, args=[users, stopped], daemon=True).start()
    try:
        serve(
            stopped,
            size=options.size,
            seed=options.seed,
            as_of=options.as_of,
            port=options.port,
            faults=options.faults,
            files=options.files,
            only=options.only,
        )
    except (OSError, ValueError) as error:  # a port that is taken, a date that is none
        print(f"sandbox: {error}", file=sys.stderr)
        return 2
    return 0


def _end_without(users: IO[str], stopped: threading.Event) -> None:
    """End once no process shares the lock any more. One that asks for it then waits until this process has ended."""
    while not stopped.wait(0.3):
        with suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stopped.set()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A simulated company behind its vendors' APIs."
    )
    parser.add_argument("--port", type=int, default=0, help="the company's port, vendors above it (default: free ones)")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-of", metavar="DATE", help="what happened later does not exist yet")
    parser.add_argument("--faults", choices=PROFILES, help="make the vendors misbehave")
    parser.add_argument("--only", nargs="+", metavar="VENDOR", help="serve these and no others")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="keep the company's files here (default: nowhere)")
    parser.add_argument("--while-used", type=Path, metavar="FILE", help="end once no process shares a lock on this")
    return parser


if __name__ == "__main__":
    sys.exit(main())
