"""The raw tables of the configured sources as the graph shows them: declared by a vendor, or by mops.yaml for files."""

from dataclasses import dataclass, field
from importlib import import_module

from ingestion.resource import QUARANTINE, Resource
from ingestion.settings import Settings


@dataclass(frozen=True)
class RawTable:
    """One table of a raw file; columns by name and type, where they are declared."""

    name: str
    description: str
    columns: dict[str, str] = field(default_factory=dict)


def raw_tables(settings: Settings) -> dict[str, list[RawTable]]:
    """By configured source."""
    return {source: _of(source, settings) for source in settings.configured()}


def _of(source: str, settings: Settings) -> list[RawTable]:
    module = import_module(f"ingestion.sources.{source}")
    if hasattr(module, "raw_tables"):
        declared = [RawTable(name, description) for name, description in module.raw_tables(settings).items()]
    else:
        declared = [_declared(source, each) for each in module.RESOURCES]
    return [*declared, _declared(source, QUARANTINE)]


def _declared(source: str, table: Resource) -> RawTable:
    return RawTable(
        table.name,
        table.description or f"{table.name} of {source}, as the vendor gives them.",
        {column.name: str(column.type) for column in table.columns},
    )
