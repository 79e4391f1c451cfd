"""What the shared contract test does: a vendor of the sandbox, loads of it, and raw held against what its API shows.

What it asks of a vendor stands at the top of test_source_contract.py.
"""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import requests
import yaml
from vendor_api import Api

from ingestion import client, registry
from ingestion import home as paths
from ingestion import load as loading
from ingestion.report import LoadReport
from ingestion.resource import AMOUNT, DATE, FLAG, INT, JSON, MONEY, REAL, TEXT, TIME, Resource
from ingestion.settings import Settings, load, parse_as_of
from orchestration.cli.demo_settings import configuration
from sandbox import server
from sandbox.company import Company, generate
from sandbox.spoiling import ADDED

SIZE, ZONE = "tiny", "Europe/Berlin"
VENDORS = [name for name in registry.source_names() if name != "files"]  # files is no vendor: it is read, not asked
SEED = 1
FIRST, LATER = "2026-06-10", "2026-06-30"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Record = dict[str, Any]
Shown = dict[str, list[Record]]
Row = tuple[Any, ...]


@cache
def company() -> Company:
    """The company of a whole session, with each of its days looked at once."""
    made = generate(SIZE, SEED)
    object.__setattr__(made, "at", cache(made.at))
    return made


@dataclass
class Vendor:
    """A vendor of the registry: its source, and how it shows itself (tests/shown/<name>.py)."""

    name: str
    source: ModuleType = field(init=False)
    shows: ModuleType = field(init=False)

    def __post_init__(self) -> None:
        if find_spec(f"shown.{self.name}") is None:
            pytest.fail(f"tests/shown/{self.name}.py is missing: see the top of tests/test_source_contract.py")
        self.source = import_module(f"ingestion.sources.{self.name}")
        self.shows = import_module(f"shown.{self.name}")

    @property
    def tables(self) -> dict[str, Resource]:
        """The tables a load fills from the vendor, without those in which mops keeps versions."""
        return {each.name: each for each in self.source.RESOURCES if not each.versions_of}

    @property
    def first_day(self) -> str:
        """The as-of of first loads."""
        return self.said("FIRST", FIRST)

    def said(self, name: str, default: Any) -> Any:
        """What the vendor's module in tests/shown says beside shown()."""
        return getattr(self.shows, name, default)


@dataclass
class Account:
    """The vendor's account at one as-of, served, and what it shows then."""

    vendor: Vendor
    as_of: str
    facts: dict[str, Any]
    following: list[str] = field(default_factory=list)  # the paths of which loads asked for a page beyond the first

    def shown(self) -> Shown:
        """Everything the API shows now."""
        return self.vendor.shows.shown(Api(self.facts, self.vendor.name))

    def configure(self, home: Path, is_wrong: bool = False) -> Settings:
        """Make a home the vendor's, with a mops.yaml as the demo's and, if it is to be wrong, with wrong secrets."""
        written, secrets = configuration(self.facts, SIZE, [self.vendor.name])
        spoilt = {name: wrong(name, value) for name, value in secrets.items()}
        os.environ.update(spoilt if is_wrong else secrets)
        home.mkdir(parents=True, exist_ok=True)
        (home / "mops.yaml").write_text(yaml.safe_dump(written))
        return load(home)

    def load(self, home: Path, is_wrong: bool = False) -> LoadReport:
        """Load the vendor into a home as mops does."""
        settings = self.configure(home, is_wrong)
        send = client.Client._send

        def noted(asking: client.Client, method: str, path: str, content: dict[str, Any]) -> requests.Response:
            if is_following(path, content):
                self.following.append(path.partition("?")[0])
            return send(asking, method, path, content)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(client.Client, "_send", noted)
            return loading.load_source(self.vendor.name, settings, home, as_of=parse_as_of(self.as_of, ZONE))

    def faults_fallen(self) -> dict[str, int]:
        """How often each fault of the sandbox has fallen on the vendor."""
        return requests.get(f"{self.facts['url']}/faults").json()[self.vendor.name]


