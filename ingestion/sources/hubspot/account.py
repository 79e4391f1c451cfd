"""HubSpot's owners and pipelines, listed whole each time."""

from collections.abc import Collection, Iterator

from ingestion.client import Client
from ingestion.reading import Item, Page
from ingestion.resource import Record
from ingestion.snake_case import snake
from ingestion.sources.hubspot.pages import list_with_archived

_WITH_PIPELINES = ("deals", "tickets")


def read_owners(client: Client) -> Iterator[Item]:
    """Owners, those who left included."""
    for owners in list_with_archived(client, "/crm/v3/owners", limit=100):
        yield Page("owners", [snake(owner) for owner in owners])


def read_pipelines(client: Client, without: Collection[str] = ()) -> Iterator[Item]:
    """The stages of every pipeline, but for those of object types that are left out."""
    for object_type in (each for each in _WITH_PIPELINES if each not in without):
        for pipeline in client.get(f"/crm/v3/pipelines/{object_type}")["results"]:
            yield Page("pipelines", [_stage(object_type, pipeline, stage) for stage in pipeline["stages"]])


def _stage(object_type: str, pipeline: Record, stage: Record) -> Record:
    """Tickets say OPEN or CLOSED where deals have isClosed."""
    metadata = stage.get("metadata") or {}
    state = metadata.get("ticketState")
    return {
        "object_type": object_type,
        "pipeline_id": pipeline["id"],
        "pipeline_label": pipeline.get("label"),
        "stage_id": stage["id"],
        "stage_label": stage.get("label"),
        "display_order": stage.get("displayOrder"),
        "is_closed": metadata.get("isClosed") if state is None else state == "CLOSED",
        "probability": metadata.get("probability"),
        "archived": stage.get("archived"),
    }
