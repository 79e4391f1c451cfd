"""`mops init` cuts a mops.yaml out of mops.example.yaml: valid, commented, and the user's own from then on."""

import os
import re
import subprocess
import sys

import pytest
from company_home import Home
from typer.testing import CliRunner

from ingestion import registry
from ingestion.settings import load
from orchestration.cli import app
from orchestration.cli.first_settings import first_settings, known_sources

EXAMPLE = (registry.REPOSITORY / "mops.example.yaml").read_text(encoding="utf-8")


def uncommented(text: str) -> set[str]:
    return {re.sub(r"^[ #]+", "", line) for line in text.splitlines()}


def test_the_example_shows_every_source() -> None:
    assert set(known_sources(EXAMPLE)) == set(registry.source_names())


@pytest.mark.parametrize("name", registry.source_names())
def test_each_source_has_a_page_and_a_row_in_the_readme(name):
    page = f"docs/sources/{name}.md"
    assert (registry.REPOSITORY / page).is_file()
    assert (registry.REPOSITORY / "README.md").read_text(encoding="utf-8").count(f"]({page}) |") == 1


@pytest.mark.parametrize("name", registry.source_names())
def test_the_settings_of_each_source_are_valid(name, tmp_path):
    (tmp_path / "mops.yaml").write_text(first_settings(EXAMPLE, [name], "CHF", "Europe/Zurich"))
    settings = load(tmp_path)
    assert (settings.home_currency, settings.time_zone) == ("CHF", "Europe/Zurich")
    assert settings.configured() == ([] if name == "files" else [name])


def test_with_every_source_nothing_of_the_example_is_lost(tmp_path):
    text = first_settings(EXAMPLE, registry.source_names(), "EUR", "Europe/Berlin")
    assert uncommented(text) == uncommented(EXAMPLE)
    (tmp_path / "mops.yaml").write_text(text)
    assert set(load(tmp_path).configured()) == set(registry.source_names()) - {"files"}


def test_it_writes_and_never_writes_over(tmp_path):
    home = Home(tmp_path)
    out, _ = home.mops("init", "--sources", "hubspot, harvest")
    assert "HUBSPOT_TOKEN" in out and "HARVEST_TOKEN" in out
    text = (tmp_path / "mops.yaml").read_text()
    assert load(tmp_path).configured() == ["hubspot", "harvest"]
    _, err = home.mops("init", "--sources", "ga4", code=2)
    assert "exists" in err and len(err.splitlines()) == 1
    assert (tmp_path / "mops.yaml").read_text() == text


def test_it_asks(tmp_path, monkeypatch):
    monkeypatch.setenv("MOPS_HOME", str(tmp_path))
    answered = CliRunner().invoke(app, ["init"], input="ga4 mailchimp\nUSD\nAmerica/New_York\n")
    assert answered.exit_code == 0, answered.output
    settings = load(tmp_path)
    assert (settings.configured(), settings.home_currency) == (["mailchimp", "ga4"], "USD")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--sources", "hubspott"], "no source called hubspott"),
        (["--sources", " , "], "at least one source"),
        (["--sources", "ga4", "--currency", "Euro"], "Euro is no currency"),
        (["--sources", "ga4", "--time-zone", "Berlin"], "Berlin is no time zone"),
        ([], "not everything was answered"),
    ],
)
def test_mistakes_leave_no_file(tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.setenv("MOPS_HOME", str(tmp_path))
    answered = CliRunner().invoke(app, ["init", *arguments], input="")
    assert sentence in str(answered.exception)
    assert not list(tmp_path.iterdir())


@pytest.mark.long
def test_plain_dbt_builds_afterwards(tmp_path):
    home = Home(tmp_path)
    home.mops("init", "--sources", "hubspot,files")
    dbt = [sys.executable, "-m", "dbt.cli.main", "build", "--quiet", "--target-path", str(tmp_path / "target")]
    built = subprocess.run(
        [*dbt, "--log-path", str(tmp_path / "logs")],
        cwd=registry.DBT_PROJECT,
        env={**os.environ, "MOPS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout[-3000:]
