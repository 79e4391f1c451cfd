"""mops.yaml: what it means, and how mistakes in it are told; the key; the profile that dbt gets."""

import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml
from dagster._utils.schedules import is_valid_cron_schedule

from ingestion import credentials, installation_key, profiles, registry
from ingestion import home as paths
from ingestion.canonical_inputs import canonical_inputs
from ingestion.settings import SettingsError, load, parse_as_of, write_tables
from ingestion.settings.strict import Strict

WHOLE = """\
home_currency: EUR
time_zone: Europe/Berlin
as_of: 2026-06-30
gross_margin_rate: {basic: 0.8, plus: 0.6}
lead_definitions:
  - {version: 1, valid_from: 2024-01-01, mql: [mql], sql: [sql]}
  - {version: 2, valid_from: 2025-01-01, mql: [mql, hand_raiser], sql: [sql]}
channel_mapping: {fair: Referral}
campaign_mapping:
  google_ads: {"Brand | DE": brand}
cost_rates:
  - {person: Ana, hourly_rate: 45.5, currency: EUR, valid_from: 2024-01-01}
sources:
  hubspot:
    base_url: https://api.hubapi.com
    start_date: 2024-01-01
    schedule: 0 5 * * *
    credentials: {access_token: HUBSPOT_TOKEN}
  files:
    - {as: leads, path: leads.csv, constants: {created_at: 2026-01-01}}
"""
TEST = "{channel: Display, start: 2025-03-03, end: 2025-04-27, outcome: 21000, standard_error: 4200}"
BUDGET = "{month: 2026-07, channel: Paid Search, amount: 12000}"

at = datetime.fromisoformat


def home_with(folder: Path, text: str) -> Path:
    (folder / "mops.yaml").write_text(text, encoding="utf-8")
    return folder


