"""The files source from mops.yaml to its raw file: whole or not at all, every line kept, mistakes told."""

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingestion.client import SourceError
from ingestion.home import raw_file
from ingestion.settings import SettingsError, load, now
from ingestion.sources import files

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SETTINGS = "home_currency: EUR\ntime_zone: Europe/Berlin\nsources:\n  files:\n"


def home_with(folder: Path, entries: str, **contents: str | bytes) -> Path:
    """A home whose mops.yaml has these entries, and these files (dots as double underscores)."""
    (folder / "mops.yaml").write_text(SETTINGS + entries, encoding="utf-8")
    for name, content in contents.items():
        file = folder / name.replace("__", ".")
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def load_files(home: Path):
    return files.load(load(home), home, as_of=now())


def rows(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(raw_file(home, "files")), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(query).fetchall()


def test_every_line_is_a_row_or_is_refused(tmp_path):
    home = home_with(
        tmp_path, "    - {as: leads, path: leads.csv, columns: {created_at: At}}\n", leads__csv="id,At\n1,2\n1,2\nx\n"
    )
    [table] = load_files(home)
    assert (table.table, table.rows, table.rows_total, table.quarantined) == ("leads_1", 2, 2, 1)
    assert rows(home, "select id, path, line from raw.leads_1") == [("1", "leads.csv", 2), ("1", "leads.csv", 3)]
    assert rows(home, "select table_name, record_key, reason, record from raw._quarantine") == [
        ("leads_1", "leads.csv:4", "1 fields where the header has 2", "x")
    ]


def test_a_second_load_replaces_the_first(tmp_path):
    home = home_with(tmp_path, "    - {as: leads, path: leads.csv}\n", leads__csv="id,created_at,a\n1,2026-01-01,x\n")
    load_files(home)
    (home / "leads.csv").write_text("created_at,b\n2026-01-02,y\n")
    load_files(home)
    assert rows(home, "select * exclude (row_key, _loaded_at) from raw.leads_1") == [
        ("2026-01-02", "y", "leads.csv", 2)
    ]


def test_a_load_that_fails_leaves_the_one_before(tmp_path):
    home = home_with(tmp_path, "    - {as: leads, path: leads.csv}\n", leads__csv="created_at\n2026-01-01\n")
    load_files(home)
    (home / "leads.csv").write_bytes(b"PK\x03\x04 a workbook")
    with pytest.raises(SourceError, match=r"mops.yaml, line 5: .*leads.csv is a workbook"):
        load_files(home)
    assert rows(home, "select created_at from raw.leads_1") == [("2026-01-01",)]


def test_files_of_a_pattern_become_one_table_with_all_their_columns(tmp_path):
    home = home_with(
        tmp_path,
        "    - {as: leads, path: 'leads_*.csv'}\n",
        leads_2__csv="created_at;b\n2026-02-01;y\n",
        leads_1__csv="Created_At,a\n2026-01-01,x\n",
        leads_3__csv="",
    )
    load_files(home)
    assert rows(home, "select created_at, a, b, path, line from raw.leads_1 order by path") == [
        ("2026-01-01", "x", None, "leads_1.csv", 2),
        ("2026-02-01", None, "y", "leads_2.csv", 2),
    ]


def test_json_lines_keep_nested_values_as_json(tmp_path):
    lines = ['{"created_at": "2026-01-01", "n": 5}', "", "{broken", '{"created_at": null, "deep": {"a": [1, "ü"]}}']
    home = home_with(tmp_path, "    - {as: leads, path: leads.jsonl}\n", leads__jsonl="\n".join(lines))
    load_files(home)
    found = rows(home, "select created_at, n, deep, line from raw.leads_1 order by line")
    assert found[0] == ("2026-01-01", "5", None, 1)
    assert (found[1][0], json.loads(found[1][2]), found[1][3]) == (None, {"a": [1, "ü"]}, 4)
    assert rows(home, "select record_key, record from raw._quarantine") == [("leads.jsonl:3", "{broken")]


def test_parquet_keeps_its_types_and_times_without_a_zone_stay_without(tmp_path):
    table = pa.table(
        {
            "created_at": pa.array([NOON.replace(tzinfo=None)], pa.timestamp("ns")),
            "zoned": pa.array([NOON], pa.timestamp("ms", tz="UTC")),
            "amount": pa.array([Decimal("1.50")], pa.decimal128(12, 2)),
            "tags": pa.array([["a", "b"]]),
            "kind": pa.array(["x"]).dictionary_encode(),
            "none": pa.nulls(1),
        }
    )
    pq.write_table(table, tmp_path / "leads.parquet")
    load_files(home_with(tmp_path, "    - {as: leads, path: leads.parquet}\n"))
    types = dict(
        rows(tmp_path, "select column_name, data_type from information_schema.columns where table_name = 'leads_1'")
    )
    assert types["created_at"] == "TIMESTAMP"
    assert types["zoned"] == "TIMESTAMP WITH TIME ZONE"
    assert types["amount"] == "DECIMAL(12,2)"
    assert rows(tmp_path, "select created_at, amount, tags, kind, none, line from raw.leads_1") == [
        (NOON.replace(tzinfo=None), Decimal("1.50"), '["a", "b"]', "x", None, 1)
    ]


SQL_ENTRY = """
    - as: orders
      key: [order_id]
      sql: select order_id, sum(price) as amount, min(day) as ordered_at from 'items.csv' group by all;
"""


def test_sql_runs_over_files_beside_mops_yaml_in_the_order_of_its_key(tmp_path):
    home = home_with(
        tmp_path, SQL_ENTRY, items__csv="order_id,price,day\nb,1,2026-01-01\na,2,2026-01-02\nb,3,2026-01-03\n"
    )
    load_files(home)
    assert rows(home, "select order_id, amount, path, line, row_key from raw.orders_1 order by line") == [
        ("a", 2, "sql", 1, "a"),
        ("b", 4, "sql", 2, "b"),
    ]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select order_id, price as amount, day as ordered_at from 'items.csv'", "key .* does not identify"),
        ("select nothing from 'items.csv'", "sql can't be run"),
        ("select order_id, 1 as amount from 'items.csv'", "orders needs ordered_at"),
        (
            "select order_id, code::int as amount, day as ordered_at from 'items.csv'",
            r"fails on what the files hold \(Conv",
        ),
        ("select order_id from 's3://bucket/items.csv'", "sql can't be run"),
    ],
)
def test_mistakes_in_sql_are_told_without_what_the_files_hold(tmp_path, sql, message):
    entry = f"    - as: orders\n      key: [order_id]\n      sql: {sql}\n"
    home = home_with(
        tmp_path, entry, items__csv="order_id,price,code,day\nb,1,secret,2026-01-01\nb,3,secret,2026-01-03\n"
    )
    with pytest.raises(SourceError, match=message) as raised:
        load_files(home)
    assert "secret" not in str(raised.value)


