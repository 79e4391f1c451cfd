"""Rest.li 2.0 query strings: `List(a,b)` and `(key:value)` are structure as long as they are not percent-encoded."""

from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox.vendor import Call
from sandbox.vendors.linkedin_ads import errors

Query = dict[str, Any]  # of text, lists and dicts


def query(call: Call) -> Query:
    """The parameters of a request; a long GET comes as a POST with the query string in its body."""
    text = call.body.decode() if call.method == "POST" else urlsplit(call.url).query
    pairs = (part.partition("=") for part in text.split("&") if part)
    return {unquote(name): read(value, unquote(name)) for name, _, value in pairs}


def read(text: str, name: str) -> Any:
    """One value; raises Refused with the name of its parameter where it cannot be read."""
    if not text.startswith(("List(", "(")):
        return unquote(text)
    value, rest = _value(text, name)
    if rest:
        raise errors.invalid(name, f"Unexpected '{rest[:20]}'", "PARAM_INVALID")
    return value


def _value(text: str, name: str) -> tuple[Any, str]:
    """The value at the beginning of a text, and what is left of it."""
    if text.startswith("List("):
        items, rest = _parts(text[5:], name)
        return [value for value, _ in items], rest
    if text.startswith("("):
        items, rest = _parts(text[1:], name)
        return {key: value for value, key in items}, rest
    end = min((at for mark in ",):" if (at := text.find(mark)) >= 0), default=len(text))
    return unquote(text[:end]), text[end:]


def _parts(text: str, name: str) -> tuple[list[tuple[Any, str]], str]:
    """Values up to the closing bracket, each with its key, if it has one; and what is left."""
    parts: list[tuple[Any, str]] = []
    while not text.startswith(")"):
        value, text = _value(text, name)
        key = ""
        if text.startswith(":"):
            key = str(value)
            value, text = _value(text[1:], name)
        parts.append((value, key))
        if text.startswith(","):
            text = text[1:]
        elif not text.startswith(")"):
            raise errors.invalid(name, "A bracket is not closed", "PARAM_INVALID")
    return parts, text[1:]
