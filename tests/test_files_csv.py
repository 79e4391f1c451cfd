"""Any CSV: what Python's csv module writes is read as it was, and what nobody can read is kept line by line."""

import csv
import gzip
import io
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.settings import FilesEntry
from ingestion.sources.files import csv_file
from ingestion.sources.files.csv_records import Dialect, detect_dialect, read_records
from ingestion.sources.files.locations import EntryError, locate

ENTRY = FilesEntry.model_validate({"as": "leads", "path": "given.csv"})

cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
plain_cells = st.text("abcäß 1290.-", min_size=1, max_size=8).filter(lambda text: text.strip() != "")
delimiters = st.sampled_from([",", ";", "\t", "|"])


def tables(cell, min_width: int = 1):
    return st.integers(min_width, 5).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8)
    )


def written(rows, **dialect) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def read(folder: Path, content: bytes, entry: FilesEntry = ENTRY, name: str = "given.csv"):
    """(rows without line, lines, rejects) of a file with this content."""
    (folder / name).write_bytes(content)
    [location] = locate(name, folder)
    batches = list(csv_file.read_batches(location, entry))
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return (
        [{key: value for key, value in row.items() if key != "line"} for row in rows],
        [row["line"] for row in rows],
        [(reject.line, reject.reason, reject.text) for batch in batches for reject in batch.rejects],
    )


@settings(deadline=None)
@given(tables(cells), delimiters, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(["\n", "\r\n"]))
def test_what_the_csv_module_writes_is_read_as_it_reads_it(rows, delimiter, quoting, end):
    text = written(rows, delimiter=delimiter, quoting=quoting, lineterminator=end)
    expected = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    records = list(read_records(io.StringIO(text, newline=""), Dialect(delimiter)))
    assert [record.fields for record in records] == expected


@settings(deadline=None)
@given(tables(plain_cells, min_width=2), delimiters, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_the_delimiter_is_found_out(rows, delimiter, quoting):
    lines = written(rows, delimiter=delimiter, quoting=quoting).splitlines(keepends=True)
    assert detect_dialect(lines).delimiter == delimiter


@settings(deadline=None)
@given(st.text('ab,"\n\r;\\', max_size=60), delimiters)
def test_no_character_of_any_text_is_lost(text, delimiter):
    lines = list(io.StringIO(text, newline=""))
    records = list(read_records(lines, Dialect(delimiter)))
    kept: dict[int, str] = {}
    for record in records:
        for offset, line in enumerate(io.StringIO(record.text, newline="")):
            assert record.line + offset not in kept
            kept[record.line + offset] = line
    for number, line in enumerate(lines, start=1):
        assert kept.get(number, "") == line or line.strip("\r\n") == ""


@given(
    tables(plain_cells, min_width=2),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    delimiters,
)
@settings(max_examples=50, deadline=None)
def test_every_encoding_of_unicode_gives_the_same_rows(tmp_path_factory, rows, encoding, delimiter):
    header = [f"column {number}" for number, _ in enumerate(rows[0])]
    text = written([header, *rows], delimiter=delimiter)
    found, _, rejects = read(tmp_path_factory.mktemp("encoded"), text.encode(encoding))
    assert [list(row.values()) for row in found] == rows
    assert list(found[0]) == header
    assert rejects == []


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "nome,cidade\nJoão,São Paulo\nConceição,Brasília\n"),
        ("cp1252", "Name,Größe\nJörg,groß\nKäthe,klein\n"),
        ("cp1252", "nom,société\nZoë,l’été – “café” €5\n"),
        ("cp1250", "jméno,město\nJiří,Plzeň\nŽofie,Děčín\n"),
        ("iso8859_2", "imię,miasto\nŁukasz,Łódź\nGrażyna,Kraków\n"),
        ("cp1250", "nume,oraş\nMădălina,Iaşi\nŢară,Timişoara\n"),
        ("cp1254", "isim,şehir\nGüneş,İstanbul\nIşık,Şırnak\n"),
        ("cp1251", "имя,город\nИван,Москва\nОльга,Санкт-Петербург\n"),
        ("koi8_r", "имя,город\nИван,Москва\nОльга,Санкт-Петербург\n"),
        ("cp1253", "όνομα,πόλη\nΓιώργος,Αθήνα\n"),
        ("shift_jis", "名前,都市\n太郎,東京\n花子,大阪\n"),
    ],
)
def test_older_encodings_are_found_out(tmp_path, encoding, text):
    found, _, rejects = read(tmp_path, text.encode(encoding))
    assert [list(row.values()) for row in found] == list(csv.reader(io.StringIO(text)))[1:]
    assert rejects == []


def test_a_broken_byte_among_good_utf8_costs_its_line_only(tmp_path):
    content = "name,city\nJörg,Köln\n".encode() + b"J\xf6rg,Bonn\n" + "Käthe,Kiel\nÖzil,Ulm\n".encode()
    found, lines, rejects = read(tmp_path, content)
    assert [row["city"] for row in found] == ["Köln", "Kiel", "Ulm"]
    assert lines == [2, 4, 5]
    assert rejects == [(3, "bytes that are not of the file's encoding", "J\\udcf6rg,Bonn")]


