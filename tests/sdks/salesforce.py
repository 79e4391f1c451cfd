"""simple-salesforce reads every object with its deleted records: the leads' history in bulk, all else by queries."""

import csv
import io

import rehost
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceAuthenticationFailed

REFUSED = SalesforceAuthenticationFailed
OBJECTS = {
    "Lead": "lead",
    "Contact": "contact",
    "Account": "account",
    "Opportunity": "opportunity",
    "OpportunityHistory": "opportunity_history",
    "OpportunityLineItem": "opportunity_line_item",
    "Campaign": "campaign",
    "CampaignMember": "campaign_member",
    "LeadHistory": "lead_history",
    "Task": "task",
    "Event": "event",
    "User": "user",
}
WHOLE = ("Campaign", "User")
BULK = "LeadHistory"


def read(url: str, credentials: dict) -> dict[str, list[dict]]:
    salesforce = Salesforce(
        consumer_key=credentials["client_id"],
        consumer_secret=credentials["client_secret"],
        domain="acme.my",
        session=rehost.session(url),
    )
    salesforce.headers["Sforce-Query-Options"] = "batchSize=200"
    visible = {each["name"] for each in salesforce.describe()["sobjects"]}
    assert visible >= OBJECTS.keys()
    ids = {name: list(in_bulk(salesforce) if name == BULK else queried(salesforce, name)) for name in OBJECTS}
    tables = {table: [{"id": each} for each in ids[name]] for name, table in OBJECTS.items()}
    kept = {name: table for name, table in OBJECTS.items() if name not in WHOLE}
    return {
        **tables,
        "object_ids": [{"object_type": table, "id": each} for name, table in kept.items() for each in ids[name]],
    }


def queried(salesforce: Salesforce, name: str) -> list[str]:
    fields = [each["name"] for each in getattr(salesforce, name).describe()["fields"]]
    answer = salesforce.query_all(f"SELECT {', '.join(fields)} FROM {name}", include_deleted=True)
    assert len(answer["records"]) == answer["totalSize"]
    return [each["Id"] for each in answer["records"]]


def in_bulk(salesforce: Salesforce) -> list[str]:
    pages = getattr(salesforce.bulk2, BULK).query_all(f"SELECT Id FROM {BULK}", max_records=100)
    return [row["Id"] for page in pages for row in csv.DictReader(io.StringIO(page))]
