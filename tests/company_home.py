"""Whole runs of mops in a home of its own, against a sandbox served by the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.cli.demo_settings import SPINE, configuration
from sandbox import server

SIZE = "tiny"
DAYS = ("2026-06-27", "2026-06-28", "2026-06-30")  # as-ofs of successive runs
KEY = "one key for all: two homes name a person alike only with the same key"
MOPS = [sys.executable, "-m", "orchestration.cli"]


class Home:
    """A MOPS_HOME, and the environment that its mops.yaml names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}

    @property
    def published(self) -> Path:
        """What readers open."""
        return self.folder / "data" / "published" / "mops.duckdb"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a command."""
        environment = {**os.environ, **self.environment, "MOPS_HOME": str(self.folder), "MOPS_KEY": KEY}
        return subprocess.Popen(
            [*MOPS, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def mops(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        """Run a command to its end, which must have the exit code; returns what it printed on stdout and stderr."""
        with self.start(*arguments) as process:
            out, err = process.communicate()
        assert process.returncode == code, f"exit {process.returncode}\n{out[-2000:]}\n{err[-6000:]}"
        return out, err

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published version."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def company(
    home: Home,
    as_of: str | None = None,
    down: Collection[str] = (),
    vendors: Collection[str] = SPINE,
    size: str = SIZE,
    seed: int | None = None,
    **more: Any,
) -> Iterator[dict[str, Any]]:
    """Serve the company as of a day, and make it the home's; `more` goes into mops.yaml. Yields `GET /`."""
    only = None if set(vendors) >= set(server.vendor_names()) else vendors
    which = {} if seed is None else {"seed": seed}
    with server.start(size, as_of=as_of, down=down, files=home.folder / "files", only=only, **which) as facts:
        settings, home.environment = configuration(facts, size, vendors)
        settings["sources"]["files"] += more.pop("files", [])
        (home.folder / "mops.yaml").write_text(yaml.safe_dump(settings | more), encoding="utf-8")
        yield facts


def run_as_of(home: Home, day: str, *arguments: str, code: int = 0, **more: Any) -> tuple[str, str]:
    """Run the home's pipeline against the company of a day."""
    with company(home, as_of=day, **more):
        return home.mops("run", *arguments, code=code)


def copy_of(home: Home, folder: Path) -> Home:
    """A home of its own with the same data, without Dagster's history."""
    shutil.copytree(home.folder, folder, symlinks=True, ignore=shutil.ignore_patterns("dagster"))
    return Home(folder)