def test_ragged_lines_are_refused_with_their_line_and_text(tmp_path):
    found, lines, rejects = read(tmp_path, b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,,\n")
    assert [list(row.values()) for row in found] == [["1", "2", "3"], ["10", "11", "12"]]
    assert lines == [2, 5]
    assert rejects == [
        (3, "2 fields where the header has 3", "4,5"),
        (4, "4 fields where the header has 3", "6,7,8,9"),
    ]


def test_a_quote_that_is_not_closed_costs_its_line_only(tmp_path):
    found, lines, rejects = read(tmp_path, b'a,b\n1,"x\ny"\n2,"open\n3,"z"\n4,end\n')
    assert [list(row.values()) for row in found] == [["1", "x\ny"], ["3", "z"], ["4", "end"]]
    assert lines == [2, 5, 6]
    assert rejects == [(4, "quotes that don't match", '2,"open')]


def test_a_quote_left_open_in_the_last_line_loses_nothing(tmp_path):
    found, _, rejects = read(tmp_path, b'a,b\n1,2\n3,"x')
    assert found == [{"a": "1", "b": "2"}]
    assert [(line, text) for line, _, text in rejects] == [(3, '3,"x')]


def test_a_very_long_run_of_lines_after_an_open_quote_is_read(tmp_path):
    content = 'a,b\n0,"open\n' + "".join(f"{number},x\n" for number in range(1, 3000))
    found, _, rejects = read(tmp_path, content.encode())
    assert len(found) == 2999
    assert len(rejects) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", [{"a": "1,5", "b": "2,5"}, {"a": "3,5", "b": "4,5"}]),
        ("'a','b'\n'x, y','2'\n", [{"a": "x, y", "b": "2"}]),
        ("a,b\n's-Hertogenbosch,NL\nO'Neill,US\n", [{"a": "'s-Hertogenbosch", "b": "NL"}, {"a": "O'Neill", "b": "US"}]),
        ('a,b\n"say \\"hi\\", x",2\n', [{"a": 'say "hi", x', "b": "2"}]),
        ("comment\nhello, world\nfoo\n", [{"comment": "hello, world"}, {"comment": "foo"}]),
        ('a,b\n"5"" pipe",1\n6" pipe,2\n', [{"a": '5" pipe', "b": "1"}, {"a": '6" pipe', "b": "2"}]),
        ("a\tb\n1\t\n", [{"a": "1", "b": None}]),
    ],
    ids=["semicolon", "single quotes", "apostrophes", "backslash", "one column", "inches", "blank is null"],
)  # fmt: skip
def test_dialects_are_found_out(tmp_path, text, expected):
    found, _, rejects = read(tmp_path, text.encode())
    assert found == expected
    assert rejects == []


def test_odd_headers_give_names_that_can_be_columns(tmp_path):
    found, _, _ = read(tmp_path, "\ufeff Email ,email,,line,Path\n1,2,3,4,5\n".encode())
    assert list(found[0]) == ["Email", "email_2", "column_3", "line_2", "Path_2"]


def test_titles_above_the_header_are_refused_not_taken_for_it(tmp_path):
    found, lines, rejects = read(tmp_path, b"Campaign report\n\n1 January 2026\nday,cost\n2026-01-01,5\n")
    assert found == [{"day": "2026-01-01", "cost": "5"}]
    assert lines == [5]
    assert [(line, text) for line, _, text in rejects] == [(1, "Campaign report"), (3, "1 January 2026")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b\n"], ids=["empty", "blank lines", "header only"])
def test_a_file_without_rows_has_none(tmp_path, content):
    assert read(tmp_path, content) == ([], [], [])


def test_gzip_is_unpacked(tmp_path):
    found, _, _ = read(tmp_path, gzip.compress(b"a,b\n1,2\n"), name="given.csv.gz")
    assert found == [{"a": "1", "b": "2"}]


def test_delimiter_and_encoding_can_be_said(tmp_path):
    entry = FilesEntry.model_validate({"as": "leads", "path": "x", "delimiter": ":", "encoding": "cp437"})
    found, _, _ = read(tmp_path, "a:b\né:2\n".encode("cp437"), entry)
    assert found == [{"a": "é", "b": "2"}]


def test_a_header_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(EntryError, match="given.csv has no header"):
        read(tmp_path, b'"open\n')


def test_batches_do_not_change_what_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_file, "BATCH_ROWS", 7)
    content = "a,b\n" + "".join(chain.from_iterable((f"{n},x\n", "ragged\n") for n in range(50)))
    found, lines, rejects = read(tmp_path, content.encode())
    assert [row["a"] for row in found] == [str(number) for number in range(50)]
    assert lines == list(range(2, 102, 2))
    assert [line for line, _, _ in rejects] == list(range(3, 103, 2))
