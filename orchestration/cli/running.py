"""Commands that change what is published: demo, run, publish, rollback."""

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli import demo_home
from orchestration.cli.mistakes import MistakeError, days, home, known, last_day

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What happened later is in no mart (default: now).")
]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for a run that is going instead of exiting with 3.")]


def demo(
    size: Annotated[str, typer.Option(help="tiny, small, medium or large.")] = "small",
    seed: Annotated[int, typer.Option(min=0, help="One seed is one company.")] = 1,
    as_of: AsOf = None,
    all_sources: Annotated[
        bool, typer.Option("--all-sources", help="Every vendor that the sandbox has, instead of a few.")
    ] = False,
) -> None:
    """Start the sandbox, run the whole pipeline against it, and say what came out."""
    where = home()
    from orchestration import run_lock
    from orchestration.cli import summary

    with run_lock.hold(where, "mops demo", wait=False):
        demo_home.prepare(where, demo_home.Demo(size, seed, as_of, all_sources))
        run(select=[])

    summary.how_to_look(where)


def run(
    select: Annotated[list[str] | None, typer.Option(metavar="SOURCE ...", help="Load only these sources.")] = None,
    more: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Pull again from this day …")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="… to this one (default: the as-of).")] = None,
    full_refresh: Annotated[bool, typer.Option("--full-refresh", help="Pull and build everything anew.")] = False,
    as_of: AsOf = None,
    wait: Wait = False,
) -> None:
    """Run the graph once: load, build, check, publish."""
    where, wanted = home(), days(start, end)
    if full_refresh and start:
        raise MistakeError("--full-refresh pulls everything anew: leave --from and --to out")
    asked = [*(select or []), *(more or [])]
    # After a run that is interrupted (see _end) Python would warn of dbt's semaphores.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    with demo_home.vendors(where, meanwhile=_read_the_project):
        sources = _sources(where, asked, wanted[0], as_of)
        from orchestration import damaged_files, execution, run_lock
        from orchestration.loading import Range

        _log_progress()
        with run_lock.hold(where, "mops run", wait):
            damaged_files.check_operations(where)
            run_id = execution.run(where, "mops run", sources, Range(*wanted, full_refresh), as_of)
    _end(where, run_id)


def publish(wait: Wait = False) -> None:
    """Publish what is in the warehouse, if it passed its checks."""
    where = home()
    from ingestion.settings import load
    from orchestration import damaged_files, execution, run_lock

    load(where).check_configured()
    with run_lock.hold(where, "mops publish", wait):
        damaged_files.check_operations(where)
        run_id = execution.publish(where, "mops publish")
    _end(where, run_id)


def rollback(
    version: Annotated[str | None, typer.Argument(help="Default: the one before the one that is shown.")] = None,
    wait: Wait = False,
) -> None:
    """Show readers an earlier version."""
    where = home()
    from orchestration import publication, run_lock

    with run_lock.hold(where, "mops rollback", wait):
        manifest = publication.rollback(where, version)
    print(f"Readers now get version {manifest['version']} (as of {manifest['as_of']}).")


def _read_the_project() -> None:
    """What every run needs first: the frameworks' imports, and what dbt makes of the project."""
    from orchestration import dbt_project, execution  # noqa: F401

    dbt_project.read()


def _sources(where: Path, asked: Sequence[str], start: date | None, as_of: str | None) -> list[str]:
    """The sources to load. Every mistake the user may have made is found here: MistakeError or SettingsError."""
    from ingestion import credentials, installation_key
    from ingestion.settings import load
    from ingestion.sources import files
    from orchestration import alerts

    settings = load(where)
    installation_key.read(where)
    alerts.check(settings)
    settings.check_configured()
    sources = known(asked, settings.configured())
    last = last_day(as_of, settings)
    if start and start > last:
        raise MistakeError(f"--from {start} is after the as-of, {last}")
    for name in sources:
        if name == "files":
            files.check(settings, where)
        else:
            credentials.resolve(name, settings)
    return sources


def _log_progress() -> None:
    """Log progress to stderr as plain lines; what reaches the root logger Dagster would rewrite."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    for room in ("ingestion", "expectations", "orchestration"):
        logger = logging.getLogger(room)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        logger.propagate = False


def _end(where: Path, run_id: str) -> None:
    """Say what came of the run; a run that failed ends the process with 1."""
    from orchestration import history
    from orchestration.cli import summary

    succeeded = summary.of_run(where, run_id)
    if history.was_interrupted(where, run_id):
        # Threads of dbt and of loads may be at work still: neither wait for them nor tear Python down under them.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)
    if not succeeded:
        raise typer.Exit(1)
