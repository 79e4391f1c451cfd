"""A column of JSON values -> an Arrow array of the declared type, or a refusal of the values that are not of it.

Empty text is NULL whatever the type: vendors send "" for what was cleared or never known.
"""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from ingestion.resource import AMOUNT, DATE, FLAG, INT, JSON, MONEY, REAL, TEXT, TIME

UNREADABLE = (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError)

# Digits enough for any amount that is text; it is rounded to the declared scale afterwards.
_WIDE = pa.decimal256(76, 38)

_ZONE = r":\d\d.*(Z|[-+]\d\d(:?\d\d)?)$"  # at the end of a time that names one

_NUMBERS = {INT, REAL, MONEY, AMOUNT}

NAMES = {
    TEXT: "text",
    JSON: "JSON",
    TIME: "a time",
    DATE: "a date",
    INT: "a whole number",
    REAL: "a number",
    MONEY: "an amount",
    AMOUNT: "an amount",
    FLAG: "true or false",
}


def read_column(values: Sequence[Any], dtype: pa.DataType) -> tuple[pa.Array, list[int]]:
    """Read a column; values that are not of the type are NULL and their positions are returned beside it."""
    try:
        if dtype == JSON:
            return pa.array([None if value is None else dump(value) for value in values], JSON), []
        if dtype in _NUMBERS and len(values) > 1 and any(type(value) is bool for value in values):
            raise pa.ArrowInvalid("among numbers Arrow would take true for 1")
        return cast(pa.array(values), dtype), []
    except UNREADABLE:
        if len(values) == 1:
            return _read_by_digits(values[0], dtype)
    middle = len(values) // 2
    left, left_bad = read_column(values[:middle], dtype)
    right, right_bad = read_column(values[middle:], dtype)
    return pa.concat_arrays([left, right]), left_bad + [middle + position for position in right_bad]


def _read_by_digits(value: Any, dtype: pa.DataType) -> tuple[pa.Array, list[int]]:
    """Read a whole number that Arrow cannot hold, such as an id of 64 bits and more; refuse whatever else it is."""
    if isinstance(value, int) and value.bit_length() > 63:
        try:
            return cast(pa.array([str(value)]), dtype), []
        except UNREADABLE:
            pass
    return pa.nulls(1, dtype), [0]


def cast(array: pa.Array, dtype: pa.DataType) -> pa.Array:
    """Read an array of what JSON had (text, numbers, booleans) as the declared type; raises one of UNREADABLE."""
    if pa.types.is_string(array.type):
        array = pc.replace_with_mask(array, pc.equal(array, ""), pa.scalar(None, TEXT))
    if array.type == dtype or pa.types.is_null(array.type):
        return array.cast(dtype)
    return _CASTS[dtype](array)


def dump(value: Any) -> str:
    """A value as JSON text; what JSON does not know (an exact decimal, bytes) as text."""
    return orjson.dumps(value, default=str).decode()


def _text(array: pa.Array) -> pa.Array:
    if pa.types.is_nested(array.type):
        raise pa.ArrowInvalid("a list or an object is not text")
    return array.cast(TEXT)


def _time(array: pa.Array) -> pa.Array:
    if pa.types.is_integer(array.type):
        return array.cast(pa.timestamp("ms", tz="UTC")).cast(TIME)
    try:
        return _only_text(array).cast(TIME)
    except pa.ArrowInvalid:  # some without a zone, or only a date: UTC by convention
        is_zoned = pc.match_substring_regex(array, _ZONE)
        zoned, naive = pc.if_else(is_zoned, array, None), pc.if_else(is_zoned, None, array)
        return pc.coalesce(naive.cast(pa.timestamp("us")).cast(TIME), zoned.cast(TIME))


def _date(array: pa.Array) -> pa.Array:
    return _only_text(array).cast(DATE)


def _int(array: pa.Array) -> pa.Array:
    return _no_flag(array).cast(INT)


def _real(array: pa.Array) -> pa.Array:
    # A whole number beyond 2**53 is rounded as any other reader of JSON would; Arrow by itself refuses it.
    numbers = _no_flag(array).cast(REAL, safe=not pa.types.is_integer(array.type))
    if not pc.all(pc.is_finite(numbers.drop_null()), min_count=0).as_py():
        raise pa.ArrowInvalid("not a finite number")
    return numbers


def _decimal(dtype: pa.DataType) -> Callable[[pa.Array], pa.Array]:
    def read(array: pa.Array) -> pa.Array:
        if pa.types.is_floating(array.type):
            return _real(array).cast(dtype)
        return pc.round(_no_flag(array).cast(_WIDE), dtype.scale, "half_towards_infinity").cast(dtype)

    return read


def _flag(array: pa.Array) -> pa.Array:
    if (
        pa.types.is_integer(array.type)
        and not pc.all(pc.is_in(array.drop_null(), pa.array([0, 1])), min_count=0).as_py()
    ):
        raise pa.ArrowInvalid("not 0 or 1")
    return array.cast(FLAG)


def _only_text(array: pa.Array) -> pa.Array:
    if not pa.types.is_string(array.type):
        raise pa.ArrowInvalid("not text")
    return array


def _no_flag(array: pa.Array) -> pa.Array:
    if pa.types.is_boolean(array.type):
        raise pa.ArrowInvalid("true or false is not a number")
    return array


_CASTS: dict[pa.DataType, Callable[[pa.Array], pa.Array]] = {
    TEXT: _text,
    TIME: _time,
    DATE: _date,
    INT: _int,
    REAL: _real,
    MONEY: _decimal(MONEY),
    AMOUNT: _decimal(AMOUNT),
    FLAG: _flag,
}
