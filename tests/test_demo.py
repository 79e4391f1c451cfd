"""The demo's home: its mops.yaml says whose it is, and configures what the sandbox serves."""

import re
import time

import pytest
import requests
import yaml

from ingestion import registry
from ingestion.settings import load
from orchestration.cli import demo_home
from orchestration.cli.demo_home import Demo
from orchestration.cli.demo_settings import SPINE, configuration
from orchestration.cli.mistakes import MistakeError
from sandbox import server

DEMOS = [
    Demo("tiny", 1, None),
    Demo("small", -2, "2026-06-30"),
    Demo("tiny", 1, None, all_sources=True),
    Demo("tiny", 1, "2026-06-30", all_sources=True),
]


@pytest.mark.parametrize("demo", DEMOS, ids=str)
def test_a_home_remembers_its_demo(demo, tmp_path):
    demo_home.prepare(tmp_path, demo)
    assert demo_home.of(tmp_path) == demo


def test_a_home_may_go_from_the_spine_to_all_sources_but_not_to_another_company(tmp_path):
    demo_home.prepare(tmp_path, Demo("tiny", 1, None))
    demo_home.prepare(tmp_path, Demo("tiny", 1, None, all_sources=True))
    with pytest.raises(MistakeError, match="holds the company of"):
        demo_home.prepare(tmp_path, Demo("tiny", 2, None, all_sources=True))


def test_commands_share_the_sandbox_where_mops_yaml_has_it_and_leave_an_edit_as_it_is(tmp_path):
    demo, file = Demo("tiny", 1, None), tmp_path / "mops.yaml"
    demo_home.prepare(tmp_path, demo)
    with demo_home.vendors(tmp_path):
        url = load(tmp_path).source("hubspot").base_url
        edited = file.read_text() + "budgets: [{month: 2026-07, channel: Display, amount: 12000}]\n"
        file.write_text(edited)
        demo_home.prepare(tmp_path, demo)
        with demo_home.vendors(tmp_path):
            assert file.read_text() == edited
        assert requests.get(url, timeout=10).status_code == 404  # answered still

    wait_until_gone(url)
    with demo_home.vendors(tmp_path):
        assert requests.get(url, timeout=10).status_code == 404
        assert file.read_text() == edited
    wait_until_gone(url)
    demo_home.prepare(tmp_path, Demo("tiny", 1, None, all_sources=True))
    assert "budgets" not in file.read_text()


def test_a_sandbox_of_another_home_is_no_vendor_of_this_one(tmp_path, facts):
    demo_home.prepare(tmp_path, Demo("tiny", 1, None))
    file, port = tmp_path / "mops.yaml", facts["url"].rsplit(":")[-1]
    file.write_text(re.sub(r"ports from \d+", f"ports from {port}", file.read_text()))
    with pytest.raises(MistakeError, match="is another program's"), demo_home.vendors(tmp_path):
        pass


def wait_until_gone(url):
    """The sandbox ends by itself, soon after its last user."""
    give_up_at = time.monotonic() + 60
    while time.monotonic() < give_up_at:
        try:
            requests.get(url, timeout=10)
        except requests.ConnectionError:
            return
        time.sleep(0.1)
    pytest.fail("the sandbox goes on")


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    with server.start("tiny", files=tmp_path_factory.mktemp("files")) as told:
        yield told


def configured(facts, names, home):
    settings, _ = configuration(facts, "tiny", names)
    (home / "mops.yaml").write_text(yaml.safe_dump(settings))
    return load(home)


def test_the_demo_configures_the_spine(facts, tmp_path):
    settings = configured(facts, SPINE, tmp_path)
    assert set(settings.configured()) == {*SPINE, "files"}
    assert (settings.sources_of, settings.cost_rates) == ({}, [])


def test_with_all_sources_it_configures_every_vendor_and_says_whose_word_counts(facts, tmp_path):
    settings = configured(facts, registry.source_names(), tmp_path)
    assert set(settings.configured()) == set(registry.source_names())
    for entity, (counted,) in settings.sources_of.items():
        assert {counted} < {name for name, feeds in registry.entities().items() if entity in feeds}
    assert settings.sources_of["sessions"] == ["ga4"]
    assert "K. Arndt" in {rate.person for rate in settings.cost_rates}
