"""The canonical inputs: what an entry of `sources.files` can be read as, and the columns each has.

They are declared once, in `vars: files_inputs:` of dbt_project.yml, where the staging models are built from them too.
"""

from dataclasses import dataclass, field
from functools import cache

from ingestion import registry

NOT_YET = ("goals", "asset_licences")


@dataclass(frozen=True)
class CanonicalInput:
    """Column name -> SQL type, which of the columns an entry must give, and the canonical entities made of its rows."""

    feeds: list[str]
    columns: dict[str, str]
    required: list[str]
    key: list[str] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@cache
def canonical_inputs() -> dict[str, CanonicalInput]:
    """Every input by the name that `as` gives it."""
    declared = registry.project()["vars"]["files_inputs"]
    return {name: CanonicalInput(**declaration) for name, declaration in declared.items()}
