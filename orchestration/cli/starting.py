"""`mops init`: the first mops.yaml of a company, and files in which plain dbt finds what it reads."""

import re
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.first_settings import first_settings, known_sources
from orchestration.cli.mistakes import MistakeError, home

_CURRENCY, _ZONE = "EUR", "UTC"


def init(
    sources: Annotated[
        str | None, typer.Option(metavar="NAME,NAME ...", help="The tools the company has; then nothing is asked.")
    ] = None,
    currency: Annotated[str | None, typer.Option(help="Of the marts' money (default: EUR).")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Of the marts' days (default: UTC).")] = None,
) -> None:
    """Write a commented mops.yaml for the tools the company has."""
    from ingestion import home as paths
    from ingestion import registry

    where = home()
    file = paths.settings_file(where)
    if file.exists():
        raise MistakeError(f"{file} exists; mops init changes no mops.yaml")
    example = (registry.REPOSITORY / "mops.example.yaml").read_text(encoding="utf-8")
    if sources is None:
        sources, currency, time_zone = _ask(known_sources(example), currency, time_zone)
    chosen = _chosen(sources, known_sources(example))
    text = first_settings(example, chosen, _currency(currency or _CURRENCY), _zone(time_zone or _ZONE))
    paths.replace_file(file, text)
    _let_dbt_read(where)
    print(f"Wrote {file}, for {', '.join(chosen)}. What is a comment in it may be said, or left out.\n")
    _say_what_next(where)


def _ask(known: list[str], currency: str | None, time_zone: str | None) -> tuple[str, str, str]:
    print(f"There are: {', '.join(known)}.")
    try:
        return (
            typer.prompt("Which of these does the company have? Names, with commas between"),
            currency or typer.prompt("In which currency does it count its money?", _CURRENCY),
            time_zone or typer.prompt("In which time zone are its days?", _ZONE),
        )
    except typer.Abort:
        raise MistakeError("not everything was answered; mops init --sources NAME,NAME asks nothing") from None


def _chosen(text: str, known: list[str]) -> list[str]:
    names = [name for name in re.split(r"[\s,]+", text.strip()) if name]
    if unknown := [name for name in names if name not in known]:
        raise MistakeError(f"there is no source called {', '.join(unknown)}; there are: {', '.join(known)}")
    if not names:
        raise MistakeError(f"name at least one source; there are: {', '.join(known)}")
    return list(dict.fromkeys(names))


def _currency(code: str) -> str:
    if not re.fullmatch("[A-Z]{3}", code):
        raise MistakeError(f"{code} is no currency; codes look like EUR")
    return code


def _zone(name: str) -> str:
    from ingestion.settings.as_of import known_zone

    try:
        return known_zone(name)
    except ValueError as error:
        raise MistakeError(str(error)) from None


def _let_dbt_read(where: Path) -> None:
    from ingestion.settings import load, now
    from orchestration.session import make_readable

    settings = load(where)
    make_readable(where, settings, "init", settings.as_of_or(now()))


def _say_what_next(where: Path) -> None:
    from ingestion.settings import load

    settings = load(where)
    secrets = {name: None for each in settings.sources.vendors().values() for name in each.credentials.values()}
    if secrets:
        print("Put the secrets into these variables; docs/sources/ says what each has to be allowed:")
        print(*(f"  {name}" for name in secrets), "", sep="\n")
    print("Then `mops doctor` says what is still missing, `mops preview SOURCE` shows rows, and `mops run` runs.")
