"""The secrets of a source, by the names mops.yaml gives.

environment variables, else dlt's secrets provider -> {credential: secret}
"""

import os

from ingestion.settings import Settings, SettingsError


def resolve(source: str, settings: Settings) -> dict[str, str]:
    """Every credential of the source; SettingsError names the variable that is missing."""
    return {
        credential: _secret(name, f"sources.{source}.credentials.{credential}")
        for credential, name in settings.source(source).credentials.items()
    }


def _secret(name: str, path: str) -> str:
    value = os.environ.get(name) or _of_dlt(name)
    if not value:
        raise SettingsError(f"{path}: neither the environment nor dlt's secrets hold {name}")
    return value


def _of_dlt(name: str) -> str:
    import dlt  # takes a second, and most secrets are in the environment

    return str(dlt.secrets.get(name) or "")
