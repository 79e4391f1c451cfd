"""Search Console's error bodies, which say the same thing twice: to Google's newer clients and to its older ones."""

from sandbox.vendor import Answer, Refused


def error(code: int, message: str, status: str, reason: str, domain: str = "global") -> Answer:
    """An error as Google's JSON has it."""
    reasons = [{"message": message, "domain": domain, "reason": reason}]
    return Answer({"error": {"code": code, "message": message, "errors": reasons, "status": status}}, code)


def invalid(message: str) -> Refused:
    """A query that cannot be answered."""
    return Refused(error(400, message, "INVALID_ARGUMENT", "invalidParameter"))


def unauthenticated() -> Refused:
    """A token that is missing, wrong or expired."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid"
        " authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return Refused(error(401, message, "UNAUTHENTICATED", "authError"))


def forbidden(site: str) -> Refused:
    """A site that the user has no right to see the data of."""
    message = f"User does not have sufficient permission for site '{site}'. See also: https://support.google.com/webmasters/answer/2451999."
    return Refused(error(403, message, "PERMISSION_DENIED", "forbidden"))


def rate_limited() -> Answer:
    """The quota of queries per second, which Google refuses with 403 as if it were a right."""
    message = (
        "Search Analytics QPS quota exceeded. Learn about usage limits:"
        " https://developers.google.com/webmaster-tools/limits."
    )
    return error(403, message, "PERMISSION_DENIED", "quotaExceeded", "usageLimits")


def unavailable() -> Answer:
    """Google's 503."""
    return error(503, "The service is currently unavailable.", "UNAVAILABLE", "backendError")


def not_found() -> Answer:
    """Google's 404."""
    return error(404, "Requested entity was not found.", "NOT_FOUND", "notFound")
