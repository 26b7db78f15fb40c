"""Errors the till shows to people: a code, a sentence, and who can put it right. No I/O.

Every code stands in ``docs/errors.md`` with its cause and remedy. The sentences are English message
ids; ``i18n`` translates them when they are shown.
"""

from __future__ import annotations

from enum import StrEnum

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate


class Code(StrEnum):
    """Numbers of the errors, as printed in the handbook."""

    NOT_FOUND = "E-01"
    NAME_REFUSED = "E-02"
    TAX_STEP = "E-03"
    PRINTER_CLOCK = "E-04"
    NO_PRINTER = "E-05"
    NO_PAPER = "E-06"
    IN_DOUBT = "E-07"
    REPORT_MISSING = "E-09"
    NO_SALES = "E-10"
    MEMORY_FULL = "E-11"
    RATE_INACTIVE = "E-13"
    TOTALS_DIFFER = "E-15"
    NOT_COVERED = "E-16"
    EMPTY_RECEIPT = "E-17"
    BAD_AMOUNT = "E-18"
    DISCOUNT_TOO_BIG = "E-19"
    BAD_NIP = "E-28"
    CASH_NEGATIVE = "E-33"
    WRONG_PIN = "E-34"
    LOCKED_OUT = "E-46"
    NOT_SENT = "E-36"
    SYNC_RUNNING = "E-38"
    DATABASE_DAMAGED = "E-40"
    AMBIGUOUS = "E-42"
    NOT_LOGGED_IN = "E-47"
    NO_RIGHT = "E-48"
    RECEIPT_OPEN = "E-49"
    NO_NETWORK = "E-50"
    OFFICE_REFUSED = "E-51"
    DISAGREES = "E-52"
    WRONG_PRINTER = "E-53"
    RAM_RESET = "E-54"
    BUSY = "E-55"
    CARD_TOO_MUCH = "E-56"
    PRINTER_REFUSED = "E-57"
    NO_METHOD = "E-58"
    DAY_NOT_CLOSED = "E-59"
    STORAGE = "E-60"
    NOT_A_WHOLE = "E-61"
    NO_CATALOGUE = "E-62"
    PRICE_WANTED = "E-63"
    NOT_PRINTED = "E-64"
    PAYMENT_BEGUN = "E-65"
    FAULT = "E-66"
    LABEL_TELLS = "E-80"
    LABEL_PRICE = "E-81"
    NOT_WEIGHED = "E-82"
    NO_SCALE = "E-83"
    SCALE_WAITS = "E-84"


SENTENCES = {
    Code.NOT_FOUND: _("No matching item: {item}"),
    Code.NAME_REFUSED: _("The printer refused the name: {name}"),
    Code.TAX_STEP: _("The printer knows this item at a lower VAT rate: {name}"),
    Code.PRINTER_CLOCK: _("Printer clock {printer}, till clock {till}: set the clock first"),
    Code.NO_PRINTER: _("Fiscal printer does not answer. Check cable and power, then Enter"),
    Code.NO_PAPER: _("Printer is waiting: {reason}. Put it right, printing goes on"),
    Code.IN_DOUBT: _("Checking whether the receipt was printed…"),
    Code.REPORT_MISSING: _("Make the daily report first (menu 3)"),
    Code.NO_SALES: _("No sales since the last daily report"),
    Code.MEMORY_FULL: _("Fiscal memory is full: call service"),
    Code.RATE_INACTIVE: _("VAT rate {vat} is not active in the printer"),
    Code.TOTALS_DIFFER: _("The printer counts differently: receipt not printed"),
    Code.NOT_COVERED: _("Payments do not cover the total: {missing} missing"),
    Code.EMPTY_RECEIPT: _("The receipt is empty"),
    Code.BAD_AMOUNT: _("Price and quantity must be greater than zero"),
    Code.DISCOUNT_TOO_BIG: _("The discount is too big"),
    Code.BAD_NIP: _("Wrong NIP: {nip}"),
    Code.CASH_NEGATIVE: _("Not enough cash in the drawer"),
    Code.WRONG_PIN: _("Wrong identifier or PIN"),
    Code.LOCKED_OUT: _("Too many wrong PINs: wait {seconds} s"),
    Code.NOT_SENT: _("Not sent to the back office: {count}"),
    Code.SYNC_RUNNING: _("Synchronisation is already running"),
    Code.DATABASE_DAMAGED: _("Database {path} is damaged: {detail}. Call service"),
    Code.AMBIGUOUS: _("Several items have the code {item}: choose one"),
    Code.NOT_LOGGED_IN: _("Log in first"),
    Code.NO_RIGHT: _("No permission: {right}"),
    Code.RECEIPT_OPEN: _("A receipt is open: finish or cancel it first"),
    Code.NO_NETWORK: _("Back office does not answer: selling goes on, data will follow"),
    Code.OFFICE_REFUSED: _("Back office refused: {detail}"),
    Code.DISAGREES: _("Printer and till disagree: {detail}. Selling is stopped, call service"),
    Code.WRONG_PRINTER: _("Another printer is connected: {found} instead of {expected}"),
    Code.RAM_RESET: _("The printer lost its working memory: call service"),
    Code.BUSY: _("Wait: the printer is working"),
    Code.CARD_TOO_MUCH: _("{method} cannot exceed the amount due: {due}"),
    Code.PRINTER_REFUSED: _("Printer refused ({number} {mnemonic}): {meaning}"),
    Code.NO_METHOD: _("No such payment method"),
    Code.DAY_NOT_CLOSED: _("Yesterday's day is not closed: make the daily report (menu 3)"),
    Code.STORAGE: _(
        "Cannot write to disk: {detail}. Free some space or call service; nothing is lost"
    ),
    Code.NOT_A_WHOLE: _("Quantity of {name} has at most {precision} decimals"),
    Code.NOT_PRINTED: _("Not printed: nothing is in the fiscal memory"),
    Code.PAYMENT_BEGUN: _("Take the payments back first"),
    Code.FAULT: _("Fault in the program: {detail}. Restart the till; nothing is lost"),
    Code.LABEL_TELLS: _("The label of {name} tells its own weight: scan it without a quantity"),
    Code.LABEL_PRICE: _("The label of {name} was printed at another price: weigh it anew"),
    Code.NOT_WEIGHED: _("{name} is not sold by weight"),
    Code.NO_SCALE: _("The scale does not answer: type the weight"),
    Code.SCALE_WAITS: _("Scale: {reason}"),
    Code.PRICE_WANTED: _("Enter the price of {name}"),
    Code.NO_CATALOGUE: _("No data from the back office yet: synchronise (menu 8 4)"),
}


class TillError(Exception):
    """Something the till says no to; ``code`` and ``params`` make the sentence."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(f"{code} {SENTENCES[code].format(**params)}")
        self.code = code
        self.params = params

    def sentence(self) -> str:
        """The sentence in the language of the screen, without the code."""
        return translate(SENTENCES[self.code], **self.params)


class Rejected(TillError):
    """The cashier can put it right now; nothing has changed."""


class Blocked(TillError):
    """Someone must come; selling stops until then."""


class SyncError(TillError):
    """Exchange with the back office failed; selling goes on."""
