"""A shop as a state machine: whatever happens in whatever order, journal and fiscal memory agree.

Hypothesis chooses what happens; after each step the till is left alone until it is quiet, and then
everything is held against everything: one fiscal receipt for each sale, equal totals, nothing lost,
nothing doubled, at most one receipt in doubt. ``SEED=n`` and ``ROUNDS=n`` steer the long run.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import Code, TillError
from terminal.sale.buyer import Buyer
from terminal.sale.receipt import CardStatus, State
from terminal.store import bills
from tests.crash.power import METHODS, WAIT_S, PowerCut, Stand
from tests.fiscal.rig import MEMORY_DISK
from tests.shop import wait_until

# Four seeds, so that two processors have two each.
LIPA = Buyer("5260250274", "Lipa sp. z o.o.", "Polna 1, 90-001 Łódź")
SEEDS, EXAMPLES, STEPS = 4, 11, 50
WANTED_STEPS = 2_000
FAULTS = ("drop", "lose", "garble", "noise", "double", "shift", "cut", "slow")
DEATHS = ("die-before", "die-after")
VALUES = {"cut": ":6", "slow": ":0.02", "noise": ":5"}
COMMANDS = ("trinit", "trline", "trpayment", "trend", "scnt", "stot", "sfsk", "strns", "*")
WANTS_REPORT = 383
REFUSALS = (2106, 2801, 41, WANTS_REPORT)
TROUBLE = (Mechanism.NO_PAPER, Mechanism.COVER, Mechanism.OVERHEATED)
# What a till may answer to somebody who does not look first.
EXPECTED = {
    Code.BUSY, Code.EMPTY_RECEIPT, Code.BAD_AMOUNT, Code.DISCOUNT_TOO_BIG, Code.PAYMENT_BEGUN,
    Code.NO_SALES, Code.RECEIPT_OPEN, Code.CASH_NEGATIVE, Code.NO_PRINTER, Code.PERCENTS_CHANGED,
    Code.PRINTER_CLOCK, Code.NOT_A_WHOLE, Code.CARD_UNKNOWN, Code.CARD_TOO_MUCH,
    Code.CARD_TO_REVERSE, Code.PAYS_ALONE, Code.NO_BILL, Code.INVOICE_DISCOUNT,
}  # fmt: skip

steps = Counter()


class Shop(RuleBasedStateMachine):
    """Every rule is something a person, a line, a printer or a power station does."""

    origin: Path

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp(prefix="model-", dir=MEMORY_DISK))
        (self.folder / "stand").mkdir()
        self.stand = Stand(self.folder / "stand", self.origin)
        self.alive = self.stand.switch_on()
        self.alive.start()
        self.alive.login()
        self.refused_after = None

    def teardown(self):
        if hasattr(self, "stand"):
            self.stand.clear()
            shutil.rmtree(self.folder)

    # --- what a cashier does -------------------------------------------------------------------

    @rule(code=st.integers(1, 11), pieces=st.integers(1, 3))
    def sell(self, code, pieces):
        self.do(self.alive.till.sell, str(code), pieces * 1000)

    @rule(price_gr=st.integers(1, 99_999), qty_milli=st.integers(1, 5_000))
    def sell_by_weight(self, price_gr, qty_milli):
        self.do(self.alive.till.sell_article, "g12", qty_milli, price_gr)

    @rule(no=st.integers(0, 5))
    def void(self, no):
        self.do(self.alive.till.void_line, no)

    @rule(no=st.integers(0, 3), percent_bp=st.integers(0, 9999))
    def percent_off_a_line(self, no, percent_bp):
        self.do(self.alive.till.discount_line, no, percent_bp=percent_bp)

    @rule(off=st.one_of(st.tuples(st.just("percent_bp"), st.integers(0, 5000)),
                        st.tuples(st.just("amount_gr"), st.integers(0, 500))))  # fmt: skip
    def off_the_receipt(self, off):
        name, value = off
        self.do(self.alive.till.discount_receipt, **{name: value})

    @rule(share=st.integers(0, 9), more_gr=st.sampled_from((0, 0, 51, 10_000)))
    def pay(self, share, more_gr):
        self.pay_now(share, more_gr)
        self.quiet()

    @rule(nip=st.sampled_from(("", "5260250274")), is_invoice=st.booleans())
    def document(self, nip, is_invoice):
        if is_invoice:
            self.do(self.alive.till.issue_invoice, LIPA)
        else:
            self.do(self.alive.till.issue_receipt, nip)

    @rule(foreign=st.integers(1, 2_000))
    def pay_in_euros(self, foreign):
        self.pay_a_part(self.alive.till.pay_currency, "EUR", foreign)

    @rule(face_gr=st.integers(1, 20_000))
    def pay_by_voucher(self, face_gr):
        self.pay_a_part(self.alive.till.pay, METHODS["bon"], face_gr)

    @rule(amount_gr=st.integers(1, 5_000), answer=st.sampled_from(CardStatus))
    def pay_at_a_terminal(self, amount_gr, answer):
        self.pay_a_part(self.alive.till.pay, METHODS["terminal"], amount_gr)
        if self.receipt().in_doubt and answer is not CardStatus.ASKED:
            self.answer(answer)

    @rule()
    def end_in_a_bill(self):
        self.do(self.alive.till.pay, METHODS["bill"])
        self.quiet()

    @rule()
    def make_a_bill_good(self):
        waiting = self.waiting_bills()
        if waiting:
            self.do(self.alive.till.receipt_from_bill, waiting[0].rid)

    @rule()
    def sell_and_pay(self):
        self.make_room()
        self.do(self.alive.till.sell, "2")
        self.pay_now(0, 0)
        self.quiet()

    @rule()
    def the_same_twice(self):
        """Equal amounts one after the other prove nothing."""
        self.make_room()
        for _ in range(2):
            self.do(self.alive.till.sell, "9")
            self.pay_now(0, 0)
        self.quiet()

    @rule()
    def print_again(self):
        if self.receipt().state is State.PAID:
            with suppress(TillError):
                self.alive.print_again()
        self.quiet()

    @rule()
    def give_up(self):
        self.do(self.alive.till.drop_receipt, "changed their mind")

    @rule(amount_gr=st.integers(-500, 1000).filter(bool))
    def cash(self, amount_gr):
        since = self.alive.heard.mark()
        with suppress(TillError):
            self.alive.do(self.alive.till.move_cash, amount_gr, "drobne").result(WAIT_S)
            self.alive.await_one((events.CashMoved, events.Failed), since)
        self.quiet()

    @rule()
    def close_the_day(self):
        self.make_room()
        is_stopped = bool(self.waiting_bills()) and not self.is_report_wanted()
        told = None
        with suppress(TillError):
            told = self.alive.close_day()
        assert not (is_stopped and isinstance(told, events.DayClosed)), "bills have no receipt"
        self.quiet()

    @rule()
    def make_bills_good_and_close_the_day(self):
        """A bill without its receipt stops the report."""
        for bill in self.waiting_bills():
            if self.do(self.alive.till.receipt_from_bill, bill.rid):
                break
            self.pay_now(0, 0)
        self.close_the_day()

    # --- what lines and power do ---------------------------------------------------------------

    @rule(kind=st.sampled_from(FAULTS), command=st.sampled_from(COMMANDS), nth=st.integers(1, 4))
    def a_bad_line(self, kind, command, nth):
        self.stand.printer.faults.add(f"{kind}:{command}:{nth}{VALUES.get(kind, '')}")
        self.sell_and_pay()

    @rule(kind=st.sampled_from(DEATHS), command=st.sampled_from(COMMANDS), nth=st.integers(1, 5))
    def the_printer_loses_power(self, kind, command, nth):
        self.stand.let_printer_die(f"{kind}:{command}:{nth}")
        self.sell_and_pay()

    @rule(nth=st.integers(1, 90), is_blackout=st.booleans())
    def the_till_loses_power(self, nth, is_blackout):
        self.cut(nth, is_blackout, self.sell_and_pay)

    @rule(nth=st.integers(1, 90), is_blackout=st.booleans())
    def the_till_loses_power_while_closing(self, nth, is_blackout):
        self.cut(nth, is_blackout, self.close_the_day)

    @rule(code=st.sampled_from(REFUSALS), command=st.sampled_from(("trline", "trend")))
    def the_printer_refuses(self, code, command):
        if code == WANTS_REPORT:
            self.refused_after = self.reports()
        self.stand.printer.faults.add(f"refuse:{command}:1:{code}")
        self.sell_and_pay()

    # --- what happens at the printer -----------------------------------------------------------

    @rule(trouble=st.sampled_from(TROUBLE), command=st.sampled_from(("trinit", "trend")))
    def paper_cover_heat(self, trouble, command):
        kind = {Mechanism.NO_PAPER: "no-paper", Mechanism.COVER: "cover"}.get(trouble, "hot")
        self.stand.printer.faults.add(f"{kind}:{command}:1")
        is_done = threading.Event()
        somebody = threading.Thread(target=self.put_right, args=(is_done,))
        somebody.start()
        try:
            self.sell_and_pay()
        finally:
            is_done.set()
            somebody.join()

    def put_right(self, is_done):
        while not is_done.wait(0.005):
            if self.stand.printer.device.mechanism:
                self.stand.printer.set_mechanism()

    @rule()
    def its_own_report(self):
        self.stand.printer.station.midnight()
        self.quiet()

    @rule()
    def its_own_report_in_the_dark(self):
        """At midnight, while the till is off and may have a receipt in doubt."""
        self.cut(45, False, self.sell_and_pay, then=self.stand_midnight)

    def stand_midnight(self):
        self.stand.printer.station.midnight()

    @rule()
    def a_ram_reset(self):
        self.stand.printer.kill()
        self.stand.start_printer(ram_reset=True)
        self.quiet(accepts=Code.RAM_RESET)

    @rule(nth=st.integers(1, 4))
    def a_ram_reset_in_a_receipt(self, nth):
        stand, printer = self.stand, self.stand.printer

        def die():
            printer.kill()
            stand.start_printer(ram_reset=True)

        printer.station.die = die
        printer.faults.add(f"die-after:trline:{nth}")
        self.sell_and_pay_quietly()
        self.quiet(accepts=Code.RAM_RESET)

    @rule(is_first=st.booleans())
    def its_way_with_percents(self, is_first):
        self.stand.printer.device.keep({"discount_first": is_first})
        self.alive.till._checkout.meet_again().result(WAIT_S)
        self.quiet()

    @rule(seconds=st.sampled_from((61, -61, 360, -360)))
    def its_clock(self, seconds):
        self.stand.printer.device.jump(seconds)
        self.alive.till._checkout.meet_again().result(WAIT_S)
        self.quiet()
        with suppress(TillError):
            self.alive.close_day()
        self.stand.printer.device.drift *= 0
        self.alive.till._checkout.meet_again().result(WAIT_S)
        self.quiet()

    # --- how ------------------------------------------------------------------------------------

    def do(self, verb, *args, **kwargs):
        """Do what may be refused, for a reason that anybody could have seen before."""
        refused = None
        try:
            self.alive.do(lambda: verb(*args, **kwargs))
        except TillError as error:
            refused = error
        assert refused is None or self.may_be_refused(refused.code), refused
        return refused

    def may_be_refused(self, code):
        """Some reasons exist only after what makes them."""
        if code is Code.REPORT_MISSING:
            return self.is_report_wanted()
        if code is Code.BILL_STANDS:
            return bool(self.receipt().makes_good)
        return code in EXPECTED

    def reports(self):
        return len(read_memory(self.stand.memory).reports)

    def is_report_wanted(self):
        """The printer has said that it sells nothing before a report, and made none since."""
        return self.refused_after is not None and self.refused_after == self.reports()

    def waiting_bills(self):
        return self.alive.do(bills.waiting, self.alive.running.context.journal)

    def receipt(self):
        return self.alive.view().receipt

    def make_room(self):
        """Take back what was paid, so that something can be sold; a disputed one stays."""
        if self.receipt().in_doubt:
            self.answer(CardStatus.NONE)
        if self.receipt().payments:
            self.do(self.alive.till.take_back_payments, is_reversed=True)

    def answer(self, status):
        """The last payment may be this one, and then it prints."""
        since = self.alive.heard.mark()
        self.do(self.alive.till.answer_card, status)
        self.printed(since)

    def pay_a_part(self, verb, *about):
        receipt = self.receipt()
        if receipt.is_empty or receipt.state is not State.OPEN or self.alive.view().blocked:
            return
        since = self.alive.heard.mark()
        if not self.do(verb, *about):
            self.printed(since)
        self.quiet()

    def printed(self, since):
        """Wait for the paper when nothing is due any more."""
        state = self.receipt().state
        if state in {State.PAID, State.PRINTING}:
            ends = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.SellingBlocked)
            self.alive.await_one(ends, since)

    def pay_now(self, share, more_gr):
        since, receipt = self.alive.heard.mark(), self.receipt()
        is_open = receipt.state is State.OPEN and not receipt.in_doubt
        if receipt.is_empty or not is_open or self.alive.view().blocked:
            return
        if share and receipt.due_gr > 9:
            self.do(self.alive.till.pay, METHODS["card"], receipt.due_gr * share // 10)
        due_gr = self.receipt().due_gr + more_gr
        if self.do(self.alive.till.pay, METHODS["cash"], due_gr):
            return
        ends = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.SellingBlocked)
        self.alive.await_one(ends, since)

    def sell_and_pay_quietly(self):
        self.make_room()
        self.do(self.alive.till.sell, "2")
        self.pay_now(0, 0)

    def cut(self, nth, is_blackout, scenario, then=lambda: None):
        self.alive = self.stand.reboot(nth, blackout=is_blackout)
        try:
            self.alive.start()
            self.alive.login()
            self.alive.mains.arm()
            scenario()
        except PowerCut:
            then()
        self.alive.mains.disarm()
        self.quiet()

    def quiet(self, accepts=None):
        """Let the till come to rest, as it does by itself every few seconds, and look."""
        if self.alive.mains.is_out.is_set():
            self.alive = self.stand.restart()
        self.stand.revive_printer()
        self.stand.printer.faults.rules.clear()
        self.stand.printer.set_mechanism()
        for _ in range(3):
            self.alive.till.tick().result(WAIT_S)
        self.alive.settle()
        view = self.alive.view()
        if view.operator is None:
            self.alive.login()
        if view.blocked is not None:
            self.somebody_comes(view.blocked, accepts)
        view = self.alive.view()
        assert (view.blocked, view.printer_online) == (None, True)
        assert self.stand.wrong() == []
        (doubts,) = self.alive.journal("SELECT count(*) FROM attempt WHERE outcome IS NULL")
        assert doubts == (0,)

    def somebody_comes(self, blocked, accepts):
        """A technician for the printer, a manager for a report with other totals."""
        if blocked.code is Code.REPORT_DIFFERS:
            assert self.is_explained()
            self.alive.do(self.alive.till.confirm_report).result(WAIT_S)
        else:
            assert blocked.code is accepts, blocked
            self.alive.do(self.alive.till.accept_printer).result(WAIT_S)
        wait_until(lambda: self.alive.view().printer_online, timeout_s=WAIT_S)
        again = self.alive.view().blocked
        if again is not None:
            assert again.code is not blocked.code
            self.somebody_comes(again, accepts)

    def is_explained(self):
        """Other totals have a cause in the fiscal memory: it was reset, and only then."""
        return read_memory(self.stand.memory).books.ram_resets > 0

    def check_invariants(self, *args, **kwargs):
        steps["done"] += 1
        super().check_invariants(*args, **kwargs)


@pytest.fixture
def machine(origin, quick):
    Shop.origin = origin
    steps.clear()
    return Shop


LIVELY = {
    # To make a failure smaller takes minutes, and the time limit would hide what failed.
    "phases": (Phase.explicit, Phase.generate),
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "stateful_step_count": STEPS,
    "database": None,
}


@pytest.mark.parametrize("number", range(SEEDS))
def test_the_books_agree_whatever_happens(machine, number):
    seeded = seed(number)(type(f"Shop{number}", (machine,), {}))
    run_state_machine_as_test(seeded, settings=settings(max_examples=EXAMPLES, **LIVELY))
    assert steps["done"] >= WANTED_STEPS // SEEDS


@pytest.mark.torture
@pytest.mark.timeout(36_000)
def test_a_long_life(machine):
    number = int(os.environ.get("SEED", str(random.randrange(10**6))))
    print(f"seed {number}")  # noqa: T201 - to repeat it
    rounds = int(os.environ.get("ROUNDS", "2000"))
    seeded = seed(number)(machine)
    run_state_machine_as_test(seeded, settings=settings(max_examples=rounds, **LIVELY))
