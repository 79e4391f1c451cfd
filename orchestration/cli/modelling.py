"""Commands that need no home: the attribution engine and the budget planner alone, on files."""

import json
import time
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


def plan(
    history: Annotated[Path, typer.Option(help="CSV: date, outcome, spend_<channel> …, known events.")],
    problem: Annotated[Path, typer.Option(help="JSON: freq, horizon, budget, bounds, current …")],
    out: Annotated[Path, typer.Option(help="Write the JSON of the plan here.")],
) -> None:
    """Propose how to split a budget over channels, from a file of what was spent and what came of it."""
    from orchestration.cli import plan_history, plan_problem
    from planning import plan as planner

    began = time.perf_counter()
    asked = plan_problem.read(problem)
    table = plan_history.read(history, asked["freq"])
    question = plan_problem.question(problem, asked, table.channels)
    known = plan_problem.history(problem, asked, table)
    found = planner.plan(known, question)
    answer = plan_problem.answer(question, known, found, time.perf_counter() - began)
    try:
        out.write_text(json.dumps(answer, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise MistakeError(f"--out: {out} cannot be written: {error.strerror}") from None
