"""The installation's key, without which no person_id can be derived from an e-mail address.

MOPS_KEY, else MOPS_HOME/.mops_key (generated once) -> text
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ingestion import home as paths


def read_or_create(home: Path) -> str:
    """The key of this installation."""
    from_environment = os.environ.get("MOPS_KEY")
    if from_environment:
        return from_environment
    path = paths.key_file(home)
    if not path.exists():
        _create(path)
    return path.read_text(encoding="utf-8").strip()


def _create(path: Path) -> None:
    """Write a whole key or none: of two processes that start together the first one's key stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_hex(32) + "\n")
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
