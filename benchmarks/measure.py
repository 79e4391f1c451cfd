"""A measured ratio, and the table in which all of them are printed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Ratio:
    """One figure: `ours` and `theirs` as text, their ratio, and what is aimed at."""

    name: str
    ours: str
    theirs: str
    value: float
    aim: float | None = None
    is_ceiling: bool = False

    @property
    def aim_text(self) -> str:
        """The aim, as people write it."""
        if self.aim is None:
            return "-"
        return f"{'at most' if self.is_ceiling else 'at least'} {self.aim:g}"

    @property
    def is_reached(self) -> bool:
        """Whether the ratio is on the right side of its aim."""
        return self.aim is None or (self.value <= self.aim if self.is_ceiling else self.value >= self.aim)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(ratios: list[Ratio]) -> None:
    """Print the ratios."""
    table = Table(title="mops benchmarks")
    for heading in ("what", "mops", "beside it", "ratio", "aim", ""):
        table.add_column(heading, justify="right" if heading == "ratio" else "left")
    for ratio in ratios:
        reached = "" if ratio.aim is None else "reached" if ratio.is_reached else "MISSED"
        table.add_row(ratio.name, ratio.ours, ratio.theirs, f"{ratio.value:.2f}", ratio.aim_text, reached)
    Console().print(table)
