"""The time of a daily run against a first run: the sandbox's company the day before its last, then a day later."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import Ratio, seconds
from ingestion import home as paths
from orchestration.cli.demo_settings import configuration
from sandbox.clock import LAST_DAY

RUN = [sys.executable, "-m", "orchestration.cli", "run"]


def measure(home: Path, size: str) -> list[Ratio]:
    """Run twice in a fresh home, each time against a sandbox in a process of its own, and time the runs alone."""
    first = _timed_run(home, size, LAST_DAY - timedelta(days=1))
    daily = _timed_run(home, size, LAST_DAY)
    return [
        Ratio(f"daily run against first run, {size}", f"{daily:.1f} s", f"{first:.1f} s", daily / first, 0.25, True)
    ]


def _timed_run(home: Path, size: str, as_of: date) -> float:
    with _sandbox(size, as_of) as facts:
        settings, secrets = configuration(facts, size)
        paths.replace_file(paths.settings_file(home), yaml.safe_dump(settings))
        environment = {**os.environ, **secrets, "MOPS_HOME": str(home)}
        return seconds(lambda: subprocess.run(RUN, env=environment, check=True, stdout=subprocess.DEVNULL))


@contextlib.contextmanager
def _sandbox(size: str, as_of: date) -> Iterator[dict[str, Any]]:
    """Yield what `GET /` of a sandbox says, once its company is made."""
    command = [sys.executable, "-m", "sandbox", "--size", size, "--as-of", as_of.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            with urllib.request.urlopen(process.stdout.readline().strip()) as answer:
                yield json.load(answer)
        finally:
            process.terminate()
