"""Microsoft Advertising's services: each at a host of its own, most of them asked within an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import orjson
from requests import Response

from ingestion.client import Authorization, Client, Refusal

_HOSTS = {"CustomerManagement": "clientcenter", "CampaignManagement": "campaign", "Reporting": "reporting"}
_OF_TOKEN = {105, 106, 109}  # not valid, without the right, expired
_RATE_EXCEEDED, _WAIT = 117, 60.0  # calls of a minute
_TRANSIENT = {0, _RATE_EXCEEDED, 207, 4204}  # Microsoft's own failure; too many calls, at once, or bulk downloads


@dataclass(frozen=True)
class _Within:
    """An authorization that says also in which account a request is made."""

    of: Authorization
    account: Mapping[str, str]

    def headers(self) -> dict[str, str]:
        return {**self.of.headers(), **self.account}

    def renew(self) -> bool:
        return self.of.renew()


class Services:
    """The services as one user, within an account where one is named."""

    def __init__(
        self, base_url: str, authorization: Authorization, account: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """In `base_url`, {service} stands for the host of a service; `account` are the headers that name it."""
        self._base_url = base_url
        self._authorization = authorization
        within = _Within(authorization, account)
        self._clients = {
            name: Client("microsoft_ads", base_url.format(service=host), within, _asks_to_wait, refused)
            for name, host in _HOSTS.items()
        }

    def within(self, account_id: str, customer_id: str) -> "Services":
        """The same services within an account of a customer."""
        account = {"CustomerAccountId": account_id, "CustomerId": customer_id}
        return Services(self._base_url, self._authorization, account)

    def post(self, path: str, body: Any) -> Any:
        """POST to a service, whose name begins the path."""
        return self._clients[path.split("/")[0]].post(f"/{path}", body)


def _faults(body: Any) -> list[dict[str, Any]]:
    """The faults of an answer, of which those of a service and those of the gateway stand apart."""
    if not isinstance(body, dict) or "TrackingId" not in body:
        return []
    return [*(body.get("Errors") or ()), *(body.get("OperationErrors") or ())]


def refused(body: Any) -> Refusal | None:
    """The failure that an answer of any service tells by its codes."""
    faults = _faults(body)
    if not faults:
        return None
    codes = {each.get("Code") for each in faults}
    words = ", ".join(f"{each.get('Code')} {each.get('ErrorCode')}" for each in faults)
    return Refusal(words, is_transient=codes <= _TRANSIENT, is_of_token=bool(codes & _OF_TOKEN))


def _asks_to_wait(response: Response) -> float | None:
    """The calls of a minute are spent for as long."""
    try:
        faults = _faults(orjson.loads(response.content)) if response.status_code >= 400 else []
    except orjson.JSONDecodeError:
        return None
    return _WAIT if any(each.get("Code") == _RATE_EXCEEDED for each in faults) else None
