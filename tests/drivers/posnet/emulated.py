"""A driver on an emulated printer, for the tests that let the two talk."""

from __future__ import annotations

from datetime import datetime

from drivers.link import open_link
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.watch import Timings

NOW = datetime(2026, 10, 9, 11, 48)
TIMINGS = Timings(reply_s=2, report_s=5, first_poll_s=0.2, poll_s=0.1)


def reach(emulator, **options) -> PosnetPrinter:
    printer = PosnetPrinter(
        lambda: open_link(emulator.url), **{"timings": TIMINGS, "first_token": 1000} | options
    )
    printer.connect()
    return printer
