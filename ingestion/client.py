"""The one HTTP client: bounded retries that obey what the vendor says about its limits, one log line per retry.

dlt's own session retries too, but it neither renews a token in the middle of a load, nor reads a vendor's own limit
headers, nor says in one line why it waits. Secrets, query strings and bodies are in no log line and no error.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import sleep
from typing import Any, Literal, Protocol

import orjson
import requests
from tenacity import RetryCallState, RetryError, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

logger = logging.getLogger(__name__)

ATTEMPTS = 8  # about two minutes where no wait is named: a load of hours should outlive a restart of its vendor
TIMEOUT = (10, 120)  # seconds to connect, and to wait for the next byte
LONGEST_WAIT = 300  # seconds; a vendor that asks for more (a daily limit, say) fails the load instead
# 423 and 477: HubSpot, locked and moving; 524: a proxy gave up waiting
_TRANSIENT = {408, 423, 425, 429, 477, 500, 502, 503, 504, 524}
_NO_JSON = object()
_BACK_OFF = wait_exponential_jitter(multiplier=1, max=60, jitter=0.5)


@dataclass(frozen=True)
class Refusal:
    """A failure that an answer's body tells, whatever its status, in the vendor's own word for it."""

    reason: str  # a category or a code, never a message, which may quote a record
    is_transient: bool = False  # another attempt may do better
    is_of_token: bool = False  # a new token may do better


ReadWait = Callable[[requests.Response], float | None]
ReadRefusal = Callable[[Any], Refusal | None]


# What a failure comes from: who asks, what they may see, the way to the vendor, or a passing trouble of its own
Cause = Literal["credentials", "permission", "connection", "trouble", "unknown"]


class SourceError(Exception):
    """A source cannot be read; the message is fit for users: it holds no secrets and nothing of any record."""

    def __init__(self, source: str, message: str, cause: Cause = "unknown", status: int | None = None) -> None:
        """`status` is that of the answer that refused a request, or of the last that failed."""
        super().__init__(f"{source}: {message}")
        self.source = source
        self.cause = cause
        self.status = status


class Authorization(Protocol):
    """How requests prove who asks."""

    def headers(self) -> dict[str, str]:
        """The headers of the next request."""

    def renew(self) -> bool:
        """Get a new token; False where there is none to get."""


class _Transient(Exception):
    """A failure worth another attempt, after `seconds` where the vendor named them."""

    def __init__(
        self, reason: str, seconds: float | None = None, cause: Cause = "trouble", status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.cause = cause
        self.status = status


class _Permanent(Exception):
    """A failure that will be the same next time."""

    def __init__(self, reason: str, cause: Cause, status: int) -> None:
        super().__init__(reason)
        self.cause = cause
        self.status = status


@dataclass
class Probe:
    """A look at a vendor that is no load: nothing is tried again, and the vendor's clock is compared with ours."""

    ahead: float | None = None  # seconds that this machine's clock is ahead of the vendor's


_probe: ContextVar[Probe | None] = ContextVar("probe", default=None)


@contextmanager
def probing() -> Iterator[Probe]:
    """Requests made while the block runs belong to a probe."""
    made = Probe()
    token = _probe.set(made)
    try:
        yield made
    finally:
        _probe.reset(token)


