"""The ad accounts, campaign groups and campaigns as LinkedIn's search finders show them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from sandbox import wire
from sandbox.clock import DAY
from sandbox.vendors.linkedin_ads import errors
from sandbox.vendors.linkedin_ads.restli import Query
from sandbox.view import View

PLATFORM = "linkedin_ads"
DEFAULT_PAGE, MAX_PAGE = 100, 1000
_STATUS = {"active": "ACTIVE", "paused": "PAUSED", "archived": "ARCHIVED", "deleted": "PENDING_DELETION"}
_HIDDEN = {"ARCHIVED", "CANCELED", "PENDING_DELETION", "REMOVED"}  # unless asked for
_OBJECTIVES = {"leads": "LEAD_GENERATION", "awareness": "BRAND_AWARENESS", "traffic": "WEBSITE_VISIT"}
_OBJECTIVES["sales"] = "WEBSITE_CONVERSION"

Entity = dict[str, Any]


def urn(kind: str, number: int) -> str:
    """urn:li:sponsoredCampaign:123."""
    return f"urn:li:sponsored{kind}:{number}"


def number(text: Any, kind: str) -> int:
    """The id in a URN of a kind, 0 where it is no such URN."""
    tail = str(text).removeprefix(f"urn:li:sponsored{kind}:")
    return int(tail) if tail.isdigit() else 0


class Entities:
    """Everything there is at a View's as-of, ready to be shown."""

    def __init__(self, view: View) -> None:
        accounts = view.platform_accounts[view.platform_accounts["platform"] == PLATFORM]
        campaigns = view.platform_campaigns[view.platform_campaigns["platform"] == PLATFORM]
        self.currency = dict(zip(accounts["id"].tolist(), accounts["currency"].tolist(), strict=True))
        rows = wire.rows(campaigns)
        self.accounts = [_account(row) for row in wire.rows(accounts)]
        self.campaigns = {
            account: [self._campaign(row) for row in rows if row["account_id"] == account] for account in self.currency
        }
        self.groups = {
            account: _groups([row for row in rows if row["account_id"] == account]) for account in self.currency
        }

    def _campaign(self, row: dict[str, Any]) -> Entity:
        started_at, currency = row["start_day"] * DAY, self.currency[row["account_id"]]
        ended = {"end": row["end_day"] * DAY} if row["end_day"] else {}
        return {
            "id": row["id"],
            "name": row["name"],
            "account": urn("Account", row["account_id"]),
            "campaignGroup": urn("CampaignGroup", _group_id(row)),
            "status": _STATUS[row["status"]],
            "type": "SPONSORED_UPDATES",
            "costType": "CPC",
            "objectiveType": _OBJECTIVES[row["objective"]],
            "dailyBudget": {"currencyCode": currency, "amount": "50.00"},
            "unitCost": {"currencyCode": currency, "amount": "7.50"},
            "runSchedule": {"start": started_at, **ended},
            "servingStatuses": ["RUNNABLE"] if row["status"] == "active" else ["STOPPED"],
            "changeAuditStamps": _stamps(started_at, row["end_day"] * DAY or started_at),
        }


def _account(row: dict[str, Any]) -> Entity:
    return {
        "id": row["id"],
        "name": row["name"],
        "currency": row["currency"],
        "status": "ACTIVE",
        "type": "BUSINESS",
        "servingStatuses": ["RUNNABLE"],
        "test": False,
    }


def _groups(campaigns: list[dict[str, Any]]) -> list[Entity]:
    """A group for each objective of an account, as old as its first campaign."""
    first: dict[int, dict[str, Any]] = {}
    for row in sorted(campaigns, key=lambda row: row["start_day"]):
        first.setdefault(_group_id(row), row)
    return [
        {
            "id": group_id,
            "name": row["objective"].capitalize(),
            "account": urn("Account", row["account_id"]),
            "status": "ACTIVE",
            "runSchedule": {"start": row["start_day"] * DAY},
            "servingStatuses": ["RUNNABLE"],
            "changeAuditStamps": _stamps(row["start_day"] * DAY, row["start_day"] * DAY),
        }
        for group_id, row in sorted(first.items())
    ]


def _group_id(row: dict[str, Any]) -> int:
    return 640_000_000 + list(_OBJECTIVES).index(row["objective"])


def _stamps(created_at: int, modified_at: int) -> Entity:
    actor = "urn:li:unknown:0"
    return {"created": {"time": created_at, "actor": actor}, "lastModified": {"time": modified_at, "actor": actor}}


def search(entities: list[Entity], query: Query) -> Entity:
    """The page of a search finder: those with the statuses that were asked for, else those that are not put away."""
    if query.get("q") != "search":
        raise errors.invalid("q", "No such finder", "PARAM_INVALID")
    wanted = query.get("search")
    statuses = ((wanted.get("status") or {}).get("values") if isinstance(wanted, dict) else None) or None
    if wanted is not None and not statuses:
        raise errors.invalid("search", "Expected (status:(values:List(..)))", "PARAM_INVALID")
    found = [each for each in entities if (each["status"] in statuses if statuses else each["status"] not in _HIDDEN)]
    start, size = _start(query.get("pageToken", "")), _size(query)
    following = {"nextPageToken": _token(start + size)} if start + size < len(found) else {}
    return {"elements": found[start : start + size], "metadata": following}


def _size(query: Query) -> int:
    text = str(query.get("pageSize", DEFAULT_PAGE))
    if not text.isdigit() or not 1 <= int(text) <= MAX_PAGE:
        raise errors.invalid("pageSize", f"Expected 1 to {MAX_PAGE}")
    return int(text)


def _token(start: int) -> str:
    return urlsafe_b64encode(f"from:{start}".encode()).decode().rstrip("=")


def _start(token: str) -> int:
    try:
        text = urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().removeprefix("from:") if token else "0"
        return int(text)
    except ValueError:
        raise errors.invalid("pageToken", "Not a token of this finder") from None
