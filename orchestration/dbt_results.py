"""What dbt did, in mops' words: each data test a CheckResult, and a sentence for what stopped."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dbt.artifacts.schemas.results import NodeStatus
from dbt.artifacts.schemas.run import RunResult

from expectations.checks import CheckResult
from orchestration.failing_rows import keys_of_failing_rows

FAILED = {NodeStatus.Error, NodeStatus.Fail, NodeStatus.RuntimeErr, NodeStatus.PartialSuccess}

# What a data test is about: unique id of the test -> (layer, table).
Subjects = Mapping[str, tuple[str, str]]


def is_test(result: RunResult) -> bool:
    """Whether the result is a data test's that ran."""
    return result.node.resource_type == "test" and result.status != NodeStatus.Skipped


def is_built(result: RunResult) -> bool:
    """Whether the result is of a model or seed that was built."""
    return result.node.resource_type in ("model", "seed") and result.status == NodeStatus.Success


def as_checks(home: Path, results: Sequence[RunResult], subjects: Subjects) -> list[CheckResult]:
    """The data tests that ran, with the keys of the rows that fail them."""
    return [_as_check(home, each, *subjects[each.node.unique_id]) for each in results if is_test(each)]


def _as_check(home: Path, result: RunResult, layer: str, table: str) -> CheckResult:
    passed = result.status == NodeStatus.Pass
    broken = result.status in {NodeStatus.Error, NodeStatus.RuntimeErr}
    return CheckResult(
        check=result.node.name,
        layer=layer,  # type: ignore[arg-type]
        source=None,
        table=table,
        severity="warning" if "warn" in {result.status, result.node.config.severity.lower()} else "critical",
        passed=passed,
        observed=None if broken else f"{result.failures} rows",
        expected="no rows",
        failing_keys=[] if passed or broken else keys_of_failing_rows(home, result.node.to_dict(), layer),
        message="" if passed else _finding(result, broken),
    )


def _finding(result: RunResult, broken: bool) -> str:
    return "the test itself cannot run" if broken else f"{result.failures} rows fail {result.node.name}"


def failure(results: Sequence[RunResult]) -> str | None:
    """What stopped, by name only: what dbt says of it may quote data, and is in dbt's log."""
    failed = [each for each in results if each.status in FAILED]
    if not failed:
        return None
    names = ", ".join(each.node.name for each in failed[:10])
    more = f" and {len(failed) - 10} more" if len(failed) > 10 else ""
    return f"dbt failed at {names}{more}"
