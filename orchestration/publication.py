"""data/published: whole versions, a link to the one people read, and the manifest of that one.

Every step leaves something whole: a version is written under a hidden name and renamed, then the link is replaced,
then the manifest copied up. Whoever holds the run lock may call these; `mend` finishes what a killed run began.
"""

import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from ingestion import home as paths
from orchestration import version_file
from orchestration.published_tables import Facts, Mart

KEPT = 7
DATABASE = version_file.DATABASE
MANIFEST = "manifest.json"

Manifest = dict[str, Any]


class NoSuchVersionError(Exception):
    """There is no such version to go back to."""


def publish(home: Path, marts: list[Mart], facts: Facts) -> Manifest:
    """Write a version from the warehouse and the records of runs, and move the readers to it."""
    draft = _versions_folder(home) / f".{facts.version}"
    draft.mkdir(parents=True)
    manifest = version_file.write(draft, home, marts, facts)
    _write_read_only(draft / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    _sync(draft)
    draft.rename(_versions_folder(home) / facts.version)
    _point_to(home, facts.version)
    _prune(home)
    return manifest


def next_version(home: Path, moment: datetime) -> str:
    """A name that is free and sorts by time."""
    name = moment.strftime("%Y%m%dT%H%M%SZ")
    taken = sum(each.startswith(name) for each in versions(home))
    return f"{name}-{taken + 1}" if taken else name


def rollback(home: Path, version: str | None = None) -> Manifest:
    """Move the readers to an earlier version: the one given, else the one before theirs."""
    kept, shown = versions(home), current_version(home)
    if version is None:
        earlier = [each for each in kept if shown is not None and each < shown]
        if not earlier:
            raise NoSuchVersionError("there is no earlier version to go back to")
        version = earlier[-1]
    if version not in kept:
        raise NoSuchVersionError(f"there is no version {version}; kept are {', '.join(kept) or 'none'}")
    _point_to(home, version)
    return _manifest(home, version)


def mend(home: Path) -> None:
    """Finish or clear what a run killed in the middle of a publication left."""
    for draft in [*_versions_folder(home).glob(".*"), *paths.published_folder(home).glob(".*")]:
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft)
        else:
            draft.unlink()
    shown = current_version(home)
    if shown:
        _copy_up(home, shown)


def published_file(home: Path) -> Path:
    """What readers open."""
    return paths.published_folder(home) / DATABASE


def current_version(home: Path) -> str | None:
    """The version that readers get now."""
    link = published_file(home)
    return link.readlink().parent.name if link.is_symlink() else None


def current_manifest(home: Path) -> Manifest | None:
    """What is known of the version that readers get now."""
    version = current_version(home)
    return _manifest(home, version) if version else None


def versions(home: Path) -> list[str]:
    """The versions that are kept, oldest first."""
    return sorted(each.name for each in _versions_folder(home).glob("[!.]*"))


def _versions_folder(home: Path) -> Path:
    return paths.published_folder(home) / "versions"


def _point_to(home: Path, version: str) -> None:
    """Replace the link, which is relative so that the folder can be moved, then the manifest beside it."""
    folder = paths.published_folder(home)
    draft = folder / f".{DATABASE}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(Path("versions") / version / DATABASE)
    draft.replace(folder / DATABASE)
    _sync(folder)
    _copy_up(home, version)


def _copy_up(home: Path, version: str) -> None:
    manifest = (_versions_folder(home) / version / MANIFEST).read_text(encoding="utf-8")
    paths.replace_file(paths.published_folder(home) / MANIFEST, manifest)


def _manifest(home: Path, version: str) -> Manifest:
    return json.loads((_versions_folder(home) / version / MANIFEST).read_text(encoding="utf-8"))


def _prune(home: Path) -> None:
    shown = current_version(home)
    for version in versions(home)[:-KEPT]:
        if version != shown:
            shutil.rmtree(_versions_folder(home) / version)


def _write_read_only(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o444)


def _sync(folder: Path) -> None:
    """Have the folder's entries on disk before anything points to them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
