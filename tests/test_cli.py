"""The command line: mistakes are one sentence and exit code 2, help says what there is, answers come in three forms."""

import csv
import errno
import io
import json
import os
import re
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from company_home import Home

from expectations.checks import CheckResult
from orchestration import cli, history
from orchestration.cli import app, looking, summary
from orchestration.cli.mistakes import MistakeError
from orchestration.damaged_files import DamagedFileError

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
ALERTS = "alerts: {slack: NOBODY_SET_THIS}\n"
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
        (ALERTS, ["run"], "alerts.slack: neither the environment nor dlt's secrets hold NOBODY_SET_THIS"),
        (ALERTS, ["doctor"], "alerts.slack: neither the environment"),
        ("# sources:\n", ["run"], "no source is configured"),
        ("# sources:\n", ["publish"], "no source is configured"),
        (SETTINGS, ["run", "--select", "hubspott"], "hubspott is not among the sources"),
        (SETTINGS, ["run", "--from", "2026-13-01"], "2026-13-01 is no date"),
        (SETTINGS, ["run", "--from", "2026-02-02", "--to", "2026-02-01"], "is after"),
        (SETTINGS, ["run", "--from", "2026-02-01", "--full-refresh"], "--full-refresh pulls everything anew"),
        (SETTINGS, ["run", "--from", "2099-01-01"], "--from 2099-01-01 is after the as-of"),
        (f"as_of: 2026-06-30\n{SETTINGS}", ["run", "--from", "2026-07-01"], "is after the as-of, 2026-06-30"),
        (SETTINGS, ["run", "--from", "2026-07-01", "--as-of", "2026-06-30"], "is after the as-of, 2026-06-30"),
        (SETTINGS, ["run", "--as-of", "yesterday"], "yesterday is neither a date"),
        (SETTINGS, ["demo"], "is not the demo's"),
        (None, ["demo", "--size", "huge"], "huge is none of"),
        (None, ["demo", "--as-of", "yesterday"], "--as-of: yesterday is neither a date"),
        (None, ["sandbox", "--as-of", "yesterday"], "--as-of: yesterday is neither a date"),
        (None, ["sandbox", "--port", "65530"], "the sandbox cannot start"),
        (None, ["demo", "--seed", "one"], "Invalid value for '--seed'"),
        (None, ["run", "--select"], "'--select' requires an argument"),
        (None, ["runn"], "No such command 'runn'"),
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


def test_json_has_whole_numbers_of_any_size_and_bytes_as_hexadecimals(published):
    sql = "select sum(n) as n, '\\xFF'::blob as b from (values (9223372036854775807), (1)) as numbers (n)"
    out, _ = published.mops("query", sql, "--format", "json")
    assert json.loads(out) == [{"n": 2**63, "b": "ff"}]


def test_a_query_that_writes_or_makes_no_sense_is_refused(published):
    file = published.folder / "stolen.csv"
    for statement in (
        "drop table marts.spent",
        "selec 1",
        "select * from nowhere",
        f"copy marts.spent to '{file}'",
        f"select 1; copy marts.spent to '{file}'",
    ):
        _, err = published.mops("query", statement, code=2)
        assert len(err.splitlines()) == 1
    assert not file.exists()


@pytest.mark.parametrize("sql", ["", "-- nothing", "set threads = 1"])
def test_a_query_that_asks_for_nothing_is_a_mistake(published, monkeypatch, sql):
    monkeypatch.setenv("MOPS_HOME", str(published.folder))
    with pytest.raises(MistakeError, match="gives no rows"):
        looking.query(sql)


def test_json_has_no_room_for_two_columns_of_one_name(published, monkeypatch, capsys):
    monkeypatch.setenv("MOPS_HOME", str(published.folder))
    with pytest.raises(MistakeError, match="several columns are called a;"):
        looking.query("select 1 as a, 2 as a, 3 as b", looking.Format.JSON)
    looking.query("select 1 as a, 2 as a, 3 as b", looking.Format.CSV)
    assert capsys.readouterr().out == "a,a,b\n1,2,3\n"


def test_status_shows_the_last_failure_until_a_later_run_succeeded(tmp_path, capsys):
    as_of = datetime.fromisoformat("2026-06-30")
    history.start_run(tmp_path, "r1", "a test", as_of)
    history.record_checks(tmp_path, "r1", [CheckResult("adds_up", "marts", None, "attribution", "critical", False)])
    history.end_run(tmp_path, "r1", "the gate refused")
    history.start_run(tmp_path, "r2", "a test", as_of)
    summary.of_home(tmp_path)
    out, err = capsys.readouterr()
    assert "the gate refused" in out and "succeeded" not in out
    assert "FAILED adds_up on marts.attribution" in err

    history.end_run(tmp_path, "r2", None)
    history.start_run(tmp_path, "r3", "a test", as_of)
    summary.of_home(tmp_path)
    out, err = capsys.readouterr()
    assert "runs since then succeeded" in out and err == ""


def test_what_others_wrote_is_shown_as_it_is(tmp_path, capsys):
    history.start_run(tmp_path, "r1", "a test", datetime.fromisoformat("2026-06-30"))
    history.end_run(tmp_path, "r1", "key ([order_id]) of [/b] :smile:")
    summary.of_home(tmp_path)
    assert "key ([order_id]) of [/b] :smile:" in capsys.readouterr().out


def test_settings_that_are_no_text_are_a_mistake(home):
    file = home.folder / "mops.yaml"
    file.write_bytes("# Größe\n".encode("latin-1"))
    for command in ("run", "doctor"):
        _, err = home.mops(command, code=2)
        assert err == "mops: mops.yaml is not in UTF-8\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_settings_that_may_not_be_read_are_a_mistake(home):
    file = home.folder / "mops.yaml"
    file.write_text(SETTINGS)
    file.chmod(0)
    _, err = home.mops("run", code=2)
    assert err == f"mops: {file}: Permission denied\n"


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "data/x"), 1, "mops: data/x: No space left on device\n"),
        (PermissionError(errno.EACCES, "Permission denied", "data/x"), 2, "mops: data/x: Permission denied\n"),
        (DamagedFileError("data/x is damaged"), 1, "mops: data/x is damaged\n"),
    ],
)
def test_a_fault_of_the_machine_is_one_sentence(monkeypatch, capsys, error, code, sentence):
    monkeypatch.setattr(cli, "app", Mock(side_effect=error))
    monkeypatch.setattr(cli.gc, "set_threshold", Mock())
    monkeypatch.setattr(cli.atexit, "register", Mock())
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, capsys.readouterr().err) == (code, sentence)


def test_the_readme_names_every_command():
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert [name for name in commands if not re.search(rf"\b(mops|make) {name}\b", README)] == []
