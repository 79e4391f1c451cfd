"""Zendesk's errors: a word, and a description where there is more to say."""

from sandbox.vendor import Answer, Refused


def error(status: int, word: str, description: str = "", **headers: str) -> Answer:
    """An error as every endpoint gives it."""
    body = {"error": word, **({"description": description} if description else {})}
    return Answer(body, status, headers=headers)


def not_found() -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(error(404, "RecordNotFound", "Not found"))


def unauthenticated() -> Refused:
    """No token, or a wrong one."""
    return Refused(error(401, "Couldn't authenticate you"))


def invalid(word: str, description: str) -> Refused:
    """A parameter that Zendesk does not accept."""
    return Refused(error(400, word, description))


def rate_limited() -> Answer:
    """Too many requests in this minute; the export has a limit of its own."""
    return error(
        429,
        "APIRateLimitExceeded",
        "Number of allowed incremental ticket export API requests per minute exceeded",
        **{"Retry-After": "2"},
    )


def unavailable() -> Answer:
    """A passing trouble of Zendesk's own."""
    return error(503, "ServiceUnavailable", "Service temporarily unavailable.")