MAPPED = "as: leads, path: leads.csv, columns: {created_at: contact}"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("    - {as: leads, path: nowhere.csv}", r"line 5: sources.files.0: no such file: .*nowhere.csv"),
        (
            "    - {as: leads, path: '${NOT_SET_ANYWHERE}/x.csv'}",
            "the environment variable NOT_SET_ANYWHERE is not set",
        ),
        (
            "    - {as: leads, path: leads.csv, columns: {created_at: contat}}",
            "no column of the file; did you mean contact?",
        ),
        ("    - {as: leads, path: leads.csv}", "leads needs created_at"),
        ("    - {as: leads, path: 's3://bucket/leads.csv'}", "can't be reached: .*s3fs"),
        (
            f"    - {{{MAPPED}, filter: 'nope = 1'}}",
            'line 5: sources.files.0: filter can\'t be run: .*"nope" not found',
        ),
        (f"    - {{{MAPPED}, filter: 'id = 1 and'}}", "sources.files.0: filter can't be run: Parser Error"),
        (f"    - {{{MAPPED}, encoding: utf-16}}", "sources.files.0: leads.csv can't be read as utf-16: "),
        (f"    - {{{MAPPED}, encoding: base64}}", "sources.files.0.encoding: base64 is no encoding of text"),
        ("    - {as: leads, path: plain.csv.gz}", "plain.csv.gz is no whole gzip file"),
        ("    - {as: leads, path: cut.csv.gz}", "cut.csv.gz is no whole gzip file"),
    ],
)
def test_a_check_finds_mistakes_before_anything_is_loaded(tmp_path, entry, message):
    home = home_with(
        tmp_path,
        entry + "\n",
        leads__csv="id,contact\n1,2026-01-01\n",
        plain__csv__gz="created_at\n",
        cut__csv__gz=gzip.compress(b"created_at\n")[:-9],
    )
    with pytest.raises(SettingsError, match=message):
        files.check(load(home), home)
    assert not raw_file(home, "files").exists()


