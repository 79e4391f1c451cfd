"""A check's result as Dagster tells it."""

from collections.abc import Iterable, Iterator

import dagster as dg

from expectations.checks import CheckResult


def check_key(layer: str, source: str | None, table: str, check: str) -> dg.AssetCheckKey:
    """The check of a raw table hangs on [source, table], one of a model on [layer, model]."""
    return dg.AssetCheckKey(dg.AssetKey([source or layer, table]), check)


def check_events(
    context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext, checks: Iterable[CheckResult]
) -> Iterator[dg.AssetCheckResult]:
    """The results of those checks that the run selected."""
    for each in checks:
        key = check_key(each.layer, each.source, each.table, each.check)
        if key in context.selected_asset_check_keys:
            yield _event(key, each)


def _event(key: dg.AssetCheckKey, check: CheckResult) -> dg.AssetCheckResult:
    facts = {"observed": check.observed, "expected": check.expected, "failing keys": check.failing_keys or None}
    severity = dg.AssetCheckSeverity.ERROR if check.severity == "critical" else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        passed=check.passed,
        asset_key=key.asset_key,
        check_name=key.name,
        severity=severity,
        description=check.message or None,
        metadata={name: fact for name, fact in facts.items() if fact is not None},
    )