def settings_rows(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(paths.raw_file(home, "settings")), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_whole_file_is_read(tmp_path):
    settings = load(home_with(tmp_path, WHOLE))
    assert settings.configured() == ["hubspot", "files"]
    assert settings.source("hubspot").schedule == "0 5 * * *"
    assert settings.source("mailchimp").credentials == {}
    assert settings.sources.files[0].constants == {"created_at": "2026-01-01"}
    assert settings.as_of_or(at("2020-01-01")) == parse_as_of("2026-06-30", "Europe/Berlin")


def test_a_source_whose_word_does_not_count_is_not_among_the_counted(tmp_path):
    text = WHOLE.replace("sources:\n", "sources_of: {deals: [hubspot]}\nsources:\n")
    write_tables(load(home_with(tmp_path, text)), tmp_path, "run", at("2026-06-30"))
    counted = "select source from raw.counted_sources where entity = '{}' order by source"
    assert settings_rows(tmp_path, counted.format("deals")) == [("hubspot",)]
    assert settings_rows(tmp_path, counted.format("people")) == [("files",), ("hubspot",)]
    assert settings_rows(tmp_path, counted.format("quarantine")) == [("files",), ("hubspot",)]


def test_files_counts_for_what_its_entries_feed(tmp_path):
    write_tables(load(home_with(tmp_path, WHOLE)), tmp_path, "run", at("2026-06-30"))
    fed = settings_rows(tmp_path, "select entity from raw.counted_sources where source = 'files' order by entity")
    assert fed == [("companies",), ("identity_links",), ("people",), ("quarantine",), ("stage_events",)]
    assert settings_rows(tmp_path, "from raw.inputs_read") == [("leads",)]


def test_trust_goes_to_the_named_sources_then_to_crms_then_to_the_others(tmp_path):
    text = WHOLE.replace("sources:\n", "trusted_sources: [mailchimp, salesforce]\nsources:\n")
    write_tables(load(home_with(tmp_path, text)), tmp_path, "run", at("2026-06-30"))
    trusted = dict(settings_rows(tmp_path, "select source, trust_rank from raw.trusted_sources"))
    ranks = [trusted[source] for source in ("mailchimp", "salesforce", "hubspot", "files", "klaviyo")]
    assert ranks == [1, 2, 3, 3, 4]


def test_a_veto_names_addresses_and_ids_as_the_models_do(tmp_path):
    text = WHOLE.replace("sources:\n", "identity_vetoes: [[Ann@x.test, hubspot:101]]\nsources:\n")
    write_tables(load(home_with(tmp_path, text)), tmp_path, "run", at("2026-06-30"))
    vetoes = settings_rows(tmp_path, "select veto_id, identity, other_identity from raw.identity_vetoes")
    assert vetoes == [(1, "email:ann@x.test", "source_id:hubspot:101")]


def test_an_empty_file_has_defaults(tmp_path):
    settings = load(home_with(tmp_path, ""))
    assert (settings.revenue_from, settings.lookback_days, settings.configured()) == ("deals", 90, [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("home_currency: EUR", "home_curency: EUR", "line 1: home_curency: unknown key; did you mean home_currency?"),
        (
            "home_currency: EUR",
            "home_currency: Euro",
            "line 1: home_currency: must be a currency's three letters (EUR)",
        ),
        ("home_currency: EUR", "home_currency:", "line 1: home_currency: has no value; give one, or leave the key out"),
        ("Europe/Berlin", "Berlin", "line 2: time_zone: Berlin is no time zone"),
        ("Europe/Berlin", "2026-13-45", "line 2: time_zone: 2026-13-45 is no time zone"),
        ("as_of: 2026-06-30", "as_of: 30.6.2026", "line 3: as_of: 30.6.2026 is neither a date"),
        ("as_of: 2026-06-30", "as_of: 2026-13-45", "line 3: as_of: 2026-13-45 is neither a date"),
        ("as_of: 2026-06-30", "as_of: 2026-06-30 25:00:00", "line 3: as_of: 2026-06-30 25:00:00 is neither a date"),
        ("as_of: 2026-06-30", "as_of: 0001-01-01 00:30:00", "as_of: 0001-01-01T00:30:00 is neither a date"),
        ("plus: 0.6", "plus: 60", "line 4: gross_margin_rate.plus: must be 1 or less"),
        ("{basic: 0.8, plus: 0.6}", "1.5", "line 4: gross_margin_rate: must be 1 or less"),
        ("basic: 0.8", "? [basic]\n  : 0.8", "line 4: a key must be text"),
        ("valid_from: 2025-01-01", "valid_from: 2024-01-01", "line 5: lead_definitions: two have the same valid_from"),
        ("fair: Referral", "fair: Referal", "line 8: channel_mapping.fair: unknown; did you mean Referral?"),
        (
            "  google_ads:",
            "  gogle_ads:",
            "line 10: campaign_mapping.gogle_ads: unknown source; did you mean google_ads?",
        ),
        ("rate: 45.5", "rate: 1e999", "line 12: cost_rates.0.hourly_rate: must be less than 10000000000000000"),
        ("person: Ana, ", "", "line 12: cost_rates.0.person: is missing"),
        ("  hubspot:", "  hubspt:", "line 14: sources.hubspt: unknown source; did you mean hubspot?"),
        ("base_url: https", "base_url: ftp", "line 15: sources.hubspot.base_url: must be an address that begins"),
        ("start_date: 2024-01-01", "start_date: soon", "line 16: sources.hubspot.start_date: must be a date (2026-06"),
        ("start_date: 2024-01-01", "start_date: 2030-99-99", "line 16: sources.hubspot.start_date: must be a date"),
        ("schedule: 0 5 * * *", "schedule: 61 5 * * *", "line 17: sources.hubspot.schedule: 61 5 * * * is no schedule"),
        ("access_token: H", "token: H", "line 18: sources.hubspot.credentials.token: "),
        ("as: leads", "as: goals", "line 20: sources.files.0.as: goals can't be read yet"),
        ("as: leads", "as: lead", "line 20: sources.files.0.as: lead is no canonical input; did you mean leads?"),
        ("path: leads.csv, ", "", "line 20: sources.files.0: needs either path or sql"),
        ("{created_at:", "{create_at:", "constants.create_at: leads has no such column; did you mean created_at?"),
        ("sources:", "sources_of: {deal: [hubspot]}\nsources:", "no source feeds deal; did you mean"),
        (
            "sources:",
            "sources_of: {deals: [ga4]}\nsources:",
            "ga4 is no configured source of deals",
        ),
        ("sources:", "trusted_sources: [hubspt]\nsources:", "trusted_sources.0: unknown source; did you mean hubspot?"),
        ("sources:", "identity_vetoes: [[ann, bob]]\nsources:", "identity_vetoes.0.0: must be an address or source:id"),
        ("sources:", "identity_vetoes: [[a@x.test]]\nsources:", "line 13: identity_vetoes.0.1: is missing"),
        ("sources:", "planning: {target_cac: 0}\nsources:", "planning.target_cac: must be more than 0"),
        ("sources:", "planning: {outcome: leads}\nsources:", "planning.outcome: unknown; there are: revenue, "),
        ("sources:", "planning: {bounds: {Display: []}}\nsources:", "line 13: planning.bounds.Display.0: is missing"),
        ("sources:", "planning: {bounds: {Display: [9, 5]}}\nsources:", "the least for Display is above the most"),
        ("sources:", f"experiments: [{TEST.replace('04-27', '02-27')}]\nsources:", "0: ends before it starts"),
        ("sources:", f"experiments: [{TEST.replace('4200', '0')}]\nsources:", "experiments.0.standard_error: "),
        ("sources:", f"budgets: [{BUDGET.replace('07', '07-02')}]\nsources:", "2026-07-02 is no month"),
        ("sources:", f"budgets: [{BUDGET}, {BUDGET}]\nsources:", "budgets: two are of the same month and channel"),
        ("as_of:", "time_zone: UTC\nas_of:", "line 3: the key time_zone is there twice"),
        ("{fair:", "{fair: [", "line 8: not valid YAML"),
        ("{fair: Referral}", "&itself {fair: *itself}", "what is in it holds itself"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, old, new, message):
    assert old in WHOLE
    with pytest.raises(SettingsError) as raised:
        load(home_with(tmp_path, WHOLE.replace(old, new, 1)))
    assert message in str(raised.value)


def test_a_value_with_a_choice_of_forms_is_one_mistake(tmp_path):
    for told in ("1.5", "{basic: 1.5}", "[1]"):
        with pytest.raises(SettingsError) as raised:
            load(home_with(tmp_path, f"gross_margin_rate: {told}\n"))
        assert len(str(raised.value).splitlines()) == 1


CRONS = ["0 5 * * *", "@daily", "*/15 8-18 * * mon-fri", "0 5 29 2 *"]
NO_CRONS = ["daily", "@foo", "a b c d e", "61 5 * * *", "0 5 * * 9", "0 5 30 2 *", "0 5 * * * *", "@reboot"]


@pytest.mark.parametrize("cron", [*CRONS, *NO_CRONS])
def test_a_schedule_is_what_dagster_takes_for_one(tmp_path, cron):
    home = home_with(tmp_path, f"schedule: '{cron}'\n")
    assert is_valid_cron_schedule(cron) == (cron in CRONS)
    if cron in CRONS:
        assert load(home).schedule == cron
    else:
        with pytest.raises(SettingsError, match="line 1: schedule: .* is no schedule"):
            load(home)


def test_a_source_may_have_nothing_to_say(tmp_path):
    settings = load(home_with(tmp_path, "planning:\nsources:\n  hubspot:\n"))
    assert settings.configured() == ["hubspot"]


def test_a_home_without_mops_yaml_says_so(tmp_path):
    with pytest.raises(SettingsError, match="no mops.yaml"):
        load(tmp_path)


def test_a_secret_in_mops_yaml_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(SettingsError, match="line 18") as raised:
        load(home_with(tmp_path, WHOLE.replace("HUBSPOT_TOKEN", "pat-eu1-5ecret")))
    assert "5ecret" not in str(raised.value)


def test_a_credential_comes_from_the_environment_or_is_named_as_missing(tmp_path, monkeypatch):
    settings = load(home_with(tmp_path, WHOLE))
    monkeypatch.delenv("HUBSPOT_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="sources.hubspot.credentials.access_token: .*HUBSPOT_TOKEN"):
        credentials.resolve("hubspot", settings)
    monkeypatch.setenv("HUBSPOT_TOKEN", "given")
    assert credentials.resolve("hubspot", settings) == {"access_token": "given"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", at("2026-06-30T21:59:59.999999")),
        ("2026-01-15", at("2026-01-15T22:59:59.999999")),
        ("2026-06-30T12:00:00", at("2026-06-30T10:00:00")),
        ("2026-06-30T12:00:00Z", at("2026-06-30T12:00:00")),
    ],
)
def test_a_date_means_the_end_of_that_day_at_home(text, expected):
    assert parse_as_of(text, "Europe/Berlin") == expected


def test_the_settings_become_a_raw_file_replaced_as_a_whole(tmp_path):
    settings = load(home_with(tmp_path, WHOLE))
    write_tables(settings, tmp_path, "first", at("2026-01-01T00:00:00"))
    write_tables(settings, tmp_path, "second", at("2026-06-30T12:00:00"))
    assert settings_rows(tmp_path, "from raw.run") == [
        ("second", at("2026-06-30T12:00:00"), "EUR", "Europe/Berlin", "deals", 90, None)
    ]
    assert settings_rows(tmp_path, "select stage, source_stage from raw.lead_definitions where version = '2'") == [
        ("mql", "mql"),
        ("mql", "hand_raiser"),
        ("sql", "sql"),
    ]
    assert settings_rows(tmp_path, "from raw.campaign_mapping") == [("google_ads", "Brand | DE", "brand")]
    assert settings_rows(tmp_path, "select product_id, rate from raw.margin_rates") == [("basic", 0.8), ("plus", 0.6)]
    assert [path.name for path in paths.raw_file(tmp_path, "x").parent.iterdir()] == ["settings.duckdb"]


def test_what_the_planner_is_told_becomes_tables(tmp_path):
    told = "planning: {horizon: 8, bounds: {Display: [5, 9.5]}, target_cac: 400}\n"
    told += f"experiments: [{TEST}]\nbudgets: [{BUDGET}]\n"
    write_tables(load(home_with(tmp_path, told)), tmp_path, "run", at("2026-06-30T12:00:00"))
    assert settings_rows(tmp_path, "from raw.planning") == [("revenue", 8, 400)]
    assert settings_rows(tmp_path, "from raw.budget_bounds") == [("Display", 5, Decimal("9.5"))]
    assert settings_rows(tmp_path, "from raw.experiments") == [
        ("Display", date(2025, 3, 3), date(2025, 4, 27), 21000, 4200)
    ]
    assert settings_rows(tmp_path, "from raw.budgets") == [(date(2026, 7, 1), "Paid Search", 12000)]


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("MOPS_KEY", raising=False)
    key = installation_key.read_or_create(tmp_path)
    assert len(key) == 64
    assert installation_key.read_or_create(tmp_path) == key
    assert stat.S_IMODE((tmp_path / ".mops_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [".mops_key"]
    monkeypatch.setenv("MOPS_KEY", "given by somebody")
    assert installation_key.read_or_create(tmp_path) == "given by somebody"


@pytest.mark.parametrize("key", ["", "\n", "short"])
def test_what_is_no_key_is_a_mistake_wherever_it_stands(tmp_path, monkeypatch, key):
    monkeypatch.setenv("MOPS_KEY", key)
    with pytest.raises(SettingsError, match="MOPS_KEY holds no key"):
        installation_key.read_or_create(tmp_path)
    monkeypatch.delenv("MOPS_KEY")
    (tmp_path / ".mops_key").write_text(key)
    with pytest.raises(SettingsError, match="mops_key holds no key"):
        installation_key.read_or_create(tmp_path)


def test_a_key_that_was_lost_is_not_replaced_for_it_would_name_everybody_anew(tmp_path, monkeypatch, small_project):
    monkeypatch.delenv("MOPS_KEY", raising=False)
    folder = paths.dbt_folder(tmp_path)
    command = [sys.executable, "-m", "dbt.cli.main", "run", "--select", "hashed", "--profiles-dir", str(folder)]
    command += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    assert subprocess.run(command, cwd=small_project).returncode == 0  # the first to need a key makes it
    (tmp_path / ".mops_key").unlink()
    with pytest.raises(SettingsError, match="the installation's key is gone"):
        installation_key.read_or_create(tmp_path)
    assert subprocess.run(command, cwd=small_project).returncode != 0
    assert not (tmp_path / ".mops_key").exists()
    monkeypatch.setenv("MOPS_KEY", "brought back")
    assert installation_key.read_or_create(tmp_path) == "brought back"
    monkeypatch.delenv("MOPS_KEY")
    paths.warehouse_file(tmp_path).unlink()
    assert len(installation_key.read_or_create(tmp_path)) == 64


def test_processes_that_start_together_get_the_same_key(tmp_path, monkeypatch):
    monkeypatch.delenv("MOPS_KEY", raising=False)
    code = "import pathlib, sys; from ingestion.installation_key import read_or_create"
    code += "; print(read_or_create(pathlib.Path(sys.argv[1])))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=registry.REPOSITORY)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_the_profile_attaches_every_source_and_the_settings_read_only(tmp_path, monkeypatch):
    (tmp_path / "project").mkdir()
    shutil.copy(registry.DBT_PROJECT / "dbt_project.yml", tmp_path / "project")
    monkeypatch.setattr(registry, "DBT_PROJECT", tmp_path / "project")
    folder = profiles.write_profiles(tmp_path)
    output = yaml.safe_load((folder / "profiles.yml").read_text())["mops"]["outputs"]["duckdb"]
    assert {each["alias"] for each in output["attach"]} == {*registry.entities(), "settings"}
    assert all(each["read_only"] for each in output["attach"])
    assert output["settings"] == {"TimeZone": "UTC"}


MODEL = "select sha256(getvariable('mops_key')) as digest"


@pytest.fixture
def small_project(tmp_path, monkeypatch):
    """A dbt project of three models on the profile of a home that has only its settings."""
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text("name: small\nversion: '1.0'\nprofile: mops\n")
    (project / "models" / "hashed.sql").write_text(MODEL)
    (project / "models" / "also_hashed.sql").write_text("{{ config(materialized='table') }}" + MODEL)
    (project / "models" / "failing.sql").write_text(
        "{{ config(materialized='table') }} select cast(digest as int) as digest from {{ ref('hashed') }}"
    )
    write_tables(load(home_with(tmp_path, "")), tmp_path, "run", at("2026-01-01T00:00:00"))
    monkeypatch.setattr(registry, "DBT_PROJECT", project)
    monkeypatch.setattr(registry, "source_names", list)
    profiles.write_profiles(tmp_path)
    return project


def test_models_have_the_key_and_nothing_that_dbt_writes_has_it(tmp_path, small_project):
    folder = paths.dbt_folder(tmp_path)
    command = [sys.executable, "-m", "dbt.cli.main", "--log-level", "debug", "run", "--profiles-dir", str(folder)]
    command += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    environment = os.environ | {"MOPS_KEY": "a-telling-key"}
    done = subprocess.run(command, cwd=small_project, env=environment, capture_output=True, text=True)
    assert "Done. PASS=2 WARN=0 ERROR=1" in done.stdout
    with duckdb.connect(str(paths.warehouse_file(tmp_path)), read_only=True) as connection:
        digest = connection.execute("select digest = sha256('a-telling-key') from also_hashed").fetchall()
    assert digest == [(True,)]
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in written if b"a-telling-key" in file.read_bytes()]
    assert "a-telling-key" not in done.stdout + done.stderr


def test_the_example_is_valid_and_shows_every_key(tmp_path):
    text = (registry.REPOSITORY / "mops.example.yaml").read_text(encoding="utf-8")
    load(home_with(tmp_path, text))
    words = set(re.findall(r"^[ #-]*(\w+):", text, re.MULTILINE)) | set(re.findall(r"[{,] ?(\w+):", text))
    for part in Strict.__subclasses__():
        assert {field.alias or name for name, field in part.model_fields.items()} <= words, part.__name__


@pytest.mark.parametrize("name", ["olist", "hillstrom"])
def test_the_examples_are_valid(tmp_path, name):
    text = (registry.REPOSITORY / "docs" / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    assert load(home_with(tmp_path, text)).configured() == ["files"]


def test_the_page_on_files_has_every_column_of_every_input():
    page = (registry.REPOSITORY / "docs" / "sources" / "files.md").read_text(encoding="utf-8")
    for name, declared in canonical_inputs().items():
        columns = [f"**{column}**" if column in declared.required else column for column in declared.columns]
        assert f"| {name} | {', '.join(declared.key) or '-'} | {', '.join(columns)} |" in page


def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path):
    (tmp_path / "mops.yaml").write_bytes(b"home_currency: \xff\xfe")
    with pytest.raises(SettingsError, match="not in UTF-8"):
        load(tmp_path)
