"""A till that says aloud what it promises, so that its power cuts can be looked at; not a test.

    promises.py FOLDER MEMORY URL SCENARIO... [--mistake NAME]

URL is that of an emulated printer; "own" is one in this process, so that what it has in its fiscal
memory is said in order with all else. Each line on standard output is a promise to the world:

    fiscal REFERENCE NUMBER   the receipt is in the printer's fiscal memory
    sold RID NUMBER           the cashier was told that it is printed
    dropped RID               the cashier was told that it is given up
    report NUMBER             the day is closed
    data SET REVISION         the cashier was told that new data are in force
    wrong COUNT               so many wrong PINs were entered
"""

from __future__ import annotations

import logging
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drivers.link import open_link
from drivers.posnet.printer import PosnetPrinter
from hw_emulator.host import start_posnet
from hw_emulator.posnet.memory import FiscalMemory
from terminal import events
from terminal.errors import TillError
from terminal.people import pins
from terminal.sale import fiscalise, meeting
from terminal.sale.receipt import State
from terminal.store import db
from terminal.store.catalogue import Catalogue
from tests.crash.alive import QUICK, WAIT_S, Alive
from tests.crash.mains import Mains
from tests.crash.test_mutants import no_intent, tell_before_commit, two_transactions

if TYPE_CHECKING:
    from drivers.fiscal import FiscalPrinter

CODES = ("1", "2", "3", "4", "6")


def say(*words: object) -> None:
    """One system call, so that it is before or after the others."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Remote(Alive):
    """A till whose printer is reached over a line of this machine."""

    url = ""

    def _driver(self, open_wire) -> FiscalPrinter:
        del open_wire
        link = lambda: open_link(self.url)  # noqa: E731 - opened whenever the driver wants
        return PosnetPrinter(link, timings=QUICK, on_wait=self._tell_wait)


class Seller:
    """Whoever stands at the till; what is told to them is said."""

    def __init__(self, folder: Path, memory: Path, url: str) -> None:
        if url == "own":
            printer = start_posnet(memory)
            self.alive = Alive(lambda: printer, folder, Mains())
        else:
            Remote.url = url
            self.alive = Remote(lambda: None, folder, Mains())
        self.till = self.alive.till
        self.alive.running.context.engine.listen(self.hear)

    def hear(self, event: object) -> None:
        if isinstance(event, events.ReceiptPrinted):
            say("sold", event.receipt.rid, event.receipt_no)
        elif isinstance(event, events.DayClosed):
            say("report", event.report_no)

    def begin(self) -> None:
        self.alive.start()
        self.alive.login()
        receipt = self.alive.view().receipt
        if receipt.state is State.PAID:
            self.alive.print_again()
        elif receipt.rid:
            self.drop()
        say("ready")

    def sale(self) -> None:
        dice = random.Random(os.getpid())
        self.alive.sell(*dice.choices(CODES, k=dice.randint(1, 3)))

    def storno(self) -> None:
        """A line struck through, then the receipt given up."""
        self.alive.do(self.till.sell, "1")
        self.alive.do(self.till.sell, "2")
        self.alive.do(self.till.void_line, 0)
        self.drop()

    def drop(self) -> None:
        rid = self.alive.view().receipt.rid
        self.alive.do(self.till.drop_receipt, "changed their mind")
        say("dropped", rid)

    def report(self) -> None:
        self.alive.close_day()
        self.alive.settle()
        self.alive.login()

    def users(self) -> None:
        self.pull("users", "users")

    def settings(self) -> None:
        self.pull("configuration", "settings")

    def pull(self, entry: str, name: str) -> None:
        self.till.pull(entry, ever=True).result(WAIT_S)
        net = self.alive.running.context.net
        catalogue = self.alive.running.catalogue
        say("data", name, net.call(Catalogue(catalogue).revision, name).result(WAIT_S))

    def wrong_pins(self) -> None:
        self.alive.do(self.till.lock)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pins, "verify", lambda *_: False)
            for count in (1, 2):
                with pytest.raises(TillError):
                    self.alive.do(self.till.login, "2", "9999")
                say("wrong", count)
        self.alive.login()


def aloud(monkeypatch) -> None:
    """The printer says what is in its memory before it answers."""
    really_append = FiscalMemory.append

    def append(self, kind, data, **how):
        before = len(self.view().receipts)
        record = really_append(self, kind, data, **how)
        for receipt in self.view().receipts[before:]:
            say("fiscal", receipt.reference, receipt.number)
        return record

    monkeypatch.setattr(FiscalMemory, "append", append)


def synchronous(word: str):
    """The journal waits for the disk less than it must."""

    def mutate(monkeypatch) -> None:
        changed = tuple(one.replace("=FULL", f"={word}") for one in db._PRAGMAS)
        monkeypatch.setattr(db, "_PRAGMAS", changed)

    return mutate


MISTAKES = {
    "normal": synchronous("NORMAL"),
    "off": synchronous("OFF"),
    "two_transactions": two_transactions,
    "tell_before_commit": tell_before_commit,
    "no_intent": no_intent,
}


def main(folder: Path, memory: Path, url: str, *words: str) -> None:
    """Play the scenarios, one after the other, and leave as the power does."""
    logging.disable(logging.CRITICAL)
    scenarios, _, mistake = " ".join(words).partition(" --mistake ")
    patch = pytest.MonkeyPatch()
    patch.setattr(pins, "verify", lambda *_: True)
    patch.setattr(fiscalise, "_RETRY_FIRST_S", 0.05)
    patch.setattr(meeting, "_MEET_EVERY_S", 0.0)
    aloud(patch)
    if mistake:
        MISTAKES[mistake](patch)
    seller = Seller(folder, memory, url)
    seller.begin()
    for name in scenarios.split():
        getattr(seller, name)()
    # Whoever waits for an event may have it before the one who says it aloud.
    seller.alive.settle()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
