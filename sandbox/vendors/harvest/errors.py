"""Harvest's error bodies."""

from sandbox.vendor import Answer, Refused


def error(status: int, name: str, description: str) -> Answer:
    """An error as the API and its token endpoint give it."""
    return Answer({"error": name, "error_description": description}, status)


def unauthenticated() -> Refused:
    """No token, a wrong one, or one that has expired."""
    description = "The access token provided is expired, revoked, malformed or invalid for other reasons."
    return Refused(error(401, "invalid_token", description))


def wrong_account() -> Refused:
    """A token that is good for other accounts."""
    return Refused(error(403, "forbidden", "The token has no access to the account of Harvest-Account-Id."))


def not_found() -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(Answer({"status": 404, "error": "Not Found"}, 404))


def invalid(message: str) -> Refused:
    """A parameter that Harvest does not accept."""
    return Refused(Answer({"message": message}, 422))


def rate_limited() -> Answer:
    """More than 100 requests in 15 seconds."""
    message = "Your request has been throttled. Please retry after the time of the Retry-After header."
    return Answer({"message": message}, 429, headers={"Retry-After": "0.2"})


def unavailable() -> Answer:
    """A passing trouble of Harvest's own."""
    return error(503, "service_unavailable", "Harvest is temporarily unavailable.")
