"""Clockify's error bodies: a message and a number of its own."""

from sandbox.vendor import Answer, Refused


def unauthenticated(is_given: bool) -> Refused:
    """No key, or a wrong one."""
    message = "Api key does not exist" if is_given else "Full authentication is required to access this resource"
    return Refused(Answer({"message": message, "code": 4003 if is_given else 1000}, 401))


def forbidden() -> Refused:
    """A workspace that is not the key's."""
    return Refused(Answer({"message": "Access Denied", "code": 403}, 403))


def not_found() -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(Answer({"message": "Entity not found", "code": 404}, 404))


def invalid(message: str) -> Refused:
    """A parameter that Clockify does not accept."""
    return Refused(Answer({"message": message, "code": 501}, 400))


def rate_limited() -> Answer:
    """Too many requests in a second."""
    return Answer({"message": "Too many requests", "code": 429}, 429)


def unavailable() -> Answer:
    """A passing trouble of Clockify's own."""
    return Answer({"message": "Service temporarily unavailable", "code": 503}, 503)
