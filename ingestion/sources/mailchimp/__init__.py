"""Mailchimp Marketing API 3.0 -> data/raw/mailchimp.duckdb."""

from ingestion.sources.mailchimp.tables import RESOURCES

__all__ = ["RESOURCES"]
