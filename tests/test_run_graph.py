"""Whole runs of the graph over a dbt project of three models, with stand-ins for the vendors and the suites."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from expectations.checks import CheckResult, DeclaredCheck
from ingestion import home as paths
from ingestion import registry
from ingestion.report import LoadReport, TableLoad
from orchestration import dagster_instance, execution, gates, history, load_asset, loading, publication
from orchestration.definitions import JOB, build_definitions
from orchestration.loading import Range
from orchestration.operations import rows, writing
from orchestration.publication_asset import PUBLISHED

PROJECT = {
    "dbt_project.yml": """
name: mops
profile: mops
vars: {sources: {hubspot: [], mailchimp: [], files: []}}
on-run-end: "{{ drop_orphans() }}"
models:
  mops:
    staging: {+schema: staging}
    intermediate: {+schema: intermediate, +materialized: table}
    marts: {+schema: marts, +materialized: table}
""",
    "macros/generate_schema_name.sql": """
{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
""",
    "macros/drop_orphans.sql": (registry.DBT_PROJECT / "macros/materializations/drop_orphans.sql").read_text(),
    "models/staging/_sources.yml": """
sources:
  - {name: hubspot, database: hubspot, schema: raw, tables: [{name: contacts}]}
""",
    "models/staging/stg_hubspot__people.sql": "select id, email from {{ source('hubspot', 'contacts') }}",
    "models/intermediate/int_people.sql": "select * from {{ ref('stg_hubspot__people') }}",
    "models/marts/customers.sql": "select id as person_id from {{ ref('int_people') }}",
    "models/models.yml": """
models:
  - {name: stg_hubspot__people, description: People.}
  - name: int_people
    description: People.
    columns:
      - {name: email, description: Address., data_tests: [unique, not_null: {config: {severity: warn}}]}
  - name: customers
    description: One row per customer.
    columns:
      - {name: person_id, description: Whose., data_tests: [not_null]}
""",
}
CHECKED = {"intermediate": "int_people", "marts": "customers"}
MOPS_YAML = "sources: {hubspot: {}, mailchimp: {}}\n"


class World:
    """What a run meets: who is down, what the gates say, what HubSpot has."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.down: set[str] = set()
        self.refusing: set[str] = set()
        self.emails = ["ada@example.com"]

    def load(self, name: str, settings: object, home: Path, **_: object) -> LoadReport:
        if name in self.down:
            return LoadReport(name, "failed", error="503 Service Unavailable")
        if name == "hubspot":
            with duckdb.connect(str(paths.raw_file(home, name))) as connection:
                connection.execute("delete from raw.contacts")
                for number, email in enumerate(self.emails):
                    connection.execute("insert into raw.contacts (id, email) values (?, ?)", [str(number), email])
        return LoadReport(name, "loaded", [TableLoad("contacts", len(self.emails), len(self.emails))])

    def gate(self, layer: str, home: Path, **_: object) -> list[CheckResult]:
        if layer not in CHECKED:
            return []
        return [CheckResult("adds_up", layer, None, CHECKED[layer], "critical", layer not in self.refusing)]

    def run(self, *sources: str) -> dict:
        """A run, and how it ended."""
        run_id = execution.run(self.home, "a test", sources or ("hubspot", "mailchimp"), Range(), "2026-06-30")
        ended = history.run(self.home, run_id)
        assert ended is not None
        return ended

    def repeat(self, run_id: str, selection: dg.AssetSelection) -> dict:
        """A run of a part of what another ran, as the UI repeats it, and how it ended."""
        definitions, again = build_definitions(self.home), str(uuid.uuid4())
        with dagster_instance.of(self.home) as instance:
            definitions.resolve_job_def(JOB).execute_in_process(
                instance=instance,
                raise_on_error=False,
                asset_selection=sorted(selection.resolve(definitions.resolve_asset_graph())),
                run_id=again,
                tags={"dagster/root_run_id": run_id},
            )
        ended = history.run(self.home, again)
        assert ended is not None
        return ended

    def published_people(self) -> int:
        with duckdb.connect(str(paths.published_folder(self.home) / "mops.duckdb"), read_only=True) as connection:
            return len(connection.execute("from marts.customers").fetchall())

    def published_lateness(self) -> list[tuple]:
        """What the last run published of how late sources are."""
        with duckdb.connect(str(paths.published_folder(self.home) / "mops.duckdb"), read_only=True) as connection:
            return connection.execute(
                "select source, severity, passed from marts.check_results"
                " where check_name = 'loaded_recently' and run_id = (select run_id from marts.version)"
            ).fetchall()

    def materialized(self, run_id: str) -> set[str]:
        """The assets that Dagster holds for freshly made by a run."""
        with dagster_instance.of(self.home) as instance:
            logs = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
            return {event.asset_key.to_user_string() for log in logs if (event := log.get_dagster_event()).asset_key}

    def told_of_sources(self, run_id: str) -> tuple[bool, str | None, dict]:
        """What the run's last check says: whether it passed, its sentence, its metadata."""
        with dagster_instance.of(self.home) as instance:
            logs = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
            checks = [log.get_dagster_event().asset_check_evaluation_data for log in logs]
        (told,) = [each for each in checks if each.check_name == "every_source_loaded"]
        return told.passed, told.description, {name: value.value for name, value in told.metadata.items()}


def declared(layer: str) -> list[DeclaredCheck]:
    return [DeclaredCheck("adds_up", layer, None, CHECKED[layer], "critical", "It adds up.")]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A home with a project of its own."""
    project, home = tmp_path / "project", tmp_path / "o'brien's home"
    for name, text in PROJECT.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    home.mkdir()
    (home / "mops.yaml").write_text(MOPS_YAML)
    made = World(home)
    monkeypatch.setattr(registry, "DBT_PROJECT", project)
    monkeypatch.setattr(loading, "load_source", made.load)
    monkeypatch.setattr(load_asset, "declared_checks", lambda *_: [])
    for module in (gates, loading):
        monkeypatch.setattr(module, "run_gate", made.gate)
    monkeypatch.setattr(gates, "declared_checks", declared)
    yield made


def test_a_run_publishes_what_passed(world: World) -> None:
    run = world.run()

    assert (run["status"], run["error"]) == ("succeeded", None)
    assert run["version"] == publication.current_version(world.home)
    assert world.published_people() == 1
    made = world.materialized(run["run_id"])
    assert {"hubspot/contacts", "intermediate/int_people", "marts/customers", "published/mops"} <= made
    checks = rows(world.home, "from check_results where layer = 'intermediate'")
    assert {each["check_name"]: (each["passed"], each["severity"]) for each in checks} == {
        "unique_int_people_email": (True, "critical"),
        "not_null_int_people_email": (True, "warning"),
        "adds_up": (True, "critical"),
    }


def test_with_a_source_down_the_rest_is_published_and_the_run_fails(world: World) -> None:
    world.run()
    world.down, world.emails = {"mailchimp"}, ["ada@example.com", "bob@example.com"]
    run = world.run()

    assert (run["status"], run["error"]) == ("failed", "sources that could not be loaded: mailchimp")
    assert world.published_people() == 2
    manifest = json.loads((paths.published_folder(world.home) / "manifest.json").read_text())
    assert manifest["stale_sources"] == ["mailchimp"]
    made = world.materialized(run["run_id"])
    assert {"hubspot/contacts", "marts/customers"} <= made
    assert not [key for key in made if key.startswith("mailchimp/")]

    reason = {"mailchimp": "503 Service Unavailable"}
    assert world.told_of_sources(run["run_id"]) == (False, run["error"], reason)

    asked_for = world.run("hubspot")
    assert asked_for["status"] == "succeeded"  # nobody asked for the other one
    assert world.told_of_sources(asked_for["run_id"]) == (True, None, {})


def test_to_repeat_what_failed_does_not_make_good_a_source_that_the_marts_do_not_show(world: World) -> None:
    world.run()
    world.down = {"mailchimp"}
    failed = world.run()
    published = dg.AssetSelection.assets(PUBLISHED)
    assert world.repeat(failed["run_id"], published)["error"] == failed["error"]

    world.down = set()
    again = world.repeat(failed["run_id"], dg.AssetSelection.groups("mailchimp") | published)
    assert again["error"] == "loaded after the models were built, which are to be built again: mailchimp"
    manifest = publication.current_manifest(world.home)
    assert manifest is not None
    assert manifest["stale_sources"] == ["mailchimp"]

    assert world.repeat(failed["run_id"], dg.AssetSelection.all())["status"] == "succeeded"
    manifest = publication.current_manifest(world.home)
    assert manifest is not None
    assert manifest["stale_sources"] == []


@pytest.mark.parametrize("selected", [("hubspot", "mailchimp"), ("hubspot",)])
def test_a_source_that_a_run_did_not_load_is_late_once_its_last_good_load_is_old(
    world: World, selected: tuple[str, ...]
) -> None:
    world.run()
    assert world.published_lateness() == []
    world.down = {"mailchimp"}
    world.run(*selected)
    assert world.published_lateness() == [("mailchimp", "warning", True)]
    with writing(world.home) as connection:
        connection.execute("update loads set loaded_at = loaded_at - interval 2 days")
    world.run(*selected)
    assert world.published_lateness() == [("mailchimp", "warning", False)]


@pytest.mark.parametrize("layer", ["intermediate", "marts"])
def test_a_gate_that_refuses_leaves_the_old_version_in_place(world: World, layer: str) -> None:
    old = world.run()["version"]
    world.refusing, world.emails = {layer}, ["ada@example.com", "bob@example.com"]
    run = world.run()

    assert run["status"] == "failed"
    assert "adds_up on" in run["error"]
    assert publication.current_version(world.home) == old
    assert world.published_people() == 1

    refused = history.run(world.home, execution.publish(world.home, "mops publish"))
    assert refused is not None
    assert "did not pass their gates" in refused["error"]
    assert publication.current_version(world.home) == old


def test_marts_of_refused_entities_are_not_published_by_a_run_of_the_marts_alone(world: World) -> None:
    old = world.run()["version"]
    world.refusing = {"intermediate"}
    refused = world.run()
    world.refusing = set()
    marts = dg.AssetSelection.groups("marts") | dg.AssetSelection.assets(PUBLISHED)
    later = history.run(world.home, execution._execute(world.home, "in the UI", marts, {}, "2026-07-31"))

    assert later is not None
    assert f"did not pass their gate in run {refused['run_id']}" in later["error"]
    assert publication.current_version(world.home) == old

    world.run()
    execution._execute(world.home, "in the UI", marts, {}, "2026-07-31")
    manifest = publication.current_manifest(world.home)
    assert manifest is not None
    assert manifest["version"] > old
    assert manifest["as_of"].startswith("2026-06-30"), "nothing later is in the entities"


def test_a_data_test_that_fails_blocks_and_shows_no_personal_data(world: World) -> None:
    world.emails = ["ada@example.com", "ada@example.com"]
    run = world.run()

    assert run["error"] == "dbt failed at unique_int_people_email"
    assert "Failure in test unique_int_people_email" in (paths.dbt_folder(world.home) / "logs/dbt.log").read_text()
    assert publication.current_version(world.home) is None
    (failed,) = history.failed_checks(world.home, run["run_id"])
    assert (failed["layer"], failed["table_name"], failed["observed"]) == ("intermediate", "int_people", "1 rows")
    (key,) = json.loads(failed["failing_keys"])
    assert key.startswith("email=")
    assert "ada" not in str(failed)


def test_publishing_again_makes_a_version_of_the_same_run(world: World) -> None:
    run = world.run()
    again = history.run(world.home, execution.publish(world.home, "mops publish"))

    assert again is not None
    assert again["status"] == "succeeded"
    manifest = publication.current_manifest(world.home)
    assert manifest is not None
    assert manifest["version"] > run["version"]
    assert manifest["run_id"] == run["run_id"]


def test_a_mart_that_was_never_built_is_named_and_nothing_is_published(world: World) -> None:
    old = world.run()["version"]
    with duckdb.connect(str(paths.warehouse_file(world.home))) as warehouse:
        warehouse.execute("drop table marts.customers")
    refused = history.run(world.home, execution.publish(world.home, "mops publish"))
    assert refused is not None
    assert "the warehouse does not have customers" in refused["error"]
    assert publication.current_version(world.home) == old
    assert publication.versions(world.home) == [old]


def test_a_run_says_which_tables_of_models_that_are_gone_it_drops(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.run()
    with duckdb.connect(str(paths.warehouse_file(world.home))) as warehouse:
        warehouse.execute("create table marts.renamed as select 1 as answer")
    with caplog.at_level("INFO", "orchestration.dbt_project"):
        assert world.run()["status"] == "succeeded"
    assert sum("dropped marts.renamed, which no model makes" in message for message in caplog.messages) == 1
    with duckdb.connect(str(paths.warehouse_file(world.home)), read_only=True) as warehouse:
        tables = warehouse.execute("select table_name from duckdb_tables() order by all").fetchall()
    assert tables == [("customers",), ("int_people",)]
