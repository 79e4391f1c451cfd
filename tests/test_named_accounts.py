"""mops.yaml names accounts in any way people write them; one that is left out for a while loses nothing by it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from source_contract import Vendor, account, assert_same, raw_rows

from ingestion.client import SourceError
from ingestion.named_accounts import in_turn, named, named_accounts
from ingestion.reading import Pull, Span

FOUND = [{"id": "1112223333"}, {"id": 7}, {"id": "1112223333"}, {"name": "without"}, {"name": "an id"}]
LISTS = {  # where each vendor finds its accounts
    "google_ads": "accounts.named_accounts",
    "meta_ads": "accounts.named_accounts",
    "linkedin_ads": "accounts.named_accounts",
    "microsoft_ads": "accounts.named_accounts",
    "tiktok_ads": "advertisers._ids",
    "google_search_console": "searches.named_accounts",
}


def pull_of(state: dict | None = None, since: datetime | None = None, is_range: bool = False, **options) -> Pull:
    span = Span(datetime(2026, 6, 30, tzinfo=UTC), ZoneInfo("UTC"), since, is_range)
    return Pull(options, span, Path(), {} if state is None else state)


def chosen(ids: object = None) -> list[dict]:
    pull = pull_of() if ids is None else pull_of(ids=ids)
    return named_accounts("ads", pull, "ids", FOUND, "id", lambda id: id.replace("-", ""))


def test_all_accounts_are_read_once_where_none_is_named():
    assert chosen() == chosen([]) == [FOUND[0], FOUND[1], FOUND[3], FOUND[4]]


@pytest.mark.parametrize("ids", ["111-222-3333", ["1112223333"], 1112223333, [1112223333]])
def test_an_account_is_named_as_it_is_shown_or_as_it_is(ids):
    assert chosen(ids) == [FOUND[0]]


def test_a_name_of_no_account_is_told():
    with pytest.raises(SourceError, match=r"ads: options\.ids: 111, 9 is none of what the credentials open"):
        chosen(["7", "9", "111"])


def test_one_name_may_stand_alone():
    assert named(pull_of(ids="7301"), "ids") == named(pull_of(ids=[7301]), "ids") == ["7301"]
    assert named(pull_of(), "ids") == []


def test_an_account_is_new_unless_the_last_load_read_it():
    state: dict = {}

    def read(*ids: str, is_range: bool = False) -> list[tuple[str, bool]]:
        pull = pull_of(state, is_range=is_range)
        return [(account["id"], is_new) for account, is_new in in_turn(pull, [{"id": id} for id in ids], "id")]

    assert read("a", "b") == [("a", True), ("b", True)]
    assert read("a") == [("a", False)]
    assert read("a", "b", is_range=True) == [("a", False), ("b", True)]
    assert read("a", "b") == [("a", False), ("b", True)]
    assert read("a", "b") == [("a", False), ("b", False)]


@pytest.mark.parametrize("name", LISTS)
def test_an_account_that_is_left_out_for_a_while_keeps_what_it_has_and_gets_what_it_missed(name, tmp_path, monkeypatch):
    vendor, home = Vendor(name), tmp_path / "home"
    with account(vendor, "2026-05-05", tmp_path) as served:
        assert served.load(home).error is None
    before = raw_rows(vendor, home)
    with account(vendor, "2026-06-25", tmp_path) as served, monkeypatch.context() as patch:
        patch.setattr(f"ingestion.sources.{name}.{LISTS[name]}", lambda *asked: [])
        assert served.load(home).error is None
    without = raw_rows(vendor, home)
    assert {table for table in before if before[table] != without[table]} <= {"sites"}  # which only lists them
    with account(vendor, "2026-06-30", tmp_path) as served:
        assert served.load(home).error is None
        assert_same(vendor, home, served.shown())
