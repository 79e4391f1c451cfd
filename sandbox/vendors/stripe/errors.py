"""Stripe's error bodies."""

from typing import Any

from sandbox.vendor import Answer, Refused


def error(status: int, message: str, kind: str = "invalid_request_error", **more: Any) -> Answer:
    """An error as every endpoint gives it."""
    return Answer({"error": {"type": kind, "message": message, **more}}, status)


def invalid(parameter: str, message: str) -> Refused:
    """A parameter that Stripe does not know, or whose value it does not accept."""
    return Refused(error(400, message, param=parameter))


def missing(kind: str, id: str) -> Refused:
    """An object that is not there."""
    return Refused(error(404, f"No such {kind}: '{id}'", code="resource_missing", param="id"))


def unauthenticated(key: str) -> Refused:
    """No key, or a wrong one, of which Stripe shows the end."""
    if not key:
        return Refused(error(401, "You did not provide an API key."))
    return Refused(error(401, f"Invalid API Key provided: {'*' * 8}{key[-4:]}"))


def not_found() -> Answer:
    """A path that leads nowhere."""
    return error(404, "Unrecognized request URL.")


def rate_limited() -> Answer:
    """Too many requests in a second."""
    answer = error(429, "Request rate limit exceeded.", code="rate_limit")
    return Answer(answer.body, 429, {"Stripe-Should-Retry": "true", "Stripe-Rate-Limited-Reason": "global-rate"})


def unavailable() -> Answer:
    """A passing trouble of Stripe's own."""
    return error(503, "An unknown error occurred", kind="api_error")
