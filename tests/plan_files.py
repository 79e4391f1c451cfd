"""The planner's two files, written from a simulated company."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from simulated_histories import Company

FIRST_DAY = date(2024, 1, 1)
Test = tuple[int, int, int, float, float]


def days(company: Company) -> list[date]:
    step = 1 if company.freq == "D" else 7
    return [FIRST_DAY + timedelta(days=step * period) for period in range(len(company.outcome))]


def problem(company: Company, tests: list[Test] | None = None) -> dict[str, Any]:
    """What problem.json holds."""
    dates = days(company)
    return {
        "freq": company.freq,
        "horizon": company.horizon,
        "budget": float(company.current.sum()),
        "bounds": {name: [company.low[at], company.high[at]] for at, name in enumerate(company.names)},
        "current": dict(zip(company.names, company.current.tolist(), strict=True)),
        "tail": company.tail,
        "promo_future": company.promo[len(dates) :].tolist(),
        "experiments": [
            {
                "channel": company.names[channel],
                "start": str(dates[start]),
                "end": str(dates[end]),
                "outcome": outcome,
                "standard_error": error,
            }
            for channel, start, end, outcome, error in tests or []
        ],
    }


def write(folder: Path, company: Company, tests: list[Test] | None = None, **changes: Any) -> tuple[Path, Path]:
    """history.csv and problem.json in a folder; `changes` replace keys of the problem."""
    history, asked = folder / "history.csv", folder / "problem.json"
    with history.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "outcome", *(f"spend_{name}" for name in company.names), "promo"])
        for at, day in enumerate(days(company)):
            rows.writerow([day, company.outcome[at], *company.spend[at], company.promo[at]])
    asked.write_text(json.dumps(problem(company, tests) | changes), encoding="utf-8")
    return history, asked
