"""Which canonical entities the sources of a mops.yaml feed."""

from ingestion import registry
from ingestion.canonical_inputs import canonical_inputs
from ingestion.settings.model import Settings


def inputs_read(settings: Settings) -> list[str]:
    """The canonical inputs that the entries of the files source are read as, each once."""
    return list(dict.fromkeys(entry.as_ for entry in settings.sources.files))


def entities_fed(settings: Settings) -> dict[str, list[str]]:
    """By configured source, in the registry's order: of files, only what its entries are read for."""
    fed = {source: registry.entities().get(source, []) for source in settings.configured()}
    if "files" in fed:
        declared = [canonical_inputs()[name] for name in inputs_read(settings) if name in canonical_inputs()]
        read = {"quarantine", *(entity for each in declared for entity in each.feeds)}
        fed["files"] = [entity for entity in fed["files"] if entity in read]
    return fed
