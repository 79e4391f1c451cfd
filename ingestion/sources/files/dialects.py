"""Which delimiter and quotes a CSV file uses, judged by how well its first lines fit.

first lines of text -> Dialect
"""

from collections import Counter

from ingestion.sources.files.csv_records import Dialect, read_records

SAMPLE_LINES = 1_000
DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01")
ONE_COLUMN = "\x1f"  # a delimiter that no text holds
NO_FIT = (0.0, 0, 0.0)


def detect(lines: list[str], delimiter: str | None = None) -> Dialect:
    """The dialect under which most records have the same number of fields; among equals the plainest."""
    candidates = [
        dialect for each in ([delimiter] if delimiter else DELIMITERS) for dialect in _with_quotes(each, "".join(lines))
    ]
    scores = {dialect: _fit(lines, dialect) for dialect in candidates}
    best = max(candidates, key=lambda dialect: scores[dialect])
    if scores[best] == NO_FIT:
        return Dialect(delimiter or ONE_COLUMN)
    return best


def _with_quotes(delimiter: str, text: str) -> list[Dialect]:
    dialects = [Dialect(delimiter)]
    if '\\"' in text:
        dialects.append(Dialect(delimiter, escape="\\"))
    if "'" in text and '"' not in text:
        dialects.append(Dialect(delimiter, quote="'"))
    return dialects


def _fit(lines: list[str], dialect: Dialect) -> tuple[float, int, float]:
    """The share of records that are as wide as most, their width, and how many open with a quote of this kind."""
    records = list(read_records(lines, dialect))
    widths = Counter(len(record.fields) for record in records if record.fields is not None)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < 2:
        return NO_FIT
    # An apostrophe may just begin a word (’s-Hertogenbosch): it is a quote where most records begin with it.
    quoted = sum(record.text.startswith("'") for record in records) / len(records) if dialect.quote == "'" else 0.5
    return count / len(records), width, quoted
