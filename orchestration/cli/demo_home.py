"""A home whose vendors are the sandbox: its mops.yaml is the demo's own, and says so in its first line."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import requests
import yaml

from ingestion import home as paths
from ingestion import registry
from orchestration.cli.demo_settings import SPINE, configuration
from orchestration.cli.mistakes import MistakeError, moment

MARK = re.compile(r"# written by: mops demo --size (\w+) --seed (-?\d+)(?: --as-of (\S+))?( --all-sources)?\n")
PORT = "# its sandbox is at 127.0.0.1, ports from "
PORTS = range(10_000, 32_000)  # below those that systems give to whoever asks for any
ROOM = 32  # more than the company and all its vendors


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
    """Make the home the demo's, unless it is; MistakeError where it is somebody else's, or another company's."""
    from sandbox.company import SIZES

    if demo.size not in SIZES:
        raise MistakeError(f"--size: {demo.size} is none of {', '.join(SIZES)}")
    if demo.as_of:
        moment(demo.as_of)
    file, before = paths.settings_file(home), of(home)
    if file.exists() and before is None:
        raise MistakeError(f"{file} is not the demo's; run the demo with another MOPS_HOME")
    if before and (before.size, before.seed) != (demo.size, demo.seed):
        raise MistakeError(f"{home} holds the company of `{before}`; use another MOPS_HOME, or remove its data/ first")
    if before != demo or PORT not in file.read_text(encoding="utf-8"):
        paths.replace_file(file, _heading(demo, _free_ports(home)))


def of(home: Path) -> Demo | None:
    """The demo whose home this is."""
    file = paths.settings_file(home)
    found = MARK.match(file.read_text(encoding="utf-8", errors="replace")) if file.exists() else None
    return Demo(found[1], int(found[2]), found[3], bool(found[4])) if found else None


@contextmanager
def vendors(home: Path, meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Serve the sandbox's vendors while the block runs, if the home is a demo's; else do nothing.

    They listen on the ports that mops.yaml names; commands that run at the same time share them. `meanwhile` is called
    while the sandbox generates the company, which takes some seconds.
    """
    demo = of(home)
    if demo is None:
        yield
        return
    data, file = paths.data_folder(home), paths.settings_file(home)
    data.mkdir(parents=True, exist_ok=True)
    port = _port(file)
    with (data / "sandbox.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        sandbox = _serve(demo, port, data) if _is_free(port) else None
        meanwhile()
        facts = _facts(port, data, sandbox)
        settings, secrets = configuration(facts, demo.size, demo.sources)
        os.environ.update(secrets)
        if file.read_text(encoding="utf-8") == _heading(demo, port):
            text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
            paths.replace_file(file, _heading(demo, port) + text)
        yield


def _heading(demo: Demo, port: int) -> str:
    """The first lines of the demo's mops.yaml; a file with nothing else is still to be filled."""
    whose = "# What follows is yours to change; only a demo with other options writes it anew."
    return f"# written by: {demo}\n{PORT}{port} on\n{whose}\n"


def _port(file: Path) -> int:
    """The port of the company, below those of its vendors."""
    second = file.read_text(encoding="utf-8").splitlines()[1:2]
    found = re.match(rf"{PORT}(\d+)", "".join(second))
    if found is None:
        raise MistakeError(f"{file} does not say where its sandbox is; remove it, then `mops demo` writes it anew")
    return int(found[1])


def _free_ports(home: Path) -> int:
    """The first of as many free ports as there may be vendors; each home looks from a place of its own."""
    begin = crc32(str(home).encode())
    blocks = (PORTS.start + ROOM * ((begin + number) % (len(PORTS) // ROOM)) for number in range(len(PORTS) // ROOM))
    for first in blocks:
        if all(_is_free(port) for port in range(first, first + ROOM)):
            return first
    raise MistakeError("there are no free ports for the sandbox on this machine")


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _serve(demo: Demo, port: int, data: Path) -> subprocess.Popen[bytes]:
    """The sandbox in a process of its own, so that the two do not wait for each other; it ends with its last user."""
    options = ["--port", str(port), "--size", demo.size, "--seed", str(demo.seed)]
    options += ["--files", str(data / "sandbox"), "--while-used", str(data / "sandbox.lock")]
    options += ["--as-of", demo.as_of] if demo.as_of else []
    options += [] if demo.all_sources else ["--only", *demo.sources]
    # In a session of its own, for Ctrl-C ends one command and not what others use.
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", *options],
        cwd=registry.REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _facts(port: int, data: Path, sandbox: subprocess.Popen[bytes] | None) -> dict[str, Any]:
    """What the sandbox says of itself, as soon as its company is made."""
    while True:
        try:
            facts = requests.get(f"http://127.0.0.1:{port}", timeout=600).json()
        except requests.ConnectionError:
            # Another command may have started a sandbox on these ports meanwhile: then that one is asked.
            if (sandbox is None or sandbox.poll() is not None) and _is_free(port):
                raise MistakeError("the sandbox did not start; what it said stands above") from None
            time.sleep(0.05)
            continue
        except ValueError:
            facts = {}
        if not Path(facts.get("files", {}).get("fx_rates", "/")).is_relative_to(data):
            raise MistakeError(f"port {port}, where mops.yaml has its sandbox, is another program's; end that first")
        return facts
