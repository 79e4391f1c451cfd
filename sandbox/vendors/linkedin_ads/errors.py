"""LinkedIn's error bodies."""

from typing import Any

from sandbox.vendor import Answer, Refused


def error(status: int, code: str, message: str, service_code: int | None = None) -> Answer:
    """An error; the gateway's have a code of the service too."""
    body: dict[str, Any] = {"status": status, "code": code, "message": message}
    return Answer(body | ({"serviceErrorCode": service_code} if service_code else {}), status)


def unauthenticated(*, is_expired: bool) -> Refused:
    """A token that is missing, wrong or expired."""
    if is_expired:
        return Refused(error(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602))
    return Refused(error(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600))


def no_version() -> Refused:
    """A request that does not say which version of the API it speaks."""
    message = "A version must be present. Please specify a version by adding the LinkedIn-Version header."
    return Refused(error(400, "VERSION_MISSING", message))


def old_version(version: str) -> Refused:
    """A version that LinkedIn no longer, or not yet, speaks."""
    return Refused(error(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active"))


def forbidden(resource: str) -> Refused:
    """Something that the user may not see."""
    return Refused(error(403, "ACCESS_DENIED", f"Not enough permissions to access: {resource}", 100))


def invalid(field: str, description: str, code: str = "INVALID_VALUE_FOR_FIELD") -> Refused:
    """A parameter that is missing, unknown or unreadable."""
    problem = {"description": description, "input": {"inputPath": {"fieldPath": field}}, "code": code}
    body = {
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": "Invalid query parameters passed to request",
        "errorDetails": {"inputErrors": [problem]},
        "status": 400,
    }
    return Refused(Answer(body, 400))


def too_many(limit: int) -> Refused:
    """A report with more rows than an answer may hold."""
    return Refused(error(400, "BAD_REQUEST", f"The response would hold more than {limit} elements"))


def rate_limited() -> Answer:
    """The 429 of a daily quota, which says nothing of when to come back."""
    return error(429, "TOO_MANY_REQUESTS", "Resource level throttle APPLICATION DAY limit for calls is reached.", 101)


def unavailable() -> Answer:
    """LinkedIn's 503."""
    return error(503, "SERVICE_UNAVAILABLE", "The service is temporarily unavailable")


def not_found() -> Answer:
    """LinkedIn's 404."""
    return error(404, "RESOURCE_NOT_FOUND", "No virtual resource found")


def unreadable() -> Answer:
    """LinkedIn's 400 for what cannot be parsed at all."""
    return error(400, "ILLEGAL_ARGUMENT", "Unable to parse the request")
