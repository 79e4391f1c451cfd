"""The command line: mistakes are one sentence and exit code 2, help says what there is, answers come in three forms."""

import csv
import io
import json
import re
from pathlib import Path

import duckdb
import pytest
from company_home import Home

from orchestration.cli import app

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
SETTINGS = "sources:\n  hubspot:\n    credentials: {access_token: NOBODY_SET_THIS}\n"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def published(home):
    """A home in which something is published, as far as `mops query` can tell."""
    home.published.parent.mkdir(parents=True)
    with duckdb.connect(str(home.published)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.spent as select 'Paid, Search' as channel, 12.30::decimal(18, 2) as cost"
        )
        connection.execute("insert into marts.spent values (null, null)")
    return home


@pytest.mark.parametrize(
    ("settings", "arguments", "sentence"),
    [
        (None, ["run"], "There is no mops.yaml"),
        (None, ["query", "select 1"], "nothing is published"),
        (None, ["rollback"], "no earlier version"),
        (None, ["doctor"], "There is no mops.yaml"),
        ("home_curency: EUR\n", ["run"], "line 1"),
        (SETTINGS, ["run"], "NOBODY_SET_THIS"),
        (SETTINGS, ["run", "--select", "hubspott"], "hubspott is not among the sources"),
        (SETTINGS, ["run", "--from", "2026-13-01"], "2026-13-01 is no date"),
        (SETTINGS, ["run", "--from", "2026-02-02", "--to", "2026-02-01"], "is after"),
        (SETTINGS, ["run", "--as-of", "yesterday"], "yesterday is neither a date"),
        (SETTINGS, ["demo"], "is not the demo's"),
        (None, ["demo", "--size", "huge"], "huge is none of"),
    ],
)
def test_a_mistake_is_one_sentence(home, settings, arguments, sentence):
    if settings:
        (home.folder / "mops.yaml").write_text(settings)
    out, err = home.mops(*arguments, code=2)
    assert out == ""
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not (home.folder / "data" / "published").exists()


def test_answers_as_csv_and_as_json(published):
    out, _ = published.mops("query", "select * from spent order by channel", "--format", "csv")
    assert list(csv.reader(io.StringIO(out))) == [["channel", "cost"], ["Paid, Search", "12.30"], ["", ""]]
    out, _ = published.mops("query", "select * from marts.spent order by channel", "--format", "json")
    assert json.loads(out) == [{"channel": "Paid, Search", "cost": 12.3}, {"channel": None, "cost": None}]


def test_a_query_that_writes_or_makes_no_sense_is_refused(published):
    for statement in ("drop table marts.spent", "selec 1", "select * from nowhere"):
        _, err = published.mops("query", statement, code=2)
        assert len(err.splitlines()) == 1


def test_the_readme_names_every_command():
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert [name for name in commands if not re.search(rf"\b(mops|make) {name}\b", README)] == []
