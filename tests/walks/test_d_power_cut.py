"""Walk (d): the power fails in a receipt, and in a daily report, at every point there is."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from drivers.fiscal import NO_TOTALS
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import TillError
from terminal.sale.receipt import State
from tests.crash.mains import READING
from tests.crash.power import PowerCut, cut_everywhere

# A hundred tills and printers, one after the other: on a busy machine that takes its time.
SLOW = pytest.mark.timeout(300)
BLACKOUT = pytest.mark.parametrize("blackout", [False, True], ids=["till", "till and printer"])
EVERY = pytest.mark.torture


def sell_with_change(alive):
    alive.sell("1", "2", card=500, cash=2000)


@pytest.mark.parametrize(
    ("blackout", "step"),
    [(False, 1), (True, 2), pytest.param(True, 1, marks=EVERY)],
    ids=["till", "till and printer", "till and printer, everywhere"],
)
@SLOW
def test_cut_anywhere_in_a_receipt(make_stand, blackout, step):
    """An equal receipt was printed before: an amount alone must not be taken for proof."""
    found = Counter()

    def afterwards(stand, alive):
        receipt = alive.view().receipt
        printed = len(read_memory(stand.memory).receipts) - 1
        found[receipt.state if receipt.rid else "none", printed] += 1
        if receipt.state is State.PAID:
            assert [payment.amount_gr for payment in receipt.payments] == [500, 2000]
            assert (len(receipt.lines), receipt.total_gr) == (2, 1348)

    touches = cut_everywhere(
        make_stand, sell_with_change, sell_with_change, afterwards, blackout=blackout, step=step
    )
    assert touches > 60
    # Every fate was met: not begun, still open, paid and not sold, sold.
    assert set(found) == {("none", 0), (State.OPEN, 0), (State.PAID, 0), ("none", 1)}


@pytest.mark.parametrize(
    ("blackout", "first", "step"),
    [
        *((False, 1, 2), (True, 2, 2)),
        *(pytest.param(blackout, 1, 1, marks=EVERY) for blackout in (False, True)),
    ],
    ids=["till", "till and printer", "till, everywhere", "till and printer, everywhere"],
)
@SLOW
def test_cut_anywhere_in_a_daily_report(make_stand, blackout, first, step):
    """At commits and frames; what only reads in between leaves no other disk."""
    found = Counter()

    def prepare(alive):
        sell_with_change(alive)
        alive.mains.ignored = READING

    def close(alive):
        alive.close_day()
        alive.settle()

    def afterwards(stand, alive):
        alive.login()
        made = len(read_memory(stand.memory).reports)
        found[made] += 1
        assert alive.view().day == ("EMPTY" if made else "OPEN")
        if not made:
            assert isinstance(alive.close_day(), events.DayClosed)
        assert alive.journal("SELECT count(*) FROM document WHERE kind = 'report'") == [(1,)]
        assert len(read_memory(stand.memory).reports) == 1
        alive.login()
        alive.sell("3")

    touches = cut_everywhere(
        make_stand, prepare, close, afterwards, blackout=blackout, first=first, step=step
    )
    assert touches > 60
    assert set(found) == {0, 1}
    # Before the report: its checks are questions, its intent a commit.
    assert min(found.values()) > 10 // step


def touches_until_paid(touches):
    """How many there are until the last payment is on the disk, before the intent to print."""
    intent = next(no for no, what in enumerate(touches) if "INTO attempt" in what)
    return max(no for no, what in enumerate(touches[:intent], 1) if what == "sql COMMIT")


@BLACKOUT
@SLOW
def test_cut_again_while_the_first_cut_is_being_settled(make_stand, blackout):
    """The second till dies too, and the third; each at another point."""

    def begin(cut_at=0):
        """Everything is chosen, and the look at the printer done: what comes now is payment."""
        stand = make_stand()
        alive = stand.switch_on(cut_at, blackout=blackout)
        alive.start()
        alive.login()
        for code in ("1", "2"):
            alive.do(alive.till.sell, code)
        alive.settle()
        alive.mains.arm()
        return stand, alive

    stand, alive = begin()
    alive.sell(card=500, cash=2000)
    paid = touches_until_paid(alive.mains.touches)
    stand.clear()
    deaths = 0
    for first, second in itertools.product(range(paid + 1, paid + 41, 4), range(2, 26, 6)):
        stand, alive = begin(first)
        with pytest.raises(PowerCut):
            alive.sell(card=500, cash=2000)
        deaths += stand.restart(second).mains.is_out.is_set()
        deaths += stand.restart(second + 3).mains.is_out.is_set()
        stand.restart()
        assert stand.wrong() == [], (first, second)
        stand.finish()
        assert len(read_memory(stand.memory).receipts) == 1
        stand.clear()
    assert deaths > 20


@pytest.mark.parametrize("fault", ["die-before", "die-after"])
def test_the_printer_dies_at_every_command_while_the_till_lives(make_stand, fault):
    cancelled = 0
    for nth in itertools.count(1):
        stand = make_stand()
        alive = stand.switch_on()
        alive.start()
        alive.login()
        alive.settle()  # the look after a login would move the commands of the sale
        mortal = stand.printer
        stand.let_printer_die(f"{fault}:*:{nth}")
        told = alive.sell("1", "2", card=500, cash=2000)
        if isinstance(told, events.ReceiptNotPrinted):
            receipt = alive.view().receipt
            assert (receipt.state, len(receipt.payments)) == (State.PAID, 2)
            assert told.was_cancelled == bool(read_memory(stand.memory).cancelled)
            cancelled += told.was_cancelled
        assert stand.wrong() == [], nth
        stand.finish()
        assert len(read_memory(stand.memory).receipts) == 1
        is_unhurt = not mortal.died.is_set()
        stand.clear()
        if is_unhurt:
            break
    assert nth > 15
    assert cancelled > 4


@pytest.mark.parametrize("fault", ["die-before", "die-after"])
def test_the_printer_dies_at_every_command_of_a_daily_report(make_stand, fault):
    made = Counter()
    for nth in itertools.count(1):
        stand = make_stand()
        alive = stand.switch_on()
        alive.start()
        alive.login()
        alive.sell("1")
        mortal = stand.printer
        stand.let_printer_die(f"{fault}:*:{nth}")
        try:
            told = alive.close_day()
        except TillError:
            told = None
        alive.settle()
        made[type(told).__name__] += 1
        assert stand.wrong() == [], nth
        if not isinstance(told, events.DayClosed):
            assert not read_memory(stand.memory).reports
            alive.till.tick().result(10)
            alive.login()
            assert isinstance(alive.close_day(), events.DayClosed)
        assert len(read_memory(stand.memory).reports) == 1
        assert read_memory(stand.memory).books.day.totals_gr == list(NO_TOTALS)
        stand.finish()
        is_unhurt = not mortal.died.is_set()
        stand.clear()
        if is_unhurt:
            break
    assert nth > 12
    assert made["DayClosed"] > 3
