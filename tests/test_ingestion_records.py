"""The Arrow edge against a slow and obvious reading of every value."""

import json
import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.records import table_to_arrow, to_arrow
from ingestion.resource import AMOUNT, DATE, FLAG, INT, JSON, MONEY, REAL, TEXT, TIME, Resource, columns, fields

THING = Resource(
    "things",
    columns(
        "id name",
        json="tags",
        int="count",
        real="share",
        money="price",
        amount="rate",
        flag="vip",
        date="day",
        time="at",
    ),
    key=("id",),
    ignored=fields("_links"),
)
CAME_AT = datetime(2026, 7, 1, tzinfo=UTC)


def read(records, resource=THING):
    return to_arrow(resource, records, pa.array([CAME_AT] * len(records), TIME))


class Unreadable(Exception):
    pass


def slowly(value, dtype):
    """What a value of JSON is as a declared type, by the rules alone."""
    if dtype == JSON:
        return None if value is None else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if value is None or value == "":
        return None
    return SLOW[dtype](value)


def slow_text(value):
    if isinstance(value, list | dict):
        raise Unreadable
    return str(value).lower() if isinstance(value, bool) else str(value)


def slow_int(value):
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise Unreadable
    return value


def slow_real(value):
    if isinstance(value, bool | list | dict):
        raise Unreadable
    try:
        number = float(value)
    except ValueError:
        raise Unreadable from None
    if not math.isfinite(number):
        raise Unreadable
    return number


def slow_decimal(scale):
    def read_decimal(value):
        if isinstance(value, bool | list | dict):
            raise Unreadable
        try:
            number = Decimal(str(value)).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
        except InvalidOperation:
            raise Unreadable from None
        if not number.is_finite() or abs(number) >= Decimal(10) ** (18 - scale):
            raise Unreadable
        return number

    return read_decimal


def slow_flag(value):
    if value in ("true", "false", "1", "0", 1, 0, True, False) and not isinstance(value, float):
        return value in ("true", "1", 1, True)
    raise Unreadable


def slow_date(value):
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Unreadable


def slow_time(value):
    if isinstance(value, bool | float | list | dict):
        raise Unreadable
    if isinstance(value, int):
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
        except OverflowError:
            raise Unreadable from None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Unreadable from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


SLOW = {
    TEXT: slow_text,
    INT: slow_int,
    REAL: slow_real,
    MONEY: slow_decimal(2),
    AMOUNT: slow_decimal(6),
    FLAG: slow_flag,
    DATE: slow_date,
    TIME: slow_time,
}


def slow_edge(records):
    """Rows and refused records, one record after the other."""
    rows, refused = [], []
    for record in records:
        try:
            if not isinstance(record, dict):
                raise Unreadable
            row = {field.name: slowly(record.get(field.name), field.type) for field in THING.columns}
            if row["id"] is None:
                raise Unreadable
            extra = {name: record[name] for name in sorted(record.keys() - set(row) - {"_links"})}
            rows.append({**row, "_extra": slowly(extra or None, JSON), "_loaded_at": CAME_AT})
        except Unreadable:
            refused.append(record)
    return rows, refused


WORDS = st.sampled_from(["", "a", "Zoë", "true", "false", "0", "1", "-7", "24500.5", "0.125", "1.005", "x1", "[]"])
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.sampled_from([2**63, -(2**63), 10**17, 0, 1]))
HALVES = st.integers(-(2**40), 2**40).map(lambda each: each / 4)  # exact in binary, so that rounding has one answer
MOMENTS = st.sampled_from(
    ["2026-01-09T10:02:11.183Z", "2026-01-05T08:00:00+00:00", "2026-01-05T08:00:00+02:00", "2026-02-29", "2026-02-28"]
    + ["2026-01-05T08:00:00", "not a time", "2026-01-05 08:00:00"]
)
NESTED = st.sampled_from([[], {}, ["a", 1], {"id": 5, "name": "webinar"}, [None]])
ODD = st.one_of(st.none(), WORDS, NUMBERS, HALVES, MOMENTS, NESTED, st.booleans())
USUAL = {
    "id": st.integers(1, 99).map(str),
    "name": st.one_of(st.none(), st.sampled_from(["", "Anna", "Zoë"])),
    "tags": NESTED,
    "count": st.integers(0, 999),
    "share": st.one_of(HALVES, st.integers(0, 9)),
    "price": st.sampled_from(["24500.5", "0.125", "", "12"]),
    "rate": st.sampled_from(["1.0834", "0"]),
    "vip": st.one_of(st.booleans(), st.none()),
    "day": st.sampled_from(["2026-02-28", ""]),
    "at": st.sampled_from(["2026-01-09T10:02:11.183Z", "2026-01-05T08:00:00+02:00", ""]),
}
USUALS = st.fixed_dictionaries(USUAL)
BENT = st.builds(
    lambda record, odd: {**record, **odd},
    USUALS,
    st.dictionaries(
        st.sampled_from([*USUAL, "fresh", "_links", "also"]), ODD.filter(lambda v: not isinstance(v, float))
    ),
)
NOT_OBJECTS = st.sampled_from([None, "text", 5, ["a"]])


def is_compared(record):
    """Text that is a fraction for JSON differs between writers of numbers (1e16); that is not what is tried here."""
    return not isinstance(record, dict) or not any(isinstance(record.get(name), float) for name in ("id", "name"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(USUALS, USUALS, BENT, NOT_OBJECTS).filter(is_compared), max_size=12))
