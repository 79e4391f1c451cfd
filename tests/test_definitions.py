"""The graph as Dagster loads it, from this repository's own sources, models and suites."""

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph
from dagster._core.execution.api import create_execution_plan

from ingestion import registry
from ingestion.settings import Settings, load
from orchestration import dbt_project
from orchestration.definitions import build_definitions
from orchestration.schedules import build_freshness

MOPS_YAML = """
time_zone: Europe/Berlin
schedule: 0 5 * * *
sources:
  hubspot: {}
  mailchimp: {}
  ga4: {schedule: 30 6 * * 1-5}
  files:
    - {as: leads, path: leads.csv, columns: {lead_id: id, created_at: at}}
"""


# What the one entry of files has no part in; companies come of leads and deals.
NOT_READ = {
    "base_files__agency_costs", "base_files__email_events", "base_files__fx_rates", "base_files__orders",
    "base_files__products", "base_files__sessions", "base_files__spend", "base_files__spread_costs",
    "base_files__tickets", "base_files__time_entries", "base_files__tool_costs", "base_files__touches",
    "stg_files__deals", "stg_files__email_events", "stg_files__fx_rates", "stg_files__orders", "stg_files__products",
    "stg_files__sessions", "stg_files__spend", "stg_files__tickets", "stg_files__time_entries", "stg_files__touches",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is configured and never ran."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "mops.yaml").write_text(MOPS_YAML)
    return folder


@pytest.fixture(scope="module")
def definitions(home: Path) -> dg.Definitions:
    return build_definitions(home)


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


def test_no_asset_is_a_phantom_that_only_a_dependency_or_a_check_names(graph: AssetGraph) -> None:
    assert graph.unexecutable_asset_keys == set()


def test_every_asset_has_a_group_an_owner_a_kind_and_a_description(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name != "default", key
        assert node.owners, key
        assert node.kinds, key
        assert node.description, key


def test_every_data_test_of_dbt_is_a_check(home: Path, graph: AssetGraph) -> None:
    nodes = dbt_project.read().manifest["nodes"].values()
    unconfigured = [["staging", name] for name in registry.source_names() if name not in load(home).configured()]
    idle = {f"model.mops.{name}" for name in NOT_READ}
    tests = {
        node["name"]
        for node in nodes
        if node["resource_type"] == "test"
        and node["fqn"][1:3] not in unconfigured
        and idle.isdisjoint(node["depends_on"]["nodes"])
    }

    assert len(tests) > 100
    assert tests <= {key.name for key in graph.asset_check_keys}


def test_every_check_says_what_it_asks(graph: AssetGraph) -> None:
    said = {key.name: graph.get(key).description for key in graph.asset_check_keys}

    assert [name for name, description in said.items() if not description] == []
    samples = {
        "primary_key_channel_roi_month__channel__model": (
            "The key of a row is month, channel, model: no two rows share it, and no part of it is NULL."
        ),
        "unique_combination_budget_pacing_month__channel": "No two rows share month, channel; NULL counts as a value.",
        "accepted_range_funnel_stages_days_in_stage__0": (
            "Known values of days_in_stage lie between 0 and ∞, each included."
        ),
        "relationships_int_deals_resolved_person_id__person_id__ref_int_people_resolved_": (
            "Each known person_id is a person_id of int_people_resolved."
        ),
        "assert_each_person_is_in_exactly_one_stage": "Each person is in exactly one stage.",
    }
    assert {name: said[name] for name in samples} == samples


def test_a_mart_says_where_it_is_published(home: Path, graph: AssetGraph) -> None:
    (said,) = {graph.get(key).metadata["published in"] for key in graph.get_all_asset_keys() if key.path[0] == "marts"}

    assert said == home / "data" / "published" / "mops.duckdb"


def test_each_step_waits_for_the_gate_before_it(definitions: dg.Definitions) -> None:
    waits_for = create_execution_plan(definitions.resolve_job_def("run")).get_executable_step_deps()

    assert "load" in waits_for["intermediate_models"]
    assert "intermediate_gate" in waits_for["mart_models"]
    assert "marts_gate" in waits_for["published__mops"]


def test_files_feed_the_models_that_say_they_read_them(graph: AssetGraph) -> None:
    children = graph.get(dg.AssetKey(["files", "leads_1"])).child_keys

    assert dg.AssetKey(["staging", "base_files__leads"]) in children


def test_sources_that_load_at_one_time_share_a_schedule(definitions: dg.Definitions, graph: AssetGraph) -> None:
    schedules = {each.name: definitions.resolve_schedule_def(each.name) for each in definitions.schedules or ()}

    assert {name: each.cron_schedule for name, each in schedules.items()} == {
        "load_hubspot_mailchimp_files": "0 5 * * *",
        "load_ga4": "30 6 * * 1-5",
    }
    assert {each.execution_timezone for each in schedules.values()} == {"Europe/Berlin"}
    built = {"seeds", "staging", "intermediate", "marts", "published"}
    for name, each in schedules.items():
        layers = definitions.resolve_job_def(each.job_name).asset_layer
        loaded = {key.path[0] for key in layers.executable_asset_keys} - built
        assert name == "_".join(["load", *sorted(loaded, key=name.index)])
        # the rest is all there, with its checks
        assert {key for key in graph.get_all_asset_keys() if key.path[0] in built} <= layers.executable_asset_keys
        assert {key for key in graph.asset_check_keys if key.asset_key.path[0] in built} <= set(
            layers.asset_graph.asset_check_keys
        )


def test_a_source_is_late_by_its_own_schedule(graph: AssetGraph) -> None:
    hours = {
        table: graph.get(dg.AssetKey(table)).freshness_policy.fail_window.to_timedelta().total_seconds() / 3600
        for table in (("hubspot", "contacts"), ("ga4", "events"))
    }

    assert hours == {("hubspot", "contacts"): 48, ("ga4", "events"): 144}  # Friday to Monday, twice


@pytest.mark.parametrize(
    ("cron", "hours"),
    [
        ("0 * * * 1-5", 49),
        ("0 8-18 * * 1-5", 62),
        ("*/30 * * * *", 0.5),
        ("0 6,20 * * *", 14),
        ("0 5 * * 1", 168),
        ("0 6 1 * *", 31 * 24),
        ("0 * 1-7 * *", 24 * 24 + 1),  # the 7th at 23:00 to the 1st at 00:00
        ("0 0 1 1 *", 365 * 24),
    ],
)
def test_the_longest_wait_is_that_over_a_weekend_or_month(cron: str, hours: float) -> None:
    settings = Settings.model_validate({"schedule": cron, "sources": {"hubspot": {}}})
    (policy,) = build_freshness(settings).values()
    assert policy.fail_window.to_timedelta() == 2 * timedelta(hours=hours)


def test_without_mops_yaml_the_graph_can_be_looked_at(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    definitions = build_definitions(tmp_path)

    assert "There is no mops.yaml" in caplog.text
    assert not definitions.schedules
    layers = {key.path[0] for key in definitions.resolve_asset_graph().get_all_asset_keys()}
    assert layers == {"seeds", "staging", "intermediate", "marts", "published"}


def test_what_is_not_configured_is_not_in_the_graph(graph: AssetGraph) -> None:
    keys = graph.get_all_asset_keys()
    named = {source for source in registry.source_names() for key in keys if source in key.to_user_string()}

    assert named == {"hubspot", "mailchimp", "ga4", "files"}


def test_of_files_only_what_an_entry_feeds_is_in_the_graph(graph: AssetGraph) -> None:
    staged = {key.path[-1] for key in graph.get_all_asset_keys() if "_files__" in key.path[-1]}

    entities = {"people", "companies", "stage_events", "identity_links", "quarantine"}
    assert staged == {"base_files__leads", "base_files__deals", *(f"stg_files__{entity}" for entity in entities)}
