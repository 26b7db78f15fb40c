from __future__ import annotations

import random

import pytest

from terminal.update.due import Due

MINUTE, HOUR = 60.0, 3600.0


class Time:
    def __init__(self):
        self.now = 1000.0
        self.due = Due(lambda: self.now, random.Random(1))

    def until_due(self):
        start = self.now
        while not self.due.is_due():
            self.now += 1
        return self.now - start


@pytest.fixture
def time():
    return Time()


def test_soon_after_the_start_then_daily(time):
    assert MINUTE <= time.until_due() <= 10 * MINUTE
    time.due.looked(is_well=True)
    assert 23 * HOUR <= time.until_due() <= 25 * HOUR


def test_sooner_after_a_search_that_failed(time):
    time.until_due()
    time.due.looked(is_well=False)
    assert HOUR / 2 <= time.until_due() <= HOUR


def test_soon_after_an_exchange_but_not_right_after_a_search(time):
    time.due.exchanged()
    assert time.until_due() <= 2 * MINUTE
    time.due.looked(is_well=True)
    time.due.exchanged()
    assert not time.due.is_due()
    time.now += 15 * MINUTE
    time.due.exchanged()
    assert time.until_due() <= 2 * MINUTE


def test_exchanges_again_and_again_do_not_put_it_off(time):
    for _ in range(60):
        time.due.exchanged()
        if time.due.is_due():
            return
        time.now += 5
    raise AssertionError


def test_a_hundred_tills_that_are_switched_on_at_once_do_not_come_at_once():
    seconds = set()
    for seed in range(100):
        due = Due(lambda: 0.0, random.Random(seed))
        seconds.add(round(due._at))
    assert len(seconds) > 60
