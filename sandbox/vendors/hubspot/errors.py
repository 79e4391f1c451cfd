"""HubSpot's error bodies."""

from typing import Any
from uuid import uuid4

from sandbox.vendor import Answer, Refused

_NO_CREDENTIALS = (
    "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at"
    " https://developers.hubspot.com/docs/methods/auth/oauth-overview"
)


def error(status: int, category: str, message: str, **more: Any) -> Answer:
    """An error as every HubSpot API gives it."""
    return Answer(
        {"status": "error", "message": message, "correlationId": str(uuid4()), "category": category, **more}, status
    )


def invalid(message: str, **more: Any) -> Refused:
    """A request that HubSpot does not accept."""
    return Refused(error(400, "VALIDATION_ERROR", message, **more))


def not_found(message: str = "resource not found") -> Refused:
    """A path or an id that leads nowhere."""
    return Refused(error(404, "OBJECT_NOT_FOUND", message))


def unauthenticated(is_expired: bool) -> Refused:
    """A token that is unknown, or was known once."""
    if is_expired:
        return Refused(error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired."))
    return Refused(error(401, "INVALID_AUTHENTICATION", _NO_CREDENTIALS))


def rate_limited() -> Answer:
    """The 429 of the ten-second window; HubSpot sends no Retry-After with it."""
    return Answer(
        {
            "status": "error",
            "message": "You have reached your ten_secondly_rolling limit.",
            "errorType": "RATE_LIMIT",
            "correlationId": str(uuid4()),
            "policyName": "TEN_SECONDLY_ROLLING",
            "requestId": str(uuid4()),
        },
        429,
    )


def unavailable() -> Answer:
    """A passing trouble of HubSpot's own."""
    return error(503, "SERVICE_UNAVAILABLE", "Service temporarily unavailable. Please try again.")
