"""The secrets by the names mops.yaml gives.

environment variables, else dlt's secrets provider -> secrets
"""

import os

from ingestion.settings import Settings, SettingsError


def resolve(source: str, settings: Settings) -> dict[str, str]:
    """Every credential of the source; SettingsError names the variable that is missing."""
    return {
        credential: secret(name, f"sources.{source}.credentials.{credential}")
        for credential, name in settings.source(source).credentials.items()
    }


def secret(name: str, path: str) -> str:
    """What the name stands for; SettingsError where it stands for nothing, with the path in mops.yaml that names it."""
    value = os.environ.get(name) or _of_dlt(name)
    if not value:
        raise SettingsError(f"{path}: neither the environment nor dlt's secrets hold {name}")
    return value


def _of_dlt(name: str) -> str:
    import dlt  # takes a second, and most secrets are in the environment

    return str(dlt.secrets.get(name) or "")
