from __future__ import annotations

import pytest

from backoffice.jobs.patience import Patience


@pytest.mark.parametrize(
    ("attempt", "least", "most"), [(1, 2.5, 5), (4, 20, 40), (30, 900, 1800), (10_000, 900, 1800)]
)
def test_it_waits_longer_and_longer_and_never_at_the_same_second(attempt, least, most):
    waits = [Patience().wait_s(attempt) for _ in range(50)]
    assert all(least <= it <= most for it in waits)
    assert len(set(waits)) > 1


def test_it_waits_as_long_as_the_other_side_asks_for():
    assert Patience().wait_s(1, 3600) == 3600


def test_an_outage_of_an_hour_is_sat_out():
    it = Patience()
    assert sum(min(it.first_s * 2**no, it.most_s) / 2 for no in range(it.tries - 1)) > 3600


def test_a_dead_worker_is_noticed_within_a_minute():
    it = Patience()
    assert it.silence_s + it.beat_s < 45
    assert it.beat_s * 3 < it.silence_s
