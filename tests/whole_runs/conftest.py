"""Homes with runs behind them; copies of them are where the tests go on."""

import pytest
from company_home import DAYS, Home, run_as_of


@pytest.fixture(scope="module")
def first_day(tmp_path_factory) -> Home:
    """A home after its first run."""
    home = Home(tmp_path_factory.mktemp("first_day"))
    run_as_of(home, DAYS[0])
    return home


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Home:
    """A home whose one run was on the last day."""
    home = Home(tmp_path_factory.mktemp("whole"))
    run_as_of(home, DAYS[-1])
    return home