@example([{"id": "1", "share": 10**17 + 1}, {"id": "2", "share": 0.25}])
@example([{"id": "1", "share": 1.5}, {"id": "2", "share": True}])
@example([{"id": "1", "count": 5}, {"id": 2, "count": "6"}, {"id": True, "count": 7.0}])
def test_pages_are_read_as_record_by_record(records):
    rows, refused = slow_edge(records)
    edge = read(records)
    assert edge.rows.schema == THING.schema
    assert edge.rows.to_pylist() == rows
    assert [json.loads(text) for text in edge.quarantined["record"].to_pylist()] == refused
    objects = [record for record in records if isinstance(record, dict)]
    assert edge.unexpected == {name for record in objects for name in record} - set(USUAL) - {"_links"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"id": "1", "at": "yesterday"}, "at is not a time"),
        ({"id": "1", "count": "many"}, "count is not a whole number"),
        ({"id": "1", "price": {"amount": 1}}, "price is not an amount"),
        ({"id": "1", "price": "1e30"}, "price is not an amount"),
        ({"id": "1", "share": "nan"}, "share is not a number"),
        ({"id": "1", "vip": 7}, "vip is not true or false"),
        ({"id": "1", "name": ["a"]}, "name is not text"),
        ({"id": "1", "day": "20260101"}, "day is not a date"),
        ({"id": "", "name": "x"}, "id is missing"),
        ({"name": "x"}, "id is missing"),
        ("text", "the record is not an object"),
    ],
)
def test_a_refused_record_has_its_reason_and_nothing_of_it_in_the_reason(bad, reason):
    edge = read([{"id": "0"}, bad, {"id": "2"}])
    assert edge.rows["id"].to_pylist() == ["0", "2"]
    (refused,) = edge.quarantined.to_pylist()
    assert refused["reason"] == reason
    assert refused["table_name"] == "things"
    assert json.loads(refused["record"]) == bad


def test_refused_records_without_a_key_are_told_apart():
    keys = read([{"name": "a"}, {"name": "b"}, {"id": "7", "at": "x"}]).quarantined["record_key"].to_pylist()
    assert len(set(keys)) == 3
    assert keys[2] == "7"


def test_refused_records_whose_key_cannot_be_read_are_told_apart():
    resource = Resource("days", columns("ad", int="cost", date="day"), key=("ad", "day"))
    records = [{"ad": "7", "day": "x", "cost": cost} for cost in (1, 2)]
    keys = read(records, resource).quarantined["record_key"].to_pylist()
    assert len(set(keys)) == 2
    assert all(key.startswith("7/x#") for key in keys)


def test_one_bad_value_does_not_slow_the_page_to_a_crawl():
    records = [{"id": str(number), "count": str(number)} for number in range(20_000)]
    records[777]["count"] = "x"
    edge = read(records)
    assert edge.rows.num_rows == 19_999
    assert edge.quarantined["record_key"].to_pylist() == ["777"]


def test_a_column_that_is_empty_at_first_may_hold_any_type_later():
    records = [{"id": str(number), "name": None, "count": None} for number in range(100)]
    edge = read([*records, {"id": 100, "name": 5, "count": 6}])
    assert edge.rows.num_rows == 101
    assert edge.rows.slice(100)["name"].to_pylist() == ["5"]
    assert edge.rows.slice(100)["count"].to_pylist() == [6]


def test_a_typed_table_is_read_as_its_records_would_be():
    table = pa.table(
        {
            "id": pa.array(["a", "b", None, "d"]).dictionary_encode(),
            "amount": pa.array([1, None, 2, -3], pa.int64()),
            "happened_at": pa.array([0, None, 1, 2], pa.timestamp("ns")),
            "is_open": pa.array([True, None, False, None]),
            "plan": pa.array(["pro", None, "", None], pa.large_string()),
            "price": pa.array([Decimal("1.50"), None, None, None]),
            "seats": pa.array([5, None, None, 7], pa.int32()),
            "unused": pa.nulls(4),
            "known": pa.array([1, 2, 3, 4]),
        }
    )
    resource = Resource(
        "things",
        columns("id", money="amount", time="happened_at", flag="is_open", int="missing"),
        key=("id",),
        ignored=fields("known"),
    )
    came_at = pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 4, TIME)
    edge = table_to_arrow(resource, table, came_at)
    assert edge.unexpected == {"plan", "price", "seats"}
    assert [json.loads(text) if text else None for text in edge.rows["_extra"].to_pylist()] == [
        {"plan": "pro", "price": "1.50", "seats": 5},
        None,
        {"seats": 7},
    ]
    assert edge.quarantined["reason"].to_pylist() == ["id is missing"]
    records = [{name: row[name] for name in ("id", "amount", "is_open")} for row in table.to_pylist()]
    as_records = to_arrow(resource, records, came_at)
    names = ["id", "amount", "is_open", "missing"]
    assert edge.rows.select(names) == as_records.rows.select(names)
    assert edge.rows["happened_at"].to_pylist() == [
        datetime(1970, 1, 1, tzinfo=UTC),
        None,
        datetime(1970, 1, 1, tzinfo=UTC),
    ]


def test_what_cannot_be_read_in_a_typed_table_is_refused_alone():
    table = pa.table({"id": ["a", "b", "c"], "count": pa.array(["1", "many", None]), "seats": [1, 2, 3]})
    resource = Resource("things", columns("id", int="count"), key=("id",))
    edge = table_to_arrow(resource, table, pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 3, TIME))
    assert edge.rows["count"].to_pylist() == [1, None]
    (refused,) = edge.quarantined.to_pylist()
    assert (refused["record_key"], refused["reason"]) == ("b", "count is not a whole number")
    assert json.loads(refused["record"]) == {"id": "b", "count": "many", "seats": 2}
