"""Google Ads errors: Google's frame around a GoogleAdsFailure."""

from typing import Any

from sandbox.vendor import Answer, Refused

_FAILURE = "type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure"
_STATUS = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    401: ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    429: ("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
}


def failure(status: int, group: str, code: str, message: str, **details: Any) -> Answer:
    """An error with its code, such as queryError UNRECOGNIZED_FIELD."""
    name, summary = _STATUS[status]
    error = {"errorCode": {group: code}, "message": message, **({"details": details} if details else {})}
    detail = {"@type": _FAILURE, "errors": [error], "requestId": "sandbox-request"}
    return Answer({"error": {"code": status, "message": summary, "status": name, "details": [detail]}}, status)


def bad_query(code: str, message: str) -> Refused:
    """A query that Google does not accept."""
    return Refused(failure(400, "queryError", code, message))


def bad_request(code: str, message: str) -> Refused:
    """A request that Google does not accept, whatever its query."""
    return Refused(failure(400, "requestError", code, message))


def unauthenticated(code: str, message: str) -> Refused:
    """A token that is missing, wrong or expired."""
    return Refused(failure(401, "authenticationError", code, message))


def forbidden() -> Refused:
    """An account that the user, through the login customer given, does not reach."""
    message = (
        "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's"
        " customer id must be set in the 'login-customer-id' header."
    )
    return Refused(failure(403, "authorizationError", "USER_PERMISSION_DENIED", message))


def rate_limited() -> Answer:
    """The 429 of a developer token's quota."""
    quota = {"rateScope": "DEVELOPER", "rateName": "Requests per minute", "retryDelay": "1s"}
    return failure(429, "quotaError", "RESOURCE_TEMPORARILY_EXHAUSTED", "Too many requests.", quotaErrorDetails=quota)


def unavailable() -> Answer:
    """A passing trouble of Google's own."""
    body = {"code": 503, "message": "The service is currently unavailable.", "status": "UNAVAILABLE"}
    return Answer({"error": body}, 503)


def not_found() -> Answer:
    """A path that leads nowhere."""
    return Answer({"error": {"code": 404, "message": "Method not found.", "status": "NOT_FOUND"}}, 404)
