"""The registry of sources: source name -> canonical entities its staging models feed.

It is `vars: sources:` of dbt_project.yml, where dbt's macros read it too. Module, sandbox vendor, raw file and staging
models of a source follow from its name.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
DBT_PROJECT = REPOSITORY / "dbt_project"


def project() -> dict[str, Any]:
    """What dbt_project.yml says."""
    return _read(DBT_PROJECT / "dbt_project.yml")


@cache
def _read(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def entities() -> dict[str, list[str]]:
    """The canonical entities each source feeds, by source name, in the order of the file."""
    return project()["vars"]["sources"]


def source_names() -> list[str]:
    """Every source this version knows, configured or not."""
    return list(entities())
