"""Where everything lives under MOPS_HOME, the folder that holds mops.yaml and data/."""

import os
from pathlib import Path


def settings_file(home: Path) -> Path:
    """The one configuration file."""
    return home / "mops.yaml"


def key_file(home: Path) -> Path:
    """The generated key behind person_id; used where MOPS_KEY is not set."""
    return home / ".mops_key"


def data_folder(home: Path) -> Path:
    """Everything mops writes but the key."""
    return home / "data"


def raw_file(home: Path, source: str) -> Path:
    """The raw database of one source, or of `settings`."""
    return data_folder(home) / "raw" / f"{source}.duckdb"


def last_good_file(home: Path, source: str) -> Path:
    """A source's raw database as it last passed its gate."""
    return data_folder(home) / "last_good" / f"{source}.duckdb"


def warehouse_file(home: Path) -> Path:
    """Written by dbt alone."""
    return data_folder(home) / "warehouse.duckdb"


def operations_file(home: Path) -> Path:
    """Runs, loads, check results and the state of sources."""
    return data_folder(home) / "operations.duckdb"


def published_folder(home: Path) -> Path:
    """What people and BI tools read."""
    return data_folder(home) / "published"


def dlt_folder(home: Path) -> Path:
    """dlt's working folder; nothing in it outlives a load."""
    return data_folder(home) / "dlt"


def dbt_folder(home: Path) -> Path:
    """profiles.yml, target/ and logs/ of the runs."""
    return data_folder(home) / "dbt"


def dagster_folder(home: Path) -> Path:
    """DAGSTER_HOME."""
    return data_folder(home) / "dagster"


def lock_file(home: Path) -> Path:
    """Held by the one run that goes at a time."""
    return data_folder(home) / "run.lock"


def replace_file(path: Path, text: str) -> None:
    """Write a small text file so that readers see the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
