"""A home whose vendors are the sandbox: its mops.yaml is the demo's own, and says so in its first line."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

from ingestion import home as paths
from ingestion import registry
from orchestration.cli.demo_settings import SPINE, configuration
from orchestration.cli.mistakes import MistakeError

MARK = re.compile(r"# written by: mops demo --size (\w+) --seed (-?\d+)(?: --as-of (\S+))?( --all-sources)?\n")


@dataclass(frozen=True)
class Demo:
    """Which company, until when (None: its last day), and with which of its vendors."""

    size: str
    seed: int
    as_of: str | None
    all_sources: bool = False

    def __str__(self) -> str:
        as_of = f" --as-of {self.as_of}" if self.as_of else ""
        vendors = " --all-sources" if self.all_sources else ""
        return f"mops demo --size {self.size} --seed {self.seed}{as_of}{vendors}"

    @property
    def sources(self) -> Collection[str]:
        """The vendors it loads."""
        return registry.source_names() if self.all_sources else SPINE


def prepare(home: Path, demo: Demo) -> None:
    """Make the home the demo's; MistakeError where it is somebody else's, or another company's."""
    from sandbox.company import SIZES

    if demo.size not in SIZES:
        raise MistakeError(f"--size: {demo.size} is none of {', '.join(SIZES)}")
    if demo.as_of:
        _check_day(demo.as_of)
    file, before = paths.settings_file(home), of(home)
    if file.exists() and before is None:
        raise MistakeError(f"{file} is not the demo's; run the demo with another MOPS_HOME")
    if before and (before.size, before.seed) != (demo.size, demo.seed):
        raise MistakeError(f"{home} holds the company of `{before}`; use another MOPS_HOME, or remove its data/ first")
    paths.replace_file(file, f"# written by: {demo}\n")


def of(home: Path) -> Demo | None:
    """The demo whose home this is."""
    file = paths.settings_file(home)
    found = MARK.match(file.read_text(encoding="utf-8")) if file.exists() else None
    return Demo(found[1], int(found[2]), found[3], bool(found[4])) if found else None


@contextmanager
def vendors(home: Path, meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
    """The vendors of a demo's home, served while the block runs; elsewhere the vendors are out there.

    `meanwhile` is done while the company is made, which takes a processor some seconds.
    """
    demo = of(home)
    if demo is None:
        yield
        return
    with _serving(demo, paths.data_folder(home) / "sandbox") as sandbox:
        meanwhile()
        facts = requests.get(_address(sandbox), timeout=60).json()
        settings, secrets = configuration(facts, demo.size, demo.sources)
        os.environ.update(secrets)
        text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
        paths.replace_file(paths.settings_file(home), f"# written by: {demo}\n{text}")
        yield


@contextmanager
def _serving(demo: Demo, files: Path) -> Iterator[subprocess.Popen[str]]:
    """The sandbox in a process of its own, so that the two do not wait for each other; it ends with this one."""
    options = ["--size", demo.size, "--seed", str(demo.seed), "--files", str(files), "--until-stdin-closes"]
    options += ["--as-of", demo.as_of] if demo.as_of else []
    options += [] if demo.all_sources else ["--only", *demo.sources]
    command = [sys.executable, "-m", "sandbox", *options]
    with subprocess.Popen(
        command, cwd=registry.REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as sandbox:
        try:
            yield sandbox
        finally:
            sandbox.terminate()


def _address(sandbox: subprocess.Popen[str]) -> str:
    """The first line it prints."""
    line = sandbox.stdout.readline().strip() if sandbox.stdout else ""
    if not line:
        raise MistakeError("the sandbox did not start; what it said stands above")
    return line


def _check_day(as_of: str) -> None:
    from ingestion.settings import parse_as_of

    try:
        parse_as_of(as_of, "UTC")
    except ValueError as error:
        raise MistakeError(f"--as-of: {error}") from None