# What vendors call the place of a page, and its value on the first
_PLACES = re.compile(
    r"(starting_)?after|offset|page|page\[(after|cursor)\]|index|(next)?page_?token|startrow|cursor|locator|next", re.I
)
_FIRST = (None, "", "0", 0)
_IN_PATH = re.compile(r"[?&](pageToken|page\[cursor\])=|/query/\w+-\d+")


def is_following(path: str, content: dict[str, Any]) -> bool:
    """Whether a request asks for a page beyond the first."""
    asked = {**(content.get("params") or {}), **(content.get("data") or {}), **(content.get("json") or {})}
    asked |= asked.get("PageInfo") or {}
    places = {name: value for name, value in asked.items() if _PLACES.fullmatch(name)}
    first = (*_FIRST, "1", 1) if "page" in places else _FIRST
    return any(value not in first for value in places.values()) or bool(_IN_PATH.search(path))


def wrong(credential: str, value: str) -> str:
    """A credential as somebody would have it who may not come in; addresses and names stay right."""
    words, name = ("TOKEN", "KEY", "SECRET", "PASSWORD"), credential.upper()
    is_secret = any(word in name for word in words) and not name.endswith(("_URI", "_URL"))
    return f"wrong{value}" if is_secret else value


@contextmanager
def account(
    vendor: Vendor, as_of: str, files: Path, faults: str | None = None, has_small_pages: bool = True
) -> Iterator[Account]:
    """The vendor, and no other, at an as-of, which is now as far as loads know."""
    if faults and vendor.name not in server.vendor_names():
        pytest.skip(f"{vendor.name} is files and no more, which have no faults")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "generate", lambda size, seed: company())
        patch.setattr(loading, "now", lambda: parse_as_of(as_of, ZONE))
        for constant, size in (vendor.said("PAGES", {}) if has_small_pages else {}).items():
            patch.setattr(constant, size)
        with server.start(SIZE, SEED, as_of, faults=faults, only=[vendor.name], files=files / as_of) as facts:
            yield Account(vendor, as_of, facts)


# --- raw held against what is shown ------------------------------------------------------------------------------


def assert_same(vendor: Vendor, home: Path, shown: Shown, is_first: bool = False) -> None:
    """Raw and quarantine together hold exactly what is shown; in a first load STILL_SHOWN excuses nothing."""
    assert set(vendor.tables) == set(shown), "shown() must give every table of the source"
    told = []
    with duckdb.connect(str(paths.raw_file(home, vendor.name)), read_only=True) as connection:
        for name, resource in vendor.tables.items():
            condition = "true" if is_first else vendor.said("STILL_SHOWN", {}).get(name, "true")
            wanted = Wanted(resource, shown[name], vendor.said("NOT_SHOWN", {}).get(name, ()))
            told += _differences(name, *_rows(connection, wanted, condition))
            told += _differences(f"{name}, in quarantine", *_refused(connection, wanted))
            told += _differences(f"{name}, fields in _extra", *_extra(connection, wanted))
    assert not told, "\n".join(told)


def raw_rows(vendor: Vendor, home: Path) -> dict[str, list[Row]]:
    """All that is in raw, versions and quarantine too, but for when it was loaded."""
    names = [*(each.name for each in vendor.source.RESOURCES), "_quarantine"]
    with duckdb.connect(str(paths.raw_file(home, vendor.name)), read_only=True) as connection:
        query = "select columns(each -> each not in ('_loaded_at', 'loaded_at')) from raw.\"{}\""
        return {name: sorted(connection.execute(query.format(name)).fetchall(), key=repr) for name in names}


