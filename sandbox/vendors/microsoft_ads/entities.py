"""The user, the accounts and their campaigns as Microsoft shows them."""

from typing import Any

from sandbox import wire
from sandbox.vendor import Call
from sandbox.vendors.microsoft_ads import errors
from sandbox.view import View

PLATFORM = "microsoft_ads"
USER_ID, CUSTOMER_ID = "170000001", "250000077"
_ZONES = {"Europe/Berlin": "AmsterdamBerlinBernRomeStockholmVienna", "America/New_York": "EasternTimeUSCanada"}
_STATUS = {"active": "Active", "paused": "Paused", "archived": "Suspended"}  # what was deleted is not shown

Entity = dict[str, Any]


class Entities:
    """Everything there is at a View's as-of, ready to be shown."""

    def __init__(self, view: View) -> None:
        accounts = wire.rows(view.platform_accounts[view.platform_accounts["platform"] == PLATFORM])
        frame = view.platform_campaigns[view.platform_campaigns["platform"] == PLATFORM]
        rows, starts, ends = wire.rows(frame), wire.days(frame["start_day"]), wire.days(frame["end_day"] - 1)
        self.accounts = [_account(row) for row in accounts]
        self.campaigns: dict[str, list[Entity]] = {each["Id"]: [] for each in self.accounts}
        for row, start, end in zip(rows, starts, ends, strict=True):
            if row["status"] in _STATUS:
                self.campaigns[str(row["account_id"])].append(_campaign(row, start, end if row["end_day"] else None))

    def read_user(self, call: Call) -> Entity:
        """POST User/Query; without an id it is the caller."""
        if call.json.get("UserId") not in (None, USER_ID):
            raise errors.refused(106, "UserIsNotAuthorized", "The user is not authorized to perform this action.")
        user = {"Id": USER_ID, "CustomerId": CUSTOMER_ID, "UserName": "reader@northwind-labs.example"}
        role = {"RoleId": 203, "CustomerId": CUSTOMER_ID, "AccountIds": None, "LinkedAccountIds": None}
        return {"User": {**user, "UserLifeCycleStatus": "Active"}, "CustomerRoles": [role]}

    def search_accounts(self, call: Call) -> Entity:
        """POST Accounts/Search, of the user's accounts."""
        predicates, page = call.json.get("Predicates") or [], call.json.get("PageInfo") or {}
        by_user = {each.get("Field"): each.get("Value") for each in predicates}.get("UserId")
        start = int(page.get("Index", 0)) * int(page.get("Size", 100))
        found = self.accounts[start : start + int(page.get("Size", 100))]
        return {"Accounts": found if str(by_user) == USER_ID else []}

    def account_id(self, call: Call) -> str:
        """The account a call is made in, if the user may see it."""
        account_id = call.headers.get("customeraccountid", "")
        if account_id not in self.campaigns or call.headers.get("customerid", CUSTOMER_ID) != CUSTOMER_ID:
            raise errors.refused(106, "UserIsNotAuthorized", "The user is not authorized to perform this action.")
        return account_id

    def list_campaigns(self, call: Call) -> Entity:
        """POST Campaigns/QueryByAccountId: without a word of types only those of search."""
        account_id = self.account_id(call)
        if call.json.get("AccountId") != account_id:
            raise errors.refused(1100, "CampaignServiceInvalidAccountId", "The account ID is invalid.")
        types = str(call.json.get("CampaignType") or "Search").replace(",", " ").split()
        return {"Campaigns": [each for each in self.campaigns[account_id] if each["CampaignType"] in types]}


def _account(row: dict[str, Any]) -> Entity:
    return {
        "Id": str(row["id"]),
        "Name": row["name"],
        "Number": "F1180077",
        "CurrencyCode": row["currency"],
        "TimeZone": _ZONES[row["time_zone"]],
        "ParentCustomerId": CUSTOMER_ID,
        "AccountLifeCycleStatus": "Active",
        "AccountFinancialStatus": "ClearFinancialStatus",
        "PauseReason": None,
    }


def _campaign(row: dict[str, Any], start: str, end: str | None) -> Entity:
    return {
        "Id": str(row["id"]),
        "Name": row["name"],
        "Status": _STATUS[row["status"]],
        "CampaignType": "Search",
        "BudgetType": "DailyBudgetStandard",
        "DailyBudget": 40.0,
        "TimeZone": "AmsterdamBerlinBernRomeStockholmVienna",
        "UseCampaignLevelDates": True,
        "StartDate": f"{start}T00:00:00",
        "EndDate": end and f"{end}T00:00:00",
    }
