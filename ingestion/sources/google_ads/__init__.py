"""Google Ads REST (GAQL search) -> data/raw/google_ads.duckdb."""

from ingestion.sources.google_ads.tables import RESOURCES

__all__ = ["RESOURCES"]
