"""Google Ads: the REST form of its API - a hierarchy of accounts, and GAQL by search and searchStream.

View -> https://googleads.googleapis.com as sandbox.vendor.Vendor
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from sandbox.oauth import Client, Tokens, google_token
from sandbox.vendor import Answer, Call, Refused, Vendor
from sandbox.vendors.google_ads import errors, gaql, report, results
from sandbox.vendors.google_ads.accounts import Accounts
from sandbox.vendors.google_ads.gaql import Query, QueryError
from sandbox.view import View

CLIENT = Client("google-ads-client", "google-ads-secret", "google-ads-refresh")
DEVELOPER_TOKEN = "sandbox-developer-token"  # noqa: S105 - opens nothing but the sandbox
SCOPE = "https://www.googleapis.com/auth/adwords"

Results = Callable[[int, str], tuple[Query, pd.DataFrame]]


def build(view: View) -> Vendor:
    """Google Ads over a View."""
    tokens, accounts = Tokens("ya29.ads-"), Accounts(view)

    @lru_cache(maxsize=8)  # the pages of one query are asked for in turn
    def run(account_id: int, text: str) -> tuple[Query, pd.DataFrame]:
        query = gaql.parse(text)
        return query, report.run(accounts, account_id, query)

    token = partial(google_token, CLIENT, tokens, SCOPE)
    return Vendor(
        routes=[
            ("POST", "/token", token),
            ("POST", "/oauth2/v3/token", token),
            ("GET", "/{version}/customers:listAccessibleCustomers", partial(_list_customers, accounts)),
            ("POST", "/{version}/customers/{id}/googleAds:search", partial(_search, accounts, run)),
            ("POST", "/{version}/customers/{id}/googleAds:searchStream", partial(_stream, accounts, run)),
        ],
        credentials={
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "developer_token": DEVELOPER_TOKEN,
            "login_customer_id": str(accounts.manager_id),
            "token_uri": "{base_url}/token",
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": errors.not_found,
            "unreadable": lambda: errors.bad_request("MALFORMED_REQUEST", "Invalid JSON payload received.").answer,
        },
        headers=lambda call, remaining: {"request-id": "sandbox-request"},  # Google sends no limits along
        expire_tokens=tokens.expire,
        records=_results,
        fields=lambda result: result.get("metrics") or next(iter(result.values())),
        next_page="nextPageToken",
    )


def _results(body: Any) -> list[Any]:
    """The results of a page, or of the first batch of a stream."""
    page = body[0] if isinstance(body, list) and body else body
    return page.get("results") or []


def _authorize(tokens: Tokens, call: Call) -> None:
    if call.location.endswith("/token"):
        return
    if not tokens.accepts(call.bearer):
        code = "OAUTH_TOKEN_EXPIRED" if call.bearer in tokens.expired else "OAUTH_TOKEN_INVALID"
        raise errors.unauthenticated(code, "The OAuth token in the header is not valid.")
    developer_token = call.headers.get("developer-token")
    if developer_token is None:
        raise errors.bad_request("DEVELOPER_TOKEN_PARAMETER_MISSING", "The developer-token parameter is required.")
    if developer_token != DEVELOPER_TOKEN:
        raise errors.unauthenticated("DEVELOPER_TOKEN_INVALID", "The developer token is not valid.")


def _list_customers(accounts: Accounts, call: Call) -> dict[str, Any]:
    """The user has access to the manager; its accounts are reached through it."""
    return {"resourceNames": [f"customers/{accounts.manager_id}"]}


def _account(accounts: Accounts, call: Call) -> int:
    """The account of a path, if the login customer reaches it."""
    account_id, manager_id = call.path["id"], str(accounts.manager_id)
    is_reached = account_id == manager_id or call.headers.get("login-customer-id") == manager_id
    if not account_id.isdigit() or int(account_id) not in accounts.ids or not is_reached:
        raise errors.forbidden()
    return int(account_id)


def _search(accounts: Accounts, run: Results, call: Call) -> dict[str, Any]:
    """POST googleAds:search: pages of 10,000, and no other size."""
    account_id, body = _account(accounts, call), call.json
    text = str(body.get("query", ""))
    if body.get("pageSize"):
        message = "Setting the page size is not supported. Search Responses will have fixed page size of '10000' rows."
        raise errors.bad_request("PAGE_SIZE_NOT_SUPPORTED", message)
    start = results.page_start(text, body.get("pageToken") or "")
    if start is None:
        raise errors.bad_request("INVALID_PAGE_TOKEN", "Page token is invalid.")
    query, rows = _run(run, account_id, text)
    page = results.show(rows.iloc[start : start + results.PAGE], query)
    settings, end = body.get("searchSettings") or {}, start + results.PAGE
    return {
        **({"results": page} if page and not settings.get("omitResults") else {}),
        **({"nextPageToken": results.page_token(text, end)} if end < len(rows) else {}),
        **({"totalResultsCount": str(len(rows))} if settings.get("returnTotalResultsCount") else {}),
        "fieldMask": results.field_mask(query),
        "queryResourceConsumption": str(len(rows)),
    }


def _stream(accounts: Accounts, run: Results, call: Call) -> list[dict[str, Any]] | Answer:
    """POST googleAds:searchStream: an array of batches; an error comes in an array too."""
    try:
        query, rows = _run(run, _account(accounts, call), str(call.json.get("query", "")))
    except Refused as refused:
        return Answer([refused.answer.body], refused.answer.status)
    frame = {"fieldMask": results.field_mask(query), "requestId": "sandbox-request"}
    starts = range(0, max(len(rows), 1), results.PAGE)
    pages = (results.show(rows.iloc[start : start + results.PAGE], query) for start in starts)
    return [{**({"results": page} if page else {}), **frame} for page in pages]


def _run(run: Results, account_id: int, text: str) -> tuple[Query, pd.DataFrame]:
    try:
        return run(account_id, text)
    except QueryError as error:
        raise errors.bad_query(error.code, str(error)) from None
