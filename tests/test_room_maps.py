"""The docstring of each room says where everything in it is; this holds it to the folder."""

import re
from importlib import import_module
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
NOT_LISTED = {"__init__", "__main__"}


@pytest.mark.parametrize("room", ["ingestion", "orchestration", "sandbox"])
def test_the_docstring_of_a_room_names_every_module(room: str) -> None:
    folder = REPOSITORY / room
    modules = {path.stem for path in folder.glob("*.py")} - NOT_LISTED
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    words = set(re.findall(r"\w+", import_module(room).__doc__ or ""))
    assert sorted((modules | packages) - words) == []


@pytest.mark.parametrize("room", ["ingestion", "orchestration", "sandbox"])
def test_the_docstring_of_a_room_names_no_module_that_is_gone(room: str) -> None:
    folder = REPOSITORY / room
    listed = re.findall(r"^    (\w+(?:, \w+)*)(?=\s{1,}\S|$)", import_module(room).__doc__ or "", re.MULTILINE)
    names = {name for names in listed for name in names.split(", ")}
    assert names
    assert sorted(name for name in names if not (folder / f"{name}.py").exists() and not (folder / name).is_dir()) == []
