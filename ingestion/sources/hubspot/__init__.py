"""HubSpot CRM v3, associations v4, marketing v3 -> data/raw/hubspot.duckdb."""

from ingestion.sources.hubspot.tables import RESOURCES

__all__ = ["RESOURCES"]
