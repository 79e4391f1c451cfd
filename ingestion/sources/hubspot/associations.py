"""HubSpot's associations v4, read in batches for the records that were read."""

from collections.abc import Iterator
from typing import Any

from ingestion.client import Client
from ingestion.reading import Item, Page, Whole
from ingestion.resource import Record

_BATCH = 1000


def read_associations(client: Client, from_type: str, to_type: str, ids: list[str]) -> Iterator[Item]:
    """The associations of records with another type, as a whole for each."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        yield Whole("associations", [{"from_type": from_type, "from_id": each, "to_type": to_type} for each in batch])
        inputs: list[dict[str, Any]] = [{"id": each} for each in batch]
        while inputs:
            answer = client.post(f"/crm/v4/associations/{from_type}/{to_type}/batch/read", {"inputs": inputs})
            results = answer.get("results", [])
            yield Page("associations", [row for each in results for row in _rows(from_type, to_type, each)])
            inputs = [
                {"id": each["from"]["id"], "after": each["paging"]["next"]["after"]}
                for each in results
                if (each.get("paging") or {}).get("next")
            ]


def _rows(from_type: str, to_type: str, result: dict[str, Any]) -> Iterator[Record]:
    for to in result["to"]:
        for kind in to["associationTypes"]:
            yield {
                "from_type": from_type,
                "from_id": result["from"]["id"],
                "to_type": to_type,
                "to_id": to["toObjectId"],
                "type_id": kind["typeId"],
                "category": kind["category"],
            }
