"""Alerts: a cause is told once, its end is told once, and neither tells of people or secrets."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.checks import CheckResult
from ingestion import home as paths
from ingestion.load import ensure_empty
from ingestion.settings import SettingsError, load
from orchestration import alerts, history, last_good
from orchestration.session import open_session

AS_OF = datetime.fromisoformat("2026-06-30")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What a webhook of the home was told."""
    heard: list[dict[str, Any]] = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Webhook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("ALERTS_URL", f"http://127.0.0.1:{server.server_port}/secret-path")
        (tmp_path / "mops.yaml").write_text("alerts: {webhook: ALERTS_URL}\n")
        yield heard
        server.shutdown()


def run(home: Path, run_id: str, error: str | None, checks: tuple[CheckResult, ...] = ()) -> None:
    """A run as far as alerts know of it."""
    history.start_run(home, run_id, "a test", AS_OF)
    history.record_checks(home, run_id, checks)
    history.end_run(home, run_id, error)
    alerts.tell(home)


def adding_up(passed: bool) -> CheckResult:
    return CheckResult("adds_up", "marts", None, "attribution", "critical", passed, failing_keys=["person_id=p1"])


def test_a_check_that_keeps_failing_is_told_once_and_its_recovery_once(tmp_path: Path, told: list) -> None:
    run(tmp_path, "r1", None, (adding_up(True),))
    assert told == []

    run(tmp_path, "r2", "the gate refused", (adding_up(False),))
    run(tmp_path, "r3", "the gate refused", (adding_up(False),))
    assert [each["failing"] for each in told] == [["check adds_up on marts.attribution"]]
    assert "p1" not in json.dumps(told)

    run(tmp_path, "r4", None, (adding_up(True),))
    run(tmp_path, "r5", None, (adding_up(True),))
    assert len(told) == 2
    assert told[1]["recovered"] == ["check adds_up on marts.attribution"]


def test_a_stale_source_is_one_cause_though_the_run_fails_for_it(tmp_path: Path, told: list) -> None:
    ensure_empty("mailchimp", tmp_path)
    last_good.begin(tmp_path, "mailchimp")
    last_good.put_back(tmp_path, "mailchimp", "503 Service Unavailable")
    run(tmp_path, "r1", history.NOT_LOADED + "mailchimp")

    assert told[0]["failing"] == ["source mailchimp"]
    assert "503 Service Unavailable" in told[0]["text"]

    last_good.accept(tmp_path, "mailchimp", "r2")
    run(tmp_path, "r2", None)
    assert told[1]["recovered"] == ["source mailchimp"]


def test_a_run_that_died_is_told_with_what_is_known_of_it(tmp_path: Path, told: list) -> None:
    history.start_run(tmp_path, "r1", "a test", AS_OF)
    history.bury_dead_runs(tmp_path)
    alerts.tell(tmp_path)

    assert told[0]["failing"] == [f"run {history.DIED}"]


def test_a_run_that_cannot_open_says_why(tmp_path: Path, told: list) -> None:
    with (tmp_path / "mops.yaml").open("a") as settings:
        settings.write("sources: {hubspot: {}}\n")
    with open_session(tmp_path, "r1", "a test", None):
        history.end_run(tmp_path, "r1", None)
    raw = paths.raw_file(tmp_path, "hubspot")
    opened = "import duckdb, sys; kept = duckdb.connect(sys.argv[1]); print(); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", opened, str(raw)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdout.readline()
        with pytest.raises(duckdb.IOException), open_session(tmp_path, "r2", "a test", None):
            pass
        other.communicate()

    run = history.run(tmp_path, "r2")
    assert run is not None
    assert run["status"] == "failed"
    assert str(raw) in run["error"]
    assert str(other.pid) in run["error"]
    assert [each["failing"] for each in told] == [[f"run {run['error']}"]]


def test_an_address_that_does_not_answer_is_tried_again_and_never_logged(
    tmp_path: Path, told: list, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setenv("ALERTS_URL", "http://127.0.0.1:1/secret-path")
        run(tmp_path, "r1", "dbt failed at orders")
    assert "secret-path" not in caplog.text

    run(tmp_path, "r2", "dbt failed at orders")
    assert [each["failing"] for each in told] == [["run dbt failed at orders"]]


def test_each_address_is_told_what_it_was_not_told_yet(
    tmp_path: Path, told: list, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "mops.yaml").write_text("alerts: {webhook: ALERTS_URL, slack: SLACK_URL}\n")
    with pytest.raises(SettingsError, match="alerts.slack: .* hold SLACK_URL"):
        alerts.check(load(tmp_path))
    run(tmp_path, "r1", "dbt failed at orders")
    assert len(told) == 1
    assert "SLACK_URL" in caplog.text

    monkeypatch.setenv("SLACK_URL", "http://127.0.0.1:1/secret-path")
    run(tmp_path, "r2", "dbt failed at orders")
    assert len(told) == 1
    assert "secret-path" not in caplog.text

    monkeypatch.setenv("SLACK_URL", os.environ["ALERTS_URL"])
    run(tmp_path, "r3", "dbt failed at orders")
    assert [each["failing"] for each in told] == [["run dbt failed at orders"]] * 2


def test_a_run_that_is_going_is_no_recovery(tmp_path: Path, told: list) -> None:
    run(tmp_path, "r1", "dbt failed at orders")
    history.start_run(tmp_path, "r2", "a test", AS_OF)
    alerts.tell(tmp_path)
    assert [each["recovered"] for each in told] == [[]]
