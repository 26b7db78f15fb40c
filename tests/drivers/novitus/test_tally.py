"""Differences between pictures, against a printer that knows the truth."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from drivers.fiscal import NO_TOTALS
from drivers.novitus.tally import KEPT_MAX, Day, Picture, Tally, fold

AT = datetime(2026, 10, 9, 21, 0)
MILK = (349, 0, 0, 0, 0, 0, 0)
BREAD = (0, 500, 0, 0, 0, 0, 0)


def plus(left, right):
    return tuple(a + b for a, b in zip(left, right, strict=True))


def shot(**changes) -> Picture:
    return replace(Picture("ABC1", 0, 7, 1000, MILK, AT), **changes)


START = fold(None, shot())


def test_the_first_picture_begins_at_nothing():
    assert Tally(shot()) == START


def test_a_receipt():
    tally = fold(START, shot(number=1001, totals_gr=plus(MILK, BREAD)))
    assert (tally.receipts, tally.cancelled, tally.last_gr) == (1, 0, BREAD)
    assert fold(tally, tally.picture) == tally


def test_two_receipts_between_two_pictures():
    tally = fold(START, shot(number=1002, totals_gr=plus(MILK, BREAD)))
    assert (tally.receipts, tally.last_gr) == (2, NO_TOTALS)


def test_a_number_without_money_is_a_cancelled_receipt():
    tally = fold(START, shot(number=1001))
    assert (tally.receipts, tally.cancelled, tally.last_gr) == (0, 1, NO_TOTALS)


def sold() -> Tally:
    return fold(START, shot(number=1001, totals_gr=plus(MILK, BREAD)))


def test_a_report_with_nothing_in_between_is_known():
    tally = fold(sold(), shot(reports=8, number=1001, totals_gr=NO_TOTALS))
    assert tally.day(8) == Day(8, AT, 1, 0, plus(MILK, BREAD))
    assert (tally.receipts, tally.cancelled, tally.last_gr) == (0, 0, BREAD)
    assert tally.day(7) is None


def test_a_report_and_one_receipt_after_it():
    tally = fold(sold(), shot(reports=8, number=1002, totals_gr=MILK))
    assert tally.day(8).totals_gr == plus(MILK, BREAD)
    assert (tally.receipts, tally.last_gr) == (1, MILK)


@pytest.mark.parametrize(
    "now",
    [
        shot(reports=8, number=1002, totals_gr=NO_TOTALS),
        shot(reports=8, number=1003, totals_gr=MILK),
        shot(reports=9, number=1002, totals_gr=NO_TOTALS),
    ],
    ids=["one before or cancelled", "two", "two reports, one receipt"],
)
def test_a_report_that_cannot_be_known(now):
    tally = fold(sold(), now)
    assert tally.day(8) is None
    assert tally.day(9) is None


def test_several_reports_in_a_row():
    tally = fold(sold(), shot(reports=10, number=1001, totals_gr=NO_TOTALS))
    assert [each.receipts for each in tally.days] == [1, 0, 0]
    tally = fold(tally, shot(reports=100, number=1001, totals_gr=NO_TOTALS))
    assert len(tally.days) == KEPT_MAX
    assert tally.days[-1].number == 100


@pytest.mark.parametrize(
    "now",
    [
        shot(unique_no="XYZ2", number=2000),
        shot(ram_resets=1, number=0, totals_gr=NO_TOTALS),
        shot(number=999),
        shot(reports=6),
        shot(number=1001, totals_gr=BREAD),
    ],
    ids=["printer", "reset", "number back", "reports back", "totals back"],
)
def test_what_does_not_go_on_begins_anew(now):
    assert fold(sold(), now) == Tally(now)


def test_a_long_life_agrees_with_the_truth():
    """A random shop, looked at after each thing that happens: nothing may be lost or invented."""
    dice = random.Random(3)
    reports, number, totals, receipts, cancelled = 0, 0, NO_TOTALS, 0, 0
    at, truth = AT, {}
    tally = fold(None, Picture("A", 0, 0, 0, NO_TOTALS, at))
    for _ in range(20_000):
        match dice.randrange(12):
            case 0:
                truth[reports + 1] = (receipts, cancelled, totals)
                reports, totals, receipts, cancelled = reports + 1, NO_TOTALS, 0, 0
                at += timedelta(hours=1)
            case 1:
                number, cancelled = number + 1, cancelled + 1
            case 2:
                pass
            case _:
                totals = plus(totals, dice.choice((MILK, BREAD)))
                number, receipts = number + 1, receipts + 1
        tally = fold(tally, Picture("A", 0, reports, number, totals, at))
        assert (tally.receipts, tally.cancelled) == (receipts, cancelled)
        if reports:
            found = tally.day(reports)
            assert (found.receipts, found.cancelled, found.totals_gr) == truth[reports]


def test_pictures_taken_seldom_never_tell_a_wrong_report():
    """With anything between two pictures: a report that is told is the true one."""
    dice = random.Random(5)
    told = 0
    for _ in range(5_000):
        totals, reports, number = NO_TOTALS, 0, 0
        tally = fold(None, Picture("A", 0, 0, 0, NO_TOTALS, AT))
        truth = {}
        for _ in range(8):
            for _ in range(dice.randrange(3)):
                if dice.random() < 0.3:
                    reports += 1
                    truth[reports] = totals
                    totals = NO_TOTALS
                else:
                    totals = plus(totals, dice.choice((MILK, BREAD)))
                    number += 1
            tally = fold(tally, Picture("A", 0, reports, number, totals, AT))
            for report in tally.days:
                assert report.totals_gr == truth[report.number]
                told += 1
    assert told > 1000
