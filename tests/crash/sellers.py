"""Tills on a disk that dies, one after the other, each a forked process; not a test itself.

    sellers.py FOLDER PRINTER_URL HEARD [MISTAKE]

Each line on standard input is a number of sales; the answers are the process, and "ended" when it
is no more. What a cashier was told of is a line "RID NUMBER" in the file HEARD, on another disk.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import pytest

from terminal import events
from terminal.people import pins
from terminal.sale import fiscalise, meeting
from tests.crash.promises import MISTAKES, Seller


class Aloud(Seller):
    """Writes down what the cashier is told, with one system call."""

    heard = -1

    def hear(self, event: object) -> None:
        if isinstance(event, events.ReceiptPrinted):
            os.write(self.heard, f"{event.receipt.rid} {event.receipt_no}\n".encode())


def sell(folder: Path, url: str, sales: int) -> None:
    """Take up what was left, sell, switch off."""
    seller = Aloud(folder, folder, url)
    seller.begin()
    for number in range(sales):
        seller.sale()
        if number % 10 == 9:
            seller.report()
    seller.alive.settle()


def main(folder: Path, url: str, heard: str, mistake: str = "") -> None:
    """Fork a till for each line."""
    logging.disable(logging.CRITICAL)
    patch = pytest.MonkeyPatch()
    patch.setattr(pins, "verify", lambda *_: True)
    patch.setattr(fiscalise, "_RETRY_FIRST_S", 0.05)
    patch.setattr(meeting, "_MEET_EVERY_S", 0.0)
    if mistake:
        MISTAKES[mistake](patch)
    Aloud.heard = os.open(heard, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            try:
                sell(folder, url, int(line))
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
