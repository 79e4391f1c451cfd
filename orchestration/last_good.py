"""The last good load of each source: kept aside while a new one is made, put back where that one fails or is refused.

A raw file is either good (it is what passed its gate, or is typed and empty) or in the making. One that a killed run
left in the making is put back before the next run begins, so every load starts from a whole file.
"""

import shutil
from collections.abc import Collection
from pathlib import Path

from ingestion import home as paths
from orchestration.operations import now, rows, writing


def begin(home: Path, source: str) -> None:
    """Keep the good file of a source aside; from here on its raw file is in the making."""
    _copy(paths.raw_file(home, source), paths.last_good_file(home, source))
    with writing(home) as connection:
        connection.execute(
            "insert into source_state (source, is_good, is_stale) values (?, false, false)"
            " on conflict do update set is_good = false",
            [source],
        )


def accept(home: Path, source: str, run_id: str) -> None:
    """The raw file passed its gate: it is the last good load."""
    with writing(home) as connection:
        connection.execute(
            "update source_state set is_good = true, is_stale = false, reason = null, stale_since = null,"
            " last_good_run_id = ?, last_good_at = ? where source = ?",
            [run_id, now(), source],
        )
    paths.last_good_file(home, source).unlink(missing_ok=True)  # as large as the raw file, and as private


def put_back(home: Path, source: str, reason: str) -> None:
    """Go back to the last good load, or to typed empty tables where there never was one; the source is stale."""
    _restore(home, source)
    with writing(home) as connection:
        connection.execute(
            "update source_state set is_good = true, is_stale = true, reason = ?,"
            " stale_since = coalesce(stale_since, ?) where source = ?",
            [reason, now(), source],
        )
    paths.last_good_file(home, source).unlink(missing_ok=True)


def mend(home: Path) -> None:
    """Put back every raw file that a killed run left in the making; a source whose file is gone was never good."""
    for state in rows(home, "from source_state where not is_good"):
        put_back(home, state["source"], "its last load was interrupted")
    known = rows(home, "select source from source_state where last_good_at is not null")
    gone = [each["source"] for each in known if not paths.raw_file(home, each["source"]).exists()]
    with writing(home) as connection:
        connection.execute(
            "update source_state set last_good_run_id = null, last_good_at = null"
            " where list_contains(?::varchar[], source)",
            [gone],
        )


def forget_unconfigured(home: Path, configured: Collection[str]) -> None:
    """A source that mops.yaml no longer names is in no mart, so it is not stale either."""
    with writing(home) as connection:
        connection.execute(
            "update source_state set is_stale = false, reason = null, stale_since = null"
            " where is_stale and not list_contains(?::varchar[], source)",
            [list(configured)],
        )


def stale_sources(home: Path) -> list[dict]:
    """The sources whose data is older than the last attempt to load them."""
    return rows(home, "from source_state where is_stale order by source")


def _was_ever_good(home: Path, source: str) -> bool:
    return bool(rows(home, "from source_state where source = ? and last_good_run_id is not null", [source]))


def _restore(home: Path, source: str) -> None:
    raw = paths.raw_file(home, source)
    # A log left by a killed writer belongs to the file that goes.
    raw.with_name(f"{raw.name}.wal").unlink(missing_ok=True)
    if paths.last_good_file(home, source).exists() or _was_ever_good(home, source):
        _copy(paths.last_good_file(home, source), raw)
    else:
        from ingestion.load import ensure_empty  # brings dlt, which `mops status` shall not wait for

        raw.unlink(missing_ok=True)
        ensure_empty(source, home)


def _copy(file: Path, to: Path) -> None:
    """Copy so that `to` is the old or the new file, never half of one."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_name(f".{to.name}.draft")
    shutil.copyfile(file, draft)
    draft.replace(to)
