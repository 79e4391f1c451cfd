"""What a data test of dbt asks, in a sentence: made of its kind and arguments, for dbt has only a name for it."""

import re
from collections.abc import Mapping
from typing import Any

SENTENCES = {
    "primary_key": "The key of a row is {columns}: no two rows share it, and no part of it is NULL.",
    "unique_combination": "No two rows share {columns}; NULL counts as a value.",
    "never_null": "Never NULL: {columns}.",
    "accepted_values": "Known values of {column_name} are among {values}.",
    "accepted_range": "Known values of {columns} lie between {minimum} and {maximum}, each included.",
    "relationships": "Each known {column_name} is a {field} of {to}.",
}
OPEN_ENDS = {"minimum": "−∞", "maximum": "∞"}


def sentence(node: Mapping[str, Any]) -> str:
    """The description of the test's node in the manifest, else what its kind says, else its name in words."""
    test = node.get("test_metadata") or {"name": None}
    if node["description"] or test["name"] not in SENTENCES:
        return node["description"] or f"{node['name'].removeprefix('assert_').replace('_', ' ').capitalize()}."
    return SENTENCES[test["name"]].format(**OPEN_ENDS | {name: _words(each) for name, each in test["kwargs"].items()})


def _words(argument: Any) -> str:
    if isinstance(argument, list):
        return ", ".join(map(str, argument))
    return re.sub(r"^ref\('(\w+)'\)$", r"\1", str(argument))
