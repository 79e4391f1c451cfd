"""What mops.yaml says of an entry of the files source."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ingestion.settings.as_of import known_zone
from ingestion.settings.strict import Strict, form


def _as_text(value: Any) -> Any:
    """A constant as it would stand in a CSV: staging casts it with the rest of its column."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else value


def _known_encoding(name: str) -> str:
    try:
        "".encode(name)  # unlike codecs.lookup, it refuses what is no encoding of text, such as base64
    except (LookupError, ValueError):
        raise ValueError(f"{name} is no encoding of text that Python knows") from None
    return name


Constant = Annotated[str | None, BeforeValidator(_as_text)]


class FilesEntry(Strict):
    """`as` says what the rows are; `path` or `sql` where they come from; the rest acts in staging."""

    as_: str = Field(alias="as")
    path: str | None = None
    sql: str | None = None
    key: list[str] | None = Field(default=None, min_length=1)
    columns: dict[str, str] = {}
    constants: dict[str, Constant] = {}
    filter: str | None = None
    time_zone: Annotated[str, AfterValidator(known_zone)] | None = None
    date_format: Annotated[str, form(r"(?s).*%.*", "made of signs like %d.%m.%Y")] | None = None
    delimiter: Annotated[str, form(r"(?s).", "one character")] | None = None
    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = None
    decimal: Literal[".", ","] | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if (self.path is None) == (self.sql is None):
            raise ValueError("needs either path or sql")
        if (self.sql is None) != (self.key is None):
            raise ValueError("sql and key belong together: key names the columns that identify a row of the sql")
        if self.sql is not None and (self.delimiter or self.encoding):
            raise ValueError("delimiter and encoding are of a path, not of sql")
        return self
