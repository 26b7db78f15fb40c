"""Walk (f): the same shop with a printer of another protocol, one that waits, dies, and changes."""

from __future__ import annotations

from collections import Counter

import pytest

from hw_emulator.host import start_novitus
from hw_emulator.novitus.device import Mechanism
from hw_emulator.posnet.memory import read_memory
from terminal import config, events
from terminal.errors import Code
from terminal.sale.receipt import State
from tests.crash.books import check
from tests.crash.novitus import NovitusStand
from tests.crash.power import METHODS, cut_everywhere
from tests.shop import WAIT_S, wait_until
from tests.shop import Counter as Shop


@pytest.fixture
def make_novitus(make_stand):
    return lambda: make_stand(NovitusStand)


class NovitusShop(Shop):
    """Printer, office and till, built from a configuration that names the protocol."""

    def start_printer(self, **changes):
        options = self._printer_options | changes
        self.printer = start_novitus(self.memory_file, paper=self.folder / "paper.txt", **options)
        self._printer_options["tcp"] = int(self.printer.tcp.rpartition(":")[2])
        return self.printer

    @property
    def config(self):
        return config.Config(
            printer=config.Printer(self.printer.http, protocol="novitus"),
            store=config.Store(dir=str(self.till_folder)),
        )

    def pay(self):
        """Sell milk for cash; gives the place in what is heard from where the end will be told."""
        since = self.heard.mark()
        self.do(self.till.sell, "1")
        self.do(self.till.pay, self.method("cash"), None)
        return since

    def close(self):
        since = self.heard.mark()
        self.till.close_day().result(WAIT_S)
        return self.heard.wait((events.DayClosed, events.Failed), since)

    def wrong(self):
        """What an auditor finds."""
        return check(self.till_folder / "journal.db", self.memory_file, self.folder / "office.db")


@pytest.fixture
def shop(tmp_path):
    one = NovitusShop(tmp_path)
    one.start_till()
    one.ready()
    yield one
    one.stop()


# --- a day ---------------------------------------------------------------------------------------


def test_a_whole_day(shop):
    first = shop.sell("1", "2")
    second = shop.sell("1", "1", method=shop.method("card"))
    assert (first.receipt_no, second.receipt_no) == (1, 2)
    closed = shop.close()
    assert isinstance(closed, events.DayClosed), closed
    assert (closed.report_no, closed.receipts) == (1, 2)
    shop.ready()
    assert shop.sell("1").receipt_no == 3, "its numbers go on through the report"
    view = shop.printer.memory()
    assert (len(view.receipts), len(view.reports)) == (3, 1)
    assert sum(view.reports[0].totals_gr) == closed.total_gr
    assert "RAPORT FISKALNY DOBOWY" in shop.paper
    assert shop.wrong() == []


@pytest.mark.parametrize(
    "fault",
    ["lose:receipt-put:1", "drop:receipt-put:1", "lose:receipt-post:1", "lose:direct_io-get:1"],
)
def test_an_answer_is_lost(shop, fault):
    shop.printer.faults.add(fault)
    assert shop.sell("1").receipt_no == 1
    assert shop.sell("1").receipt_no == 2
    assert len(shop.printer.memory().receipts) == 2
    assert shop.wrong() == []


def test_the_power_of_the_printer_fails_after_the_receipt(shop):
    shop.printer.faults.add("die-after:receipt:1")
    since = shop.pay()
    wait_until(shop.printer.died.is_set, "the printer dies")
    shop.start_printer()
    assert shop.heard.wait(events.ReceiptPrinted, since, timeout_s=60).receipt_no == 1
    assert len(shop.printer.memory().receipts) == 1
    assert shop.wrong() == []


def test_another_printer_is_put_in_its_place(shop):
    shop.sell("1")
    shop.printer.stop()
    own_memory, shop.memory_file = shop.memory_file, shop.folder / "other.jsonl"
    shop.start_printer(unique_no="ZBN9999999999")
    shop.pay()
    wait_until(lambda: shop.view().blocked, "selling stops")
    assert shop.view().blocked.code is Code.WRONG_PRINTER
    assert shop.printer.memory().receipts == ()
    shop.memory_file = own_memory


# --- power cuts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blackout", "first"), [(False, 1), (True, 2)], ids=["till", "till and printer"]
)
def test_cut_anywhere_in_a_receipt(make_novitus, blackout, first):
    """An equal receipt was printed before: an amount alone must not be taken for proof."""
    found = Counter()

    def prepare(alive):
        alive.sell("1", "2", cash=2000)
        for code in ("1", "2"):
            alive.do(alive.till.sell, code)

    def pay(alive):
        alive.sell(cash=2000)

    def afterwards(stand, alive):
        receipt = alive.view().receipt
        printed = len(read_memory(stand.memory).receipts) - 1
        found[receipt.state if receipt.rid else "none", printed] += 1

    touches = cut_everywhere(
        make_novitus, prepare, pay, afterwards, blackout=blackout, first=first, step=3
    )
    assert touches > 60
    # Every fate was met: still open, paid and not sold, sold.
    assert set(found) == {(State.OPEN, 0), (State.PAID, 0), ("none", 1)}


def test_cut_while_the_printer_waits_for_paper(make_novitus):
    """The receipt stands in the printer's queue: it must not be called unsold and sold again."""
    stand = make_novitus()
    alive = stand.switch_on()
    alive.start()
    alive.login()
    stand.printer.set_mechanism(Mechanism.NO_PAPER)
    alive.do(alive.till.sell, "1")
    alive.do(alive.till.pay, METHODS["cash"], None)
    # The look that follows a login may say so before anything is sent: what counts comes later.
    wait_until(lambda: alive.view().receipt.state is State.PRINTING, "it is on its way")
    since = alive.heard.mark()
    waits = events.PrinterChanged(is_online=True, waits_for="no_paper")
    wait_until(lambda: waits in alive.heard.events[since:], "it stands in the printer's queue")
    following = stand.reboot(0)
    following.do(following.till.start)
    wait_until(lambda: following.view().waits_for == "no_paper", "the next till says so")
    assert following.journal("SELECT state FROM receipt") == [("PRINTING",)]
    assert stand.printer.memory().receipts == ()
    stand.printer.set_mechanism()
    following.settle()
    assert following.journal("SELECT state FROM receipt") == [("FISCAL",)]
    assert len(stand.printer.memory().receipts) == 1
    stand.finish()
