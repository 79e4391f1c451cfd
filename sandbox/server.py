"""The sandbox over HTTP: the company's own port, and above it a port for each vendor.

company + as-of -> vendor APIs on loopback
"""

import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import sandbox.vendors
from sandbox import clock
from sandbox.company import FILES_ONLY, Company, generate
from sandbox.faults import Fault, FaultyVendor, profile, seen_through
from sandbox.vendor import Answer, respond

HOST = "127.0.0.1"
AsOf = date | datetime | str | None


def vendor_names() -> list[str]:
    """Every vendor there is a module for, in the order of their ports."""
    return sorted(module.name for module in iter_modules(sandbox.vendors.__path__))


@contextmanager
def start(
    size: str = "small",
    seed: int = 1,
    as_of: AsOf = None,
    port: int = 0,
    faults: str | None = None,
    down: Collection[str] = (),
    files: Path | None = None,
    only: Collection[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Serve the company of a size and seed on threads of this process; yields what `GET /` says, and its url.

    port 0 means free ports, else the company has `port` and the vendors those above it. `faults` names a profile of
    sandbox.faults, the vendors in `down` answer nothing but their own 503, and with `only` there are no others. The
    company's files go to the folder `files`, which stays; without one to a temporary folder, which goes when the server
    stops.
    """
    if unknown := {*down, *(only or ())} - {*vendor_names(), *FILES_ONLY}:
        raise ValueError(f"no vendor called {', '.join(sorted(unknown))}; there are {', '.join(vendor_names())}")
    names = [name for name in vendor_names() if only is None or name in only]
    with ExitStack() as stack:
        folder = files or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mops-sandbox-")))
        sockets = _listen(port, ["company", *names], stack)
        company = generate(size, seed)
        urls = {name: f"http://{HOST}:{listener.getsockname()[1]}" for name, listener in sockets.items()}
        profiles = {name: profile("down" if name in down else faults) for name in names}
        apps, vendors = _vendor_apps(company, as_of, urls, profiles)
        facts = {
            "as_of": str(as_of or clock.LAST_DAY),
            "vendors": vendors,
            "files": company.write_files(folder, as_of, only),
        }
        company_app = _company_app(company, as_of, facts, apps)
        stack.enter_context(_serving({"company": company_app, **apps}, sockets))
        yield {**facts, "url": urls["company"]}


def serve(stopped: threading.Event, hint: str = "", **options: Any) -> None:
    """Serve as `start` does with these options, until `stopped` is set, which Ctrl-C and SIGTERM do too.

    Prints the company's address with the hint behind it, then each vendor's. Raises as `start` does.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with start(**options) as facts:
        print(f"{facts['url']} {hint}".rstrip())
        for name, vendor in facts["vendors"].items():
            print(f"  {name:12} {vendor['base_url']}")
        sys.stdout.flush()
        stopped.wait()


def _listen(port: int, names: list[str], stack: ExitStack) -> dict[str, socket.socket]:
    ports = range(port, port + len(names)) if port else [0] * len(names)
    return {
        name: stack.enter_context(socket.create_server((HOST, number)))
        for name, number in zip(names, ports, strict=True)
    }


def _vendor_apps(
    company: Company, as_of: AsOf, urls: Mapping[str, str], profiles: Mapping[str, tuple[Fault, ...]]
) -> tuple[dict[str, FaultyVendor], dict[str, Any]]:
    view = company.at(as_of)
    apps: dict[str, FaultyVendor] = {}
    facts = {}
    for name, faults in profiles.items():
        vendor = import_module(f"sandbox.vendors.{name}").build(seen_through(faults, view))
        apps[name] = FaultyVendor(vendor, faults)
        facts[name] = {
            "base_url": urls[name],
            "credentials": {key: str(value).format(base_url=urls[name]) for key, value in vendor.credentials.items()},
        }
    return apps, facts


def _company_app(
    company: Company, as_of: AsOf, facts: Mapping[str, Any], vendors: Mapping[str, FaultyVendor]
) -> Starlette:
    async def index(request: Request) -> Response:
        return respond(Answer(facts), {})

    tables = cache(lambda: company.truth(as_of))

    async def truth(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in tables():
            return respond(Answer({"error": f"no truth called {name}; there are {', '.join(tables())}"}, 404), {})
        return respond(Answer(tables()[name]), {})

    async def faults(request: Request) -> Response:
        """How often each fault has fallen so far."""
        return respond(Answer({name: vendor.met for name, vendor in vendors.items()}), {})

    return Starlette(routes=[Route("/", index), Route("/truth/{name}", truth), Route("/faults", faults)])


@contextmanager
def _serving(apps: Mapping[str, ASGIApp], sockets: Mapping[str, socket.socket]) -> Iterator[None]:
    """One event loop on a thread of its own; the port that was called says whose application answers."""
    by_port = {sockets[name].getsockname()[1]: app for name, app in apps.items()}

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    # critical: a connection that was cut on purpose is no error to report
    config = uvicorn.Config(dispatch, log_config=None, log_level="critical", access_log=False, lifespan="off")
    config.date_header = False  # vendors send the time of their own clocks
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=(list(sockets.values()),), name="mops-sandbox", daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        if not server.started:
            raise RuntimeError("the sandbox's server did not start")
        yield
    finally:
        server.should_exit = True
        thread.join()
