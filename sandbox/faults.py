"""Misbehaviour on purpose: profiles of faults as data, applied to a vendor in the vendor's own form.

Faults fall on request numbers, not on chance or on time, so that a test that met one meets it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.vendor import Vendor, respond, serve

# What the limit headers count down from; where no fault limits the rate they stay just below it.
CEILING = 190

Kind = Literal["rate_limited", "unavailable", "cut", "expired_token"]


@dataclass(frozen=True)
class Fault:
    """`kind` meets the last `times` requests of every `every`."""

    kind: Kind
    every: int
    times: int = 1

    def spares(self, number: int) -> int:
        """How many requests, this one included, go before the next that meets the fault; 0 if this one does."""
        return max(0, self.every - self.times - number % self.every)


# Small numbers, so that a tiny company meets them, and coprime ones, so that two faults of a profile seldom coincide.
PROFILES: dict[str, tuple[Fault, ...]] = {
    "rate_limits": (Fault("rate_limited", every=20, times=2),),
    "flaky": (Fault("unavailable", every=13, times=2), Fault("cut", every=29)),
    "expired_tokens": (Fault("expired_token", every=17),),
    "down": (Fault("unavailable", every=1),),
}


def profile(name: str | None) -> tuple[Fault, ...]:
    """The faults of a profile; no name, no faults. Raises ValueError for a name that is none."""
    if name and name not in PROFILES:
        raise ValueError(f"no faults called {name}; there are {', '.join(PROFILES)}")
    return PROFILES[name] if name else ()


class FaultyVendor:
    """The ASGI application of a vendor that counts its requests and breaks some of them."""

    def __init__(self, vendor: Vendor, faults: Sequence[Fault]) -> None:
        self.vendor = vendor
        self.faults = faults
        self.number = 0
        self.app: ASGIApp = serve(vendor, self._remaining)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.number += 1
        kinds = {fault.kind for fault in self.faults if not fault.spares(self.number)}
        if "expired_token" in kinds:
            self.vendor.expire_tokens()
        if "cut" in kinds:
            await _cut(send)
        elif refusal := next((kind for kind in ("rate_limited", "unavailable") if kind in kinds), None):
            await respond(self.vendor.refusals[refusal](), {})(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _remaining(self) -> int:
        ceilings = [fault.spares(self.number + 1) for fault in self.faults if fault.kind == "rate_limited"]
        return min(ceilings, default=CEILING - 1)


async def _cut(send: Send) -> None:
    """Promises a body and closes the connection in the middle of it."""
    start = Response(b"[" * 1000, media_type="application/json")
    await send({"type": "http.response.start", "status": 200, "headers": start.raw_headers})
    await send({"type": "http.response.body", "body": b"[", "more_body": True})
