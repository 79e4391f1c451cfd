"""What every declaration of a raw table has to keep to, for the loads to be right."""

import subprocess
import sys
from importlib import import_module

import duckdb
import pytest

from ingestion import home as paths
from ingestion import raw_file, registry
from ingestion.load import ensure_empty
from ingestion.resource import AMOUNT, DATE, FLAG, INT, JSON, MONEY, REAL, TEXT, TIME, Resource, columns

IN_DUCKDB = {
    TEXT: "VARCHAR",
    JSON: "VARCHAR",
    INT: "BIGINT",
    REAL: "DOUBLE",
    MONEY: "DECIMAL(18,2)",
    AMOUNT: "DECIMAL(18,6)",
    FLAG: "BOOLEAN",
    DATE: "DATE",
    TIME: "TIMESTAMP WITH TIME ZONE",
}
VENDORS = [name for name in registry.source_names() if name != "files"]
RESOURCES = [
    pytest.param(resource, id=f"{name}.{resource.name}")
    for name in VENDORS
    for resource in import_module(f"ingestion.sources.{name}").RESOURCES
]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_declaration_is_whole(resource):
    assert resource.description.endswith(".")
    names = resource.schema.names
    assert len(names) == len(set(names))
    assert {*resource.key, *resource.scope, *resource.optional} <= set(names)
    assert not resource.ignored & set(names)
    assert resource.key or resource.disposition == "scoped"
    assert bool(resource.scope) == (resource.disposition == "scoped")


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_load_replaces_rows_by_is_never_null(resource):
    """A NULL equals nothing in SQL: rows with one in their key or scope would be doubled instead of replaced."""
    replaced_by = {"merge": resource.key, "scoped": resource.scope, "replace": ()}[resource.disposition]
    assert not set(replaced_by) & set(resource.optional)


def test_sources_are_imported_without_dlt():
    """Dagster and the settings read the declarations whenever they start."""
    modules = ", ".join(f"ingestion.sources.{name}" for name in VENDORS)
    code = f"import sys, {modules}; sys.exit('dlt' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", VENDORS)
def test_an_unconfigured_source_has_all_its_tables_typed_and_empty(name, tmp_path):
    ensure_empty(name, tmp_path)
    ensure_empty(name, tmp_path)
    with duckdb.connect(str(paths.raw_file(tmp_path, name)), read_only=True) as connection:
        for resource in import_module(f"ingestion.sources.{name}").RESOURCES:
            table = connection.table(f"raw.{resource.name}")
            assert len(table) == 0
            found = dict(zip(table.columns, map(str, table.types), strict=True))
            assert found == {field.name: IN_DUCKDB[field.type] for field in resource.schema}


def test_a_column_declared_later_is_added(tmp_path):
    path = tmp_path / "things.duckdb"
    raw_file.create_tables(path, [Resource("things", columns("id"), key=("id",))])
    raw_file.create_tables(path, [Resource("things", columns("id name", money="price"), key=("id",))])
    assert raw_file.stored(path, "things").column_names == ["id", "_extra", "_loaded_at", "name", "price"]
