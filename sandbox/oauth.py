"""OAuth token endpoints: access tokens that are handed out, live for a while, and can be made to expire all at once."""

import base64
import binascii
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson

from sandbox.vendor import Answer, Call

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass
class Tokens:
    """A vendor's access tokens. `fixed` ones never end; no clock runs here, the others end when `expire` says so."""

    prefix: str
    fixed: frozenset[str] = frozenset()
    numbers: Any = field(default_factory=lambda: count(1))
    live: set[str] = field(default_factory=set)
    expired: set[str] = field(default_factory=set)

    def issue(self) -> str:
        """A new access token."""
        token = f"{self.prefix}{next(self.numbers):06d}"
        self.live.add(token)
        return token

    def accepts(self, token: str) -> bool:
        """Whether a call may be made with the token."""
        return token in self.fixed or token in self.live

    def expire(self) -> None:
        """End every token handed out so far."""
        self.expired |= self.live
        self.live.clear()


@dataclass(frozen=True)
class Client:
    """A registered OAuth client with the refresh token its user gave it; `account` may present signed assertions."""

    id: str
    secret: str
    refresh_token: str
    account: str = ""

    def is_granted(self, form: dict[str, str]) -> bool:
        """Whether a token request is one to answer with a token: a refresh, or a service account's assertion."""
        if form.get("grant_type") == JWT_BEARER:
            return bool(self.account) and _claims(form.get("assertion", "")).get("iss") == self.account
        sent = tuple(form.get(key) for key in ("client_id", "client_secret", "refresh_token"))
        return form.get("grant_type") == "refresh_token" and sent == (self.id, self.secret, self.refresh_token)


def google_token(client: Client, tokens: Tokens, scope: str, call: Call) -> Answer:
    """POST /token as Google answers it."""
    if not client.is_granted(call.form):
        return Answer({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, 400)
    return Answer({"access_token": tokens.issue(), "expires_in": 3599, "scope": scope, "token_type": "Bearer"})


def _claims(assertion: str) -> dict[str, Any]:
    """What a JSON web token claims; its signature is not looked at, for nobody here holds a key."""
    payload = assertion.split(".")[1] if assertion.count(".") == 2 else ""
    try:
        return orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (orjson.JSONDecodeError, binascii.Error):
        return {}
