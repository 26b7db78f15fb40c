"""The power fails while receipts are parked, taken up, split and merged, at every single point.

Every line is on the screen or parked, once; together they owe what they owed.
"""

from __future__ import annotations

import pytest

from tests.crash.power import cut_everywhere

ON_SCREEN, ASIDE = "Telefon", "Jan"


def prepare(alive):
    """Two receipts: one aside, one on the screen that is called as the office wants it."""
    parking = alive.till.parking
    alive.do(alive.till.sell, "2")
    alive.do(alive.till.sell, "3")
    alive.do(parking.park, ASIDE)
    alive.do(parking.switch, ON_SCREEN)
    alive.do(alive.till.sell, "1", 3000)
    alive.do(alive.till.sell, "4")
    alive.do(alive.till.discount_receipt, percent_bp=1000)


def lines(alive):
    """Products and how much of them is unfinished, wherever it is."""
    return alive.journal(
        "SELECT product, sum(qty_milli) FROM receipt_line JOIN receipt USING (rid)"
        " WHERE state = 'OPEN' AND place <> 'moved' AND NOT is_void GROUP BY product"
    )


def owed(alive):
    ((total_gr,),) = alive.journal(
        "SELECT sum(total_gr) FROM receipt WHERE state = 'OPEN' AND place <> 'moved'"
    )
    return total_gr


def park(alive):
    alive.do(alive.till.parking.park)


def begin(alive):
    alive.do(alive.till.parking.begin, "Hotel")


def switch(alive):
    alive.do(alive.till.parking.switch, ASIDE)


def split(alive):
    alive.do(alive.till.parking.split, {0: 1000, 1: 1000}, "Hotel")


def merge(alive):
    alive.do(alive.till.parking.merge, ASIDE)


VERBS = (park, begin, switch, split, merge)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_cut_anywhere(make_stand, verb):
    before = []

    def prepared(alive):
        prepare(alive)
        before[:] = [lines(alive), owed(alive)]

    def afterwards(_stand, alive):
        assert [lines(alive), owed(alive)] == before
        alive.login()
        names = {bill.name for bill in alive.do(alive.till.parking.bills) if bill.lying}
        assert names <= {ON_SCREEN, ASIDE, "Hotel"}

    touches = cut_everywhere(make_stand, prepared, verb, afterwards, pushes=False)
    assert touches > 5


def test_cut_anywhere_when_one_is_given_up(make_stand):
    """It is parked, or given up with its document: the books of every stand are checked."""
    fates = set()

    def drop(alive):
        alive.do(alive.till.parking.drop, ASIDE)

    def afterwards(_stand, alive):
        ((parked,),) = alive.journal(
            "SELECT count(*) FROM receipt WHERE state = 'OPEN' AND place = 'parked'"
        )
        ((told,),) = alive.journal("SELECT count(*) FROM document WHERE kind = 'dropped'")
        fates.add((parked, told))

    cut_everywhere(make_stand, prepare, drop, afterwards, pushes=False)
    assert fates == {(1, 0), (0, 1)}
