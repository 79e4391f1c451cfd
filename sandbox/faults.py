"""Misbehaviour on purpose: profiles of faults as data, applied to a vendor in the vendor's own form.

Faults fall on the numbers of requests, or of answers they can spoil, not on chance or on time, so that a test that met
one meets it again.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

import orjson
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox import spoiling
from sandbox.reduced import reduced
from sandbox.vendor import Answer, Call, Handler, Vendor, respond, serve
from sandbox.view import View

# What the limit headers count down from; where no fault limits the rate they stay just below it.
CEILING = 190
SKEW = timedelta(hours=1)  # by which a vendor's clock is fast

Kind = Literal[
    "rate_limited",
    "unavailable",
    "cut",
    "silent",
    "expired_token",
    "skewed_clock",
    "repeated",
    "late",
    "new_field",
    "changed_type",
    "bad_record",
    "empty",
    "single_record",
]


@dataclass(frozen=True)
class Fault:
    """Of each `every` requests the fault falls on `times` in a row: the last, or those after the first `spared`."""

    kind: Kind
    every: int = 1
    times: int = 1
    spared: int | None = None

    def spares(self, number: int) -> int:
        """How many requests pass, from this number on, before the fault falls; 0 if it falls on this one."""
        first = self.every - self.times if self.spared is None else self.spared
        place = number % self.every
        return 0 if first <= place < first + self.times else (first - place) % self.every


# Small numbers, so that a tiny company meets them, and coprime ones, so that two faults of a profile seldom coincide.
PROFILES: dict[str, tuple[Fault, ...]] = {
    "rate_limits": (Fault("rate_limited", every=20, times=2, spared=1),),
    "flaky": (Fault("unavailable", every=13, times=2, spared=1), Fault("cut", every=29, spared=3)),
    "timeouts": (Fault("silent", every=61, spared=1),),
    "expired_tokens": (Fault("expired_token", every=17, spared=2),),
    "skewed_clock": (Fault("skewed_clock"),),
    "repeated_pages": (Fault("repeated", every=2, spared=1),),
    "late_pages": (Fault("late", every=3, spared=1),),
    "new_field": (Fault("new_field"),),
    "changed_type": (Fault("changed_type"),),
    "bad_records": (Fault("bad_record"),),
    "empty_account": (Fault("empty"),),
    "single_record": (Fault("single_record"),),
    "down": (Fault("unavailable"),),
    # all that passes at once
    "bad_day": (
        Fault("unavailable", every=13, times=2, spared=1),
        Fault("rate_limited", every=19, spared=3),
        Fault("cut", every=29, spared=5),
        Fault("expired_token", every=17, spared=4),
        Fault("skewed_clock"),
        Fault("repeated", every=3, spared=1),
        Fault("late", every=5, spared=1),
    ),
}

_REFUSALS: tuple[Kind, ...] = ("rate_limited", "unavailable")
_SPOILING: dict[Kind, Callable[[Vendor, Any], bool]] = {
    "skewed_clock": spoiling.shorten_tokens,
    "repeated": spoiling.repeat,
    "new_field": spoiling.add_field,
    "changed_type": spoiling.change_types,
    "bad_record": spoiling.break_records,
}
_ROWS: dict[Kind, int] = {"empty": 0, "single_record": 1}
_LATE = re.compile(r"~late(\d+)")


def profile(name: str | None) -> tuple[Fault, ...]:
    """The faults of a profile; no name, no faults. Raises ValueError for a name that is none."""
    if name and name not in PROFILES:
        raise ValueError(f"no faults called {name}; there are {', '.join(PROFILES)}")
    return PROFILES[name] if name else ()


def seen_through(faults: Sequence[Fault], view: View) -> View:
    """The view of the account as the faults leave it."""
    rows = min((_ROWS[fault.kind] for fault in faults if fault.kind in _ROWS), default=None)
    return view if rows is None else reduced(view, rows)


class FaultyVendor:
    """The ASGI application of a vendor that counts its requests and breaks some of them."""

    def __init__(self, vendor: Vendor, faults: Sequence[Fault]) -> None:
        self.vendor = vendor
        self.faults = faults
        self.number = 0
        self.met: Counter[str] = Counter()  # how often each fault has fallen
        self._spoilable: Counter[str] = Counter()  # answers that a fault could have fallen on
        self._held_back: list[Answer] = []
        spoils = any(fault.kind == "late" or fault.kind in _SPOILING for fault in faults)
        wrap = self._spoilt if spoils else lambda handler: handler
        routes = [(method, path, wrap(handler)) for method, path, handler in vendor.routes]
        self.app: ASGIApp = serve(replace(vendor, routes=routes), self._remaining)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.number += 1
        kinds = {fault.kind for fault in self.faults if not fault.spares(self.number)}
        if scope["path"].endswith("/token"):
            kinds.discard("rate_limited")  # who grants tokens has limits of another form
        skew = timedelta()
        if "skewed_clock" in kinds:
            self._meet("skewed_clock")
            skew = SKEW
        send = _dated(send, skew)
        if "expired_token" in kinds:
            self._meet("expired_token")
            self.vendor.expire_tokens()
        if "cut" in kinds:
            self._meet("cut")
            await _cut(send)
        elif "silent" in kinds:
            self._meet("silent")
            await _wait_until_gone(receive)
        elif refusal := next((each for each in _REFUSALS if each in kinds), None):
            self._meet(refusal)
            await respond(self.vendor.refusals[refusal](), {})(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _meet(self, kind: Kind) -> None:
        self.met[kind] += 1

    def _remaining(self) -> int:
        ceilings = [fault.spares(self.number + 1) for fault in self.faults if fault.kind == "rate_limited"]
        return min(ceilings, default=CEILING - 1)

    def _spoilt(self, handler: Handler) -> Handler:
        """The handler with its answers spoilt. A page that was held back is given when its mark is asked for."""

        def handle(call: Call) -> Answer:
            if late := _LATE.search(call.url) or _LATE.search(call.body.decode(errors="replace")):
                return self._held_back[int(late[1])]
            answer = handler(call)
            answer = answer if isinstance(answer, Answer) else Answer(answer)
            is_spoilable = "json" in answer.media_type or answer.encode is not None
            return self._spoil(answer) if answer.status < 300 and is_spoilable else answer

        return handle

    def _spoil(self, answer: Answer) -> Answer:
        """The answer, spoilt by each fault whose turn it is; a fault that cannot spoil this one waits for the next."""
        body = _copy(answer.body)
        for fault in self.faults:
            attempt = _copy(body)
            if not self._fits(fault.kind, attempt):
                continue
            if not fault.spares(self._spoilable[fault.kind]):
                if fault.kind == "late":
                    self._held_back.append(replace(answer, body=body))
                body = attempt
                self._meet(fault.kind)
            self._spoilable[fault.kind] += 1
        return replace(answer, body=body)

    def _fits(self, kind: Kind, body: Any) -> bool:
        """Spoil the body, if the fault is one that can."""
        if kind == "late":
            return spoiling.hold_back(self.vendor, body, f"~late{len(self._held_back)}")
        return kind in _SPOILING and _SPOILING[kind](self.vendor, body)


def _copy(body: Any) -> Any:
    """The body as it would be sent, apart from the vendor's own."""
    return orjson.loads(respond(Answer(body), {}).body)


def _dated(send: Send, skew: timedelta) -> Send:
    """Answers carry the vendor's time."""

    async def send_dated(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["date"] = format_datetime(datetime.now(UTC) + skew, usegmt=True)
        await send(message)

    return send_dated


async def _wait_until_gone(receive: Receive) -> None:
    """Says nothing until the caller has lost patience."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(send: Send) -> None:
    """Promises a body and closes the connection in the middle of it."""
    start = Response(b"[" * 1000, media_type="application/json")
    await send({"type": "http.response.start", "status": 200, "headers": start.raw_headers})
    await send({"type": "http.response.body", "body": b"[", "more_body": True})
