"""The dbt-duckdb plugin that gives each cursor the installation's key as the session variable `mops_key`.

The key is bound, never written into SQL text, so that it is in no log, no compiled model and no error message.
"""

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from ingestion import installation_key


class Plugin(BasePlugin):
    """Loaded by dbt-duckdb from profiles.yml; its configuration is the `home`."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Remember where the key is, and make it where there is neither one nor a warehouse yet."""
        self.home = Path(plugin_config["home"])
        installation_key.read_or_create(self.home)

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set the variable: session variables belong to the cursor, not to its parent connection."""
        cursor.execute("set variable mops_key = ?", [installation_key.read_or_create(self.home)])
