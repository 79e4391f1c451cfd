"""The installation's key, without which no person_id can be derived from an e-mail address.

MOPS_KEY, else MOPS_HOME/.mops_key (generated once) -> text
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ingestion import home as paths
from ingestion.settings import SettingsError

FEWEST_CHARACTERS = 8  # with fewer a person_id is as good as a plain hash of the address


def read(home: Path) -> str | None:
    """The key of this installation, None before there is one; SettingsError where it is too short, or was lost."""
    from_environment, file, warehouse = os.environ.get("MOPS_KEY"), paths.key_file(home), paths.warehouse_file(home)
    if from_environment is not None:
        return _checked(from_environment, "MOPS_KEY")
    if file.exists():
        return _of(file)
    if warehouse.exists():
        raise SettingsError(
            f"the installation's key is gone: {warehouse} names people by one, but MOPS_KEY is not set and there is no"
            f" {file}; bring it back, or remove {warehouse} to have everybody named anew"
        )
    return None


def read_or_create(home: Path) -> str:
    """The key of this installation, made where there is none."""
    key, file = read(home), paths.key_file(home)
    if key is None:
        _create(file)
        key = _of(file)
    return key


def _of(file: Path) -> str:
    return _checked(file.read_text(encoding="utf-8").strip(), str(file))


def _checked(key: str, place: str) -> str:
    if len(key) < FEWEST_CHARACTERS:
        raise SettingsError(f"{place} holds no key: the installation's key has at least {FEWEST_CHARACTERS} characters")
    return key


def _create(path: Path) -> None:
    """Write a whole key or none: of two processes that start together the first one's key stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_hex(32) + "\n")
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
