"""The daily report, which moves the totals of the day into fiscal memory and zeroes them.

Source: protocol.md §11.6, §12.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing, report_layout
from hw_emulator.posnet.clock import check_today
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import flag

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

TITLE = "RAPORT FISKALNY DOBOWY"


@command("dailyrep", table="da:d up:b", row="idle", prints=Prints.ALWAYS, key_without="da")
def dailyrep(device: Device, args: Args) -> None:
    """Print the daily report and zero the day."""
    check_today(device, args)
    make_daily_report(device)


def make_daily_report(device: Device) -> None:
    """The daily report; raises Refused for a second zero report or a full memory."""
    books = device.books
    is_zero = books.totals_are_zero
    if books.is_fiscal:
        _check(device, is_zero=is_zero)
    at = device.moment()
    number = books.next_report_no if books.is_fiscal else 0
    record: Record = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "is_zero": is_zero,
        "rates_bp": list(books.rates_bp),
        **asdict(books.day),
    }
    signature = printing.sign(books.signature, record)
    left = device.reports_left - 1 if books.is_fiscal else device.reports_left
    text = [
        *layout.head(books, TITLE + (f" NR {number}" if number else "")),
        *report_layout.day(record, left),
        *device.take_foot(at, signature=signature),
    ]
    shown = device.fit(text)
    device.memory.append("report", {**record, "signature": signature, "text": shown})
    if flag(books, "dayreportprintcfg.en"):
        device.paper.write(shown)


def _check(device: Device, *, is_zero: bool) -> None:
    books = device.books
    if books.is_read_only:
        raise Refused(Code.READ_ONLY)
    if is_zero and books.zero_reports:
        raise Refused(Code.ZERO_REPORT)
    if not device.reports_left or Condition.REPORTS_USED_UP in device.conditions:
        raise Refused(Code.REPORTS_USED_UP)
    if Condition.MEMORY_FULL in device.conditions:
        raise Refused(Code.MEMORY_FULL)
