"""A till in a process of its own that sells until somebody kills it; not a test itself.

    till_process.py FOLDER PRINTER_URL once SEED SALES     one till, at most SALES receipts
    till_process.py FOLDER PRINTER_URL close SEED          one till: two sales and a day close
    till_process.py FOLDER PRINTER_URL many                lines "SEED SALES KILL_S" on standard
                                                           input: each a forked till, killed then

Each receipt that the cashier was told of is a line "RID NUMBER" in FOLDER/acks.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import sys
import time
from pathlib import Path

from drivers.link import open_link
from drivers.posnet.dialogue import Timings
from drivers.posnet.printer import PosnetPrinter
from terminal import boot, config, events
from terminal.day import recovery
from terminal.people import pins
from terminal.sale import fiscalise
from terminal.sale.receipt import State

WAIT_S = float(os.environ.get("WAIT_S", "10"))
CODES = ("1", "2", "3", "4", "6")


class Cashier:
    """A running till and whoever stands at it."""

    def __init__(self, folder: Path, url: str) -> None:
        timings = Timings(reply_s=1.0, report_s=2.0, first_poll_s=0.3, poll_s=0.1)
        self.running = boot.build(
            config.Config(printer=config.Printer(url=url), store=config.Store(dir=str(folder))),
            printer=PosnetPrinter(lambda: open_link(url), timings=timings),
        )
        self.till = self.running.till
        self._told: list[object] = []
        self.running.context.engine.listen(self._told.append)
        self._acks = os.open(folder / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        boot.start(self.running)

    def do(self, verb, *args):
        return self.till.engine.call(verb, *args).result(WAIT_S)

    def await_true(self, condition):
        deadline = time.monotonic() + WAIT_S
        while not (found := condition()):
            assert time.monotonic() < deadline, self.do(self.till.view)
            time.sleep(0.0005)
        return found

    def await_one(self, kinds, since):
        told = self.await_true(lambda: [it for it in self._told[since:] if isinstance(it, kinds)])
        return told[0]

    def is_settled(self):
        view = self.do(self.till.view)
        is_busy = view.receipt.state is State.PRINTING or view.day in {"UNKNOWN", "CLOSING"}
        return view.printer_online and not is_busy

    def take_up(self):
        """Print what is paid, drop what is not: the customer has gone."""
        self.await_true(self.is_settled)
        self.do(self.till.login, "3", "3333")
        receipt = self.do(self.till.view).receipt
        if receipt.state is State.PAID:
            self.print(self.till.print_receipt)
        elif receipt.rid:
            self.do(self.till.drop_receipt, "left over")

    def print(self, verb, *args):
        """Do what ends in a receipt, and write down that the cashier was told so."""
        since = len(self._told)
        self.do(verb, *args)
        event = self.await_one((events.ReceiptPrinted, events.ReceiptNotPrinted), since)
        if isinstance(event, events.ReceiptPrinted):
            os.write(self._acks, f"{event.receipt.rid} {event.receipt_no}\n".encode())

    def close_day(self):
        since = len(self._told)
        self.till.close_day().result(WAIT_S)
        self.await_one((events.DayClosed, events.Failed), since)
        self.do(self.till.login, "3", "3333")


def start(folder: Path, url: str) -> Cashier:
    """A till that has taken up what was left."""
    logging.disable(logging.CRITICAL)
    pins.verify = lambda *_: True
    fiscalise._RETRY_FIRST_S = recovery.RETRY_S = 0.05
    cashier = Cashier(folder, url)
    cashier.take_up()
    return cashier


def run(folder: Path, url: str, seed: int, sales: int) -> None:
    """Start, take up what was left, sell, switch off."""
    dice = random.Random(seed)
    cashier = start(folder, url)
    for _ in range(sales):
        for _ in range(dice.randint(1, 3)):
            cashier.do(cashier.till.sell, dice.choice(CODES))
        cashier.print(cashier.till.pay, "gotowka", 10_000)
        if dice.random() < 0.1:
            cashier.close_day()
    cashier.running.stop()


def run_closing(folder: Path, url: str, seed: int) -> None:
    """Start, take up what was left, sell, close the day, switch off."""
    cashier = start(folder, url)
    for code in random.Random(seed).sample(CODES, 2):
        cashier.do(cashier.till.sell, code)
        cashier.print(cashier.till.pay, "gotowka", 10_000)
    cashier.close_day()
    cashier.running.stop()


def run_many(folder: Path, url: str) -> None:
    """Fork a till for each line and kill it when its time has come."""
    for line in sys.stdin:
        seed, sales, kill_s = line.split()
        child = os.fork()
        if not child:
            run(folder, url, int(seed), int(sales))
            os._exit(0)
        time.sleep(float(kill_s))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write("dead\n")
        sys.stdout.flush()


if __name__ == "__main__":
    place, printer_url, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    if how == "once":
        run(place, printer_url, int(sys.argv[4]), int(sys.argv[5]))
    elif how == "close":
        run_closing(place, printer_url, int(sys.argv[4]))
    else:
        run_many(place, printer_url)
