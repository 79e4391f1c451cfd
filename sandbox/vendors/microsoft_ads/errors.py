"""Microsoft's faults: HTTP 400 or 500, and in the body codes that say what it is."""

from sandbox.vendor import Answer, Refused


def fault(code: int, error_code: str, message: str, status: int = 400) -> Answer:
    """A fault of the gateway, of the caller's or of Microsoft's own making."""
    error = {"Code": code, "ErrorCode": error_code, "Message": message, "Detail": None}
    return Answer({"TrackingId": "sandbox-request", "Type": "AdApiFaultDetail", "Errors": [error]}, status)


def refused(code: int, error_code: str, message: str) -> Refused:
    """A fault of the caller's making."""
    return Refused(fault(code, error_code, message))


def invalid_report(error_code: str, message: str) -> Refused:
    """A report that cannot be made; the service's own faults look a little different."""
    error = {"Code": 2000, "ErrorCode": error_code, "Message": message, "Details": None}
    body = {"TrackingId": "sandbox-request", "Type": "ApiFaultDetail", "BatchErrors": [], "OperationErrors": [error]}
    return Refused(Answer(body, 400))


def unauthenticated(*, is_expired: bool) -> Refused:
    """A token that is missing, wrong or expired."""
    if is_expired:
        return refused(109, "AuthenticationTokenExpired", "Authentication token expired.")
    message = "Authentication failed. Either supplied credentials are invalid or the account is inactive"
    return refused(105, "InvalidCredentials", message)


def rate_limited() -> Answer:
    """Too many calls of a customer within a minute; Microsoft asks to wait that long."""
    message = "The customer has exceeded the number of calls allowed per minute. Wait 60 seconds and try again."
    return fault(117, "CallRateExceeded", message)


def internal() -> Answer:
    """A failure of Microsoft's own."""
    return fault(0, "InternalError", "An internal error has occurred.", 500)


def not_found() -> Answer:
    """A path there is none of."""
    return Answer({"Message": "No HTTP resource was found that matches the request URI."}, 404)
