"""Klaviyo's error bodies, as JSON:API has them."""

from uuid import uuid4

from sandbox.vendor import Answer, Refused

MEDIA_TYPE = "application/vnd.api+json"


def error(status: int, code: str, title: str, detail: str, parameter: str | None = None, wait: int = 0) -> Answer:
    """An error as every endpoint gives it."""
    source = {"parameter": parameter} if parameter else {"pointer": "/data/"}
    body = {"id": str(uuid4()), "status": status, "code": code, "title": title, "detail": detail, "source": source}
    headers = {"Retry-After": str(wait)} if wait else {}
    return Answer({"errors": [{**body, "links": {}, "meta": {}}]}, status, headers, MEDIA_TYPE)


def invalid(parameter: str, detail: str) -> Refused:
    """A parameter that Klaviyo does not accept."""
    return Refused(error(400, "invalid", "Invalid input.", detail, parameter))


def not_found() -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(error(404, "not_found", "Not found.", "A resource with that id does not exist."))


def unauthenticated(is_missing: bool) -> Refused:
    """No key, or a wrong one."""
    if is_missing:
        title = "Authentication credentials were not provided."
        return Refused(error(401, "not_authenticated", title, "Missing or invalid authorization scheme."))
    title = "Incorrect authentication credentials."
    return Refused(error(401, "authentication_failed", title, "Missing or invalid private key."))


def rate_limited() -> Answer:
    """The steady or the burst rate of an endpoint is used up."""
    return error(429, "throttled", "Request was throttled.", "Expected available in 1 second.", wait=1)


def unavailable() -> Answer:
    """A passing trouble of Klaviyo's own."""
    return error(503, "service_unavailable", "Service unavailable.", "The service is temporarily unavailable.")
