"""Salesforce's record ids: the object's prefix, a number in base 62, three letters that tell upper from lower case."""

from collections.abc import Iterable
from typing import Any

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def record_id(prefix: str, number: int) -> str:
    """The id of 18 letters."""
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    short = prefix + "5g" + digits.rjust(10, "0")
    return short + "".join(_check(short[start : start + 5]) for start in (0, 5, 10))


def record_ids(prefix: str, numbers: Iterable[int]) -> list[Any]:
    """The ids of numbers; 0 is none."""
    return [record_id(prefix, number) if number else None for number in numbers]


def _check(letters: str) -> str:
    return _CHECKS[sum(1 << place for place, letter in enumerate(letters) if letter.isupper())]