def known_when(vendor: Vendor, home: Path, versions: Resource) -> tuple[int, Row, Row]:
    """The most versions that a day has, and the measures' sums by the latest versions and by the table they are of."""
    keys = ", ".join(f'"{name}"' for name in versions.key if name != versions.loaded_at)
    sums = ", ".join(
        f'sum("{each.name}")::double' for each in versions.columns if each.type in (INT, REAL, AMOUNT, MONEY)
    )
    newest_first = f"row_number() over (partition by {keys} order by {versions.loaded_at} desc)"
    queries = (
        f"select count(*) from raw.{versions.name} group by {keys} order by 1 desc limit 1",
        f"select {sums} from (from raw.{versions.name} qualify {newest_first} = 1)",
        f"select {sums} from raw.{versions.versions_of}",
    )
    with duckdb.connect(str(paths.raw_file(home, vendor.name)), read_only=True) as connection:
        (most,), latest, now = (connection.execute(query).fetchall()[0] for query in queries)
    return most, latest, now


class Wanted:
    """Shown records as the rows of a raw table, and those that cannot be read as it declares them."""

    def __init__(self, resource: Resource, records: Iterable[Record], not_shown: Collection[str] = ()) -> None:
        self.resource = resource
        self.schema = pa.schema([each for each in resource.columns if each.name not in not_shown])
        self.rows: dict[Row, Row] = {}  # of records with one key the last counts
        self.records: dict[Row, Record] = {}
        self.refused: list[Record] = []
        for number, record in enumerate(records):
            try:
                row = {each.name: read(record.get(each.name), each.type) for each in self.schema}
            except UNREADABLE:
                self.refused.append(record)
                continue
            if any(row[name] is None for name in resource.required):
                self.refused.append(record)
                continue
            key = tuple(row[name] for name in resource.key) or (number,)
            self.rows[key], self.records[key] = tuple(row.values()), record

    def table(self) -> pa.Table:
        """The rows, typed."""
        columns = list(zip(*self.rows.values(), strict=True)) or [()] * len(self.schema)
        return pa.table(
            [pa.array(values, each.type) for values, each in zip(columns, self.schema, strict=True)], self.schema
        )


def _rows(connection: duckdb.DuckDBPyConnection, wanted: Wanted, condition: str) -> tuple[Counter, Counter]:
    """Of the rows wanted and of those of raw, all that the vendor still shows."""
    connection.register("wanted", wanted.table())
    names = ", ".join(f'"{each}"' for each in wanted.schema.names)
    are_json = [each.type == JSON for each in wanted.schema]
    return tuple(
        Counter(
            tuple(_plain(value) if is_json else value for value, is_json in zip(row, are_json, strict=True))
            for row in connection.execute(f"select {names} from {source} where {condition}").fetchall()
        )
        for source in ("wanted", f'raw."{wanted.resource.name}"')
    )


def _plain(text: str | None) -> str | None:
    return None if text is None else json.dumps(json.loads(text), sort_keys=True)


