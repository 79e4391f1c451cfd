"""What came of a run, and how a home stands: tables on stdout, what failed on stderr."""

import json
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from orchestration import damaged_files, history, last_good, operations, publication, run_lock

Row = dict[str, Any]

LOADED = """
select source, status, count(table_name) as tables, coalesce(sum("rows"), 0) as "rows",
    coalesce(sum(quarantined), 0) as quarantined, string_agg(distinct unexpected_fields, ', ') as unexpected
from loads where run_id = ? group by all order by source
"""
CHECKED = """
select layer, count(*) as checks, count(*) filter (passed) as passed,
    count(*) filter (not passed and severity = 'warning') as warnings,
    count(*) filter (not passed and severity = 'critical') as failed
from check_results where run_id = ? group by layer
order by list_position(['raw', 'staging', 'intermediate', 'marts', 'published'], layer)
"""


def of_run(home: Path, run_id: str) -> bool:
    """Show what a run loaded, checked and published; False where any of it failed."""
    out = _console()
    run = history.run(home, run_id)
    _show(out, "Loaded", operations.rows(home, LOADED, [run_id]))
    _show(out, "Checked", operations.rows(home, CHECKED, [run_id]))
    _print_failures(home, run_id)
    if run is None or run["status"] != "succeeded":
        print(f"mops: the run failed: {run['error'] if run else 'it could not begin'}", file=sys.stderr)
    _show_published(out, home, run)
    return run is not None and run["status"] == "succeeded"


def _show_published(out: Console, home: Path, run: Row | None) -> None:
    manifest = publication.current_manifest(home)
    if run and run["version"] and manifest:
        counts = [{"table": name, "rows": rows} for name, rows in manifest["row_counts"].items()]
        _show(out, f"Published: version {manifest['version']}, as of {manifest['as_of']}", counts)
    elif manifest:
        out.print(f"The published version is still {manifest['version']}, as of {manifest['as_of']}.")
    else:
        out.print("Nothing is published yet.")


def how_to_look(home: Path) -> None:
    """What a newcomer may do next."""
    file = publication.published_file(home)
    mops = "mops" if shutil.which("mops") else sys.argv[0]
    print(
        f"""
Look at it:
  {mops} query "select month, channel, total_cost, customers, cac, roi from channel_roi where model = 'linear'"
  {mops} status      what is published, how old it is, what failed last
  {mops} dev         the graph, its checks and runs in the Dagster UI
The file is {file}: open it read-only with any DuckDB client."""
    )


def of_home(home: Path) -> None:
    """Show what is published, what is stale, what failed last, and what is going."""
    out = _console()
    manifest = publication.current_manifest(home)
    if manifest is None:
        out.print(f"Nothing is published in {home} yet; `mops run` or `mops demo` does it.")
    else:
        age = operations.now() - datetime.fromisoformat(manifest["published_at"]).replace(tzinfo=None)
        tables, rows = len(manifest["row_counts"]), sum(manifest["row_counts"].values())
        out.print(f"Published: version {manifest['version']}, as of {manifest['as_of']}, {_in_words(age)} ago")
        out.print(f"           {tables} tables, {rows:,} rows; kept: {', '.join(publication.versions(home))}")
    damaged_files.check(home)
    for each in last_good.stale_sources(home):
        since = f"{each['last_good_at']:%Y-%m-%d %H:%M} UTC" if each["last_good_at"] else "never"
        out.print(f"Stale:     {each['source']}, last good load {since}: {each['reason']}")
    if going := run_lock.holder(home):
        out.print(f"Going:     {going}")
    _show_last_failure(out, home)


def _show_last_failure(out: Console, home: Path) -> None:
    failed = operations.rows(home, "from runs where status = 'failed' order by started_at desc limit 1")
    if not failed:
        out.print("Failed:    no run has")
        return
    run, last = failed[0], history.last_ended_run(home)
    mended = "; runs since then succeeded" if last and last["run_id"] != run["run_id"] else ""
    out.print(f"Failed:    {run['started_at']:%Y-%m-%d %H:%M} UTC, {run['error']}{mended}")
    if not mended:
        _print_failures(home, run["run_id"])


def _print_failures(home: Path, run_id: str) -> None:
    """Each check that failed: its name, the table, and, where it is critical, the keys of up to ten rows."""
    for each in history.failed_checks(home, run_id):
        is_critical = each["severity"] == "critical"
        keys = json.loads(each["failing_keys"] or "[]")[:10] if is_critical else []
        shown = f" Keys: {', '.join(map(str, keys))}" if keys else ""
        where = f"{each['layer']}.{each['table_name']}"
        word = "FAILED" if is_critical else "warning"
        print(f"{word} {each['check_name']} on {where}: {each['message']}{shown}", file=sys.stderr)


def _console() -> Console:
    """A console that shows what others say as it is, a line as a line: [brackets] and :colons: mean nothing."""
    return Console(markup=False, emoji=False, soft_wrap=True)


def _show(out: Console, title: str, rows: list[Row]) -> None:
    if not rows:
        return
    table = Table()
    for name, value in rows[0].items():
        table.add_column(name, justify="right" if isinstance(value, int) else "left")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    out.print(title, style="bold", highlight=False)
    out.print(table, soft_wrap=False)


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _in_words(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    if hours < 2:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
