"""What can go wrong with a device, ordered by one question: did it happen.

    DeviceError
    ├── NotDone        the command had no effect
    │   ├── Refused        the device answered with an error number
    │   ├── Unreachable    nothing was sent: no port, no connection
    │   └── NotReady       paper, cover, temperature: a person must act first
    └── InDoubt        bytes left us and no answer settled it: ask the device's counters

The class is a hint for the message on the screen. Whoever recovers a receipt or a report asks the
printer's counters and believes nothing else.
"""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Grounds of a refusal that a till treats in their own way, whichever protocol named them.

    Beside each stands what helps; the words for the cashier are the till's.
    """

    OTHER = "other"

    # the goods: take the line off, correct the goods in the office
    NAME = "name"
    TAX_STEP = "tax_step"  # sold at a lower rate before: another rate or another name
    RATE_INACTIVE = "rate_inactive"  # the rate is programmed after a daily report
    PRICE = "price"  # price, quantity or value is nothing, negative or not a whole number
    GOODS_FULL = "goods_full"  # no new names fit: service; names sold before still sell

    # the receipt: correct it and print again
    TOTALS = "totals"  # the printer counts otherwise than we: our mistake, cancel and report it
    PAYMENT = "payment"
    EMPTY = "empty"
    DISCOUNT = "discount"
    RECEIPT_FULL = "receipt_full"  # too many lines or too much money: split it
    BUYER = "buyer"  # tax number, name or number of an invoice
    TEXT = "text"  # a line, code or header is too long or badly made

    # the day: make the daily report
    NO_SALES = "no_sales"  # nothing to report: leave
    REPORT_MISSING = "report_missing"
    TOTALS_FULL = "totals_full"  # the day's totals are at their end: report, then sell again
    DAY_OPEN = "day_open"  # a setting or an update that waits for the daily report

    # settings of the printer
    RATES = "rates"  # VAT rates refused: wrong, the same, too often changed, or a change is due
    HEADER = "header"  # no header yet, or one that lacks what the law asks for
    CLOCK = "clock"  # date or time refused: today's date is another one, or it lies too far off
    CLOCK_LOST = "clock_lost"  # the clock stands: emergency mode, set it, service
    CLOCK_BEHIND = "clock_behind"  # earlier than the last record: do nothing more, service

    # the printer may not sell: service, or its owner's contract
    MEMORY_FULL = "memory_full"
    MEMORY_FAULT = "memory_fault"
    RAM_RESETS = "ram_resets"
    READ_ONLY = "read_only"
    FAULT = "fault"
    AUTHORISATION = "authorisation"  # the code or the subscription has run out: enter a code
    CERTIFICATE = "certificate"  # expired, or keys must be exchanged
    KEY_MISSING = "key_missing"  # no shared key of the tax authority: connect the printer
    REPOSITORY = "repository"  # the tax authority cannot be reached: selling goes on

    # cash, copies, electronic receipts
    NO_CASH = "no_cash"
    E_DOCUMENT = "e_document"  # not sent electronically: print it
    NOT_FOUND = "not_found"
    RANGE = "range"  # days or numbers of a report: turned round, in the future, too far back

    # somebody else
    BUSY = "busy"  # another interface holds the printer: wait, try later
    DOCUMENT_OPEN = "document_open"  # or none is, where one must be: cancel at the printer
    CANCELLED = "cancelled"  # somebody pressed cancel at the printer
    MECHANISM = "mechanism"  # battery, charger, cutter: see the printer


class DeviceError(Exception):
    """A device did not do, or may not have done, what it was asked for."""


class NotDone(DeviceError):
    """The command had no effect on the device."""


class Refused(NotDone):
    """The device understood the command and refused it.

    ``code`` is the device's own number, ``mnemonic`` the name its maker gives it,
    ``command`` what was asked for, ``why`` the ground where the till has its own answer to it,
    ``item`` the name on the receipt line that was refused, when it was one.
    """

    def __init__(
        self,
        code: int,
        mnemonic: str,
        meaning: str,
        command: str,
        why: Why = Why.OTHER,
        item: str = "",
    ) -> None:
        super().__init__(f"{command}: error {code} {mnemonic} ({meaning})")
        self.code = code
        self.mnemonic = mnemonic
        self.meaning = meaning
        self.command = command
        self.why = why
        self.item = item


class Unreachable(NotDone):
    """The device cannot be reached; nothing was sent."""


class NotReady(NotDone):
    """The device waits for a person; ``reason`` is a word such as ``paper`` or ``cover``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"device not ready: {reason}")
        self.reason = reason


class InDoubt(DeviceError):
    """Something was sent and no answer settled it."""
