"""Verdicts of Great Expectations as check results that a person understands."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from expectations.checks import CheckResult, Layer, Rule, Verdicts

SHOWN_KEYS = 10


def about_raw(tables: pd.DataFrame, rules: Iterable[Rule], verdicts: Verdicts) -> list[CheckResult]:
    """Give one result per row and rule; the row says of which source and table it is, and fills the rule's texts."""
    rows = tables.to_dict("records")
    return [_about_row(row, rule, verdicts[rule.key]) for rule in rules for row in rows]


def about_models(layer: Layer, rules: Iterable[Rule], verdicts: Verdicts) -> list[CheckResult]:
    """Give one result per rule; its unexpected rows have key, observed and expected."""
    return [_about_model(layer, rule, verdicts[rule.key]) for rule in rules]


def _about_row(row: dict[Any, Any], rule: Rule, verdict: dict[str, Any]) -> CheckResult:
    table = str(row["table_name"])
    passed = CheckResult(rule.check, "raw", row["source"], table, rule.severity, passed=True)
    if error := _error(verdict):
        return _unanswered(passed, error)
    if table not in {broken["table_name"] for broken in verdict["result"].get("unexpected_index_list") or []}:
        return passed
    return replace(
        passed,
        passed=False,
        observed=rule.observed.format_map(row),
        expected=rule.expected.format_map(row),
        message=rule.message.format_map(row),
    )


def _about_model(layer: Layer, rule: Rule, verdict: dict[str, Any]) -> CheckResult:
    passed = CheckResult(rule.check, layer, None, str(rule.table), rule.severity, passed=True)
    if error := _error(verdict):
        return _unanswered(passed, error)
    if verdict["success"]:
        return passed
    cases = verdict["result"]["details"]["unexpected_rows"]
    count = verdict["result"]["observed_value"]
    key, observed, expected = (str(cases[0][part]) for part in ("key", "observed", "expected"))
    times = f"{count:,} case" if count == 1 else f"{count:,} cases"
    return replace(
        passed,
        passed=False,
        observed=observed,
        expected=expected,
        failing_keys=[str(case["key"]) for case in cases[:SHOWN_KEYS]],
        message=f"{rule.description} Not so in {times}: {key} has {observed}, not {expected}.",
    )


def _error(verdict: dict[str, Any]) -> str | None:
    """Great Expectations keeps exceptions per metric, or one directly."""
    info = verdict["exception_info"]
    reasons = [info] if "raised_exception" in info else list(info.values())
    return next((str(reason["exception_message"]) for reason in reasons if reason["raised_exception"]), None)


def _unanswered(check: CheckResult, error: str) -> CheckResult:
    """A check that could not be evaluated proves nothing, so it blocks whatever its severity.

    An error that DuckDB raises before it reads a row speaks of names; of any other the kind alone is told, for its text
    may quote a value.
    """
    reason = error.splitlines()[0]
    if not re.search("(Parser|Binder|Catalog) Error: ", reason):
        reason = reason.split(":")[0]
    return replace(check, severity="critical", passed=False, message=f"could not be evaluated: {reason}")
