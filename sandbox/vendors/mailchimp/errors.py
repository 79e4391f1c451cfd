"""Mailchimp's error bodies: problem+json."""

from typing import Any
from uuid import uuid4

from sandbox.vendor import Answer, Refused


def problem(status: int, title: str, detail: str, **more: Any) -> Answer:
    """An error as every endpoint gives it."""
    body = {
        "type": "https://mailchimp.com/developer/marketing/docs/errors/",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": str(uuid4()),
        **more,
    }
    return Answer(body, status, media_type="application/problem+json; charset=utf-8")


def invalid(field: str, message: str) -> Refused:
    """A parameter that Mailchimp does not accept."""
    detail = "The resource submitted could not be validated. For field-specific details, see the 'errors' array."
    return Refused(problem(400, "Invalid Resource", detail, errors=[{"field": field, "message": message}]))


def not_found() -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(problem(404, "Resource Not Found", "The requested resource could not be found."))


def unauthenticated() -> Refused:
    """No key, or a wrong one."""
    detail = "Your API key may be invalid, or you've attempted to access the wrong datacenter."
    return Refused(problem(401, "API Key Invalid", detail))


def rate_limited() -> Answer:
    """Mailchimp limits connections at a time, not requests in a window."""
    return problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.")


def unavailable() -> Answer:
    """A passing trouble of Mailchimp's own."""
    return problem(503, "Service Unavailable", "The service is temporarily unavailable. Please try again later.")
