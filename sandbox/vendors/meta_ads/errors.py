"""The Graph API's error bodies."""

from typing import Any
from uuid import uuid4

import orjson

from sandbox.vendor import Answer, Refused


def error(message: str, code: int, subcode: int = 0, status: int = 400, kind: str = "OAuthException") -> Answer:
    """An error as every edge gives it."""
    body: dict[str, Any] = {"message": message, "type": kind, "code": code}
    if subcode:
        body["error_subcode"] = subcode
    return Answer({"error": {**body, "fbtrace_id": uuid4().hex[:22]}}, status)


def invalid(message: str, subcode: int = 0) -> Refused:
    """A parameter that the edge does not accept."""
    return Refused(error(f"(#100) {message}", 100, subcode))


def not_found(node: str = "0") -> Refused:
    """A node that is not there, or not for this token."""
    detail = "does not exist, cannot be loaded due to missing permissions, or does not support this operation"
    message = f"Unsupported get request. Object with ID '{node}' {detail}."
    return Refused(error(message, 100, 33, kind="GraphMethodException"))


def unauthenticated() -> Refused:
    """No token, or a wrong one."""
    return Refused(error("Invalid OAuth access token - Cannot parse access token", 190, status=401))


def bad_proof() -> Refused:
    """A proof that is not made of the token and the app's secret."""
    return Refused(error("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException"))


def rate_limited() -> Answer:
    """Too many calls for the account: status 400, and headers that say for how long (seconds)."""
    answer = error("(#17) User request limit reached", 17, 2446079)
    used = orjson.dumps({"acc_id_util_pct": 100, "reset_time_duration": 1, "ads_api_access_tier": "standard_access"})
    return Answer(answer.body, 400, {"x-ad-account-usage": used.decode()})


def unavailable() -> Answer:
    """A passing trouble of Meta's own."""
    answer = error("Service temporarily unavailable", 2, status=503)
    answer.body["error"]["is_transient"] = True
    return answer