class Client:
    """Requests to one vendor, at its base_url and nowhere else; answers are JSON, but for downloads."""

    def __init__(
        self,
        source: str,
        base_url: str,
        authorization: Authorization | None = None,
        asks_to_wait: ReadWait = lambda response: None,
        refused: ReadRefusal = lambda body: None,
    ) -> None:
        """How the vendor says what HTTP does not.

        `asks_to_wait` reads, from any answer, the seconds that the vendor's own headers or bodies ask to wait;
        `refused` reads, from the JSON of any answer, that it is a failure. Where it says nothing, the status does.
        """
        self.source = source
        self._base_url = base_url.rstrip("/")
        self._authorization = authorization
        self._asks_to_wait = asks_to_wait
        self._refused = refused
        self._session = requests.Session()

    def get(self, path: str, **params: Any) -> Any:
        """GET a path; parameters that are None are left out."""
        return self._request("GET", path, params=params)

    def post(self, path: str, body: Any = None, form: dict[str, str] | None = None) -> Any:
        """POST a JSON body, or a form."""
        return self._request("POST", path, json=body, data=form)

    def download(self, path: str, **params: Any) -> bytes:
        """GET a file as it is."""
        return self.answer(path, **params).content

    def answer(self, path: str, **params: Any) -> requests.Response:
        """GET what is no JSON, with its headers."""
        return self._request("GET", path, is_file=True, params=params)

    def _request(self, method: str, path: str, is_file: bool = False, **content: Any) -> Any:
        request = f"{method} {path.partition('?')[0]}"

        def log(state: RetryCallState) -> None:
            plan = f"again in {state.upcoming_sleep:.1f} s ({state.attempt_number + 1} of {ATTEMPTS})"
            logger.warning("%s: %s: %s; %s", self.source, request, _error(state), plan)

        retrying = Retrying(
            stop=stop_after_attempt(1 if _probe.get() else ATTEMPTS),
            retry=retry_if_exception_type(_Transient),
            wait=_seconds_until_next,
            sleep=lambda seconds: sleep(seconds),
            before_sleep=log,
        )
        try:
            return retrying(self._attempt, method, path, is_file, content)
        except RetryError as error:
            last = error.last_attempt.exception()
            cause, status = (last.cause, last.status) if isinstance(last, _Transient) else ("unknown", None)
            often = "" if _probe.get() else f" {ATTEMPTS} times; the last time"
            raise SourceError(self.source, f"{request} failed{often}: {last}", cause, status) from None
        except _Permanent as refused:
            is_of_credentials = refused.cause in ("credentials", "permission")
            hint = f"; see sources.{self.source}.credentials in mops.yaml" if is_of_credentials else ""
            message = f"{request} was refused: {refused}{hint}"
            raise SourceError(self.source, message, refused.cause, refused.status) from None

    def _attempt(self, method: str, path: str, is_file: bool, content: dict[str, Any]) -> Any:
        response, body, refusal = self._ask(method, path, content)
        is_of_token = response.status_code == 401 or (refusal is not None and refusal.is_of_token)
        if is_of_token and self._authorization and self._authorization.renew():
            response, body, refusal = self._ask(method, path, content)
        seconds = _retry_after(response) or self._asks_to_wait(response)
        if refusal or not 200 <= response.status_code < 300:
            raise _failure(response, refusal, seconds)
        if seconds:
            sleep(min(seconds, LONGEST_WAIT))
        if is_file:
            return response
        if body is _NO_JSON:
            raise _Transient("the answer is not JSON")
        return body

    def _ask(self, method: str, path: str, content: dict[str, Any]) -> tuple[requests.Response, Any, Refusal | None]:
        """The answer, its JSON, and the failure that this tells."""
        response = self._send(method, path, content)
        try:
            body = orjson.loads(response.content) if response.content else None
        except orjson.JSONDecodeError:
            return response, _NO_JSON, None
        return response, body, self._refused(body)

    def _send(self, method: str, path: str, content: dict[str, Any]) -> requests.Response:
        headers = self._authorization.headers() if self._authorization else {}
        try:
            response = self._session.request(
                method, self._base_url + path, headers=headers, timeout=TIMEOUT, allow_redirects=False, **content
            )
        except requests.Timeout:
            raise _Transient("no answer in time", cause="connection") from None
        except requests.ConnectionError:
            raise _Transient("no connection", cause="connection") from None
        except requests.exceptions.ChunkedEncodingError:
            raise _Transient("the connection was cut", cause="connection") from None
        if made := _probe.get():
            made.ahead = _seconds_since(response.headers.get("Date", ""))
        return response


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _seconds_until_next(state: RetryCallState) -> float:
    error = _error(state)
    asked = error.seconds if isinstance(error, _Transient) else None
    return _BACK_OFF(state) if asked is None else asked


def _failure(response: requests.Response, refusal: Refusal | None, seconds: float | None) -> Exception:
    status = response.status_code
    refusal = refusal or Refusal(f"{status} {_word(response)}".strip(), status in _TRANSIENT, status in (401, 403))
    if not refusal.is_transient:
        cause: Cause = "unknown" if not refusal.is_of_token else "permission" if status == 403 else "credentials"
        return _Permanent(refusal.reason, cause, status)
    if seconds is not None and seconds > LONGEST_WAIT:
        return _Permanent(f"{refusal.reason}, to be tried again in {seconds:.0f} s", "trouble", status)
    return _Transient(refusal.reason, seconds, status=status)


def _retry_after(response: requests.Response) -> float | None:
    """The seconds of a Retry-After header, which may also be a moment."""
    text = response.headers.get("Retry-After", "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        pass
    since = _seconds_since(text)
    return None if since is None else max(0.0, -since)


def _seconds_since(text: str) -> float | None:
    """The seconds since a moment as headers write it, by this machine's clock."""
    try:
        return (datetime.now(UTC) - parsedate_to_datetime(text)).total_seconds()
    except (ValueError, TypeError):  # TypeError: a moment without a zone
        return None


def _word(response: requests.Response) -> str:
    """What the vendor calls the error: a category of its own, never a message, which may quote a record."""
    try:
        body = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return response.reason or ""
    body = body[0] if isinstance(body, list) and body else body
    body = body if isinstance(body, dict) else {}
    inner = body.get("error")
    words = [inner["status"]] if isinstance(inner, dict) and "status" in inner else [inner]
    words += [body.get(key) for key in ("category", "errorType", "title", "code")]
    return next((word for word in words if isinstance(word, str)), response.reason or "")
