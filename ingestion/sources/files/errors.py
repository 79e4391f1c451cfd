"""What keeps an entry of `sources.files` from being read."""

import duckdb

# Their messages speak of the SQL; those of other errors may quote what is in the files.
ABOUT_THE_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.IOException)


class EntryError(Exception):
    """One sentence for the user; only the entry's place in mops.yaml is added to it."""


def of_sql(what: str, error: duckdb.Error) -> EntryError:
    """A mistake in SQL that mops.yaml holds, without what it found in the files."""
    if isinstance(error, ABOUT_THE_SQL):
        return EntryError(f"{what} can't be run: {str(error).splitlines()[0]}")
    return EntryError(f"{what} fails on what the files hold ({type(error).__name__})")
