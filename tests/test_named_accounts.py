"""mops.yaml names accounts in any way people write them; a name of no account is told."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ingestion.client import SourceError
from ingestion.named_accounts import named_accounts
from ingestion.reading import Pull, Span

FOUND = [{"id": "1112223333"}, {"id": 7}, {"id": "1112223333"}, {"name": "without"}, {"name": "an id"}]


def chosen(ids: object = None) -> list[dict]:
    pull = Pull({} if ids is None else {"ids": ids}, Span(datetime(2026, 6, 30, tzinfo=UTC), ZoneInfo("UTC")), Path())
    return named_accounts("ads", pull, "ids", FOUND, "id", lambda id: id.replace("-", ""))


def test_all_accounts_are_read_once_where_none_is_named():
    assert chosen() == chosen([]) == [FOUND[0], FOUND[1], FOUND[3], FOUND[4]]


@pytest.mark.parametrize("ids", ["111-222-3333", ["1112223333"], 1112223333, [1112223333]])
def test_an_account_is_named_as_it_is_shown_or_as_it_is(ids):
    assert chosen(ids) == [FOUND[0]]


def test_a_name_of_no_account_is_told():
    with pytest.raises(SourceError, match=r"ads: options\.ids: 111, 9 is none of what the credentials open"):
        chosen(["7", "9", "111"])
