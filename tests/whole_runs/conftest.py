"""Homes with runs behind them; copies of them are where the tests go on.

Both workers share them: who comes first makes a home, and the other takes it, or waits for it. The files ask for them
in different order, so that each worker makes one.
"""

import pytest
from company_home import DAYS, Home, run_as_of
from filelock import FileLock


@pytest.fixture(scope="session")
def first_day(tmp_path_factory) -> Home:
    """A home after its first run."""
    return _made_once(tmp_path_factory, "first_day", DAYS[0])


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Home:
    """A home whose one run was on the last day."""
    return _made_once(tmp_path_factory, "whole", DAYS[-1])


def _made_once(tmp_path_factory: pytest.TempPathFactory, name: str, day: str) -> Home:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-gw") else base  # a worker's folder lies in that of all
    home = Home(shared / name)
    ran = shared / f"{name} ran"
    with FileLock(shared / f"{name}.lock"):
        if not ran.exists():
            home.folder.mkdir()
            run_as_of(home, day)
            ran.touch()
    return home
