"""Commands that only read: query, status, preview."""

from enum import StrEnum
from typing import Annotated

import typer

from orchestration.cli.mistakes import MistakeError, home, known


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
            answer = connection.sql(sql)
            if answer is not None:
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
        known([source], settings.configured())
        for table, found in read(source, settings, where, rows).items():
            print(f"{source}.{table}")
            answers.show_arrow(found)
