"""The rules of dbt_project/, checked over the manifest and the warehouse of a home where nothing was ever loaded."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

import duckdb
import pytest
import sqlglot
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from sqlglot import exp

from ingestion import home as paths
from ingestion import installation_key, load, profiles, registry
from ingestion.settings import load as load_settings
from ingestion.settings import write_tables
from ingestion.settings.strict import Channel

AS_OF = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC).replace(tzinfo=None)
PROJECT = yaml.safe_load((registry.DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
MAXIMUM_LINES = 80

# What Spark spells otherwise and sqlglot does not translate, or does not know to be Spark's. Each is called in macros
# only: a warehouse on Spark replaces those few files.
BEHIND_MACROS = {"EPOCH_US", "GETVARIABLE", "HASH", "JARO_WINKLER_SIMILARITY", "TIMESTAMP_MICROS", "TIMEZONE"}
# Models that need more than a macro to go to Spark, with the reason.
NOT_PORTABLE: dict[str, str] = {}


class Built(NamedTuple):
    """A home whose whole dbt project was run: its manifest, and the columns of each relation."""

    home: Path
    manifest: dict[str, Any]
    columns: dict[str, list[str]]

    def models(self, *layers: str) -> Iterator[dict[str, Any]]:
        """Nodes of the models in the given layers, or in all."""
        for node in self.manifest["nodes"].values():
            if node["resource_type"] == "model" and (not layers or node["schema"] in layers):
                yield node


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    home = tmp_path_factory.mktemp("never_loaded")
    vendors = {name: {} for name in registry.source_names() if name != "files"}
    files = [{"as": name, "path": "rows.csv"} for name in PROJECT["files_inputs"]]
    sources = {**vendors, "files": files}
    settings = {"home_currency": "EUR", "time_zone": "Europe/Berlin", "sources": sources}
    (home / "mops.yaml").write_text(yaml.safe_dump(settings))
    for source in registry.source_names():
        load.ensure_empty(source, home)
    write_tables(load_settings(home), home, "house-rules", AS_OF)
    failed = _not_well(home, "build", "--resource-type", "seed", "--resource-type", "model")
    assert not failed, "the models do not build where nothing was loaded"
    manifest = json.loads((home / "target" / "manifest.json").read_text(encoding="utf-8"))
    return Built(home, manifest, _columns(home))


def _not_well(home: Path, *command: str) -> list[str]:
    """Run dbt; the names of what did not end well."""
    options = ["--profiles-dir", str(profiles.write_profiles(home)), "--target-path", str(home / "target")]
    options += ["--project-dir", str(registry.DBT_PROJECT), "--log-path", str(home / "logs"), "--quiet"]
    try:
        answer = dbtRunner().invoke([*command, *options])
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert isinstance(answer.result, RunExecutionResult), answer.exception
    assert answer.result.results
    return [each.node.name for each in answer.result.results if each.status not in ("success", "pass")]


def _columns(home: Path) -> dict[str, list[str]]:
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as warehouse:
        for source in [*registry.source_names(), "settings"]:
            warehouse.execute(f"attach '{paths.raw_file(home, source)}' as {source} (read_only)")
        found = warehouse.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns()"
            " where database_name = 'warehouse' group by table_name"
        ).fetchall()
    return dict(found)


def test_the_models_pass_their_unit_tests(built: Built) -> None:
    assert _not_well(built.home, "test", "--select", "test_type:unit") == []


def test_every_model_and_column_is_described(built: Built) -> None:
    missing = []
    for node in built.models():
        described = {name.lower() for name, column in node["columns"].items() if column["description"]}
        missing += [f"{node['name']}.{column}" for column in built.columns[node["name"]] if column not in described]
        missing += [node["name"]] if not node["description"] else []
    assert not missing


def test_no_described_column_is_missing_from_its_model(built: Built) -> None:
    ghosts = [
        f"{node['name']}.{column}"
        for node in built.models()
        for column in node["columns"]
        if column not in built.columns[node["name"]]
    ]
    assert not ghosts


def test_every_model_says_what_a_row_is(built: Built) -> None:
    vague = [
        node["name"] for node in built.models() if not re.match(r"(One row per|The one row) ", node["description"])
    ]
    assert not vague


def test_descriptions_hold_no_signs_of_yaml_and_no_line_breaks(built: Built) -> None:
    told = [
        (node["name"], each["description"]) for node in built.models() for each in [node, *node["columns"].values()]
    ]
    assert len(told) > 1000
    assert not [(name, text) for name, text in told if ">-" in text or "\n" in text or text != text.strip()]


def test_every_model_has_a_tested_key(built: Built) -> None:
    keyed = {
        node["attached_node"]
        for node in built.manifest["nodes"].values()
        if node.get("test_metadata", {}).get("name") in ("primary_key", "unique", "unique_combination")
    }
    assert not [node["name"] for node in built.models() if node["unique_id"] not in keyed]


def test_no_test_names_a_column_twice(built: Built) -> None:
    """A doubled name stands where another was meant, which nothing tests then."""
    tests = [node for node in built.manifest["nodes"].values() if node.get("test_metadata")]
    named = {node["name"]: node["test_metadata"]["kwargs"].get("columns", []) for node in tests}
    assert any(named.values())
    assert not {name: columns for name, columns in named.items() if len(set(columns)) < len(columns)}


def test_names_say_layer_source_and_entity(built: Built) -> None:
    sources = "|".join([*registry.source_names(), "settings"])
    patterns = {
        "staging": rf"(stg|base)_({sources})__[a-z0-9_]+",
        "intermediate": r"int_[a-z0-9_]+_[a-z]+ed|int_spend_by_home_day",
        "marts": r"(?!int_|stg_|fct_|dim_)[a-z_]+",
    }
    wrong = [node["name"] for node in built.models() if not re.fullmatch(patterns[node["schema"]], node["name"])]
    assert not wrong


def test_each_source_feeds_the_entities_of_its_registry_line(built: Built) -> None:
    staged: dict[str, set[str]] = {source: set() for source in registry.source_names()}
    for node in built.models("staging"):
        prefix, _, entity = node["name"].partition("__")
        if prefix.startswith("stg_") and prefix != "stg_settings":
            staged[prefix.removeprefix("stg_")].add(entity)
    assert staged == {source: set(fed) for source, fed in registry.entities().items()}


def test_each_input_of_files_feeds_the_entities_that_are_made_of_it(built: Built) -> None:
    reads = {node["unique_id"]: node["config"]["meta"].get("reads", []) for node in built.models()}
    made_of: dict[str, set[str]] = {name: set() for name in PROJECT["files_inputs"]}
    for entity in set(PROJECT["sources"]["files"]) - {"quarantine"}:
        waiting = [f"model.mops.stg_files__{entity}"]
        while waiting:
            model = waiting.pop()
            waiting += [parent for parent in built.manifest["parent_map"][model] if parent in reads]
            for name in reads[model]:
                made_of[name].add(entity)

    assert made_of == {name: set(declared["feeds"]) for name, declared in PROJECT["files_inputs"].items()}


def test_staging_models_have_the_canonical_columns(built: Built) -> None:
    for source, fed in registry.entities().items():
        for entity in fed:
            model = f"stg_{source}__{entity}"
            assert sorted(built.columns[model]) == sorted(PROJECT["entities"][entity]), model


def test_only_staging_reads_raw_and_only_unions_read_staging(built: Built) -> None:
    wrong = []
    for node in built.models("intermediate", "marts"):
        read = [each.split(".")[-1] for each in node["depends_on"]["nodes"]]
        sources = [each for each in node["depends_on"]["nodes"] if each.startswith("source.")]
        staging = [name for name in read if re.match("(stg|base)_(?!settings__)", name)]
        is_union = re.fullmatch(r"int_\w+_unioned", node["name"])
        wrong += [(node["name"], name) for name in sources + ([] if is_union else staging)]
    assert not wrong


def test_marts_are_read_by_no_model_below_them(built: Built) -> None:
    marts = {node["unique_id"] for node in built.models("marts")}
    below = built.models("staging", "intermediate")
    assert not [node["name"] for node in below if marts & set(node["depends_on"]["nodes"])]


def test_unions_hold_nothing_but_the_union(built: Built) -> None:
    unions = [node for node in built.models("intermediate") if node["name"].endswith("_unioned")]
    assert unions
    assert not [
        node["name"]
        for node in unions
        if not re.fullmatch(r"\{\{\s*union_entity\(.*\)\s*\}\}", node["raw_code"], re.DOTALL)
    ]


def test_no_vendor_is_named_after_staging(built: Built) -> None:
    vendors = re.compile(r"\b({})".format("|".join(name for name in registry.source_names() if name != "files")))
    named = {
        node["name"]: vendors.findall(_statement(node["raw_code"])) for node in built.models("intermediate", "marts")
    }
    assert not {name: found for name, found in named.items() if found}


def _statement(code: str) -> str:
    """The SQL without its comments."""
    return re.sub(r"--[^\n]*|\{#.*?#\}", "", code, flags=re.DOTALL).lower()


def test_incremental_models_note_their_version(built: Built) -> None:
    incremental = [node for node in built.models() if node["config"]["materialized"] == "incremental"]
    hooks = {node["name"]: [hook["sql"] for hook in node["config"]["post-hook"]] for node in incremental}
    assert hooks
    assert not {name for name, own in hooks.items() if "{{ note_version() }}" not in own}


def test_settings_touches_and_words_name_the_same_channels() -> None:
    """The seed is what the warehouse holds channels against."""
    with (registry.DBT_PROJECT / "seeds" / "default_channel_mapping.csv").open(encoding="utf-8", newline="") as lines:
        of_words = {row["channel"] for row in csv.DictReader(lines)}
    macro = (registry.DBT_PROJECT / "macros" / "default_channel_group.sql").read_text(encoding="utf-8")
    assert of_words == set(get_args(Channel)) == set(re.findall(r"(?:then|else) '([^']+)'", macro))


def test_what_no_model_makes_is_dropped_from_the_schemas_of_models_alone(built: Built) -> None:
    before = _columns(built.home)
    with duckdb.connect(str(paths.warehouse_file(built.home))) as warehouse:
        warehouse.execute("create schema own")
        for relation in ("table marts.renamed", "table intermediate.a__dbt_tmp", "view staging.gone", "table own.kept"):
            warehouse.execute(f"create {relation} as select 1 as answer")
    assert _not_well(built.home, "run", "--select", "stg_settings__run") == []
    assert _columns(built.home) == {**before, "kept": ["answer"]}
    with duckdb.connect(str(paths.warehouse_file(built.home))) as warehouse:
        warehouse.execute("drop schema own cascade")


def test_models_are_short(built: Built) -> None:
    lengths = {node["name"]: len(node["raw_code"].splitlines()) for node in built.models()}
    assert not {name: lines for name, lines in lengths.items() if lines > MAXIMUM_LINES}


def test_models_go_through_to_spark(built: Built) -> None:
    written = [node for node in built.models() if node["language"] == "sql"]
    failed = {node["name"]: found for node in written if (found := _not_spark(node["compiled_code"]))}
    assert {name: failed.get(name) for name in failed.keys() ^ NOT_PORTABLE.keys()} == {}


def _not_spark(code: str) -> str:
    """What keeps a compiled model from running on Spark, as far as sqlglot knows; an empty text if nothing does."""
    try:
        sql = sqlglot.transpile(code, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]
        tree = sqlglot.parse_one(sql, read="spark")
    except sqlglot.errors.SqlglotError as error:
        return str(error)
    unknown = {call.name.upper() for call in tree.find_all(exp.Anonymous)} - BEHIND_MACROS
    return ", ".join(sorted(unknown))


def test_person_ids_need_the_key_of_the_installation(built: Built) -> None:
    key = installation_key.read_or_create(built.home)
    inner = hashlib.sha256(f"{key}ann@x.test".encode()).hexdigest()
    expected = hashlib.sha256(f"{key}{inner}".encode()).hexdigest()[:32]
    keyed = next(node for node in built.models("intermediate") if node["name"] == "int_owners_hashed")["compiled_code"]
    expression = re.search(r"(left\(sha256\(.*?)\s+as\s+owner_id", keyed, re.DOTALL)
    assert expression and key not in keyed
    with duckdb.connect() as connection:
        connection.execute("set variable mops_key = ?", [key])
        row = connection.execute(
            f"select {expression[1]} from (select 'ann@x.test' as email, 'crm' as source, '1' as source_owner_id)"
        ).fetchone()
        connection.execute("set variable mops_key = null")
        without = connection.execute(
            f"select {expression[1]} from (select 'ann@x.test' as email, 'crm' as source, '1' as source_owner_id)"
        ).fetchone()
    assert row == (expected,)
    assert without == (None,)
