"""marketorestpython reads the log, the leads it names, programs and campaigns; wrong credentials are refused."""

from collections.abc import Iterator

from marketorestpython.client import MarketoClient

REFUSED = Exception  # the SDK has no other for what the identity service says

SINCE = "2026-01-01T00:00:00Z"
KINDS = (["2", "6", "8", "9", "10"], ["11", "27", "32", "37", "101", "104"])
IDS = 300


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    client = MarketoClient("123-ABC-456", credentials["client_id"], credentials["client_secret"], max_retry_time=5)
    client.host = url
    activities = [
        activity
        for kinds in KINDS
        for activity in client.get_lead_activities(activityTypeIds=kinds, sinceDatetime=SINCE, batchSize=100)
    ]
    return {
        "leads": [{"id": lead["id"]} for lead in leads(client)],
        "activities": [{"marketo_guid": activity["marketoGUID"]} for activity in activities],
        "programs": [{"id": program["id"]} for program in client.browse_programs(maxReturn=2)],
        "campaigns": [{"id": campaign["id"]} for campaign in client.get_multiple_campaigns(batchSize=2)],
    }


def leads(client: MarketoClient) -> Iterator[dict]:
    """Those that the log of changes names, new ones among them."""
    changes = client.get_lead_changes(fields=["email"], sinceDatetime=SINCE, batchSize=100)
    ids = sorted({str(change["leadId"]) for change in changes})
    for start in range(0, len(ids), IDS):
        some = ids[start : start + IDS]
        yield from client.get_multiple_leads_by_filter_type("id", some, fields="id,email", batchSize=70)
