"""GA4 daily event export (Parquet) and Data API runReport -> data/raw/ga4.duckdb."""

from ingestion.sources.ga4.tables import RESOURCES

__all__ = ["RESOURCES"]
