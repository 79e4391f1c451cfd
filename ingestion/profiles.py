"""dbt's profile of one home: the warehouse, and each source's raw file attached read-only.

registry, home -> data/dbt/profiles.yml (used by runs) and dbt_project/profiles.yml (for plain `dbt build`)
"""

import json
from pathlib import Path

import yaml

from ingestion import home as paths
from ingestion import registry

HEADER = "# Generated from the registry of sources in dbt_project.yml; do not edit.\n"
# DuckDB's. The zone decides what casts between TIMESTAMP and TIMESTAMPTZ mean: it must not follow the machine.
SETTINGS = {"TimeZone": "UTC"}


def write_profiles(home: Path) -> Path:
    """Write both profiles and return the folder of the home's own one, for --profiles-dir."""
    home = home.resolve()
    own = paths.dbt_folder(home) / "profiles.yml"
    paths.replace_file(own, HEADER + _as_yaml(home))
    # Plain dbt follows MOPS_HOME where it is set, else the home that was used last.
    by_variable = Path(f"{{{{ env_var('MOPS_HOME', {json.dumps(str(home), ensure_ascii=False)}) }}}}")
    paths.replace_file(registry.DBT_PROJECT / "profiles.yml", HEADER + _as_yaml(by_variable))
    return own.parent


def write_profile_for_parsing(folder: Path) -> None:
    """Write the profile of no home: dbt opens nothing when it only parses, and keeps what it parsed per profile."""
    paths.replace_file(folder / "profiles.yml", HEADER + _dump({"type": "duckdb", "path": "warehouse.duckdb"}))


def _as_yaml(home: Path) -> str:
    return _dump(_output(home))


def _dump(output: dict) -> str:
    return yaml.safe_dump({"mops": {"target": "duckdb", "outputs": {"duckdb": output}}}, sort_keys=False)


def _output(home: Path) -> dict:
    raw = [*registry.source_names(), "settings"]
    return {
        "type": "duckdb",
        "path": str(paths.warehouse_file(home)),
        "threads": 2,
        "settings": dict(SETTINGS),
        "attach": [{"path": str(paths.raw_file(home, name)), "alias": name, "read_only": True} for name in raw],
        "module_paths": [str(registry.REPOSITORY)],
        "plugins": [{"module": "ingestion.person_key", "config": {"home": str(home)}}],
    }
