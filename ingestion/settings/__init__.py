"""mops.yaml, read, checked, and handed to dbt as a raw file.

mops.yaml -> Settings -> data/raw/settings.duckdb
"""

from ingestion.settings.as_of import now, parse_as_of
from ingestion.settings.feeding import entities_fed, inputs_read
from ingestion.settings.files_entry import FilesEntry
from ingestion.settings.load import load, mistake
from ingestion.settings.model import Settings, SourceSettings
from ingestion.settings.tables import write_tables
from ingestion.settings.yaml_lines import SettingsError

__all__ = [
    "FilesEntry",
    "Settings",
    "SettingsError",
    "SourceSettings",
    "entities_fed",
    "inputs_read",
    "load",
    "mistake",
    "now",
    "parse_as_of",
    "write_tables",
]
