"""Google's error bodies as the Data API gives them."""

from sandbox.vendor import Answer, Refused

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


def error(code: int, message: str) -> Answer:
    """An error with the status that belongs to its code."""
    return Answer({"error": {"code": code, "message": message, "status": _STATUS[code]}}, code)


def invalid(message: str) -> Refused:
    """A report that cannot be made."""
    return Refused(error(400, message))


def unauthenticated() -> Refused:
    """A token that is missing, wrong or expired."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid"
        " authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return Refused(error(401, message))


def forbidden() -> Refused:
    """A property that the user does not see."""
    message = (
        "User does not have sufficient permissions for this property. To learn more about Property ID, see"
        " https://developers.google.com/analytics/devguides/reporting/data/v1/property-id."
    )
    return Refused(error(403, message))


def rate_limited() -> Answer:
    """The 429 of the property's hourly tokens."""
    message = (
        "Exhausted property tokens for a project per hour. These quota tokens will return in under an hour. To increase"
        " these quota limits, upgrade this property to Google Analytics 360."
    )
    return error(429, message)
