"""What a load brought, per raw table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Progress = Callable[[str, str, int], None]  # source, table, rows read so far


@dataclass(frozen=True)
class TableLoad:
    """One raw table after a load; a table that the load did not touch has rows 0."""

    table: str
    rows: int
    rows_total: int
    quarantined: int = 0
    unexpected_fields: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class LoadReport:
    """One source after a load; a failed one changed nothing that it will not put right next time."""

    source: str
    status: Literal["loaded", "failed"]
    tables: list[TableLoad] = field(default_factory=list)
    error: str | None = None
