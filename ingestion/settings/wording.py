"""What is wrong with a value of mops.yaml, in words of mops rather than of pydantic."""

import difflib
import re
from collections.abc import Collection

from pydantic_core import ErrorDetails

_QUOTED = re.compile(r"'(.*?)'")
_TEXT = "must be text, in quotes where YAML reads it otherwise"
_WHOLE = "must be a whole number"
_NUMBER = "must be a number"
_DAY = "must be a date (2026-06-30)"
_LIST = "must be a list"
_MAPPING = "must be a mapping (key: value)"
_WORDS = {
    "missing": "is missing",
    "invalid_key": "a key must be text",
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "too_short": "must have {min_length} or more items, has {actual_length}",
    "too_long": "must have {max_length} items, has more",
}


def sentence(error: ErrorDetails) -> str:
    """What is wrong; the value itself, which may be a secret, is not repeated."""
    kind, told = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(told["error"])
    if error["input"] is None:
        return "has no value; give one, or leave the key out"
    if kind == "literal_error":
        return "unknown; " + meant(str(error["input"]), _QUOTED.findall(told["expected"]))
    return _WORDS[kind].format(**told) if kind in _WORDS else error["msg"]


def meant(word: str, known: Collection[str]) -> str:
    """The known word that is close to this one, else all of them."""
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(known) or 'none'}"
