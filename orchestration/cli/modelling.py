"""Commands that need no home: the attribution engine alone, on a file."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.mistakes import MistakeError
from planning.attribution import MODELS


def attribute(
    paths: Annotated[Path, typer.Option(help="CSV: path (channels joined by ` > `), conversions, revenue, nulls.")],
    model: Annotated[str, typer.Option(help=f"How a path's channels share a conversion: {', '.join(MODELS)}.")],
    out: Annotated[Path | None, typer.Option(help="Write the CSV here instead of to stdout.")] = None,
) -> None:
    """Credit the conversions and the revenue of a file of paths to channels."""
    from orchestration.cli import paths_file
    from planning import attribution

    if model not in MODELS:
        raise MistakeError(f"--model: {model} is none of {', '.join(MODELS)}")
    names, read = paths_file.read(paths)
    conversions, revenue = attribution.attribute(read, model)
    text = paths_file.as_csv(names, conversions, revenue)
    if out is None:
        print(text, end="")
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MistakeError(f"--out: {out} cannot be written: {error.strerror}") from None