def _refused(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> tuple[Counter, Counter]:
    """The declared fields of the records that no row can hold, and of those in quarantine."""

    def declared(record: Any) -> str:
        return json.dumps(
            {name: record[name] for name in wanted.schema.names if record.get(name) is not None}, sort_keys=True
        )

    query = "select distinct record from raw._quarantine where table_name = ?"
    found = connection.execute(query, [wanted.resource.name]).fetchall()
    return Counter({*map(declared, wanted.refused)}), Counter({declared(json.loads(record)) for (record,) in found})


def _extra(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> tuple[Counter, Counter]:
    """By key the fields no column declares: those in raw must be shown so, and the one that was added be in raw."""
    key = wanted.resource.key
    if not key or not {*key} <= {*wanted.schema.names} or "_extra" not in wanted.resource.schema.names:
        return Counter(), Counter()
    query = f'select [_extra], {", ".join(key)} from raw."{wanted.resource.name}" where _extra is not null'
    found = {tuple(row[1:]): json.loads(row[0][0]) for row in connection.execute(query).fetchall()}
    told = {
        (each, name): value for each, extra in found.items() if each in wanted.records for name, value in extra.items()
    }
    asked = {*told, *((each, ADDED) for each, record in wanted.records.items() if ADDED in record)}
    return (
        Counter(f"{each} {name}={wanted.records[each].get(name)!r}" for each, name in asked),
        Counter(f"{each} {name}={value!r}" for (each, name), value in told.items()),
    )


def _differences(what: str, wanted: Counter, found: Counter) -> list[str]:
    """What is only on one side, a few of each."""
    return [
        f"{what}: {side.total()} {of}, such as\n    " + "\n    ".join(map(str, list(side)[:3]))
        for side, of in ((wanted - found, "shown but not in raw"), (found - wanted, "in raw but not shown"))
        if side
    ]


# --- a value of JSON as a column declares it; on purpose not by ingestion's own reading ------------------------------

UNREADABLE = (ValueError, TypeError, ArithmeticError)


def read(value: Any, dtype: pa.DataType) -> Any:
    """A value as it stands in raw; raises one of UNREADABLE."""
    if dtype == JSON:
        return None if value is None else json.dumps(value, sort_keys=True)
    if value is None or value == "":
        return None
    return READ[dtype](value)


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise TypeError
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _time(value: Any) -> datetime:
    if isinstance(value, int):
        return EPOCH + timedelta(milliseconds=value)
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(_with_dashes(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(_with_dashes(value))


def _with_dashes(text: str) -> str:
    """Digits alone are no time, though Python would read some."""
    if text.isdigit():
        raise ValueError
    return text


def _number(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise TypeError
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError
    return int(number)


def _flag(value: Any) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]


def _amount(dtype: pa.DataType) -> Callable[[Any], Decimal]:
    return lambda value: _number(value).quantize(Decimal(1).scaleb(-dtype.scale), ROUND_HALF_UP)


READ: dict[pa.DataType, Callable[[Any], Any]] = {
    TEXT: _text,
    TIME: _time,
    DATE: _date,
    INT: _whole,
    REAL: lambda value: float(_number(value)),
    MONEY: _amount(MONEY),
    AMOUNT: _amount(AMOUNT),
    FLAG: _flag,
}

# --- what happened between two days ----------------------------------------------------------------------------------


def assert_happened(vendor: Vendor, what: str, before: Shown, after: Shown) -> None:
    """The vendor's records changed in the way that a step is named for, or the step would prove nothing."""
    table, _, column = vendor.said("CHANGES", {})[what].partition(".")
    old, new = (Wanted(vendor.tables[table], each[table]).rows for each in (before, after))
    names = vendor.tables[table].columns.names
    place = names.index(column) if column else None
    if what == "merged":  # some vendors give the one that stays a new key
        happened = [key for key in new if new[key][place] not in (None, old[key][place] if key in old else None)]
    elif what == "deleted" and place is None:
        happened = list(old.keys() - new.keys())
    else:
        part = slice(None) if place is None else slice(place, place + 1)
        happened = [key for key in old.keys() & new.keys() if old[key][part] != new[key][part]]
    assert happened, f"nothing was {what} in {table}: choose another table in CHANGES of tests/shown/{vendor.name}.py"


# --- fixtures of the two files of tests ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """A home into which a vendor was loaded at an as-of, and what it showed then."""

    home: Path
    shown: Shown
    following: list[str]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the company's files go, one folder for each as-of."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module", params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    """Each vendor in turn."""
    return Vendor(request.param)


@pytest.fixture(scope="module")
def first(vendor: Vendor, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The vendor's first load."""
    return _loaded(vendor, vendor.first_day, files, tmp_path_factory.mktemp("first") / "home")


@pytest.fixture(scope="module")
def later(vendor: Vendor, first: Loaded, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The load after it, of what is new or changed since."""
    home = shutil.copytree(first.home, tmp_path_factory.mktemp("later") / "home")
    return _loaded(vendor, LATER, files, home)


def _loaded(vendor: Vendor, as_of: str, files: Path, home: Path) -> Loaded:
    with account(vendor, as_of, files) as served:
        report = served.load(home)
        assert report.error is None, report.error
        return Loaded(home, served.shown(), served.following)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes between attempts."""
    monkeypatch.setattr(client, "sleep", lambda seconds: None)
