"""How requests prove who asks: a token that stays, or one that is renewed with the refresh-token grant of OAuth 2."""

import time
from collections.abc import Mapping

from ingestion.client import Client, SourceError

_EARLY = 60  # seconds before its end that a token is no longer used


class Bearer:
    """A token that does not expire, sent with every request."""

    def __init__(self, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}

    def headers(self) -> dict[str, str]:
        """The headers of the next request."""
        return self._headers

    def renew(self) -> bool:
        """There is nothing to renew."""
        return False


class RefreshToken:
    """An access token, got for a refresh token: before the first ends, and whenever the vendor no longer takes it."""

    def __init__(
        self, client: Client, path: str, credentials: Mapping[str, str], also: Mapping[str, str] | None = None
    ) -> None:
        """`client` speaks to the token's issuer; `also` are headers that every request needs besides the token."""
        self._client = client
        self._path = path
        self._form = {name: credentials[name] for name in ("client_id", "client_secret", "refresh_token")}
        self._also = dict(also or {})
        self._token = ""
        self._ends = 0.0

    def headers(self) -> dict[str, str]:
        """The headers of the next request."""
        if time.monotonic() >= self._ends:
            self.renew()
        return {"Authorization": f"Bearer {self._token}", **self._also}

    def renew(self) -> bool:
        """Get a new access token, and keep the new refresh token where the vendor gives one."""
        answer = self._client.post(self._path, form={"grant_type": "refresh_token", **self._form})
        if not isinstance(answer, dict) or "access_token" not in answer:
            raise SourceError(self._client.source, "the answer to the refresh token holds no access token")
        self._token = answer["access_token"]
        self._ends = time.monotonic() + float(answer.get("expires_in", 3600)) - _EARLY
        self._form["refresh_token"] = answer.get("refresh_token", self._form["refresh_token"])
        return True
