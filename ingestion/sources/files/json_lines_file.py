"""JSON lines: an object a line, nested values kept as JSON text.

bytes -> batches of text columns
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa

from ingestion.settings import FilesEntry
from ingestion.sources.files.locations import Location
from ingestion.sources.files.rows import BATCH_ROWS, Batch, Reject, text_schema, text_table, unique_names


def read_schema(location: Location, entry: FilesEntry) -> pa.Schema:
    """Every key of any object, all text."""
    return text_schema(unique_names(_keys(location, entry)))


def read_batches(location: Location, entry: FilesEntry) -> Iterator[Batch]:
    """All rows of the file."""
    keys = _keys(location, entry)
    objects = _objects(location, entry)
    while chunk := list(islice(objects, BATCH_ROWS)):
        good = [(line, values) for line, values, _ in chunk if values is not None]
        rows = [[values.get(key) for key in keys] for _, values in good]
        rejects = [Reject(line, "is no JSON object", text) for line, values, text in chunk if values is None]
        yield Batch(text_table(unique_names(keys), rows, [line for line, _ in good]), rejects)


def _keys(location: Location, entry: FilesEntry) -> list[str]:
    """In the order they appear; later lines may have more than the first."""
    keys: dict[str, None] = {}
    for _, values, _ in _objects(location, entry):
        keys.update(dict.fromkeys(values or {}))
    return list(keys)


def _objects(location: Location, entry: FilesEntry) -> Iterator[tuple[int, dict[str, str | None] | None, str]]:
    encoding = entry.encoding or "utf-8-sig"
    with location.open() as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                text = raw.decode(encoding, errors="backslashreplace").rstrip("\r\n")
                yield number, _parse(text), text


def _parse(text: str) -> dict[str, str | None] | None:
    try:
        value = json.loads(text)
        return {key: _as_text(each) for key, each in value.items()} if isinstance(value, dict) else None
    except ValueError:
        return None


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value and value.encode(errors="backslashreplace").decode()
    return json.dumps(value, ensure_ascii=False)
