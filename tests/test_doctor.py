"""The doctor: what is wrong with a source, told in a line with what to do, without a load and without a trace."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import yaml
from canned import serving
from company_home import Home
from starlette.responses import JSONResponse, Response

from ingestion import registry
from ingestion.doctor import examine
from ingestion.settings import load
from ingestion.sources import mailchimp
from orchestration.cli.demo_settings import configuration
from sandbox import server

NOBODY = "http://127.0.0.1:1"
AN_HOUR = timedelta(hours=1)


def written(folder, base_url=NOBODY, **more):
    """A home with one vendor, and one file that is not there."""
    files = [{"as": "leads", "path": "nowhere.csv"}]
    mailchimp = {"base_url": base_url, "credentials": {"api_key": "THE_KEY"}}
    settings = {"sources": {"mailchimp": mailchimp, "files": files}, **more}
    (folder / "mops.yaml").write_text(yaml.safe_dump(settings))
    return load(folder)


def quotes_a_record(pull):
    raise ValueError("no number: 'anna@example.com'")


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("THE_KEY", "secret-us21")


@pytest.mark.parametrize(
    ("answer", "problem", "cure"),
    [
        (
            JSONResponse({"title": "API Key Invalid"}, 401),
            "lists was refused: 401 API Key Invalid",
            "make new",
        ),
        (JSONResponse({"title": "Forbidden"}, 403), "403 Forbidden", "docs/sources/mailchimp.md"),
        (JSONResponse({"title": "Not Found"}, 404), "404 Not Found", "compare sources.mailchimp"),
        (Response(status_code=503, headers={"Retry-After": "200"}), "GET /3.0/lists failed: 503", "ask again later"),
    ],
)
def test_what_a_vendor_answers_says_what_to_do(key, tmp_path, answer, problem, cure):
    with serving(lambda request, body: answer) as url:
        found = examine("mailchimp", written(tmp_path, url), tmp_path)
    assert problem in found.problem and cure in found.cure
    assert "secret" not in f"{found}"
    assert not found.is_mistake


def test_a_vendor_that_cannot_be_reached_is_asked_once(key, tmp_path):
    found = examine("mailchimp", written(tmp_path), tmp_path)
    assert (found.problem, found.cure[:17]) == ("GET /3.0/lists failed: no connection", "check the network")


@pytest.mark.parametrize(("ahead", "told"), [(-AN_HOUR, "60 minutes ahead of"), (AN_HOUR, "59 minutes behind")])
def test_a_wrong_clock_is_told(key, tmp_path, ahead, told):
    headers = {"Date": format_datetime(datetime.now(UTC) + ahead, usegmt=True)}
    empty = {"lists": [], "campaigns": [], "reports": [], "total_items": 0}
    with serving(lambda request, body: JSONResponse(empty, headers=headers)) as url:
        found = examine("mailchimp", written(tmp_path, url), tmp_path)
    assert found.problem == f"this machine's clock is {told} the vendor's"


def test_what_is_missing_is_a_mistake(tmp_path):
    settings = written(tmp_path)
    for name, said in (("mailchimp", "THE_KEY"), ("files", "nowhere.csv")):
        found = examine(name, settings, tmp_path)
        assert found.is_mistake and said in found.problem


def test_what_nobody_foresaw_is_told_by_its_kind(key, tmp_path, monkeypatch):
    monkeypatch.setattr(mailchimp, "readers", quotes_a_record)
    found = examine("mailchimp", written(tmp_path), tmp_path)
    assert found.problem == "it could not be read: ValueError"
    assert not found.is_mistake


def test_exit_codes_and_a_line_for_each_source(tmp_path):
    home = Home(tmp_path)
    written(tmp_path)
    out, err = home.mops("doctor", code=2)
    assert [line.split()[:2] for line in out.splitlines()] == [["mailchimp", "FAILED"], ["files", "FAILED"]]
    assert len(err.splitlines()) == 1
    home.environment = {"THE_KEY": "secret-us21"}
    out, err = home.mops("doctor", code=1)
    assert "no connection" in out and "2 of 2 sources" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mops.yaml"]


def test_every_vendor_can_be_looked_at(tmp_path, monkeypatch):
    with server.start("tiny", files=tmp_path / "files") as facts:
        told, secrets = configuration(facts, "tiny", registry.source_names())
        (tmp_path / "mops.yaml").write_text(yaml.safe_dump(told))
        settings = load(tmp_path)
        for variable, secret in secrets.items():
            monkeypatch.setenv(variable, str(secret))
        problems = {name: examine(name, settings, tmp_path).problem for name in settings.configured()}
        assert {name: problem for name, problem in problems.items() if problem} == {}
        for variable, secret in secrets.items():
            if not variable.endswith("_URI"):
                monkeypatch.setenv(variable, f"wrong{secret}")
        asked = [name for name in settings.configured() if settings.source(name).credentials]
        found = {name: examine(name, settings, tmp_path) for name in asked}
    assert {name: each for name, each in found.items() if "credentials" not in each.cure} == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "mops.yaml"]
