"""Microsoft Ads: accounts, campaigns and report jobs of Microsoft Advertising v13, in JSON.

View -> https://*.api.bingads.microsoft.com as sandbox.vendor.Vendor
"""

from functools import partial

from sandbox.oauth import Client, Tokens
from sandbox.vendor import Answer, Call, Vendor
from sandbox.vendors.microsoft_ads import errors
from sandbox.vendors.microsoft_ads.entities import Entities
from sandbox.vendors.microsoft_ads.reports import Reports
from sandbox.view import View

CLIENT = Client("microsoft-client", "microsoft-secret", "microsoft-refresh")
DEVELOPER_TOKEN = "sandbox-developer-token"  # noqa: S105 - opens nothing but the sandbox
SCOPE = "https://ads.microsoft.com/msads.manage"


def build(view: View) -> Vendor:
    """Microsoft Ads over a View."""
    tokens, refreshing = Tokens("EwB-"), Tokens("M.R3-", fixed=frozenset({CLIENT.refresh_token}))
    entities = Entities(view)
    reports = Reports(view, entities)
    return Vendor(
        routes=[
            ("POST", "/token", partial(_token, tokens, refreshing)),
            ("POST", "/CustomerManagement/v13/User/Query", entities.read_user),
            ("POST", "/CustomerManagement/v13/Accounts/Search", entities.search_accounts),
            ("POST", "/CampaignManagement/v13/Campaigns/QueryByAccountId", entities.list_campaigns),
            ("POST", "/Reporting/v13/GenerateReport/Submit", reports.submit),
            ("POST", "/Reporting/v13/GenerateReport/Poll", reports.poll),
            ("GET", "/download/{number}.zip", reports.download),
        ],
        credentials={
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "refresh_token": CLIENT.refresh_token,
            "developer_token": DEVELOPER_TOKEN,
            "token_uri": "{base_url}/token",
        },
        authorize=partial(_authorize, tokens),
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.internal,
            "not_found": errors.not_found,
            "unreadable": lambda: errors.fault(100, "NullRequest", "The request message could not be read."),
        },
        headers=lambda call, remaining: {"TrackingId": "sandbox-request"},  # Microsoft sends no limits along
        expire_tokens=tokens.expire,
    )


def _authorize(tokens: Tokens, call: Call) -> None:
    if call.location == "/token" or call.location.startswith("/download/"):
        return
    if not tokens.accepts(call.bearer):
        raise errors.unauthenticated(is_expired=call.bearer in tokens.expired)
    if call.headers.get("developertoken") != DEVELOPER_TOKEN:
        raise errors.refused(105, "InvalidCredentials", "The developer token is missing or not valid.")


def _token(tokens: Tokens, refreshing: Tokens, call: Call) -> Answer:
    """POST token: an access token for an hour, and each time a new refresh token."""
    form = call.form
    is_client = form.get("client_id") == CLIENT.id and form.get("client_secret", CLIENT.secret) == CLIENT.secret
    is_granted = form.get("grant_type") == "refresh_token" and refreshing.accepts(form.get("refresh_token", ""))
    if not (is_client and is_granted):
        message = "AADSTS70000: The provided value for the input parameter 'refresh_token' is not valid."
        return Answer({"error": "invalid_grant", "error_description": message}, 400)
    answer = {"token_type": "Bearer", "scope": SCOPE, "expires_in": 3599}
    return Answer(answer | {"access_token": tokens.issue(), "refresh_token": refreshing.issue()})
