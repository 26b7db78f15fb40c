"""The power fails while receipts are parked, taken up, split and merged, at every single point.

Every line is on the screen or parked, once; together they owe what they owed.
"""

from __future__ import annotations

import msgspec
import pytest

from terminal.sync.wire import SharedList, ShareState, TakeAnswer
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


SHARE = "00000000-0000-4000-8000-000000000001"


def handing(alive):
    return alive.till.sharing._handing


def test_cut_anywhere_when_one_comes_from_another_till(make_stand):
    """It lies here once, or the till knows what it asked for and gets the same answer again."""
    fates = set()

    def answer(alive):
        head = msgspec.structs.replace(alive.handed.head, share=SHARE, name="Hotel")
        receipt = msgspec.structs.replace(alive.handed, head=head)
        return TakeAnswer(True, alive.running.context.terminal, receipt)

    def prepared(alive):
        prepare(alive)
        alive.handed = alive.do(handing(alive).next)
        alive.do(handing(alive).refused, alive.handed.head.share)
        before[:] = [alive.handed]

    def take(alive):
        alive.do(handing(alive).ask, SHARE, "")
        alive.do(handing(alive).answered, SHARE, answer(alive))

    def afterwards(_stand, alive):
        alive.login()
        (alive.handed,) = before
        asked = alive.do(handing(alive).asked)
        if asked:
            assert alive.do(handing(alive).answered, SHARE, answer(alive)) == "Hotel"
        found = alive.journal("SELECT count(*) FROM receipt WHERE bill = 'Hotel'")
        told = alive.journal(
            "SELECT count(*) FROM document WHERE body ->> 'name' = 'receipt_taken'"
        )
        assert found == told
        fates.add((bool(asked), found[0][0]))

    before = []
    cut_everywhere(make_stand, prepared, take, afterwards, pushes=False)
    assert fates == {(False, 0), (True, 1), (False, 1)}


def test_cut_anywhere_when_one_goes_to_the_office_and_to_another_till(make_stand):
    """From the request on it is not ours, whenever the power goes; it leaves once."""
    fates = set()

    def hand_over(alive):
        share = alive.do(handing(alive).next).head.share
        alive.do(handing(alive).held, ShareState(share))
        alive.do(handing(alive).reconcile, SharedList([], [ShareState(share, "T9")]))

    def afterwards(_stand, alive):
        alive.login()
        ((lying,),) = alive.journal("SELECT count(*) FROM receipt WHERE place = 'parked'")
        ((shared,),) = alive.journal("SELECT count(*) FROM shared")
        named = "SELECT count(*) FROM document WHERE body ->> 'name' = 'receipt_handed_over'"
        ((gone,),) = alive.journal(named)
        fates.add((lying, shared, gone))

    cut_everywhere(make_stand, prepare, hand_over, afterwards, pushes=False)
    assert fates == {(1, 0, 0), (1, 1, 0), (0, 0, 1)}
