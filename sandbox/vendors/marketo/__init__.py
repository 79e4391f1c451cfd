"""Marketo Engage: leads, the activity log, programs and bulk extracts, REST v1.

View -> https://<munchkin>.mktorest.com as sandbox.vendor.Vendor
"""

from functools import partial

from sandbox.vendor import Handler, Vendor
from sandbox.vendors.marketo import activities, assets, envelope, exports, identity, leads, paging
from sandbox.view import View


def build(view: View) -> Vendor:
    """Marketo over a View."""
    tokens = identity.new_tokens()
    all_leads, all_assets = leads.Leads(view), assets.Assets(view)
    log = activities.Activities(view, all_leads)
    bulk = exports.Exports(all_leads, log)
    handlers: dict[str, Handler] = {
        "/identity/oauth/token": partial(identity.grant, tokens),
        "/rest/v1/leads.json": partial(leads.list_leads, all_leads),
        "/rest/v1/leads/describe.json": partial(leads.describe, all_leads),
        "/rest/v1/activities.json": partial(activities.list_activities, log),
        "/rest/v1/activities/types.json": partial(activities.list_types, log),
        "/rest/v1/activities/pagingtoken.json": paging.since_token,
        "/rest/v1/activities/leadchanges.json": partial(leads.list_changes, all_leads),
        "/rest/v1/activities/deletedleads.json": partial(activities.list_deleted, log),
        "/rest/v1/campaigns.json": partial(assets.list_campaigns, all_assets),
        "/rest/v1/stats/usage.json": partial(assets.usage, all_assets),
        "/rest/asset/v1/programs.json": partial(assets.list_programs, all_assets),
    }
    job = "/bulk/v1/{entity:path}/export"
    bulk_routes: list[tuple[str, str, Handler]] = [
        ("POST", f"{job}/create.json", partial(exports.create, bulk)),
        ("POST", f"{job}/{{id}}/enqueue.json", partial(exports.enqueue, bulk)),
        ("POST", f"{job}/{{id}}/cancel.json", partial(exports.cancel, bulk)),
        ("GET", f"{job}/{{id}}/status.json", partial(exports.status, bulk)),
        ("GET", f"{job}/{{id}}/file.json", partial(exports.file, bulk)),
        ("GET", f"{job}.json", partial(exports.list_jobs, bulk)),
    ]
    # A POST with _method=GET stands for a GET whose address would be too long.
    routes = [(method, path, handler) for path, handler in handlers.items() for method in ("GET", "POST")]
    return Vendor(
        routes=[*routes, *bulk_routes],
        credentials={"client_id": identity.CLIENT_ID, "client_secret": identity.CLIENT_SECRET},
        authorize=partial(identity.authorize, tokens),
        refusals={
            "rate_limited": envelope.rate_limited,
            "unavailable": envelope.unavailable,
            "not_found": lambda: envelope.failure(610, "Requested resource not found"),
            "unreadable": lambda: envelope.failure(609, "Invalid JSON"),
        },
        headers=lambda call, remaining: {},  # the limit is told only once it is passed
        expire_tokens=tokens.expire,
    )
