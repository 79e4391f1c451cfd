"""What a check is, as data: the suites, one YAML file each, read without Great Expectations."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Layer = Literal["raw", "intermediate", "marts"]
Suite = Literal["raw", "sources", "intermediate", "marts"]  # behind each layer, and of sources that were not loaded
CheckedLayer = Literal["raw", "staging", "intermediate", "marts"]  # dbt's data tests are results too
Severity = Literal["critical", "warning"]

SUITES = Path(__file__).parent / "suites"


@dataclass(frozen=True)
class Rule:
    """One entry of a suite: an expectation with its arguments, and how to speak of its failure.

    Behind raw a rule has no table, because it holds for every table of every source, or for every source.
    """

    check: str
    severity: Severity
    description: str
    type: str
    arguments: dict[str, Any]
    table: str | None = None
    observed: str = ""
    expected: str = ""
    message: str = ""

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells a rule from the others of its suite."""
        return self.check, self.table


# What Great Expectations says of each rule: the validation result as a dictionary, by Rule.key.
Verdicts = dict[tuple[str, str | None], dict[str, Any]]


@dataclass(frozen=True)
class DeclaredCheck:
    """A check that a gate will answer, known without running anything."""

    check: str
    layer: Layer
    source: str | None
    table: str
    severity: Severity
    description: str


@dataclass(frozen=True)
class CheckResult:
    """A gate's answer: one per declared check. `failing_keys` holds at most ten, and never personal data."""

    check: str
    layer: CheckedLayer
    source: str | None
    table: str
    severity: Severity
    passed: bool
    observed: str | None = None
    expected: str | None = None
    failing_keys: list[str] = field(default_factory=list)
    message: str = ""


@cache
def rules(suite: Suite) -> tuple[Rule, ...]:
    """Read a suite."""
    entries = yaml.safe_load((SUITES / f"{suite}.yaml").read_text(encoding="utf-8"))
    return tuple(rule for entry in entries for rule in _rules(entry))


def _rules(entry: dict[str, Any]) -> list[Rule]:
    """Spell an entry out: `unexpected_rows: SQL` is the expectation of that name, `tables` is a rule for each."""
    entry = dict(entry)
    if "unexpected_rows" in entry:
        entry["type"] = "unexpected_rows_expectation"
        entry["arguments"] = {"unexpected_rows_query": entry.pop("unexpected_rows")}
    tables = entry.pop("tables", [entry.pop("table", None)])
    return [Rule(**entry, table=table) for table in tables]
