"""Salesforce's token endpoint: refresh token, or the client's own credentials in the form or as basic authorization."""

import base64
import binascii

from sandbox.oauth import Client, Tokens
from sandbox.vendor import Answer, Call
from sandbox.vendors.salesforce import errors

CLIENT = Client("salesforce-client", "salesforce-secret", "salesforce-refresh")
TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 - an address
_ORG = "00D5g000000sandEAA"


def new_tokens() -> Tokens:
    """The org's sessions to come."""
    return Tokens(f"{_ORG[:15]}!sandbox.")


def authorize(tokens: Tokens, call: Call) -> None:
    """Refuse a call without a live session; the token endpoint needs none."""
    if call.location != TOKEN_PATH and not tokens.accepts(call.bearer):
        raise errors.session_expired()


def grant(tokens: Tokens, call: Call) -> Answer:
    """POST /services/oauth2/token; there is no expires_in, a session ends when the org's policy says so."""
    form = {**_basic(call), **call.form}
    of_client = form.get("grant_type") == "client_credentials" and _is_client(form)
    if not of_client and not CLIENT.is_granted(form):
        if _is_client(form):
            return Answer({"error": "invalid_grant", "error_description": "expired access/refresh token"}, 400)
        return Answer({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
    return Answer(
        {
            "access_token": tokens.issue(),
            "signature": "c2FuZGJveA==",
            "scope": "refresh_token api",
            "instance_url": _instance(call),
            "id": f"{_instance(call)}/id/{_ORG}/0055g000000userEAA",
            "token_type": "Bearer",
            "issued_at": "1767225600000",
        }
    )


def _is_client(form: dict[str, str]) -> bool:
    return (form.get("client_id"), form.get("client_secret")) == (CLIENT.id, CLIENT.secret)


def _basic(call: Call) -> dict[str, str]:
    """Id and secret from basic authorization."""
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(value).decode().partition(":") if scheme.lower() == "basic" else ("", "", "")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": name, "client_secret": secret} if name else {}


def _instance(call: Call) -> str:
    """The org's own host; a client that was led here from another name goes on under that."""
    if forwarded := call.headers.get("x-forwarded-host"):
        return f"https://{forwarded}"
    return call.url.removesuffix(TOKEN_PATH)
