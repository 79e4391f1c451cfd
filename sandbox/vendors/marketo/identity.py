"""Marketo's identity service: tokens for client credentials; asked again before its end, the same one."""

from sandbox.oauth import Tokens
from sandbox.vendor import Answer, Call, Refused
from sandbox.vendors.marketo import envelope

CLIENT_ID, CLIENT_SECRET = "marketo-client", "marketo-secret"  # noqa: S105 - opens nothing but the sandbox
_LONGEST_ADDRESS = 8 * 1024


def new_tokens() -> Tokens:
    """The instance's tokens to come."""
    return Tokens("9c1e77aa-sandbox-")


def grant(tokens: Tokens, call: Call) -> Answer:
    """GET (or POST) /identity/oauth/token: its errors are real HTTP errors."""
    asked = {**call.form, **call.query}
    if asked.get("grant_type") != "client_credentials" or _client(asked) != (CLIENT_ID, CLIENT_SECRET):
        return Answer({"error": "invalid_client", "error_description": "Bad client credentials"}, 401)
    token = next(iter(tokens.live), None) or tokens.issue()
    return Answer({"access_token": token, "token_type": "bearer", "expires_in": 3599, "scope": "api-user@sandbox.test"})


def _client(asked: dict[str, str]) -> tuple[str, str]:
    return asked.get("client_id", ""), asked.get("client_secret", "")


def authorize(tokens: Tokens, call: Call) -> None:
    """Refuse a call without a live token, but of the identity service; and any whose address is too long."""
    if len(call.url) > _LONGEST_ADDRESS:
        raise Refused(Answer({"error": "Request-URI Too Long"}, 414))
    if call.location.startswith("/identity/") or tokens.accepts(call.bearer):
        return
    if not call.bearer:
        raise envelope.refused(600, "Access token not specified")
    is_expired = call.bearer in tokens.expired
    raise envelope.refused(*((602, "Access token expired") if is_expired else (601, "Access token invalid")))
