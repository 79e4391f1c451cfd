"""Names of raw columns from what stands in a header.

header fields -> names that are there, and there once
"""

from collections.abc import Iterable

import pyarrow as pa

# mops' own columns of every raw table; mappings and filters may use them as well.
OWN = {"path": pa.string(), "line": pa.int64(), "row_key": pa.string()}
LOADED_AT = "_loaded_at"


def unique_names(header: Iterable[str]) -> list[str]:
    """The header as it stands, but for blank names (column_3) and repeated ones (email_2); case makes no difference."""
    taken = {name.lower() for name in (*OWN, LOADED_AT)}
    names = []
    for position, field in enumerate(header, start=1):
        wanted = field.strip() or f"column_{position}"
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names
