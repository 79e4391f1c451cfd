"""HubSpot's marketing endpoints: e-mails with their statistics, forms and their submissions."""

from typing import Any

import pandas as pd

from sandbox import wire
from sandbox.vendor import Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.pages import Row, archived_only, cursor, flag, limit, names, page_by_offset, paging, times
from sandbox.vendors.hubspot.portal import Portal

MAX_PAGE, MAX_SUBMISSIONS = 100, 50
_COUNTERS = ("sent", "delivered", "open", "click", "bounce", "unsubscribed", "hardbounced", "softbounced", "spamreport")
_RATIOS = {  # per cent of what
    "openratio": ("open", "delivered"),
    "clickratio": ("click", "delivered"),
    "clickthroughratio": ("click", "open"),
    "deliveredratio": ("delivered", "sent"),
    "unsubscribedratio": ("unsubscribed", "delivered"),
    "bounceratio": ("bounce", "sent"),
    "spamreportratio": ("spamreport", "delivered"),
}


def list_emails(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /marketing/v3/emails: with includeStats=true each e-mail carries its counters as they are by now."""
    listed = archived_only(call, portal.view.marketing_emails)
    if "isPublished" in call.query:
        listed = listed[listed["is_published"] == flag(call, "isPublished")]
    for parameter, column in {"createdAfter": "created_at", "updatedAfter": "updated_at"}.items():
        if parameter in call.query:
            listed = listed[listed[column] > _instant(call.query[parameter])]
    found = page_by_offset(call, listed, limit(call, MAX_PAGE), _with_stats if flag(call, "includeStats") else _email)
    return {"total": len(listed), **found}


def get_email(portal: Portal, call: Call) -> Row:
    """GET /marketing/v3/emails/{id}."""
    frame = portal.view.marketing_emails
    found = frame[frame["id"].astype(str) == call.path["id"]]
    if found.empty:
        raise errors.not_found()
    return page_by_offset(call, found, 1, _with_stats if flag(call, "includeStats") else _email)["results"][0]


def email_statistics(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /marketing/v3/emails/statistics/list: the counters of the e-mails published within a time, together."""
    frame = portal.view.marketing_emails
    since, until = _instant(call.query.get("startTimestamp", "")), _instant(call.query.get("endTimestamp", ""))
    chosen = frame[frame["published_at"].between(since, until)]
    if wanted := names(call, "emailIds"):
        chosen = chosen[chosen["id"].astype(str).isin(wanted)]
    by_campaign = chosen.groupby("campaign", as_index=False)[list(_COUNTERS)].sum()
    return {
        "emails": chosen["id"].tolist(),
        "aggregate": _stats({name: int(chosen[name].sum()) for name in _COUNTERS}),
        "campaignAggregations": {row["campaign"]: _stats(row) for row in wire.rows(by_campaign)},
    }


def _email(row: Row) -> Row:
    published = wire.instants(pd.Series([row["published_at"]]))[0]
    return {
        "id": str(row["id"]),
        "name": row["name"],
        "subject": row["subject"],
        "state": row["state"],
        "type": row["type"],
        "campaign": row["campaign"],
        "campaignName": row["campaign_name"],
        "isPublished": row["is_published"],
        **({"publishDate": published, "publishedAt": published} if published else {}),
        **times(row),
    }


def _with_stats(row: Row) -> Row:
    return {**_email(row), "stats": _stats(row)}


def _stats(counts: Row) -> Row:
    return {
        "counters": {name: counts[name] for name in _COUNTERS},
        "ratios": {
            name: 100 * counts[part] / counts[whole] if counts[whole] else 0.0
            for name, (part, whole) in _RATIOS.items()
        },
        "deviceBreakdown": {},
        "qualifierStats": {},
    }


def _instant(text: str) -> int:
    try:
        return wire.read_instant(text)
    except ValueError:
        raise errors.invalid(f"{text} was not a valid date-time.") from None


def list_forms(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /marketing/v3/forms."""
    listed = archived_only(call, portal.view.forms)
    if wanted := names(call, "formTypes"):
        listed = listed if "all" in wanted else listed[listed["form_type"].isin(wanted)]
    return page_by_offset(call, listed, limit(call, MAX_PAGE), _form)


def _form(row: Row) -> Row:
    return {"id": row["id"], "name": row["name"], "formType": row["form_type"], "fieldGroups": [], **times(row)}


def list_submissions(portal: Portal, call: Call) -> dict[str, Any]:
    """GET /form-integrations/v1/submissions/forms/{id}: newest first, no way to filter by date."""
    if call.path["id"] not in portal.submissions:
        raise errors.not_found(f"No form found with guid {call.path['id']}")
    rows, start, size = portal.submissions[call.path["id"]], cursor(call), limit(call, MAX_SUBMISSIONS, 20)
    results = [_submission(row) for row in wire.rows(rows.iloc[start : start + size])]
    return {"results": results, **(paging(call, start + size) if start + size < len(rows) else {})}


def _submission(row: Row) -> Row:
    fields = ("email", "firstname", "lastname", "company", "ga_client_id")
    values = [{"name": name, "value": row[name], "objectTypeId": "0-1"} for name in fields if row[name]]
    return {"submittedAt": row["submitted_at"], "values": values, "pageUrl": row["page_url"]}
