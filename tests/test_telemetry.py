"""No library tells anybody that it is used."""

import subprocess
import sys

SILENT = """
import socket
def refuse(*arguments, **named):
    raise AssertionError(f"a library wants to talk to {arguments}")
socket.getaddrinfo = refuse
import logging
from pathlib import Path
import ingestion.pipeline, expectations.validation
from dlt.common.configuration.container import Container
from dlt.common.configuration.specs.pluggable_run_context import PluggableRunContext
from dlt.common.runtime import anon_tracker
assert Container()[PluggableRunContext].context.runtime_config.dlthub_telemetry is False
assert anon_tracker._THREAD_POOL is None
"""


def test_dlt_and_great_expectations_call_nobody():
    answer = subprocess.run([sys.executable, "-c", SILENT], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
