"""The gates behind raw, intermediate and marts: what they will check, and the answers when they do; late sources."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from expectations import answers
from expectations.checks import CheckResult, DeclaredCheck, Layer, rules
from expectations.raw_tables import describe_tables
from expectations.sources import describe_sources


def declared_checks(layer: Layer, raw_tables: Mapping[str, Iterable[str]] | None = None) -> list[DeclaredCheck]:
    """List the checks of a layer without running any; behind raw, for the given tables by source."""
    if layer == "raw":
        places = [(source, table) for source, tables in (raw_tables or {}).items() for table in tables]
        return [
            DeclaredCheck(rule.check, layer, source, table, rule.severity, rule.description)
            for source, table in places
            for rule in rules(layer)
        ]
    return [
        DeclaredCheck(rule.check, layer, None, str(rule.table), rule.severity, rule.description)
        for rule in rules(layer)
    ]


def run_gate(layer: Layer, home: Path, *, as_of: datetime, run_id: str, source: str | None = None) -> list[CheckResult]:
    """Check a layer (behind raw: one source), and give one result per declared check.

    `as_of` is naive UTC. Behind raw the load of `run_id` is judged, whose rows are already in operations.loads. No
    other connection of this process may hold the files that are read; afterwards none of them is held.
    """
    # Great Expectations takes seconds to import: not before a gate is run.
    from expectations import validation

    if layer == "raw":
        if source is None:
            raise ValueError("the gate behind raw is run for one source")
        tables = describe_tables(home, source, run_id)
        return answers.about_raw(tables, rules(layer), validation.judge_frame(tables, rules(layer), key="table_name"))
    verdicts = validation.judge_warehouse(home, layer, rules(layer), as_of)
    return answers.about_models(layer, rules(layer), verdicts)


def check_lateness(home: Path, sources: Collection[str]) -> list[CheckResult]:
    """Check how old the newest good load of each source is, and give one result for each that ever had one."""
    from expectations import validation

    loads = describe_sources(home, sources, now=datetime.now(UTC).replace(tzinfo=None))
    if loads.empty:
        return []
    verdicts = validation.judge_frame(loads, rules("sources"), key="table_name")
    return answers.about_raw(loads, rules("sources"), verdicts)
