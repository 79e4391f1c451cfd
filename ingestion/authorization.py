"""How requests prove who asks: a token that stays, or one that a grant of OAuth 2 renews."""

from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from ingestion.client import Client, ReadRefusal, Refusal, SourceError
from ingestion.settings import SettingsError

_EARLY = 60  # seconds before its end that a token is no longer used


class Key:
    """A key that does not expire, sent with every request in headers of the vendor's own."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = dict(headers)

    def headers(self) -> dict[str, str]:
        """The headers of the next request."""
        return self._headers

    def renew(self) -> bool:
        """There is nothing to renew."""
        return False


class Bearer(Key):
    """A token that does not expire; `also` are headers beside the token's."""

    def __init__(self, token: str, also: Mapping[str, str] | None = None) -> None:
        super().__init__({"Authorization": f"Bearer {token}", **(also or {})})


class _Granted:
    """An access token granted for credentials; renewed before it expires, and whenever the vendor refuses it."""

    grant_type: str
    needed: tuple[str, ...]

    def __init__(
        self,
        source: str,
        token_uri: str,
        credentials: Mapping[str, str],
        also: Mapping[str, str] | None = None,
        refused: ReadRefusal = lambda body: None,
    ) -> None:
        """`also` are headers beside the token's; `refused` reads the vendor's own failures, as of a Client."""
        issuer = urlsplit(token_uri)
        self._client = Client(
            source, f"{issuer.scheme}://{issuer.netloc}", refused=lambda body: refused(body) or _not_granted(body)
        )
        self._path = issuer.path
        self._form = {name: self._given(credentials, name) for name in self.needed}
        self._also = dict(also or {})
        self._token = ""
        self._ends = 0.0

    def headers(self) -> dict[str, str]:
        """The headers of the next request."""
        if monotonic() >= self._ends:
            self.renew()
        return {"Authorization": f"Bearer {self._token}", **self._also}

    def renew(self) -> bool:
        """Get a new access token, and keep the new refresh token where the vendor gives one."""
        answer = self._client.post(self._path, form={"grant_type": self.grant_type, **self._form})
        if not isinstance(answer, dict) or "access_token" not in answer:
            raise SourceError(self._client.source, "the answer to the token request holds no access token")
        self._token = answer["access_token"]
        self._ends = monotonic() + float(answer.get("expires_in", 3600)) - _EARLY
        if "refresh_token" in self._form:
            self._form["refresh_token"] = answer.get("refresh_token", self._form["refresh_token"])
        return True

    def _given(self, credentials: Mapping[str, str], name: str) -> str:
        if name not in credentials:
            raise SettingsError(f"sources.{self._client.source}.credentials: {name} is missing")
        return credentials[name]


def _not_granted(body: Any) -> Refusal | None:
    """OAuth 2 says with a 400 that the credentials are wrong."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str) and error.startswith(("invalid_", "unauthorized_")):
        return Refusal(error, is_of_token=True)
    return None


class RefreshToken(_Granted):
    """An access token granted for a refresh token."""

    grant_type = "refresh_token"
    needed = ("client_id", "client_secret", "refresh_token")


class ClientCredentials(_Granted):
    """An access token granted for the credentials of the client itself."""

    grant_type = "client_credentials"
    needed = ("client_id", "client_secret")
