"""The Graph API: its version, its proof of the app, its pages, and the ways in which it says no."""

import hashlib
import hmac
import logging
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from requests import Response

from ingestion.authorization import Bearer
from ingestion.client import Client, Refusal, SourceError
from ingestion.paging import by_cursor
from ingestion.resource import Record

logger = logging.getLogger(__name__)

VERSION = "v26.0"
_PAGE = 500
_TOO_MUCH = "error 1, too much data at once"  # code 1 like an unknown trouble, but it would be the same again
_OF_TOKEN = {102, 190, 200, 10, 294}  # a session or a token that is over, or a permission it lacks
# unknown and passing troubles, and the limits of an app, a user, an account and of each of Meta's businesses
_TRANSIENT = {1, 2, 4, 17, 32, 341, 613, *range(80000, 80007), 80008, 80014}


class Graph:
    """Requests to the Graph API."""

    def __init__(self, account: Mapping[str, Any]) -> None:
        token = account["access_token"]
        self._client = Client("meta_ads", account["base_url"], Bearer(token), _asks_to_wait, _refused)
        self._page = _PAGE
        self._proof: dict[str, str] = {}
        if secret := account.get("app_secret"):
            self._proof["appsecret_proof"] = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()

    def get(self, path: str, **params: Any) -> Record:
        """A node."""
        return self._client.get(f"/{VERSION}/{path}", **_as_sent(params), **self._proof)

    def post(self, path: str, **params: Any) -> Record:
        """What a POST of the parameters, as a form, gives."""
        return self._client.post(f"/{VERSION}/{path}", form={**_as_sent(params), **self._proof})

    def pages(self, path: str, **params: Any) -> Iterator[list[Record]]:
        """What is on an edge, page by page; a last page names a cursor too, but no next page."""

        def following(page: Record) -> str | None:
            paging = page.get("paging") or {}
            return paging["cursors"]["after"] if "next" in paging else None

        for page in by_cursor(lambda after: self._fetch(path, {**params, "after": after}), following):
            yield page["data"]

    def _fetch(self, path: str, params: Mapping[str, Any]) -> Record:
        """One page; where Meta finds it too much, it and those after it are half as large."""
        try:
            return self.get(path, limit=self._page, **params)
        except SourceError as error:
            if _TOO_MUCH not in str(error) or self._page == 1:
                raise
        self._page //= 2
        logger.warning("meta_ads: that was too much data for Meta; again with %d at once", self._page)
        return self._fetch(path, params)


def _as_sent(params: Mapping[str, Any]) -> dict[str, Any]:
    """Lists and objects go as JSON texts."""
    return {
        name: orjson.dumps(value).decode() if isinstance(value, list | dict) else value
        for name, value in params.items()
    }


def _refused(body: Any) -> Refusal | None:
    """A body with an error is a failure, whatever the status; Meta's limits come with status 400."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return None
    code, subcode = error.get("code"), error.get("error_subcode")
    if code == 1 and "reduce the amount of data" in str(error.get("message")):
        return Refusal(_TOO_MUCH)
    is_transient = error.get("is_transient") is True or code in _TRANSIENT
    reason = f"error {code}" + (f"/{subcode}" if subcode else "")
    return Refusal(reason, is_transient, is_of_token=code in _OF_TOKEN)


def _asks_to_wait(response: Response) -> float | None:
    """Seconds until an account whose limit is used up may ask again: minutes of one header, seconds of another."""
    waits = []
    account = _header(response, "x-ad-account-usage")
    if account.get("acc_id_util_pct", 0) >= 100:
        waits.append(float(account.get("reset_time_duration", 0)))
    for uses in _header(response, "x-business-use-case-usage").values():
        waits += [60.0 * use.get("estimated_time_to_regain_access", 0) for use in uses]
    return max(waits, default=0.0) or None


def _header(response: Response, name: str) -> dict[str, Any]:
    """A header that is a JSON object; an empty one where it is missing or anything else."""
    try:
        value = orjson.loads(response.headers.get(name, "{}"))
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
