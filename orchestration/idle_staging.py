"""The staging models that nothing reads, given what mops.yaml configures: they are neither built nor in the graph.

The unions leave out the same (macro union_entity), so no model misses them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingestion import registry
from ingestion.settings import Settings, entities_fed


@dataclass(frozen=True)
class IdleStaging:
    """Their names, and the dbt selection of them."""

    names: frozenset[str]
    selection: str


def idle_staging(manifest: Mapping[str, Any], settings: Settings) -> IdleStaging:
    """What stages a source that is not configured; of files, also what stages an input that no entry is read as."""
    staging: dict[str, set[str]] = {source: set() for source in registry.source_names()}
    for unique_id, node in manifest["nodes"].items():
        if node["resource_type"] == "model" and node["fqn"][1] == "staging" and node["fqn"][2] in staging:
            staging[node["fqn"][2]].add(unique_id)
    fed = entities_fed(settings)
    idle = {source: models for source, models in staging.items() if source not in fed}
    if "files" in fed:
        idle["files"] = staging["files"] - _read(manifest, fed["files"])
    names = {source: {unique_id.rpartition(".")[2] for unique_id in models} for source, models in idle.items()}
    # By folder where it can be: dbt compares each criterion with each node.
    folders = [f"fqn:mops.staging.{source}" for source in names if source not in fed]
    models = [f"fqn:mops.staging.files.{name}" for name in sorted(names["files"])] if "files" in fed else []
    return IdleStaging(frozenset().union(*names.values()), " ".join([*folders, *models]))


def _read(manifest: Mapping[str, Any], entities: list[str]) -> set[str]:
    """The staging models of files that feed these entities, and their ancestors, but those of its quarantine."""
    waiting = [f"model.mops.stg_files__{entity}" for entity in entities]
    read = set(waiting)
    while waiting:
        unique_id = waiting.pop()
        parents = set(manifest["parent_map"][unique_id]) if not unique_id.endswith("__quarantine") else set()
        waiting += parents - read
        read |= parents
    return read
