"""Why selling stops because of the printer: the sentence, and both pictures in words. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS
from terminal.errors import Blocked, Code
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.money import show_gr

if TYPE_CHECKING:
    from drivers.fiscal import Counters, Seven
    from terminal.store.settings import Difference

# What the event document for the office is called.
NAMES = {
    Code.WRONG_PRINTER: "wrong_printer",
    Code.RAM_RESET: "ram_reset",
    Code.DISAGREES: "printer_disagrees",
}
_PICTURE = _(
    "printer {unique_no}: daily reports {reports}, receipts since then {receipts} ({gross} zł),"
    " cancelled {cancelled}, invoices {invoices} ({invoiced} zł), RAM resets {ram_resets},"
    " printouts {header_no}"
)


def stop(code: Code, expected: Counters, found: Counters, rid: str = "") -> Blocked:
    """The error that stops selling; ``rid`` names the receipt in dispute, when it is about one."""
    if code is Code.WRONG_PRINTER:
        return Blocked(code, found=found.unique_no, expected=expected.unique_no)
    return Blocked(
        code,
        detail=" ".join(part for part in (rid[:8], _short(found), "≠", _short(expected)) if part),
        expected=in_words(expected),
        found=in_words(found),
    )


def report_differs(found: Difference) -> Blocked:
    """A daily report has other totals than we: a manager has to see both."""
    return Blocked(
        Code.REPORT_DIFFERS,
        report_no=found.report_no,
        printer=show_gr(sum(found.printer_gr)),
        till=show_gr(sum(found.local_gr)),
        expected=by_letters(found.local_gr),
        found=by_letters(found.printer_gr),
    )


def by_letters(totals_gr: Seven) -> str:
    """Totals of the letters that have any."""
    pairs = zip(VAT_LETTERS, totals_gr, strict=True)
    return " · ".join(f"{letter} {show_gr(gross)}" for letter, gross in pairs if gross) or "0,00"


def in_words(counters: Counters) -> str:
    """What a printer counts, for people."""
    return translate(
        _PICTURE,
        unique_no=counters.unique_no,
        reports=counters.reports,
        receipts=counters.receipts,
        gross=show_gr(sum(counters.totals_gr)),
        cancelled=counters.cancelled,
        invoices=counters.invoices,
        invoiced=show_gr(sum(counters.invoice_totals_gr)),
        ram_resets=counters.ram_resets,
        header_no=counters.header_no,
    )


def _short(counters: Counters) -> str:
    return f"{counters.receipts} × {show_gr(sum(counters.totals_gr))}"
