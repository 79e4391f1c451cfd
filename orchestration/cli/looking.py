"""Commands that only read: query, status, preview, doctor."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.mistakes import MistakeError, home, known

if TYPE_CHECKING:
    from ingestion.doctor import Finding


WRITING = {"ATTACH", "COPY", "COPY_DATABASE", "EXPORT"}  # statements that reach beyond a file opened read-only


class Format(StrEnum):
    """How `mops query` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def query(
    sql: Annotated[str, typer.Argument(help="e.g. \"select * from marts.channel_roi where month = '2026-06-01'\"")],
    format: Annotated[Format, typer.Option(help="How to print the answer.")] = Format.TABLE,
) -> None:
    """Ask the published version."""
    import duckdb

    from ingestion import home as paths
    from orchestration.cli import answers

    file = paths.published_folder(home()) / "mops.duckdb"
    if not file.exists():
        raise MistakeError(f"nothing is published in {file.parent} yet; `mops run` or `mops demo` does it")
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set search_path = 'marts'")
        try:
            if any(each.type.name in WRITING for each in connection.extract_statements(sql)):
                raise MistakeError("`mops query` only reads; to keep an answer: --format csv > answer.csv")
            answer = connection.sql(sql)
            if answer is None:
                raise MistakeError("that SQL asks for nothing: it gives no rows")
            answers.SHOWN[format.value](answer)
        except duckdb.Error as error:
            raise MistakeError(str(error).splitlines()[0]) from None


def status() -> None:
    """What is published, how old it is, which source is stale, what failed last."""
    from orchestration.cli import summary

    summary.of_home(home())


def preview(
    source: Annotated[str, typer.Argument(help="A source of mops.yaml.")],
    rows: Annotated[int, typer.Option(min=1, help="Of each table.")] = 5,
) -> None:
    """Show the first rows of each of a source's tables, as the vendor has them now, without writing anything."""
    from ingestion.load import preview as read
    from ingestion.settings import load
    from orchestration.cli import answers, demo_home

    where = home()
    with demo_home.vendors(where):
        settings = load(where)
        settings.check_configured()
        known([source], settings.configured())
        for table, found in read(source, settings, where, rows).items():
            print(f"{source}.{table}")
            answers.show_arrow(found)


def doctor() -> None:
    """Ask each configured source for a first answer: are the credentials good, the way open, the clock right?"""
    from ingestion import installation_key
    from ingestion.doctor import examine
    from ingestion.settings import load
    from orchestration import alerts
    from orchestration.cli import demo_home

    where = home()
    with demo_home.vendors(where):
        settings = load(where)
        installation_key.read(where)
        alerts.check(settings)
        settings.check_configured()
        found = [_print_finding(examine(name, settings, where)) for name in settings.configured()]
    failed = [each for each in found if each.problem]
    if failed and all(each.is_mistake for each in failed):
        raise MistakeError(f"mops.yaml or the environment lacks something for {', '.join(e.source for e in failed)}")
    if failed:
        print(f"mops: {len(failed)} of {len(found)} sources cannot be loaded", file=sys.stderr)
        raise typer.Exit(1)


def _print_finding(found: "Finding") -> "Finding":
    """One line, as soon as it is known."""
    said = f"FAILED  {found.problem}. {found.cure}" if found.problem else "ok"
    print(f"{found.source:22}  {said}", flush=True)
    return found
