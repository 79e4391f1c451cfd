"""Whole runs against the sandbox: incremental equals whole, and what goes wrong on a day does not show."""

import json
import signal
import subprocess
import sys

import pytest
from company_home import DAYS, company, copy_of, run_as_of
from same_marts import differences

pytestmark = pytest.mark.long

READER = """
import sys, time, duckdb
seen = None
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        rows = connection.execute("select count(*) from marts.funnel_stages").fetchone()[0]
        run = connection.execute("select run_id from marts.version").fetchone()[0]
    assert rows > 0
    if run != seen:
        print(run, flush=True)
        seen = run
    time.sleep(0.1)
"""


def test_three_daily_runs_equal_one_and_disturb_no_reader(first_day, whole, tmp_path):
    home = copy_of(first_day, tmp_path / "home")
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(home.published)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        for day in DAYS:
            run_as_of(home, day)
        assert reader.poll() is None, reader.communicate()[1]
        reader.send_signal(signal.SIGTERM)
        out, err = reader.communicate()
    assert not err
    assert len(out.split()) == 1 + len(DAYS), "the reader saw the first version and each new one"
    assert differences(home.published, whole.published) == {}


def test_of_two_runs_started_together_one_goes_and_the_other_says_who(first_day, tmp_path):
    home = copy_of(first_day, tmp_path / "home")
    with company(home, as_of=DAYS[0]):
        both = [home.start("run"), home.start("run")]
        said = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert sorted(codes) == [0, 3], said
    assert "another run is going: mops run (process" in said[codes.index(3)]


def test_a_failing_gate_leaves_the_version_and_names_the_check(first_day, tmp_path):
    home = copy_of(first_day, tmp_path / "home")
    shown = home.query("select version from marts.version")
    deals = home.folder / "deals.csv"
    deals.write_text(
        "deal_id,email,amount,currency,is_won,created_at,closed_at\nd1,a@b.test,10.50,XXX,true,2026-06-01,2026-06-02\n"
    )
    _, err = run_as_of(home, DAYS[0], code=1, files=[{"as": "deals", "path": "deals.csv"}])
    assert "FAILED" in err
    assert "int_deals_converted" in err
    assert "a@b.test" not in err
    assert home.query("select version from marts.version") == shown


def test_a_source_that_is_down_is_stale_and_the_rest_is_published(first_day, tmp_path):
    home = copy_of(first_day, tmp_path / "home")
    before = home.query("select sum(sent) from marts.email_campaigns")
    out, err = run_as_of(home, DAYS[1], code=1, down={"mailchimp"})
    manifest = json.loads((home.published.parent / "manifest.json").read_text())
    assert manifest["stale_sources"] == ["mailchimp"]
    assert manifest["as_of"].startswith(DAYS[1])
    assert "mailchimp" in err
    assert home.query("select sum(sent) from marts.email_campaigns")[0][0] >= before[0][0]
    status, _ = home.mops("status")
    assert "Stale:     mailchimp" in status
    run_as_of(home, DAYS[1])
    assert json.loads((home.published.parent / "manifest.json").read_text())["stale_sources"] == []
