"""Salesforce's errors: a list of one message with its code, whatever went wrong."""

from sandbox.vendor import Answer, Refused


def error(status: int, code: str, message: str) -> Answer:
    """An error as every endpoint but the token's gives it."""
    return Answer([{"message": message, "errorCode": code}], status)


def refusal(status: int, code: str, message: str) -> Refused:
    """The same, to be raised."""
    return Refused(error(status, code, message))


def not_found(message: str = "The requested resource does not exist") -> Refused:
    """A path or an id that leads nowhere."""
    return refusal(404, "NOT_FOUND", message)


def session_expired() -> Refused:
    """No token, a wrong one, or one that ended."""
    return refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")


def rate_limited() -> Answer:
    """Too many calls at a time; a daily limit that is used up has the same code and another message."""
    message = "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    return error(403, "REQUEST_LIMIT_EXCEEDED", message)


def unavailable() -> Answer:
    """A passing trouble of Salesforce's own."""
    return error(503, "SERVER_UNAVAILABLE", "Server unavailable, please try again later.")


def unreadable() -> Answer:
    """A body that is not JSON."""
    return error(400, "JSON_PARSER_ERROR", "The HTTP entity body could not be parsed.")
