"""What steps print: kept and shown as Dagster does it, by helper processes that leave Ctrl-C to the run.

They would end at it with a trace each.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from dagster._core.storage.compute_log_manager import CapturedLogContext
from dagster._core.storage.local_compute_log_manager import LocalComputeLogManager


class ComputeLogs(LocalComputeLogManager):
    """The compute logs of dagster.yaml."""

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "ComputeLogs":
        """Construct from dagster.yaml."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def capture_logs(self, log_key: Sequence[str]) -> Iterator[CapturedLogContext]:
        """Capture what the block prints."""
        with ExitStack() as stack:
            before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # a process starts with its parent's
            try:
                captured = stack.enter_context(super().capture_logs(log_key))
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            yield captured
