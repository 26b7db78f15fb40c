"""A shop's life by dice: sales, faults of line and printer, power cuts, reports; the books agree.

A run is a seed. ``SEED=n`` repeats one, ``ROUNDS=n`` sets how many follow it.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter

import pytest

from drivers.fiscal import Mechanism
from hw_emulator.posnet.device import Mechanism as Paper
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import Code, TillError
from terminal.sale.buyer import Buyer
from terminal.sale.receipt import CardStatus, State
from terminal.store import bills
from tests.crash.power import METHODS, WAIT_S, PowerCut
from tests.shop import wait_until

ACTS_MAX = 25
LIPA = Buyer("5260250274", "Lipa sp. z o.o.", "Polna 1, 90-001 Łódź")
FIRST_SEED = int(os.environ.get("SEED", "1"))
_FAULTS = ("drop", "lose", "garble", "noise", "double", "shift", "cut", "late", "slow")
_DEATHS = ("die-before", "die-after")
_COMMANDS = ("*", "trinit", "trline", "trpayment", "trend", "dailyrep", "scnt", "stot", "strns")
_VALUES = {"cut": ":6", "late": ":0.1", "slow": ":0.3", "noise": ":5"}
_TROUBLE = {Paper.NO_PAPER: Mechanism.NO_PAPER, Paper.COVER: Mechanism.COVER}


class Life:
    """One shop; each act leaves it settled or dead, and ``look`` then checks everything."""

    def __init__(self, stand, seed):
        self.stand = stand
        self.dice = random.Random(seed)
        self.met = Counter()
        self.alive = stand.switch_on()
        self.alive.start()
        self.alive.login()

    def act(self):
        """Do one thing; gives its name."""
        act = self.dice.choice(self.ACTS)
        self.met[act.__name__] += 1
        act(self)
        return act.__name__

    def look(self):
        """Settle, as the till does by itself every few seconds, then check."""
        if self.alive.mains.is_out.is_set():
            self.alive = self.stand.restart()
            self.alive.login()
        self.stand.revive_printer()
        self.stand.printer.faults.rules.clear()
        for _ in range(3):
            self.alive.till.tick().result(WAIT_S)
        self.alive.settle()
        view = self.alive.view()
        assert (view.blocked, view.printer_online, self.stand.wrong()) == (None, True, [])
        if view.operator is None:
            self.alive.login()
        if view.receipt.state is State.PAID and self.dice.random() < 0.7:
            self.alive.print_again()
            self.alive.settle()
            assert self.stand.wrong() == []

    # --- acts ----------------------------------------------------------------------------------

    def sale(self):
        till, receipt = self.alive.till, self.alive.view().receipt
        if receipt.state is State.PAID or receipt.payments:
            self.take_back()
        for _ in range(self.dice.randint(1, 4)):
            self.alive.do(till.sell, str(self.dice.randint(1, 6)), self.dice.choice((1000, 2000)))
        if self.dice.random() < 0.3:
            self.alive.do(till.void_line, len(self.alive.view().receipt.lines) - 1)
            self.alive.do(till.sell, "1")
        if self.dice.random() < 0.3:
            self.alive.do(till.discount_receipt, percent_bp=self.dice.choice((500, 1000)))
        self.pay()

    def pay(self):
        since = self.alive.heard.mark()
        receipt = self.alive.view().receipt
        if receipt.is_empty or receipt.state is not State.OPEN:
            return
        if self.dice.random() < 0.3:
            self.alive.do(self.alive.till.issue_invoice, LIPA)
        if self.dice.random() < 0.6 and receipt.due_gr > 10:
            share_gr = self.dice.randint(1, receipt.due_gr - 1)
            self.dice.choice((self.by_card, self.by_voucher, self.in_euros, self.at_the_terminal))(
                share_gr
            )
        given_gr = self.alive.view().receipt.due_gr + self.dice.choice((0, 0, 51, 10_000))
        self.alive.do(self.alive.till.pay, METHODS["cash"], given_gr)
        self.alive.await_one((events.ReceiptPrinted, events.ReceiptNotPrinted), since)

    def by_card(self, share_gr):
        self.alive.do(self.alive.till.pay, METHODS["card"], share_gr)

    def by_voucher(self, share_gr):
        self.alive.do(self.alive.till.pay, METHODS["bon"], share_gr)

    def in_euros(self, share_gr):
        self.alive.do(self.alive.till.pay_currency, "EUR", max(1, share_gr // 5))

    def at_the_terminal(self, share_gr):
        self.alive.do(self.alive.till.pay, METHODS["terminal"], share_gr)
        answer = self.dice.choice((CardStatus.APPROVED, CardStatus.NONE, CardStatus.UNKNOWN))
        self.alive.do(self.alive.till.answer_card, answer)
        self.settle_card()

    def settle_card(self):
        """Somebody has looked at the payment terminal."""
        if self.alive.view().receipt.in_doubt:
            answer = self.dice.choice((CardStatus.APPROVED, CardStatus.NONE))
            self.alive.do(self.alive.till.answer_card, answer)

    def take_back(self):
        self.settle_card()
        till = self.alive.till
        self.alive.do(lambda: till.take_back_payments(is_reversed=True))

    def twin_sale(self):
        """The receipt before once more: equal amounts prove nothing."""
        if self.alive.view().receipt.rid:
            self.drop()
        for _ in range(2):
            self.alive.sell("2")

    def open_receipt(self):
        if self.alive.view().receipt.state is State.OPEN:
            if self.alive.view().receipt.payments:
                self.take_back()
            self.alive.do(self.alive.till.sell, "3")

    def drop(self):
        if self.alive.view().receipt.rid:
            self.take_back()
            self.alive.do(self.alive.till.drop_receipt, "changed their mind")

    def bill(self):
        if self.alive.view().receipt.rid:
            self.drop()
        self.alive.do(self.alive.till.sell, "4")
        self.alive.do(self.alive.till.pay, METHODS["bill"])

    def receipt_from_bill(self):
        if self.alive.view().receipt.rid:
            self.drop()
        waiting = self.waiting_bills()
        if waiting:
            self.alive.do(self.alive.till.receipt_from_bill, waiting[0].rid)
            self.pay()

    def waiting_bills(self):
        return self.alive.do(bills.waiting, self.alive.running.context.journal)

    def make_bills_good(self):
        """Mostly somebody does what the day close asks for."""
        waiting = self.waiting_bills()
        if waiting and self.dice.random() < 0.7:
            for _ in waiting:
                self.receipt_from_bill()

    def fault_in_sale(self):
        kind = self.dice.choice(_FAULTS)
        command, nth = self.dice.choice(_COMMANDS), self.dice.randint(1, 3)
        self.stand.printer.faults.add(f"{kind}:{command}:{nth}{_VALUES.get(kind, '')}")
        self.sale()

    def death_in_sale(self):
        command, nth = self.dice.choice(_COMMANDS), self.dice.randint(1, 6)
        self.stand.let_printer_die(f"{self.dice.choice(_DEATHS)}:{command}:{nth}")
        self.sale()

    def cut_in_sale(self):
        self.cut(self.sale, self.dice.randint(1, 90))

    def cut_in_closing(self):
        self.make_bills_good()
        self.cut(self.closing, self.dice.randint(1, 90))

    def cut(self, scenario, touches, *, then=lambda: None):
        """Cut the till off somewhere in ``scenario``, often with the printer."""
        self.alive = self.stand.reboot(touches, blackout=self.dice.random() < 0.4)
        try:
            self.alive.start()
            self.alive.login()
            self.alive.mains.arm()
            scenario()
            self.alive.mains.disarm()
        except PowerCut:
            then()

    def report_at_the_printer(self):
        self.stand.printer.station.midnight()

    def cut_then_report_at_the_printer(self):
        """It happens at midnight, while the till is off and may have a receipt in doubt."""
        self.cut(self.sale, self.dice.randint(30, 80), then=self.report_at_the_printer)

    def trouble_in_sale(self):
        """Paper out or cover open; somebody comes and puts it right."""
        trouble = self.dice.choice(tuple(_TROUBLE))
        command = self.dice.choice(("trinit", "trend"))
        kind = {Paper.NO_PAPER: "no-paper", Paper.COVER: "cover"}[trouble]
        for one in (command, "trfvinit") if command == "trinit" else (command,):
            # An invoice begins in words of its own; what is not met is cleared by the next look.
            self.stand.printer.faults.add(f"{kind}:{one}:1")
        somebody = threading.Thread(target=self.put_right)
        somebody.start()
        self.sale()
        somebody.join()

    def put_right(self):
        wait_until(lambda: self.stand.printer.device.mechanism, timeout_s=WAIT_S)
        wait_until(lambda: self.alive.view().waits_for, timeout_s=WAIT_S)
        self.stand.printer.set_mechanism()

    def usual_closing(self):
        self.make_bills_good()
        self.closing()

    def closing(self):
        if self.alive.view().receipt.rid:
            self.drop()
        is_stopped = bool(self.waiting_bills())
        refused = None
        try:
            self.alive.close_day()
        except TillError as error:
            refused = error.code
        # A bill without its receipt stops the report, whatever else does.
        expected = Code.BILLS_WAIT if is_stopped else None
        assert refused in {expected, Code.NO_SALES, Code.NO_PRINTER}
        self.alive.settle()

    def fault_in_closing(self):
        self.make_bills_good()
        kind = self.dice.choice((*_FAULTS, *_DEATHS))
        command = self.dice.choice(("*", "dailyrep", "scnt", "fmrecrd"))
        if kind in _DEATHS:
            self.stand.let_printer_die(f"{kind}:{command}:{self.dice.randint(1, 9)}")
        else:
            self.stand.printer.faults.add(f"{kind}:{command}:1{_VALUES.get(kind, '')}")
        self.closing()

    def send(self):
        self.alive.till.push().result(WAIT_S)

    ACTS = (
        *[sale] * 3,
        twin_sale,
        open_receipt,
        drop,
        bill,
        receipt_from_bill,
        *[fault_in_sale] * 4,
        *[death_in_sale] * 3,
        *[cut_in_sale] * 3,
        cut_in_closing,
        cut_then_report_at_the_printer,
        report_at_the_printer,
        trouble_in_sale,
        usual_closing,
        *[fault_in_closing] * 2,
        send,
    )


def live(stand, seed):
    print(f"seed {seed}")  # noqa: T201 - to repeat it
    life = Life(stand, seed)
    history = []
    for _ in range(ACTS_MAX):
        history.append(life.act())
        life.look()
    life.stand.finish()
    return life, read_memory(stand.memory)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 8))
def test_the_books_agree_whatever_happens(make_stand, seed):
    life, printed = live(make_stand(), seed)
    assert sum(life.met.values()) == ACTS_MAX
    assert len(printed.receipts) + len(printed.invoices) > 3


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_long_life(make_stand):
    for seed in range(FIRST_SEED, FIRST_SEED + int(os.environ.get("ROUNDS", "300"))):
        stand = make_stand()
        live(stand, seed)
        stand.clear()
