"""Device errors as sentences for the cashier: which of our codes says it best. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import DeviceError, NotReady, Refused, Unreachable, Why
from terminal.errors import Code, Rejected, TillError

if TYPE_CHECKING:
    from drivers.fiscal import Counters

CODES = {
    Why.OTHER: Code.PRINTER_REFUSED,
    Why.NAME: Code.NAME_REFUSED,
    Why.TAX_STEP: Code.TAX_STEP,
    Why.RATE_INACTIVE: Code.RATE_INACTIVE,
    Why.PRICE: Code.BAD_AMOUNT,
    Why.GOODS_FULL: Code.GOODS_FULL,
    Why.TOTALS: Code.TOTALS_DIFFER,
    Why.PAYMENT: Code.NOT_COVERED,
    Why.EMPTY: Code.EMPTY_RECEIPT,
    Why.DISCOUNT: Code.DISCOUNT_TOO_BIG,
    Why.RECEIPT_FULL: Code.RECEIPT_FULL,
    Why.BUYER: Code.BAD_NIP,
    Why.TEXT: Code.TEXT_REFUSED,
    Why.NO_SALES: Code.NO_SALES,
    Why.REPORT_MISSING: Code.REPORT_MISSING,
    Why.TOTALS_FULL: Code.TOTALS_FULL,
    Why.DAY_OPEN: Code.NEEDS_REPORT,
    Why.RATES: Code.RATES_REFUSED,
    Why.HEADER: Code.HEADER_WRONG,
    Why.CLOCK: Code.CLOCK_REFUSED,
    Why.CLOCK_LOST: Code.CLOCK_LOST,
    Why.CLOCK_BEHIND: Code.CLOCK_BEHIND,
    Why.MEMORY_FULL: Code.MEMORY_FULL,
    Why.MEMORY_FAULT: Code.MEMORY_FAULT,
    Why.RAM_RESETS: Code.RAM_RESETS_USED,
    Why.READ_ONLY: Code.READ_ONLY,
    Why.FAULT: Code.PRINTER_FAULT,
    Why.AUTHORISATION: Code.AUTHORISATION,
    Why.CERTIFICATE: Code.CERTIFICATE,
    Why.KEY_MISSING: Code.KEY_MISSING,
    Why.REPOSITORY: Code.REPOSITORY,
    Why.NO_CASH: Code.CASH_NEGATIVE,
    Why.E_DOCUMENT: Code.E_DOCUMENT,
    Why.NOT_FOUND: Code.NO_RECORD,
    Why.RANGE: Code.BAD_RANGE,
    Why.BUSY: Code.PRINTER_BUSY,
    Why.DOCUMENT_OPEN: Code.OPEN_IN_PRINTER,
    Why.CANCELLED: Code.CANCELLED_THERE,
    Why.MECHANISM: Code.MECHANISM,
}


def explain_report(error: DeviceError | None, base: Counters) -> TillError:
    """The sentence for a daily report that was not made; ``base`` was read before it."""
    is_nothing = not any(base.totals_gr) and not any(base.invoice_totals_gr)
    if is_nothing and isinstance(error, Refused) and error.why is Why.NO_SALES:
        return Rejected(Code.EMPTY_TWICE)
    return explain(error)


def explain(error: DeviceError | None, name: str = "", vat: str = "", nip: str = "") -> TillError:
    """The sentence for ``error``; ``name`` and ``vat`` describe the line it was about."""
    match error:
        case Refused(why=why, code=number, mnemonic=mnemonic, meaning=meaning):
            params = {"number": number, "mnemonic": mnemonic, "meaning": meaning}
            return Rejected(CODES[why], name=name, vat=vat, nip=nip, **params)
        case NotReady(reason=reason):
            return Rejected(Code.NO_PAPER, reason=reason)
        case Unreachable():
            return Rejected(Code.NO_PRINTER)
        case _:
            # Doubt has been settled by the time that anybody reads this.
            return Rejected(Code.NOT_PRINTED)
