"""What a vendor of the sandbox is: a table of routes over its view of the company, with its own errors and headers.

A module `sandbox.vendors.<name>` has a function `build(view) -> Vendor`, of which `serve` makes an ASGI application.
Handlers are plain functions of a Call that give an Answer, or only its body: a protocol is read without its server.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from starlette.applications import Starlette
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_log = logging.getLogger(__name__)

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `body` is anything JSON can hold, or the bytes of a file."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON
    encode: Callable[[Any], bytes] | None = None  # how the vendor sends the body, where not as JSON


class Refused(Exception):
    """Raised by a handler that answers with an error of the vendor."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True)
class Call:
    """One HTTP request, read to its end."""

    method: str
    url: str
    path: Mapping[str, str]
    query: QueryParams
    headers: Headers
    body: bytes

    @property
    def location(self) -> str:
        """The path that was called."""
        return urlsplit(self.url).path

    @property
    def bearer(self) -> str:
        """The token of `Authorization: Bearer <token>`, or an empty string."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form-encoded body."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @cached_property
    def json(self) -> Any:
        """The JSON body; an empty one is an empty object. Raises ValueError where it cannot be read."""
        return orjson.loads(self.body) if self.body else {}


Handler = Callable[[Call], Any]  # gives an Answer, or only its body


def longest_list(body: Any) -> list[Any]:
    """The longest list of objects in a JSON body; an empty one of its own where there is none."""
    if isinstance(body, list):
        return body if body and all(isinstance(each, dict) for each in body) else []
    inner = [longest_list(each) for each in body.values()] if isinstance(body, dict) else []
    return max(inner, key=len, default=[])


@dataclass(frozen=True)
class Vendor:
    """A vendor as the server needs it."""

    routes: Sequence[tuple[str, str, Handler]]
    credentials: Mapping[str, Any]
    authorize: Callable[[Call], None]  # raises Refused
    refusals: Mapping[
        str, Callable[[], Answer]
    ]  # rate_limited, unavailable, not_found, unreadable: in the vendor's own form
    headers: Callable[[Call, int], Mapping[str, str]]  # on every answer, given the requests that are left
    expire_tokens: Callable[[], None] = lambda: None  # tokens that never expire stay
    # What faults have to know of JSON bodies, to spoil them as the vendor might:
    records: Callable[[Any], list[Any]] = longest_list  # the list in a body that holds its records
    fields: Callable[[dict[str, Any]], dict[str, Any]] = lambda record: record  # where a record has its fields
    next_page: str = ""  # where a body names the page that follows, such as paging.next.after; "": it names none
    may_repeat: bool = True  # whether a record may come again; not where pages are counted by their records


def serve(vendor: Vendor, remaining: Callable[[], int]) -> Starlette:
    """The vendor as an ASGI application; `remaining` says how many requests its limit leaves."""

    async def not_found(request: Request, error: Exception) -> Response:
        return respond(vendor.refusals["not_found"](), {})

    routes = [
        Route(path, _endpoint(vendor, handler, remaining), methods=[method]) for method, path, handler in vendor.routes
    ]
    return Starlette(routes=routes, exception_handlers={404: not_found, 405: not_found, Exception: _broken})


async def _broken(request: Request, error: Exception) -> Response:
    """A mistake of the sandbox itself, which must not look like one of the vendor's."""
    _log.error("%s %s broke", request.method, request.url, exc_info=error)
    return respond(Answer({"sandbox_error": repr(error)}, 500), {})


def _endpoint(vendor: Vendor, handler: Handler, remaining: Callable[[], int]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        call = Call(
            method=request.method,
            url=str(request.url),
            path=request.path_params,
            query=request.query_params,
            headers=request.headers,
            body=await request.body(),
        )
        return respond(_answer(vendor, handler, call), vendor.headers(call, remaining()))

    return endpoint


def _answer(vendor: Vendor, handler: Handler, call: Call) -> Answer:
    try:
        vendor.authorize(call)
        answer = handler(call)
    except Refused as refused:
        return refused.answer
    except orjson.JSONDecodeError:
        return vendor.refusals["unreadable"]()
    return answer if isinstance(answer, Answer) else Answer(answer)


def respond(answer: Answer, headers: Mapping[str, str]) -> Response:
    """The answer as bytes, with the headers every answer of the vendor carries."""
    body = answer.encode(answer.body) if answer.encode else answer.body
    return Response(
        body
        if isinstance(body, bytes)
        else orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS),
        status_code=answer.status,
        headers={**headers, **answer.headers},
        media_type=answer.media_type,
    )
