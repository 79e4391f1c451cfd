"""history.csv of `mops plan`: dates, outcome, spend per channel, known events; a bad line is told in a sentence."""

import csv
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from orchestration.cli.mistakes import MistakeError
from planning.response import Floats

STEP = {"D": 1, "W": 7}  # days between lines
SPEND = "spend_"


@dataclass(frozen=True)
class Table:
    """`dates` (T,) in steps of the frequency; `columns` by name (T,) each."""

    dates: list[date]
    columns: dict[str, Floats]

    @property
    def channels(self) -> list[str]:
        """The channels that have a spend column, in the file's order."""
        return [name.removeprefix(SPEND) for name in self.columns if name.startswith(SPEND)]

    @property
    def events(self) -> list[str]:
        """The other columns: known events."""
        return [name for name in self.columns if name != "outcome" and not name.startswith(SPEND)]


def read(file: Path, freq: str) -> Table:
    """The history in a file; MistakeError says what is wrong with it, and where."""
    header, lines = _lines(file)
    dates = [_date(file, line, row[header.index("date")]) for line, row in lines]
    _check_dates(file, [line for line, _ in lines], dates, freq)
    columns = {name: np.empty(len(lines)) for name in header if name != "date"}
    for at, (line, row) in enumerate(lines):
        for name, text in zip(header, row, strict=True):
            if name != "date":
                columns[name][at] = _number(file, line, name, text)
    return Table(dates, columns)


def _lines(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if not file.is_file():
        raise MistakeError(f"--history: there is no file {file}")
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            header = [name.strip() for name in next(reader, [])]
            lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MistakeError(f"{file} is no CSV that can be read: {error}") from None
    _check_header(file, header)
    for line, row in lines:
        if len(row) != len(header):
            raise MistakeError(f"{file}, line {line}: {len(row)} values for {len(header)} columns")
    if not lines:
        raise MistakeError(f"{file} has no lines of history")
    return header, lines


def _check_header(file: Path, header: list[str]) -> None:
    missing = [name for name in ("date", "outcome") if name not in header]
    if missing:
        raise MistakeError(f"{file} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    if not any(name.startswith(SPEND) and name != SPEND for name in header):
        raise MistakeError(f"{file} lacks a column {SPEND}<channel>")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise MistakeError(f"{file} has the column {twice[0]} twice")
    if "" in header or SPEND in header:
        raise MistakeError(f"{file} has a column without a name")


def _check_dates(file: Path, lines: list[int], dates: list[date], freq: str) -> None:
    rule = f"freq {freq} is a line every {'day' if freq == 'D' else '7 days'}"
    pairs = list(zip(lines[1:], dates, dates[1:], strict=False))
    for line, before, now in pairs:
        if now == before:
            raise MistakeError(f"{file}, line {line}: the date {now} is there twice")
        if now < before:
            raise MistakeError(f"{file}, line {line}: {now} comes after {before}; the dates must be in order")
    for line, before, now in pairs:
        days = (now - before).days
        if days > STEP[freq]:
            raise MistakeError(f"{file}, line {line}: there is a gap between {before} and {now}; {rule}")
        if days < STEP[freq]:
            raise MistakeError(
                f"{file}, line {line}: {now} is {days} {'day' if days == 1 else 'days'} after {before}; {rule}"
            )


def _date(file: Path, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10]) if len(text.strip()) >= 10 else date.fromisoformat(text.strip())
    except ValueError:
        raise MistakeError(f"{file}, line {line}: date is no date (2026-06-30): {text or 'nothing'}") from None


def _number(file: Path, line: int, name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise MistakeError(f"{file}, line {line}: {name} is not a number: {text.strip() or 'nothing'}")
    if number < 0 and name.startswith(SPEND):
        raise MistakeError(f"{file}, line {line}: {name} is negative: {text.strip()}")
    return number
