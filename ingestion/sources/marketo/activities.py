"""Marketo's activities: all by bulk extract, later by paging token from the last load on."""

from collections.abc import Iterator

from ingestion.client import Client
from ingestion.reading import Item, Page, Span
from ingestion.sources.marketo.exports import export
from ingestion.sources.marketo.leads import OVERLAP
from ingestion.sources.marketo.log import read_log
from ingestion.sources.marketo.records import activity

# Fill out form; send, bounce, unsubscribe, open, click and soft bounce of e-mails; merge and delete of leads; change of
# revenue stage; change of status in a program. One call of the log takes ten kinds.
_TYPES = (2, 6, 8, 9, 10, 11, 27, 32, 37, 101, 104)
_TYPES_A_CALL = 10
_COLUMNS = dict.fromkeys(("leadId", "activityTypeId", "campaignId", "primaryAttributeValueId"), "integer")


def read_activities(client: Client, span: Span) -> Iterator[Item]:
    """Every activity of our kinds, or those since the last load."""
    since = span.changed_since(OVERLAP)
    if since is None:
        for records in export(client, "activities", span, _COLUMNS, activityTypeIds=list(_TYPES)):
            yield Page("activities", [activity(record) for record in records])
        return
    for first in range(0, len(_TYPES), _TYPES_A_CALL):
        kinds = ",".join(map(str, _TYPES[first : first + _TYPES_A_CALL]))
        for records in read_log(client, "/rest/v1/activities.json", since, span.until, activityTypeIds=kinds):
            yield Page("activities", [activity(record) for record in records])
