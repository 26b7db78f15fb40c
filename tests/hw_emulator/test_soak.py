"""Everything goes wrong at once for minutes, and the printer stays one that can be worked with.

SEED=n repeats a run, MINUTES=n sets its length.
"""

from __future__ import annotations

import os
import random
import resource
import threading
import time

import pytest

from drivers.posnet.frame import Frame, Scanner
from hw_emulator.fault_rules import read_chaos
from tests.hw_emulator.conftest import Client

DEADLINE_S = 30.0


class Customer:
    """A client with no patience and no memory: asks, waits a little, and goes on or dials again."""

    def __init__(
        self, address: str, dice: random.Random, patience_s: tuple[float, ...] = (0.01, 0.05, 0.2)
    ) -> None:
        self.address, self.dice, self.patience_s = address, dice, patience_s
        self.client: Client | None = None
        self.answers = 0

    def ask(self, text: str, patience_s: float) -> Frame | None:
        try:
            if self.client is None:
                self.client = Client(self.address)
            self.client.socket.settimeout(patience_s)
            self.client.scanner, self.client.waiting = Scanner(), []
            self.client.send(text)
            answer = self.client.receive()
        except TimeoutError:
            return None
        except (OSError, EOFError, AssertionError):
            self.hang_up()
            return None
        self.answers += 1
        return answer

    def hang_up(self) -> None:
        if self.client:
            self.client.close()
        self.client = None

    def sell(self) -> None:
        patience_s = self.dice.choice(self.patience_s)
        self.ask("prncancel", patience_s)
        self.ask(f"trinit|bm{self.dice.randint(0, 1)}", patience_s)
        for _ in range(self.dice.randint(1, 4)):
            price = self.dice.randint(1, 9999)
            self.ask(f"trline|naTowar {price}|vt{self.dice.randint(0, 3)}|pr{price}", patience_s)
        if self.dice.random() < 0.1:
            self.ask("!sdev", patience_s)
        self.ask("trend", patience_s)
        if self.dice.random() < 0.05:
            self.hang_up()


def certainly(address: str, text: str) -> Frame:
    """The answer of a printer that nothing is wrong with any more, but which may be booting."""
    until_s = time.monotonic() + DEADLINE_S
    while time.monotonic() < until_s:
        customer = Customer(address, random.Random(0))
        answer = customer.ask(text, 1.0)
        customer.hang_up()
        if answer and answer.mnemonic == text.split("|", maxsplit=1)[0]:
            return answer
        threading.Event().wait(0.05)
    raise AssertionError(text)


def rss_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.torture
def test_chaos_for_minutes(serve, tmp_path):
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    minutes = float(os.environ.get("MINUTES") or 3)
    print(f"SEED={seed} MINUTES={minutes}")  # noqa: T201 - to repeat it
    printer = serve(tmp_path / "memory", seed=seed, chaos=read_chaos("any=0.35"))
    customers = [Customer(printer.tcp, random.Random(f"{seed}:{number}")) for number in range(2)]
    until_s = time.monotonic() + minutes * 60

    def shop(customer: Customer) -> None:
        while time.monotonic() < until_s:
            customer.sell()
        customer.hang_up()

    threads = [threading.Thread(target=shop, args=(customer,)) for customer in customers]
    for thread in threads:
        thread.start()
    threads[0].join(20)
    before, threads_before = rss_mebibytes(), threading.active_count()
    for thread in threads:
        thread.join()

    printer.faults.clear()
    printer.power_on()
    until_s = time.monotonic() + DEADLINE_S
    while not printer.station.is_on:
        assert time.monotonic() < until_s
    printer.set_mechanism()
    printer.device.held_by = 0
    certainly(printer.tcp, "hardprncancel")
    counters = certainly(printer.tcp, "scnt")
    view = printer.memory()
    count, _ = printer.faults.strikes()
    print(f"{count} strikes, {sum(c.answers for c in customers)} answers,")  # noqa: T201
    print(f"{len(view.receipts)} receipts, {len(view.reports)} reports")  # noqa: T201
    assert count > 50 * minutes
    assert len(view.receipts) > 3 * minutes
    today = [one for one in view.receipts if one.report_no == len(view.reports) + 1]
    assert int(counters.get("bn")) == len(today)
    totals = [sum(column) for column in zip(*(one.totals_gr for one in today), strict=True)]
    assert printer.device.books.day.totals_gr == (totals or [0] * 7)
    assert printer.station.is_idle
    assert threading.active_count() <= threads_before + 10
    assert rss_mebibytes() - before < 100


def test_the_customer_of_the_soak_sells(serve):
    """The loop above is only worth something if it can sell at all."""
    printer = serve()
    customer = Customer(printer.tcp, random.Random(1), (DEADLINE_S,))
    for _ in range(5):
        customer.sell()
    customer.hang_up()
    assert certainly(printer.tcp, "scnt").get("bn") == "5"