def test_variables_have_defaults_that_may_hold_variables(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADS_FOLDER", str(tmp_path))
    entry = "    - {as: leads, path: '${NOT_SET:-${LEADS_FOLDER}}/leads.csv'}\n"
    files.check(load(home_with(tmp_path, entry, leads__csv="created_at\n")), tmp_path)


@pytest.mark.parametrize(
    ("said", "message"),
    [("orgin = 'x'", "filter can't be run"), ("origin::int > 0", "filter fails on what the files hold")],
)
def test_a_filter_that_cannot_be_applied_is_found_by_the_load(tmp_path, said, message):
    entry = f'    - {{as: leads, path: leads.csv, filter: "{said}"}}\n'
    with pytest.raises(SourceError, match=message):
        load_files(home_with(tmp_path, entry, leads__csv="created_at,origin\n2026-01-01,ads\n"))


@pytest.mark.parametrize(
    ("content", "mark"),
    [
        ('cost,day\n"1.234,56",x\n"1.234",x\n', ","),
        ('cost,day\n"1,234.56",x\n"1,234",x\n', "."),
        ("cost;day\n12,5;x\n1,234;x\n", ","),
        ("cost;day\n0,999;x\n", ","),
        ("cost;day\n1.234.567;x\n", ","),
        ("cost,day\n1.083,x\n", "."),
        ('cost,day\n"1,083",x\n', "."),
        ("cost;day\n5;x\n", "."),
        ("cost;day\n12,5 €;x\n", ","),
    ],
)
def test_the_decimal_mark_is_found_out(tmp_path, content, mark):
    entry = "    - {as: spend, path: spend.csv, columns: {spend_on: day}}\n"
    load_files(home_with(tmp_path, entry, spend__csv=content))
    assert rows(tmp_path, "select decimal_mark from raw._columns where column_name = 'cost'") == [(mark,)]


def test_a_decimal_mark_that_could_be_either_is_asked_for(tmp_path):
    entry = "    - {as: spend, path: spend.csv, columns: {spend_on: day}}\n"
    home = home_with(tmp_path, entry, spend__csv="cost;day\n1.234;x\n12.500;x\n")
    with pytest.raises(SourceError, match="say which with decimal"):
        load_files(home)
    (home / "mops.yaml").write_text(SETTINGS + entry.replace("columns", "decimal: ',', columns"))
    load_files(home)
    assert rows(home, "select decimal_mark from raw._columns where column_name = 'cost'") == [(",",)]


def test_where_columns_come_from_is_kept_beside_them(tmp_path):
    entry = """
    - as: orders
      path: orders.csv
      columns: {order_id: line, ordered_at: Day}
      constants: {quantity: 2, is_paid: false}
      time_zone: America/Sao_Paulo
"""
    load_files(home_with(tmp_path, entry, orders__csv="Day,AMOUNT\n2026-01-01,5\n"))
    assert rows(tmp_path, "select input, time_zone, is_sql from raw._entries") == [
        ("orders", "America/Sao_Paulo", False)
    ]
    assert set(rows(tmp_path, "select column_name, source_column, constant from raw._columns")) == {
        ("order_id", "line", None),
        ("ordered_at", "Day", None),
        ("amount", "AMOUNT", None),
        ("quantity", None, "2"),
        ("is_paid", None, "false"),
        ("currency", None, "EUR"),
    }


def test_a_preview_shows_the_first_rows_and_writes_nothing(tmp_path):
    home = home_with(tmp_path, "    - {as: leads, path: leads.csv}\n", leads__csv="created_at\n" + "2026-01-01\n" * 9)
    found = files.preview(load(home), home, 3)
    assert found["leads_1"].num_rows == 3
    assert not (home / "data").exists()


def test_raw_tables_count_the_entries_of_one_input(tmp_path):
    entries = "".join(f"    - {{as: {name}, path: x.csv}}\n" for name in ("leads", "deals", "leads"))
    assert list(files.raw_tables(load(home_with(tmp_path, entries)))) == ["leads_1", "deals_1", "leads_2"]
