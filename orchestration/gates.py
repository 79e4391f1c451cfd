"""The gates behind the canonical entities and behind the marts: what a critical check refuses is not built upon."""

from collections.abc import Iterator
from typing import Literal

import dagster as dg

from expectations.gates import declared_checks, run_gate
from orchestration import history
from orchestration.check_events import check_events
from orchestration.session import Session

Layer = Literal["intermediate", "marts"]
PASSED = {"intermediate": history.entities_passed, "marts": history.models_passed}
LAYERS: tuple[Layer, ...] = ("intermediate", "marts")


def build_gates() -> list[dg.AssetChecksDefinition]:
    """One step per gate."""
    return [_gate(layer) for layer in LAYERS]


def _gate(layer: Layer) -> dg.AssetChecksDefinition:
    specs = [
        dg.AssetCheckSpec(
            each.check,
            asset=[layer, each.table],
            description=each.description,
            blocking=each.severity == "critical",
        )
        for each in declared_checks(layer)
    ]

    @dg.multi_asset_check(name=f"{layer}_gate", specs=specs, can_subset=True)
    def gate(context: dg.AssetCheckExecutionContext, session: dg.ResourceParam[Session]) -> Iterator:
        yield from _run(context, session, layer)

    return gate


def _run(context: dg.AssetCheckExecutionContext, session: Session, layer: Layer) -> Iterator[dg.AssetCheckResult]:
    """Ask the gate; where it refuses, fail the step, so that whatever is built on its models does not run."""
    checks = run_gate(layer, session.home, as_of=session.as_of, run_id=session.run_id)
    history.record_checks(session.home, session.run_id, checks)
    refused = [f"{each.check} on {each.table}" for each in checks if not each.passed and each.severity == "critical"]
    if not refused:
        PASSED[layer](session.home, session.run_id)
    yield from check_events(context, checks)
    if refused:
        raise dg.Failure(f"the gate behind {layer} refused: {', '.join(refused)}")
