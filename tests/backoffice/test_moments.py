from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from backoffice.moments import now, stamp


def test_stamps_sort_as_time_does_whatever_the_zone():
    warsaw = timezone(timedelta(hours=1))
    early = datetime(2026, 3, 1, 12, 30, tzinfo=warsaw)
    late = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert stamp(early) == "2026-03-01T11:30:00.000+00:00" < stamp(late)
    assert len(stamp(now())) == len(stamp(late))


def test_the_clock_knows_its_zone():
    assert now().tzinfo is UTC
