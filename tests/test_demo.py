"""The demo's home: its mops.yaml says whose it is, and configures what the sandbox serves."""

import pytest
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
