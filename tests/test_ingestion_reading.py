"""Which part of a vendor's history a load asks for, by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ingestion.reading import OLDEST, Span

ROME = ZoneInfo("Europe/Rome")
UNTIL = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)  # 23:59 in Rome
SINCE = datetime(2026, 6, 19, 23, 30, tzinfo=UTC)  # the 20th, 01:30, in Rome


@pytest.mark.parametrize(
    ("span", "first"),
    [
        (Span(UNTIL, ROME, SINCE), date(2026, 6, 15)),
        (Span(UNTIL, ROME, SINCE, start_date=date(2026, 6, 18)), date(2026, 6, 18)),
        (Span(UNTIL, ROME, SINCE, is_range=True), date(2026, 6, 20)),
        (Span(UNTIL, ROME), date(2026, 6, 30) - OLDEST),
        (Span(UNTIL, ROME, start_date=date(2026, 1, 1)), date(2026, 1, 1)),
    ],
)
def test_days_that_may_have_changed_are_read_again_but_none_that_were_not_asked_for(span: Span, first: date) -> None:
    assert span.days(5, ROME) == (first, date(2026, 6, 30))


def test_a_new_account_is_read_from_the_start_unless_days_are_named() -> None:
    start = date(2026, 2, 1)
    assert Span(UNTIL, ROME, SINCE, start_date=start).days(5, ROME, is_new=True)[0] == start
    assert Span(UNTIL, ROME, SINCE, is_range=True, start_date=start).days(5, ROME, is_new=True)[0] == date(2026, 6, 20)


def test_changes_are_asked_for_a_little_before_the_last_load_but_for_named_days() -> None:
    hour = timedelta(hours=1)
    assert Span(UNTIL, ROME, SINCE).changed_since(hour) == SINCE - hour
    assert Span(UNTIL, ROME, SINCE, is_range=True).changed_since(hour) == SINCE
    assert Span(UNTIL, ROME).changed_since(hour) is None
